// - output AZURE_OPENAI_ENDPOINT = https://videos.example.com/v1
// - setting AZURE_OPENAI_ENDPOINT = https://videos.example.com/v1
// + output AZURE_OPENAI_ENDPOINT = /subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/contoso-sora.endpoint
// + role COGNITIVE_SERVICES_OPEN_A_I_USER for the app (ServicePrincipal) on /subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/contoso-sora
// + setting AZURE_OPENAI_ENDPOINT = /subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/contoso-sora.endpoint
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param modelAccountId = '/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/contoso-sora'
