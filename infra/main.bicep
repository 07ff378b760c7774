// Sora Courier in one resource group: the function app on a Flex Consumption plan, its storage, its identity and roles,
// its telemetry, and, when asked for, a model of its own and a private network. Nothing here has or makes a key.
targetScope = 'subscription'

@description('Names the installation; every other name is derived from it.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of everything but the model. It must offer Flex Consumption: az functionapp list-flexconsumption-locations.')
@allowed([
  'australiaeast'
  'eastasia'
  'eastus'
  'eastus2'
  'northeurope'
  'southeastasia'
  'swedencentral'
  'uksouth'
  'westus2'
  'westus3'
])
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('Name of the resource group to create; empty: rg-<environmentName>.')
@maxLength(90)
param resourceGroupName string = ''

@description('Resource id of the Azure OpenAI or Foundry account that makes the videos, in any group or subscription of the tenant; or the word new, to create one here.')
@minLength(3)
param modelAccountId string

@description('Region of a new model account. At the last look, video models were deployed from these two only.')
@allowed(['eastus2', 'swedencentral'])
param modelLocation string = 'eastus2'

@description('Model of a new account. Creation fails with the service\'s own words when it is retired.')
@minLength(1)
param modelName string = 'sora-2'

@description('Version of that model.')
@minLength(1)
param modelVersion string = '2025-12-08'

@description('Deployment type of that model.')
@minLength(1)
param modelSku string = 'GlobalStandard'

@description('Capacity of that deployment, in the units of its SKU.')
@minValue(1)
param modelCapacity int = 1

@description('What the deployed zip holds: the native executable, or a launcher and its jar. It decides the image that the app runs on.')
@allowed(['native', 'jvm'])
param packaging string = 'native'

@description('Memory of one instance in MB: 512, 2048 or 4096. The JVM package wants 2048.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = packaging == 'jvm' ? 2048 : 512

@description('Most instances at once; the platform documents 40 as the lowest.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances kept warm for CopyVideo; 0 scales to zero and costs nothing while no job waits.')
@minValue(0)
@maxValue(10)
param alwaysReadyInstances int = 0

@description('Whether every five minutes the jobs of the server are enqueued that nobody has enqueued.')
param harvestEnabled bool = false

@description('Container that receives the videos.')
@minLength(3)
@maxLength(63)
param videoContainerName string = 'videos'

@description('Days after which a stored video is deleted; 0 keeps videos for ever.')
@minValue(0)
@maxValue(3650)
param videoRetentionDays int = 0

@description('Redundancy of the video storage.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_LRS'

@description('Gives the Functions host an account of its own, so that its wide rights there end where the videos begin.')
param separateHostStorage bool = true

@description('Puts the app into a virtual network and reaches storage and model through private endpoints, with their public access off.')
param vnetEnabled bool = false

@description('Address space of that network, at least a /23.')
param vnetAddressPrefix string = '10.42.0.0/16'

@description('Object id of the person who deploys; with grantDeployerDataRoles it may enqueue jobs, read outcomes and download videos.')
param principalId string = ''

@description('Kind of that principal.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

@description('Whether principalId gets those data roles.')
param grantDeployerDataRoles bool = false

@description('Address that alerts are mailed to; empty: they show in the portal only.')
param alertEmail string = ''

@description('Days that telemetry is kept.')
@minValue(30)
@maxValue(730)
param telemetryRetentionDays int = 30

@description('Further courier.* settings as environment variables, such as { COURIER_LOOK_MAX_DELAY: \'30s\' }, or AZURE_OPENAI_ENDPOINT for another server than the model account, with AZURE_OPENAI_API_KEY none where that wants no key. No secrets: they can be read by anyone who can read the app.')
param courierSettings object = {}

// The queue names and the function name are the ones in the annotations of the function: no setting changes them.
var jobQueueName = 'sora-jobs'
var videoQueueName = 'sora-videos'
var poisonQueueName = 'sora-jobs-poison'
// The default of courier.jobs.table. Another name there needs a role of its own.
var jobTableName = 'jobs'
var functionName = 'CopyVideo'
var serviceName = 'courier'
var deploymentContainerName = 'function-app'
// The host's own, by its own names.
var hostContainerNames = ['azure-webjobs-hosts', 'azure-webjobs-secrets', deploymentContainerName]

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var newModel = modelAccountId == 'new'
var modelIdParts = split(modelAccountId, '/')
var modelSubscription = newModel ? subscription().subscriptionId : modelIdParts[2]
var modelGroupName = newModel ? group.name : modelIdParts[4]
var modelAccountName = newModel ? 'oai-${token}' : modelIdParts[8]

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: empty(resourceGroupName) ? 'rg-${environmentName}' : resourceGroupName
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-${token}'
    componentName: 'appi-${token}'
    location: location
    tags: tags
    retentionDays: telemetryRetentionDays
  }
}

module videoStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    sku: storageSku
    containerNames: separateHostStorage ? [videoContainerName] : concat([videoContainerName], hostContainerNames)
    queueNames: [jobQueueName, videoQueueName, poisonQueueName]
    tableNames: [jobTableName]
    expiringContainerName: videoContainerName
    expiryDays: videoRetentionDays
    publicAccess: !vnetEnabled
    workspaceId: monitoring.outputs.workspaceId
  }
}

module hostStorage 'modules/storage.bicep' = if (separateHostStorage) {
  scope: group
  params: {
    name: 'sth${token}'
    location: location
    tags: tags
    sku: 'Standard_LRS'
    containerNames: hostContainerNames
    queueNames: []
    tableNames: []
    publicAccess: !vnetEnabled
  }
}

var hostAccountName = separateHostStorage ? hostStorage!.outputs.name : videoStorage.outputs.name

module model 'modules/model.bicep' = if (newModel) {
  scope: group
  params: {
    name: modelAccountName
    location: modelLocation
    tags: tags
    modelName: modelName
    modelVersion: modelVersion
    skuName: modelSku
    capacity: modelCapacity
    publicAccess: !vnetEnabled
  }
}

// In the account's own group, which need not be ours.
module modelAccess 'modules/model-access.bicep' = {
  scope: resourceGroup(modelSubscription, modelGroupName)
  params: {
    accountName: modelAccountName
    principalId: identity.outputs.principalId
  }
  dependsOn: [model]
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    videoAccountName: videoStorage.outputs.name
    hostAccountName: hostAccountName
    separateHostStorage: separateHostStorage
    hostContainerNames: hostContainerNames
    videoContainerName: videoContainerName
    jobQueueName: jobQueueName
    videoQueueName: videoQueueName
    poisonQueueName: poisonQueueName
    jobTableName: jobTableName
    componentName: monitoring.outputs.componentName
    appPrincipalId: identity.outputs.principalId
    deployerPrincipalId: grantDeployerDataRoles ? principalId : ''
    deployerPrincipalType: principalType
  }
}

module network 'modules/network.bicep' = if (vnetEnabled) {
  scope: group
  params: {
    name: 'vnet-${token}'
    location: location
    tags: tags
    addressPrefix: vnetAddressPrefix
    videoAccountId: videoStorage.outputs.id
    hostAccountId: separateHostStorage ? hostStorage!.outputs.id : ''
    modelAccountId: newModel ? model!.outputs.id : modelAccountId
  }
}

module functionApp 'modules/function-app.bicep' = {
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    serviceName: serviceName
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    componentName: monitoring.outputs.componentName
    hostAccountName: hostAccountName
    videoAccountName: videoStorage.outputs.name
    deploymentContainerName: deploymentContainerName
    videoContainerName: videoContainerName
    modelEndpoint: modelAccess.outputs.endpoint
    packaging: packaging
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    functionName: functionName
    harvestEnabled: harvestEnabled
    alwaysReadyInstances: alwaysReadyInstances
    subnetId: vnetEnabled ? network!.outputs.appSubnetId : ''
    courierSettings: courierSettings
  }
  // The host reads its storage as soon as the app exists.
  dependsOn: [roles]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    jobQueueName: jobQueueName
    poisonQueueName: poisonQueueName
    email: alertEmail
  }
}

@description('Resource group that holds everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the function app.')
output AZURE_FUNCTION_NAME string = functionApp.outputs.name

@description('Address of the function app; the diagnosis is at /api/diagnose/{jobId} below it.')
output AZURE_FUNCTION_URI string = functionApp.outputs.uri

@description('Storage account of the queues and the videos.')
output VIDEO_STORAGE_ACCOUNT string = videoStorage.outputs.name

@description('Container that receives the videos.')
output VIDEO_CONTAINER string = videoContainerName

@description('Queue that job ids go to.')
output JOB_QUEUE string = jobQueueName

@description('Queue that outcomes come from.')
output VIDEO_QUEUE string = videoQueueName

@description('Queue of the messages that could not be handled.')
output POISON_QUEUE string = poisonQueueName

@description('Endpoint that the app asks for videos.')
output AZURE_OPENAI_ENDPOINT string = modelAccess.outputs.endpoint
