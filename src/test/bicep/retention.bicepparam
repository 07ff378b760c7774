// - storage st{token} is Standard_LRS and lets in None
// + resource Microsoft.Storage/storageAccounts/managementPolicies st{token}/default
// + storage st{token} is Standard_LRS and lets in AzureServices
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param videoRetentionDays = 30
