// - storage st{token} deletes nothing
// - storage st{token} is Standard_LRS and lets in None
// + resource Microsoft.Network/networkSecurityGroups nsg-{token}
// + resource Microsoft.Network/privateDnsZones privatelink.blob.core.windows.net
// + resource Microsoft.Network/privateDnsZones privatelink.queue.core.windows.net
// + resource Microsoft.Network/privateDnsZones privatelink.table.core.windows.net
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.blob.core.windows.net/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.queue.core.windows.net/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.table.core.windows.net/vnet-{token}
// + resource Microsoft.Network/privateEndpoints pe-sth{token}-blob
// + resource Microsoft.Network/privateEndpoints pe-st{token}-blob
// + resource Microsoft.Network/privateEndpoints pe-st{token}-queue
// + resource Microsoft.Network/privateEndpoints pe-st{token}-table
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-sth{token}-blob/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-blob/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-queue/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-table/default
// + resource Microsoft.Network/virtualNetworks vnet-{token}
// + storage st{token} deletes videos/ after 30 days
// + storage st{token} is Standard_LRS and lets in AzureServices
// + subnet app is 10.42.0.0/24
// + subnet endpoints is 10.42.1.0/24, without outbound access
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param videoRetentionDays = 30
param vnetEnabled = true
