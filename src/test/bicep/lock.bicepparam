// + resource Microsoft.Authorization/locks sora-courier-videos
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param storageLock = true
