// - resource Microsoft.Storage/storageAccounts sth{token}
// - resource Microsoft.Storage/storageAccounts/blobServices sth{token}/default
// - resource Microsoft.Storage/storageAccounts/blobServices/containers sth{token}/default/azure-webjobs-hosts
// - resource Microsoft.Storage/storageAccounts/blobServices/containers sth{token}/default/azure-webjobs-secrets
// - resource Microsoft.Storage/storageAccounts/blobServices/containers sth{token}/default/function-app
// - resource Microsoft.Storage/storageAccounts/queueServices sth{token}/default
// - resource Microsoft.Storage/storageAccounts/tableServices sth{token}/default
// - role STORAGE_BLOB_DATA_OWNER for the app (ServicePrincipal) on Storage/storageAccounts/sth{token}
// - setting AzureWebJobsStorage__blobServiceUri = Storage/storageAccounts/sth{token}.primaryEndpoints.blob
// - storage sth{token} is Standard_LRS and lets in None
// + resource Microsoft.Network/networkSecurityGroups nsg-{token}
// + resource Microsoft.Network/privateDnsZones privatelink.blob.core.windows.net
// + resource Microsoft.Network/privateDnsZones privatelink.queue.core.windows.net
// + resource Microsoft.Network/privateDnsZones privatelink.table.core.windows.net
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.blob.core.windows.net/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.queue.core.windows.net/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.table.core.windows.net/vnet-{token}
// + resource Microsoft.Network/privateEndpoints pe-st{token}-blob
// + resource Microsoft.Network/privateEndpoints pe-st{token}-queue
// + resource Microsoft.Network/privateEndpoints pe-st{token}-table
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-blob/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-queue/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-table/default
// + resource Microsoft.Network/virtualNetworks vnet-{token}
// + resource Microsoft.Storage/storageAccounts/blobServices/containers st{token}/default/azure-webjobs-hosts
// + resource Microsoft.Storage/storageAccounts/blobServices/containers st{token}/default/azure-webjobs-secrets
// + resource Microsoft.Storage/storageAccounts/blobServices/containers st{token}/default/function-app
// + role STORAGE_BLOB_DATA_OWNER for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/blobServices/default/containers/azure-webjobs-hosts
// + role STORAGE_BLOB_DATA_OWNER for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/blobServices/default/containers/azure-webjobs-secrets
// + role STORAGE_BLOB_DATA_OWNER for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/blobServices/default/containers/function-app
// + setting AzureWebJobsStorage__blobServiceUri = Storage/storageAccounts/st{token}.primaryEndpoints.blob
// + subnet app is 10.42.0.0/24
// + subnet endpoints is 10.42.1.0/24, without outbound access
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param separateHostStorage = false
param vnetEnabled = true
