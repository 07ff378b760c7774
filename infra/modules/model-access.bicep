// What the app may do with the model account, which lives in this module's scope: in a group of its own, or in ours.

@description('Name of the account.')
param accountName string

@description('Object id of the app\'s identity.')
param principalId string

// Looking at a job, resolving and downloading its content: GET on the video routes
// (data action Microsoft.CognitiveServices/accounts/OpenAI/*/read).
var cognitiveServicesOpenAIUser = '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' existing = {
  name: accountName
}

resource readsVideos 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, principalId, cognitiveServicesOpenAIUser)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', cognitiveServicesOpenAIUser)
    description: 'Sora Courier looks at jobs and downloads their videos'
  }
}

@description('Endpoint of the account.')
output endpoint string = account.properties.endpoint
