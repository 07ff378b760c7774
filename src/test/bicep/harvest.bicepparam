// - setting AzureWebJobs.HarvestJobs.Disabled = true
// - setting COURIER_HARVEST_ENABLED = false
// + setting AzureWebJobs.HarvestJobs.Disabled = false
// + setting COURIER_HARVEST_ENABLED = true
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param harvestEnabled = true
