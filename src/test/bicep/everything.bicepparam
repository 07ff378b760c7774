// - resource Microsoft.Storage/storageAccounts sth{token}
// - resource Microsoft.Storage/storageAccounts/blobServices sth{token}/default
// - resource Microsoft.Storage/storageAccounts/blobServices/containers sth{token}/default/azure-webjobs-hosts
// - resource Microsoft.Storage/storageAccounts/blobServices/containers sth{token}/default/azure-webjobs-secrets
// - resource Microsoft.Storage/storageAccounts/blobServices/containers sth{token}/default/function-app
// - resource Microsoft.Storage/storageAccounts/queueServices sth{token}/default
// - resource Microsoft.Storage/storageAccounts/tableServices sth{token}/default
// - role STORAGE_BLOB_DATA_OWNER for the app (ServicePrincipal) on Storage/storageAccounts/sth{token}
// - scale {"instanceMemoryMB":512,"maximumInstanceCount":10,"alwaysReady":[]}
// - setting AzureWebJobs.HarvestJobs.Disabled = true
// - setting AzureWebJobsStorage__blobServiceUri = Storage/storageAccounts/sth{token}.primaryEndpoints.blob
// - setting COURIER_HARVEST_ENABLED = false
// - storage sth{token} is Standard_LRS and lets in None
// - storage st{token} deletes nothing
// - storage st{token} is Standard_LRS and lets in None
// + resource Microsoft.Authorization/locks sora-courier-videos
// + resource Microsoft.Insights/actionGroups ag-courier
// + resource Microsoft.Network/networkSecurityGroups nsg-{token}
// + resource Microsoft.Network/privateDnsZones privatelink.blob.core.windows.net
// + resource Microsoft.Network/privateDnsZones privatelink.cognitiveservices.azure.com
// + resource Microsoft.Network/privateDnsZones privatelink.openai.azure.com
// + resource Microsoft.Network/privateDnsZones privatelink.queue.core.windows.net
// + resource Microsoft.Network/privateDnsZones privatelink.services.ai.azure.com
// + resource Microsoft.Network/privateDnsZones privatelink.table.core.windows.net
// + resource Microsoft.Network/privateDnsZones privatelink.vaultcore.azure.net
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.blob.core.windows.net/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.cognitiveservices.azure.com/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.openai.azure.com/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.queue.core.windows.net/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.services.ai.azure.com/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.table.core.windows.net/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.vaultcore.azure.net/vnet-{token}
// + resource Microsoft.Network/privateEndpoints pe-contoso-keys-vault
// + resource Microsoft.Network/privateEndpoints pe-contoso-sora
// + resource Microsoft.Network/privateEndpoints pe-st{token}-blob
// + resource Microsoft.Network/privateEndpoints pe-st{token}-queue
// + resource Microsoft.Network/privateEndpoints pe-st{token}-table
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-contoso-keys-vault/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-contoso-sora/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-blob/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-queue/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-table/default
// + resource Microsoft.Network/virtualNetworks vnet-{token}
// + resource Microsoft.Storage/storageAccounts/blobServices/containers st{token}/default/azure-webjobs-hosts
// + resource Microsoft.Storage/storageAccounts/blobServices/containers st{token}/default/azure-webjobs-secrets
// + resource Microsoft.Storage/storageAccounts/blobServices/containers st{token}/default/function-app
// + role COGNITIVE_SERVICES_OPEN_A_I_USER for the app (ServicePrincipal) on /subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/contoso-sora
// + role KEY_VAULT_SECRETS_USER for the app (ServicePrincipal) on /subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/contoso-keys
// + role STORAGE_BLOB_DATA_OWNER for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/blobServices/default/containers/azure-webjobs-hosts
// + role STORAGE_BLOB_DATA_OWNER for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/blobServices/default/containers/azure-webjobs-secrets
// + role STORAGE_BLOB_DATA_OWNER for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/blobServices/default/containers/function-app
// + role STORAGE_BLOB_DATA_READER for 33333333-3333-3333-3333-333333333333 (User) on Storage/storageAccounts/st{token}/blobServices/default/containers/videos
// + role STORAGE_QUEUE_DATA_MESSAGE_PROCESSOR for 33333333-3333-3333-3333-333333333333 (User) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-jobs-poison
// + role STORAGE_QUEUE_DATA_MESSAGE_PROCESSOR for 33333333-3333-3333-3333-333333333333 (User) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-videos
// + role STORAGE_QUEUE_DATA_MESSAGE_SENDER for 33333333-3333-3333-3333-333333333333 (User) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-jobs
// + role STORAGE_QUEUE_DATA_READER for 33333333-3333-3333-3333-333333333333 (User) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-jobs
// + role STORAGE_QUEUE_DATA_READER for 33333333-3333-3333-3333-333333333333 (User) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-jobs-poison
// + role STORAGE_QUEUE_DATA_READER for 33333333-3333-3333-3333-333333333333 (User) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-videos
// + scale {"instanceMemoryMB":512,"maximumInstanceCount":10,"alwaysReady":[{"name":"function:CopyVideo","instanceCount":1}]}
// + setting AZURE_OPENAI_API_KEY = @Microsoft.KeyVault(SecretUri=https://contoso-keys.vault.azure.net/secrets/video-server)
// + setting AzureWebJobs.HarvestJobs.Disabled = false
// + setting AzureWebJobsStorage__blobServiceUri = Storage/storageAccounts/st{token}.primaryEndpoints.blob
// + setting COURIER_HARVEST_ENABLED = true
// + storage st{token} deletes videos/ after 30 days
// + storage st{token} is Standard_ZRS and lets in AzureServices
// + subnet app is 10.42.0.0/24
// + subnet endpoints is 10.42.1.0/24, without outbound access
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param modelAccountId = '/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/contoso-sora'
param keySecretUri = 'https://contoso-keys.vault.azure.net/secrets/video-server'
param keyVaultId = '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/contoso-keys'
param vnetEnabled = true
param separateHostStorage = false
param videoRetentionDays = 30
param storageLock = true
param alertEmail = 'ops@example.com'
param grantDeployerDataRoles = true
param principalId = '33333333-3333-3333-3333-333333333333'
param alwaysReadyInstances = 1
param storageSku = 'Standard_ZRS'
param telemetryRetentionDays = 90
param harvestEnabled = true
