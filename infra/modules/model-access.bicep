// What the app may do with the model account, which lives in this module's scope: in a group of its own, or in ours.

@description('Name of the account.')
param accountName string

@description('Object id of the app\'s identity.')
param principalId string

@description('Id of the role. What is needed is looking at a job, resolving and downloading its content: GET on the routes of videos, data action Microsoft.CognitiveServices/accounts/OpenAI/*/read.')
param modelRoleId string

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' existing = {
  name: accountName
}

resource readsVideos 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, principalId, modelRoleId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', modelRoleId)
    description: 'Sora Courier looks at jobs and downloads their videos'
  }
}

@description('Endpoint of the account.')
output endpoint string = account.properties.endpoint
