// + resource Microsoft.Network/networkSecurityGroups nsg-{token}
// + resource Microsoft.Network/privateDnsZones privatelink.blob.core.windows.net
// + resource Microsoft.Network/privateDnsZones privatelink.queue.core.windows.net
// + resource Microsoft.Network/privateDnsZones privatelink.table.core.windows.net
// + resource Microsoft.Network/privateDnsZones privatelink.vaultcore.azure.net
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.blob.core.windows.net/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.queue.core.windows.net/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.table.core.windows.net/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.vaultcore.azure.net/vnet-{token}
// + resource Microsoft.Network/privateEndpoints pe-contoso-keys-vault
// + resource Microsoft.Network/privateEndpoints pe-sth{token}-blob
// + resource Microsoft.Network/privateEndpoints pe-st{token}-blob
// + resource Microsoft.Network/privateEndpoints pe-st{token}-queue
// + resource Microsoft.Network/privateEndpoints pe-st{token}-table
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-contoso-keys-vault/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-sth{token}-blob/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-blob/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-queue/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-table/default
// + resource Microsoft.Network/virtualNetworks vnet-{token}
// + role KEY_VAULT_SECRETS_USER for the app (ServicePrincipal) on /subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/contoso-keys
// + setting AZURE_OPENAI_API_KEY = @Microsoft.KeyVault(SecretUri=https://contoso-keys.vault.azure.net/secrets/video-server/)
// + subnet app is 10.42.0.0/24
// + subnet endpoints is 10.42.1.0/24, without outbound access
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param keySecretUri = 'https://contoso-keys.vault.azure.net/secrets/video-server/'
param keyVaultId = '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/contoso-keys'
param vnetEnabled = true
