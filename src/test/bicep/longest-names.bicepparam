// - output AZURE_OPENAI_ENDPOINT = https://videos.example.com/v1
// - resource Microsoft.Insights/workbooks fbca78c4-0ca7-5f74-914f-fc3e64be27fb
// - resource Microsoft.Resources/resourceGroups rg-courier
// - resource Microsoft.Storage/storageAccounts/blobServices/containers st{token}/default/videos
// - role STORAGE_BLOB_DATA_CONTRIBUTOR for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/blobServices/default/containers/videos
// - setting AZURE_OPENAI_ENDPOINT = https://videos.example.com/v1
// - setting VIDEO_CONTAINER = videos
// + output AZURE_OPENAI_ENDPOINT = /subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.endpoint
// + resource Microsoft.Insights/workbooks 3b62b36f-c6e2-5102-9599-d50aecdff2f2
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
// + resource Microsoft.Network/privateEndpoints pe-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-4wslyalczc4dk
// + resource Microsoft.Network/privateEndpoints pe-kkkkkkkkkkkkkkkkkkkkkkkk-vault
// + resource Microsoft.Network/privateEndpoints pe-sth{token}-blob
// + resource Microsoft.Network/privateEndpoints pe-st{token}-blob
// + resource Microsoft.Network/privateEndpoints pe-st{token}-queue
// + resource Microsoft.Network/privateEndpoints pe-st{token}-table
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-4wslyalczc4dk/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-kkkkkkkkkkkkkkkkkkkkkkkk-vault/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-sth{token}-blob/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-blob/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-queue/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-table/default
// + resource Microsoft.Network/virtualNetworks vnet-{token}
// + resource Microsoft.Resources/resourceGroups gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg
// + resource Microsoft.Storage/storageAccounts/blobServices/containers st{token}/default/vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv
// + role COGNITIVE_SERVICES_OPEN_A_I_USER for the app (ServicePrincipal) on /subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
// + role KEY_VAULT_SECRETS_USER for the app (ServicePrincipal) on KeyVault/vaults/kkkkkkkkkkkkkkkkkkkkkkkk
// + role STORAGE_BLOB_DATA_CONTRIBUTOR for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/blobServices/default/containers/vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv
// + setting AZURE_OPENAI_API_KEY = @Microsoft.KeyVault(SecretUri=https://kkkkkkkkkkkkkkkkkkkkkkkk.vault.azure.net/secrets/sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss)
// + setting AZURE_OPENAI_ENDPOINT = /subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.endpoint
// + setting VIDEO_CONTAINER = vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv
// + subnet app is 10.42.0.0/24
// + subnet endpoints is 10.42.1.0/24, without outbound access
using '../../../infra/main.bicep'

param environmentName = 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'
param location = 'swedencentral'
param resourceGroupName = 'gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg'
param modelAccountId = '/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
param videoContainerName = 'vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv'
param keySecretUri = 'https://kkkkkkkkkkkkkkkkkkkkkkkk.vault.azure.net/secrets/sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss'
param vnetEnabled = true
