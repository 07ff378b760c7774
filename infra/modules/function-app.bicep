// The function app on a Flex Consumption plan of its own (the plan takes one app).

@description('Name of the app.')
param name string

@description('Name of the plan.')
param planName string

@description('Region of both.')
param location string

@description('Tags of both.')
param tags object

@description('Name of the service in azure.yaml.')
param serviceName string

@description('Resource id of the identity that the app runs as.')
param identityId string

@description('Client id of that identity.')
param identityClientId string

@description('Application Insights component.')
param componentName string

@description('Account of the Functions host and the package.')
param hostAccountName string

@description('Account of the queues and the videos.')
param videoAccountName string

@description('Container of the package.')
param deploymentContainerName string

@description('Container of the videos.')
param videoContainerName string

@description('Endpoint that has the videos.')
param endpoint string

@description('Address of the secret that is its key; empty: no key.')
param keySecretUri string

@description('Memory of one instance in MB.')
param instanceMemoryMB int

@description('Most instances at once.')
param maximumInstanceCount int

@description('Function that instances are kept ready for.')
param functionName string

@description('Instances kept ready.')
param alwaysReadyInstances int

@description('Subnet to join; empty: none.')
param subnetId string

@description('Whether the function HarvestJobs enqueues the jobs of the server.')
param harvestEnabled bool

@description('Further settings of the courier.')
param courierSettings object

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource hostAccount 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: hostAccountName
}

resource videoAccount 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: videoAccountName
}

// The platform puts the secret in the place of the reference; without a version in it, a newer one within a day.
var key = empty(keySecretUri) ? {} : { AZURE_OPENAI_API_KEY: '@Microsoft.KeyVault(SecretUri=${keySecretUri})' }

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': serviceName })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    // No call belongs to the one before it.
    clientAffinityEnabled: false
    // References to Key Vault are resolved as this identity: the app has no other.
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostAccount.properties.primaryEndpoints.blob}${deploymentContainerName}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      // The native executable, which host.json starts.
      runtime: {
        name: 'custom'
        version: '1.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances == 0
          ? []
          : [
              {
                name: 'function:${functionName}'
                instanceCount: alwaysReadyInstances
              }
            ]
      }
    }
    siteConfig: {
      // No ftpsState: the plan has no FTP, and refuses a site that says so.
      alwaysOn: false
      http20Enabled: true
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
    }
  }

  resource ftpCredentials 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }

  // Packages are published with an Entra token, not with a password.
  resource scmCredentials 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(courierSettings, key, {
      // Functions host
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      AzureWebJobsStorage__blobServiceUri: hostAccount.properties.primaryEndpoints.blob
      // Disabled, so that no instance is started for it every five minutes.
      'AzureWebJobs.HarvestJobs.Disabled': harvestEnabled ? 'false' : 'true'
      APPLICATIONINSIGHTS_CONNECTION_STRING: component.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      // Functions host and courier
      VideoStorage__credential: 'managedidentity'
      VideoStorage__clientId: identityClientId
      VideoStorage__blobServiceUri: videoAccount.properties.primaryEndpoints.blob
      VideoStorage__queueServiceUri: videoAccount.properties.primaryEndpoints.queue
      VideoStorage__tableServiceUri: videoAccount.properties.primaryEndpoints.table
      // Courier
      AZURE_OPENAI_ENDPOINT: endpoint
      VIDEO_CONTAINER: videoContainerName
      COURIER_HARVEST_ENABLED: harvestEnabled ? 'true' : 'false'
    })
  }
}

@description('Name of the app.')
output name string = app.name

@description('Address of the app.')
output uri string = 'https://${app.properties.defaultHostName}'
