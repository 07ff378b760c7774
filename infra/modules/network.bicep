// The private network: a subnet that the app joins, one that holds the private endpoints of what it talks to, and the
// zones that make the services' own names lead there.

@description('Name of the network.')
param name string

@description('Region of the network.')
param location string

@description('Tags of the network.')
param tags object

@description('Address space, at least a /23.')
param addressPrefix string

@description('Account of the queues and the videos.')
param videoAccountId string

@description('Account of the Functions host; empty when it shares the former.')
param hostAccountId string

@description('Model account.')
param modelAccountId string

var blobZone = 'privatelink.blob.${environment().suffixes.storage}'
var queueZone = 'privatelink.queue.${environment().suffixes.storage}'
var tableZone = 'privatelink.table.${environment().suffixes.storage}'
// An account answers by all three names, whichever its endpoint shows.
var modelZones = [
  'privatelink.cognitiveservices.azure.com'
  'privatelink.openai.azure.com'
  'privatelink.services.ai.azure.com'
]
var zoneNames = concat([blobZone, queueZone, tableZone], modelZones)
var modelZoneIndexes = range(3, length(modelZones))

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
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
          privateEndpointNetworkPolicies: 'Disabled'
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

#disable-next-line no-schema // the offline schemas lack this type; shape as in Azure's own module registry
resource zones 'Microsoft.Network/privateDnsZones@2020-06-01' = [
  for zone in zoneNames: {
    name: zone
    location: 'global'
    tags: tags
  }
]

#disable-next-line no-schema // the offline schemas lack this type; shape as in Azure's own module registry
resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [
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

module videoBlob 'private-endpoint.bicep' = {
  params: {
    name: 'pe-${last(split(videoAccountId, '/'))}-blob'
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
    name: 'pe-${last(split(videoAccountId, '/'))}-queue'
    location: location
    tags: tags
    targetId: videoAccountId
    groupId: 'queue'
    subnetId: network::endpointSubnet.id
    zoneIds: [zones[1].id]
  }
}

module videoTable 'private-endpoint.bicep' = {
  params: {
    name: 'pe-${last(split(videoAccountId, '/'))}-table'
    location: location
    tags: tags
    targetId: videoAccountId
    groupId: 'table'
    subnetId: network::endpointSubnet.id
    zoneIds: [zones[2].id]
  }
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
}

module model 'private-endpoint.bicep' = {
  params: {
    name: 'pe-${last(split(modelAccountId, '/'))}'
    location: location
    tags: tags
    targetId: modelAccountId
    groupId: 'account'
    subnetId: network::endpointSubnet.id
    zoneIds: [for i in modelZoneIndexes: zones[i].id]
  }
}

@description('Subnet for the app.')
output appSubnetId string = network::appSubnet.id
