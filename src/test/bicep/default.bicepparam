// output AZURE_OPENAI_ENDPOINT = https://videos.example.com/v1
// resource Microsoft.Insights/components appi-{token}
// resource Microsoft.Insights/diagnosticSettings queue-writes
// resource Microsoft.Insights/workbooks fbca78c4-0ca7-5f74-914f-fc3e64be27fb
// resource Microsoft.ManagedIdentity/userAssignedIdentities id-{token}
// resource Microsoft.OperationalInsights/workspaces log-{token}
// resource Microsoft.Resources/resourceGroups rg-courier
// resource Microsoft.Storage/storageAccounts sth{token}
// resource Microsoft.Storage/storageAccounts st{token}
// resource Microsoft.Storage/storageAccounts/blobServices sth{token}/default
// resource Microsoft.Storage/storageAccounts/blobServices st{token}/default
// resource Microsoft.Storage/storageAccounts/blobServices/containers sth{token}/default/azure-webjobs-hosts
// resource Microsoft.Storage/storageAccounts/blobServices/containers sth{token}/default/azure-webjobs-secrets
// resource Microsoft.Storage/storageAccounts/blobServices/containers sth{token}/default/function-app
// resource Microsoft.Storage/storageAccounts/blobServices/containers st{token}/default/videos
// resource Microsoft.Storage/storageAccounts/managementPolicies st{token}/default
// resource Microsoft.Storage/storageAccounts/queueServices sth{token}/default
// resource Microsoft.Storage/storageAccounts/queueServices st{token}/default
// resource Microsoft.Storage/storageAccounts/queueServices/queues st{token}/default/sora-jobs
// resource Microsoft.Storage/storageAccounts/queueServices/queues st{token}/default/sora-jobs-poison
// resource Microsoft.Storage/storageAccounts/queueServices/queues st{token}/default/sora-videos
// resource Microsoft.Storage/storageAccounts/tableServices sth{token}/default
// resource Microsoft.Storage/storageAccounts/tableServices st{token}/default
// resource Microsoft.Storage/storageAccounts/tableServices/tables st{token}/default/jobs
// resource Microsoft.Web/serverfarms plan-{token}
// resource Microsoft.Web/sites func-{token}
// resource Microsoft.Web/sites/basicPublishingCredentialsPolicies func-{token}/ftp
// resource Microsoft.Web/sites/basicPublishingCredentialsPolicies func-{token}/scm
// resource Microsoft.Web/sites/config func-{token}/appsettings
// role MONITORING_METRICS_PUBLISHER for the app (ServicePrincipal) on Insights/components/appi-{token}
// role STORAGE_BLOB_DATA_CONTRIBUTOR for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/blobServices/default/containers/videos
// role STORAGE_BLOB_DATA_OWNER for the app (ServicePrincipal) on Storage/storageAccounts/sth{token}
// role STORAGE_BLOB_DELEGATOR for the app (ServicePrincipal) on Storage/storageAccounts/st{token}
// role STORAGE_QUEUE_DATA_CONTRIBUTOR for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-jobs
// role STORAGE_QUEUE_DATA_MESSAGE_SENDER for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-jobs-poison
// role STORAGE_QUEUE_DATA_MESSAGE_SENDER for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-videos
// role STORAGE_QUEUE_DATA_READER for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/queueServices/default/queues/sora-jobs-poison
// role STORAGE_TABLE_DATA_CONTRIBUTOR for the app (ServicePrincipal) on Storage/storageAccounts/st{token}/tableServices/default/tables/jobs
// scale {"instanceMemoryMB":512,"maximumInstanceCount":10,"alwaysReady":[]}
// setting APPLICATIONINSIGHTS_AUTHENTICATION_STRING = ClientId=ManagedIdentity/userAssignedIdentities/id-{token}.clientId;Authorization=AAD
// setting APPLICATIONINSIGHTS_CONNECTION_STRING = Insights/components/appi-{token}.ConnectionString
// setting AZURE_OPENAI_ENDPOINT = https://videos.example.com/v1
// setting AzureWebJobs.HarvestJobs.Disabled = true
// setting AzureWebJobsStorage__blobServiceUri = Storage/storageAccounts/sth{token}.primaryEndpoints.blob
// setting AzureWebJobsStorage__clientId = ManagedIdentity/userAssignedIdentities/id-{token}.clientId
// setting AzureWebJobsStorage__credential = managedidentity
// setting COURIER_HARVEST_ENABLED = false
// setting VIDEO_CONTAINER = videos
// setting VideoStorage__blobServiceUri = Storage/storageAccounts/st{token}.primaryEndpoints.blob
// setting VideoStorage__clientId = ManagedIdentity/userAssignedIdentities/id-{token}.clientId
// setting VideoStorage__credential = managedidentity
// setting VideoStorage__queueServiceUri = Storage/storageAccounts/st{token}.primaryEndpoints.queue
// setting VideoStorage__tableServiceUri = Storage/storageAccounts/st{token}.primaryEndpoints.table
// storage sth{token} is Standard_LRS and lets in None
// storage st{token} deletes nothing
// storage st{token} is Standard_LRS and lets in None
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
