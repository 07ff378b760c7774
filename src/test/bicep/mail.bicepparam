// + resource Microsoft.Insights/actionGroups ag-courier
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param alertEmail = 'ops@example.com'
