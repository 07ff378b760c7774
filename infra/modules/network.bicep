// The private network: a subnet that the app joins, one that holds the private endpoints of what it talks to, and the
// zones that make the services' own names lead there.

@description('Name of the network.')
param name string

@description('Region of the network.')
param location string

@description('Tags of the network.')
param tags object

@description('Name of the security group of its subnets.')
param securityGroupName string

@description('Address space, at least a /23.')
param addressPrefix string

@description('Account of the queues and the videos.')
param videoAccountId string

@description('Account of the Functions host; empty when it shares the former.')
param hostAccountId string

@description('Model account; empty: none.')
param modelAccountId string

@description('Vault of the key; empty: none.')
param keyVaultId string

var blobZone = 'privatelink.blob.${environment().suffixes.storage}'
var queueZone = 'privatelink.queue.${environment().suffixes.storage}'
var tableZone = 'privatelink.table.${environment().suffixes.storage}'
// An account answers by all three names, whichever its endpoint shows.
var modelZones = [
  'privatelink.cognitiveservices.azure.com'
  'privatelink.openai.azure.com'
  'privatelink.services.ai.azure.com'
]
var vaultZone = replace(environment().suffixes.keyvaultDns, '.vault.', 'privatelink.vaultcore.')
var storageZones = [blobZone, queueZone, tableZone]
var zonesBeforeVault = empty(modelAccountId) ? storageZones : concat(storageZones, modelZones)
var zoneNames = empty(keyVaultId) ? zonesBeforeVault : concat(zonesBeforeVault, [vaultZone])

var videoAccountName = last(split(videoAccountId, '/'))
var modelAccountName = last(split(modelAccountId, '/'))
// A name of 64 characters is an account's right, and all that an endpoint may have.
var modelEndpointName = length(modelAccountName) <= 61
  ? 'pe-${modelAccountName}'
  : 'pe-${take(modelAccountName, 47)}-${uniqueString(modelAccountId)}'

// No rule but Azure's own: from the network and to anywhere, and nothing from outside. There for policies that ask for one,
// and for rules of yours.
resource securityGroup 'Microsoft.Network/networkSecurityGroups@2025-05-01' = {
  name: securityGroupName
  location: location
  tags: tags
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [addressPrefix]
    }
    subnets: [
      {
        // Flex Consumption wants this delegation, a subnet to itself, and no underscore in the name.
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 24, 0)
          networkSecurityGroup: {
            id: securityGroup.id
          }
          delegations: [
            {
              name: 'flex-consumption'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 24, 1)
          networkSecurityGroup: {
            id: securityGroup.id
          }
          privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled'
          // Nothing in here calls anybody.
          defaultOutboundAccess: false
        }
      }
    ]
  }

  resource appSubnet 'subnets' existing = {
    name: 'app'
  }

  resource endpointSubnet 'subnets' existing = {
    name: 'endpoints'
  }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in zoneNames: {
    name: zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, i) in zoneNames: {
    parent: zones[i]
    name: name
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: network.id
      }
    }
  }
]

// One after another: Azure refuses an endpoint while another one in the same subnet is being made.
module videoBlob 'private-endpoint.bicep' = {
  params: {
    name: 'pe-${videoAccountName}-blob'
    location: location
    tags: tags
    targetId: videoAccountId
    groupId: 'blob'
    subnetId: network::endpointSubnet.id
    zoneIds: [zones[0].id]
  }
}

module videoQueue 'private-endpoint.bicep' = {
  params: {
    name: 'pe-${videoAccountName}-queue'
    location: location
    tags: tags
    targetId: videoAccountId
    groupId: 'queue'
    subnetId: network::endpointSubnet.id
    zoneIds: [zones[1].id]
  }
  dependsOn: [videoBlob]
}

module videoTable 'private-endpoint.bicep' = {
  params: {
    name: 'pe-${videoAccountName}-table'
    location: location
    tags: tags
    targetId: videoAccountId
    groupId: 'table'
    subnetId: network::endpointSubnet.id
    zoneIds: [zones[2].id]
  }
  dependsOn: [videoQueue]
}

module hostBlob 'private-endpoint.bicep' = if (!empty(hostAccountId)) {
  params: {
    name: 'pe-${last(split(hostAccountId, '/'))}-blob'
    location: location
    tags: tags
    targetId: hostAccountId
    groupId: 'blob'
    subnetId: network::endpointSubnet.id
    zoneIds: [zones[0].id]
  }
  dependsOn: [videoTable]
}

module model 'private-endpoint.bicep' = if (!empty(modelAccountId)) {
  params: {
    name: modelEndpointName
    location: location
    tags: tags
    targetId: modelAccountId
    groupId: 'account'
    subnetId: network::endpointSubnet.id
    zoneIds: [for i in range(3, length(modelZones)): zones[i].id]
  }
  dependsOn: [videoTable, hostBlob]
}

module vault 'private-endpoint.bicep' = if (!empty(keyVaultId)) {
  params: {
    name: 'pe-${last(split(keyVaultId, '/'))}-vault'
    location: location
    tags: tags
    targetId: keyVaultId
    groupId: 'vault'
    subnetId: network::endpointSubnet.id
    zoneIds: [zones[length(zoneNames) - 1].id]
  }
  dependsOn: [videoTable, hostBlob, model]
}

@description('Subnet for the app.')
output appSubnetId string = network::appSubnet.id
