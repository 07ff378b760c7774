// Who may do what with the data. Every assignment names the operations that need it; the scope is the container,
// queue or table wherever Azure has that scope, the account where it has not.

@description('Account of the queues and the videos.')
param videoAccountName string

@description('Account of the Functions host and the package; the same as videoAccountName when it has none of its own.')
param hostAccountName string

@description('Whether the two are different accounts.')
param separateHostStorage bool

@description('Containers of the host and the package.')
param hostContainerNames string[]

@description('Container of the videos.')
param videoContainerName string

@description('Queue of the jobs.')
param jobQueueName string

@description('Queue of the outcomes.')
param videoQueueName string

@description('Queue of what could not be handled.')
param poisonQueueName string

@description('Table of the records of jobs.')
param jobTableName string

@description('Application Insights component.')
param componentName string

@description('Object id of the app\'s identity.')
param appPrincipalId string

@description('Object id of the deployer; empty: no roles for the deployer.')
param deployerPrincipalId string

@description('Kind of the deployer.')
param deployerPrincipalType string

var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var storageBlobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var storageBlobDataReader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
var storageBlobDelegator = 'db58b8e5-c6ad-4a2a-8341-1190687cb4bf'
var storageQueueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var storageQueueDataReader = '19e7f393-937e-4f77-808e-94535e297925'
var storageQueueDataMessageProcessor = '8a0f0c08-91a1-4084-bc3d-661d67233fed'
var storageQueueDataMessageSender = 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource videoAccount 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: videoAccountName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource videos 'containers' existing = {
      name: videoContainerName
    }
  }

  resource queues 'queueServices' existing = {
    name: 'default'

    resource jobs 'queues' existing = {
      name: jobQueueName
    }

    resource outcomes 'queues' existing = {
      name: videoQueueName
    }

    resource poison 'queues' existing = {
      name: poisonQueueName
    }
  }

  resource tables 'tableServices' existing = {
    name: 'default'

    resource jobs 'tables' existing = {
      name: jobTableName
    }
  }
}

resource hostAccount 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: hostAccountName

  resource blobs 'blobServices' existing = {
    name: 'default'
  }
}

resource hostContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' existing = [
  for name in hostContainerNames: {
    parent: hostAccount::blobs
    name: name
  }
]

var queueNames = [jobQueueName, videoQueueName, poisonQueueName]

resource allQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' existing = [
  for name in queueNames: {
    parent: videoAccount::queues
    name: name
  }
]

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

// ---- the app ----------------------------------------------------------------------------------------------------------

// Put Block, Put Block List (blobs/write), Get Blob Properties of a video that may be there already (blobs/read), Create
// Container when somebody has deleted it (containers/write). No narrower built-in role has read and write.
resource appStoresVideos 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: videoAccount::blobs::videos
  name: guid(videoAccount::blobs::videos.id, appPrincipalId, storageBlobDataContributor)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataContributor)
    description: 'Sora Courier stores videos'
  }
}

// The host: Get Queue Metadata and Peek Messages to scale, Get Messages, Update Message to renew the lease and to release
// (messages/write, which the Message Processor role lacks), Delete Message. The courier: Put Message with a delay.
resource appHandlesJobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: videoAccount::queues::jobs
  name: guid(videoAccount::queues::jobs.id, appPrincipalId, storageQueueDataContributor)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageQueueDataContributor)
    description: 'Sora Courier receives jobs and puts back those that are not ready'
  }
}

// The host's output binding: Put Message. It may not read what it sent.
resource appSendsOutcomes 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: videoAccount::queues::outcomes
  name: guid(videoAccount::queues::outcomes.id, appPrincipalId, storageQueueDataMessageSender)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageQueueDataMessageSender)
    description: 'Sora Courier sends outcomes'
  }
}

// The host, when a message has failed too often: Put Message.
resource appSendsPoison 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: videoAccount::queues::poison
  name: guid(videoAccount::queues::poison.id, appPrincipalId, storageQueueDataMessageSender)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageQueueDataMessageSender)
    description: 'The Functions host sets aside messages that fail too often'
  }
}

// Get and Query Entities (entities/read), Insert and Update Entity (entities/write), Delete Entity of records that are old
// (entities/delete), Create Table when somebody has deleted it (tables/write).
resource appRecordsJobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: videoAccount::tables::jobs
  name: guid(videoAccount::tables::jobs.id, appPrincipalId, storageTableDataContributor)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageTableDataContributor)
    description: 'Sora Courier records what becomes of jobs'
  }
}

// Get Queue Metadata: how many messages were set aside.
resource appSeesPoison 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: videoAccount::queues::poison
  name: guid(videoAccount::queues::poison.id, appPrincipalId, storageQueueDataReader)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageQueueDataReader)
    description: 'Sora Courier shows how many messages were set aside'
  }
}

// Get User Delegation Key, to sign links to videos: Azure has no narrower scope for it. What is signed
// with it can do no more than the app itself, by its roles on containers.
resource appSignsLinks 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: videoAccount
  name: guid(videoAccount.id, appPrincipalId, storageBlobDelegator)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDelegator)
    description: 'Sora Courier signs links to videos'
  }
}

// The host's locks, leases and function keys, and the package: what Microsoft documents for AzureWebJobsStorage, harmless
// in an account that holds nothing else.
resource hostOwnsItsAccount 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (separateHostStorage) {
  scope: hostAccount
  name: guid(hostAccount.id, appPrincipalId, storageBlobDataOwner)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataOwner)
    description: 'The Functions host keeps its locks, keys and package'
  }
}

// The same, kept to the host's containers where they stand beside the videos.
resource hostOwnsItsContainers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, i) in hostContainerNames: if (!separateHostStorage) {
    scope: hostContainers[i]
    name: guid(hostAccount.id, name, appPrincipalId, storageBlobDataOwner)
    properties: {
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataOwner)
      description: 'The Functions host keeps its locks, keys and package'
    }
  }
]

// Telemetry sent with a token (Microsoft.Insights/Telemetry/Write): the component takes no instrumentation key.
resource appSendsTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: component
  name: guid(component.id, appPrincipalId, monitoringMetricsPublisher)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
    description: 'Sora Courier and its host send telemetry'
  }
}

// ---- the deployer, when asked for -------------------------------------------------------------------------------------

// az storage message put: a job id, or a poisoned message on its way back.
resource deployerSendsJobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerPrincipalId)) {
  scope: videoAccount::queues::jobs
  name: guid(videoAccount::queues::jobs.id, deployerPrincipalId, storageQueueDataMessageSender)
  properties: {
    principalId: deployerPrincipalId
    principalType: deployerPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageQueueDataMessageSender)
    description: 'May enqueue jobs'
  }
}

// az storage message peek, and a queue's length; Get-AzStorageQueue asks for the queue's metadata before anything else.
resource deployerSeesQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, i) in queueNames: if (!empty(deployerPrincipalId)) {
    scope: allQueues[i]
    name: guid(videoAccount.id, name, deployerPrincipalId, storageQueueDataReader)
    properties: {
      principalId: deployerPrincipalId
      principalType: deployerPrincipalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageQueueDataReader)
      description: 'May see what waits'
    }
  }
]

// az storage message get and delete of outcomes.
resource deployerTakesOutcomes 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerPrincipalId)) {
  scope: videoAccount::queues::outcomes
  name: guid(videoAccount::queues::outcomes.id, deployerPrincipalId, storageQueueDataMessageProcessor)
  properties: {
    principalId: deployerPrincipalId
    principalType: deployerPrincipalType
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      storageQueueDataMessageProcessor
    )
    description: 'May read outcomes'
  }
}

// az storage message get and delete of poisoned messages, to replay them.
resource deployerTakesPoison 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerPrincipalId)) {
  scope: videoAccount::queues::poison
  name: guid(videoAccount::queues::poison.id, deployerPrincipalId, storageQueueDataMessageProcessor)
  properties: {
    principalId: deployerPrincipalId
    principalType: deployerPrincipalType
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      storageQueueDataMessageProcessor
    )
    description: 'May take messages out of the poison queue'
  }
}

// az storage blob download.
resource deployerReadsVideos 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerPrincipalId)) {
  scope: videoAccount::blobs::videos
  name: guid(videoAccount::blobs::videos.id, deployerPrincipalId, storageBlobDataReader)
  properties: {
    principalId: deployerPrincipalId
    principalType: deployerPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataReader)
    description: 'May download videos'
  }
}
