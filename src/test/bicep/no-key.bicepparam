// + setting AZURE_OPENAI_API_KEY = none
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param courierSettings = { AZURE_OPENAI_API_KEY: 'none' }
