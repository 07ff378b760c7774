// - scale {"instanceMemoryMB":512,"maximumInstanceCount":10,"alwaysReady":[]}
// + scale {"instanceMemoryMB":2048,"maximumInstanceCount":2,"alwaysReady":[{"name":"function:CopyVideo","instanceCount":2}]}
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param alwaysReadyInstances = 2
param maximumInstanceCount = 2
param instanceMemoryMB = 2048
