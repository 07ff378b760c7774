// What the app may do with the vault of its key, which lives in this module's scope: in a group of its own, or in ours.

@description('Name of the vault.')
param vaultName string

@description('Object id of the app\'s identity.')
param principalId string

// Get Secret, by the platform, in the name of the app's identity, for the reference in AZURE_OPENAI_API_KEY
// (data action Microsoft.KeyVault/vaults/secrets/getSecret/action).
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: vaultName
}

// In small letters, because an id means the same in any, and a second assignment of the role would be refused.
resource readsKey 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(toLower(vault.id), principalId, keyVaultSecretsUser)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
    description: 'Sora Courier reads the key of the video server'
  }
}

@description('Resource id of the vault.')
output id string = vault.id
