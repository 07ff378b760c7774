// - storage st{token} deletes nothing
// - storage st{token} is Standard_LRS and lets in None
// + storage st{token} deletes videos/ after 30 days
// + storage st{token} is Standard_LRS and lets in AzureServices
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param videoRetentionDays = 30
