// - resource Microsoft.Storage/storageAccounts sth{token}
// - resource Microsoft.Storage/storageAccounts/blobServices sth{token}/default
// - resource Microsoft.Storage/storageAccounts/blobServices/containers sth{token}/default/azure-webjobs-hosts
// - resource Microsoft.Storage/storageAccounts/blobServices/containers sth{token}/default/azure-webjobs-secrets
// - resource Microsoft.Storage/storageAccounts/blobServices/containers sth{token}/default/function-app
// - resource Microsoft.Storage/storageAccounts/queueServices sth{token}/default
// - resource Microsoft.Storage/storageAccounts/tableServices sth{token}/default
// - role STORAGE_BLOB_DATA_OWNER for the app (ServicePrincipal) on Storage/storageAccounts/sth{token}
// - setting AzureWebJobsStorage__blobServiceUri = Storage/storageAccounts/sth{token}.primaryEndpoints.blob
// - storage sth{token} is Standard_LRS and lets in None
// + resource Microsoft.Storage/storageAccounts/blobServices/containers st{token}/default/azure-webjobs-hosts
// + resource Microsoft.Storage/storageAccounts/blobServices/containers st{token}/default/azure-webjobs-secrets
// + resource Microsoft.Storage/storageAccounts/blobServices/containers st{token}/default/function-app
// + role STORAGE_BLOB_DATA_OWNER for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/blobServices/default/containers/azure-webjobs-hosts
// + role STORAGE_BLOB_DATA_OWNER for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/blobServices/default/containers/azure-webjobs-secrets
// + role STORAGE_BLOB_DATA_OWNER for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/blobServices/default/containers/function-app
// + setting AzureWebJobsStorage__blobServiceUri = Storage/storageAccounts/st{token}.primaryEndpoints.blob
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param separateHostStorage = false
