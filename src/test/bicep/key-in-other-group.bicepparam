// + role KEY_VAULT_SECRETS_USER for the app (ServicePrincipal) on /subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/contoso-keys
// + setting AZURE_OPENAI_API_KEY = @Microsoft.KeyVault(SecretUri=https://Contoso-Keys.vault.azure.net/secrets/video-server/0123456789abcdef0123456789abcdef)
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param keySecretUri = 'https://Contoso-Keys.vault.azure.net/secrets/video-server/0123456789abcdef0123456789abcdef'
param keyVaultId = '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/contoso-keys'
