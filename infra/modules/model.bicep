// A model account of the installation's own. Anyone who has one already gives its id instead and never deploys this.

@description('Name of the account, which is also its subdomain: tokens are accepted on a subdomain only.')
@minLength(2)
@maxLength(64)
param name string

@description('Region that offers the model.')
param location string

@description('Tags of the account.')
param tags object

@description('Model to deploy.')
param modelName string

@description('Version of the model.')
param modelVersion string

@description('Deployment type.')
param skuName string

@description('Capacity in the units of the deployment type.')
@minValue(1)
param capacity int

@description('Whether the account answers on its public address.')
param publicAccess bool

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: {
    name: 'S0'
  }
  properties: {
    customSubDomainName: name
    disableLocalAuth: true
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    networkAcls: {
      defaultAction: publicAccess ? 'Allow' : 'Deny'
    }
  }
}

resource deployment 'Microsoft.CognitiveServices/accounts/deployments@2025-06-01' = {
  parent: account
  name: modelName
  sku: {
    name: skuName
    capacity: capacity
  }
  properties: {
    model: {
      format: 'OpenAI'
      name: modelName
      version: modelVersion
    }
    // A video model's successor need not answer on the same routes: moving to one is a decision, not an event.
    versionUpgradeOption: 'NoAutoUpgrade'
  }
}

@description('Resource id of the account.')
output id string = account.id
