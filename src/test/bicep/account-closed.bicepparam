// - output AZURE_OPENAI_ENDPOINT = https://videos.example.com/v1
// - setting AZURE_OPENAI_ENDPOINT = https://videos.example.com/v1
// + output AZURE_OPENAI_ENDPOINT = /subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/contoso-sora.endpoint
// + resource Microsoft.Network/networkSecurityGroups nsg-{token}
// + resource Microsoft.Network/privateDnsZones privatelink.blob.core.windows.net
// + resource Microsoft.Network/privateDnsZones privatelink.cognitiveservices.azure.com
// + resource Microsoft.Network/privateDnsZones privatelink.openai.azure.com
// + resource Microsoft.Network/privateDnsZones privatelink.queue.core.windows.net
// + resource Microsoft.Network/privateDnsZones privatelink.services.ai.azure.com
// + resource Microsoft.Network/privateDnsZones privatelink.table.core.windows.net
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.blob.core.windows.net/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.cognitiveservices.azure.com/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.openai.azure.com/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.queue.core.windows.net/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.services.ai.azure.com/vnet-{token}
// + resource Microsoft.Network/privateDnsZones/virtualNetworkLinks privatelink.table.core.windows.net/vnet-{token}
// + resource Microsoft.Network/privateEndpoints pe-contoso-sora
// + resource Microsoft.Network/privateEndpoints pe-sth{token}-blob
// + resource Microsoft.Network/privateEndpoints pe-st{token}-blob
// + resource Microsoft.Network/privateEndpoints pe-st{token}-queue
// + resource Microsoft.Network/privateEndpoints pe-st{token}-table
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-contoso-sora/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-sth{token}-blob/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-blob/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-queue/default
// + resource Microsoft.Network/privateEndpoints/privateDnsZoneGroups pe-st{token}-table/default
// + resource Microsoft.Network/virtualNetworks vnet-{token}
// + role COGNITIVE_SERVICES_OPEN_A_I_USER for the app (ServicePrincipal) on /subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/contoso-sora
// + setting AZURE_OPENAI_ENDPOINT = /subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/contoso-sora.endpoint
// + subnet app is 10.42.0.0/24
// + subnet endpoints is 10.42.1.0/24, without outbound access
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param modelAccountId = '/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-models/providers/Microsoft.CognitiveServices/accounts/contoso-sora'
param vnetEnabled = true
