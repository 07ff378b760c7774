// One private endpoint and its entries in the private DNS zones.

@description('Name of the endpoint.')
param name string

@description('Region of the endpoint.')
param location string

@description('Tags of the endpoint.')
param tags object

@description('Resource to reach.')
param targetId string

@description('Part of that resource: blob, queue, table, account, vault.')
param groupId string

@description('Subnet that the endpoint takes its address from.')
param subnetId string

@description('Zones that name it.')
param zoneIds string[]

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: groupId
        properties: {
          privateLinkServiceId: targetId
          groupIds: [groupId]
        }
      }
    ]
  }
}

resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = {
  parent: endpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      for id in zoneIds: {
        name: replace(last(split(id, '/')), '.', '-')
        properties: {
          privateDnsZoneId: id
        }
      }
    ]
  }
}
