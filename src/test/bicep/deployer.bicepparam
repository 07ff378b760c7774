// + role STORAGE_BLOB_DATA_READER for 33333333-3333-3333-3333-333333333333 (User) on Storage/storageAccounts/st{token}/blobServices/default/containers/videos
// + role STORAGE_QUEUE_DATA_MESSAGE_PROCESSOR for 33333333-3333-3333-3333-333333333333 (User) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-jobs-poison
// + role STORAGE_QUEUE_DATA_MESSAGE_PROCESSOR for 33333333-3333-3333-3333-333333333333 (User) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-videos
// + role STORAGE_QUEUE_DATA_MESSAGE_SENDER for 33333333-3333-3333-3333-333333333333 (User) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-jobs
// + role STORAGE_QUEUE_DATA_READER for 33333333-3333-3333-3333-333333333333 (User) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-jobs
// + role STORAGE_QUEUE_DATA_READER for 33333333-3333-3333-3333-333333333333 (User) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-jobs-poison
// + role STORAGE_QUEUE_DATA_READER for 33333333-3333-3333-3333-333333333333 (User) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-videos
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param grantDeployerDataRoles = true
param principalId = '33333333-3333-3333-3333-333333333333'
