// + role KEY_VAULT_SECRETS_USER for the app (ServicePrincipal) on KeyVault/vaults/contoso-keys
// + setting AZURE_OPENAI_API_KEY = @Microsoft.KeyVault(SecretUri=https://contoso-keys.vault.azure.net/secrets/video-server)
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param keySecretUri = 'https://contoso-keys.vault.azure.net/secrets/video-server'
