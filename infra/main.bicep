// Sora Courier in one resource group: the function app on a Flex Consumption plan, its storage, its identity and roles,
// its telemetry, and, when asked for, a private network. Nothing here has or makes a key.
targetScope = 'subscription'

import {
  isContainerName
  isEndpoint
  isGroupName
  isGuid
  isMailAddress
  isNetwork
  isPastedEndpoint
  isResourceId
  secretShape
  vaultOfSecret
} from 'modules/checks.bicep'

@description('Names the installation; every other name is derived from it.')
@minLength(1)
@maxLength(64)
param environmentName string

// The regions that offer Flex Consumption, by Microsoft's templates for azd of March 2026 (Azure-Samples,
// functions-quickstart-java-azd-timer and -dotnet-azd), without the canary region. To add one that
// az functionapp list-flexconsumption-locations --query "[].name" names, write it here, one a line: azd offers these only,
// and the hook that runs before azd provision reads them from here.
@description('Region of everything but the model.')
@allowed([
  'australiaeast'
  'australiasoutheast'
  'brazilsouth'
  'canadacentral'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'francecentral'
  'germanywestcentral'
  'italynorth'
  'japaneast'
  'koreacentral'
  'northcentralus'
  'northeurope'
  'norwayeast'
  'southafricanorth'
  'southcentralus'
  'southeastasia'
  'southindia'
  'spaincentral'
  'swedencentral'
  'uaenorth'
  'uksouth'
  'ukwest'
  'westcentralus'
  'westeurope'
  'westus'
  'westus2'
  'westus3'
])
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('Name of the resource group to create, for this installation alone; empty: rg-<environmentName>.')
@maxLength(90)
param resourceGroupName string = ''

@description('Address of the server that has the videos; empty: that of the model account.')
param endpoint string = ''

@description('Resource id of an Azure OpenAI or Foundry account that has the videos, in any group or subscription of the tenant, where the app gets one role; or none.')
param modelAccountId string = 'none'

@description('Role on that account, by its id. The default, Cognitive Services OpenAI User, may also make and delete videos; Cognitive Services Data Reader (b59867f0-fa02-499b-be73-45a86b5b3e1c), or a role of your own with the data action Microsoft.CognitiveServices/accounts/OpenAI/*/read, may not. The last two are untried.')
param modelRoleId string = '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'

@description('Address of the secret of a Key Vault that is the server\'s key, https://<vault>.vault.azure.net/secrets/<name>; empty: no key. The secret itself is never a parameter.')
param keySecretUri string = ''

@description('Resource id of that vault; empty: it is in the group of this installation.')
param keyVaultId string = ''

@description('Further courier.* settings as environment variables, such as { COURIER_LOOK_MAX_DELAY: \'30s\' }, and AZURE_OPENAI_API_KEY none for a server that wants no key. No secrets: they can be read by anyone who can read the app.')
param courierSettings object = {}

@description('Memory of one instance in MB: 512, 2048 or 4096.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 512

// Public sources disagree on what this bounds. For the whole app: "the combined number of instances across all the functions
// and function groups" (Microsoft's product manager, azure-functions-host #10523, January 2026). For each function or group
// of them, on demand: "the maximum number of on demand instances per function group" (azure-rest-api-specs #45083, July
// 2026). HTTP may not obey it: 30 to 60 instances were seen with a limit of 1 (azure-functions-host #11790, May 2026, open).
// So count with the one, plan with the other. Less than 40 was let in region by region from January 2026 on; where a
// deployment is refused for it, 40 is the lowest.
@description('Most instances at once. The service does two video jobs at a time: ten are far more than it feeds.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 10

@description('Instances kept warm for CopyVideo; 0 scales to zero and costs nothing while no job waits.')
@minValue(0)
@maxValue(10)
param alwaysReadyInstances int = 0

@description('Whether every five minutes the jobs of the server are enqueued that nobody has enqueued.')
param harvestEnabled bool = false

@description('Container that receives the videos.')
param videoContainerName string = 'videos'

@description('Days after which a stored video is deleted; 0 keeps videos for ever.')
@minValue(0)
@maxValue(3650)
param videoRetentionDays int = 0

@description('Redundancy of the video storage.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_LRS'

@description('Gives the Functions host an account of its own, so that its wide rights there end where the videos begin.')
param separateHostStorage bool = true

@description('Locks the account of the videos against deletion. azd down and the deletion of the group then fail until somebody deletes the lock.')
param storageLock bool = false

@description('Puts the app into a virtual network and reaches storage, model account and vault through private endpoints, with the storage\'s public access off.')
param vnetEnabled bool = false

@description('Address space of that network, /8 to /23.')
param vnetAddressPrefix string = '10.42.0.0/16'

@description('Days that telemetry is kept.')
@minValue(30)
@maxValue(730)
param telemetryRetentionDays int = 30

@description('Address that alerts are mailed to; empty: they show in the portal only.')
param alertEmail string = ''

@description('Object id of who deploys; with grantDeployerDataRoles it may enqueue jobs, read outcomes and download videos.')
param principalId string = ''

@description('Kind of that principal.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

@description('Whether principalId gets those data roles.')
param grantDeployerDataRoles bool = false

// The queue names and the function name are the ones in the annotations of the function: no setting changes them.
var jobQueueName = 'sora-jobs'
var videoQueueName = 'sora-videos'
var poisonQueueName = 'sora-jobs-poison'
// The default of courier.jobs.table. Another name there needs a role of its own.
var jobTableName = 'jobs'
var functionName = 'CopyVideo'
var serviceName = 'courier'
var deploymentContainerName = 'function-app'
// The host's own, by its own names.
var hostContainerNames = ['azure-webjobs-hosts', 'azure-webjobs-secrets', deploymentContainerName]

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var groupName = empty(resourceGroupName) ? 'rg-${environmentName}' : resourceGroupName

// Case counts in the name of an environment variable, and not in that of an app setting. null is "not set", as in JSON.
var givenSettings = filter(items(courierSettings), setting => setting.value != null)
var settingNames = map(givenSettings, setting => toLower(setting.key))
var namedTwice = length(union(settingNames, settingNames)) < length(settingNames)
var furtherSettings = toObject(
  namedTwice ? [] : givenSettings,
  setting =>
    startsWith(toLower(setting.key), 'courier_') || startsWith(toLower(setting.key), 'azure_openai_')
      ? toUpper(setting.key)
      : setting.key,
  setting => contains(['True', 'False'], string(setting.value)) ? toLower(string(setting.value)) : string(setting.value)
)
var keySetting = trim(furtherSettings.?AZURE_OPENAI_API_KEY ?? '')
var endpointSetting = trim(furtherSettings.?AZURE_OPENAI_ENDPOINT ?? '')
// Set by this template, or refused by the plan.
var reservedSettings = filter(
  items(courierSettings),
  setting =>
    startsWith(toLower(setting.key), 'azurewebjobsstorage') || startsWith(toLower(setting.key), 'videostorage') || contains(
      [
        'applicationinsights_authentication_string'
        'applicationinsights_connection_string'
        'azurewebjobs.harvestjobs.disabled'
        'courier_harvest_enabled'
        'functions_extension_version'
        'functions_worker_runtime'
        'scm_do_build_during_deployment'
        'video_container'
        'website_contentazurefileconnectionstring'
        'website_contentshare'
        'website_run_from_package'
      ],
      toLower(setting.key)
    )
)

var modelAccount = trim(modelAccountId)
var hasModel = !empty(modelAccount) && toLower(modelAccount) != 'none'
var modelIdParts = split(modelAccount, '/')
var modelAccountName = last(modelIdParts)

var givenEndpoint = empty(endpointSetting) ? trim(endpoint) : endpointSetting
var httpAllowed = toLower(furtherSettings.?COURIER_SORA_ALLOW_HTTP ?? '') == 'true'

var secretUri = trim(keySecretUri)
var hasKey = !empty(secretUri)
var keyVaultName = vaultOfSecret(secretUri)
var vaultId = empty(trim(keyVaultId))
  ? '${subscription().id}/resourceGroups/${groupName}/providers/Microsoft.KeyVault/vaults/${keyVaultName}'
  : trim(keyVaultId)
var vaultIdParts = split(vaultId, '/')

// Everything that is wrong, before anything is deployed, and all of it at once. No sentence repeats a value: one could be
// a secret in the wrong place.
var refusals = filter(
  [
    isGroupName(groupName)
      ? ''
      : 'DEPLOY_RESOURCE_GROUP (resourceGroupName), or rg-<AZURE_ENV_NAME> (environmentName) where that is empty, is not a name of a resource group'
    !hasModel || isResourceId(modelAccount, 'Microsoft.CognitiveServices/accounts')
      ? ''
      : toLower(modelAccount) == 'new'
          ? 'DEPLOY_MODEL_ACCOUNT_ID (modelAccountId) is new: model accounts are no longer created here. Use the id of an account that exists, or none with DEPLOY_ENDPOINT (endpoint)'
          : 'DEPLOY_MODEL_ACCOUNT_ID (modelAccountId) must be none, or the id of an Azure OpenAI or Foundry account: /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.CognitiveServices/accounts/<name>, without a project, a deployment or a slash behind the name'
    isGuid(trim(modelRoleId))
      ? ''
      : 'DEPLOY_MODEL_ROLE_ID (modelRoleId) must be the id of a role: 36 characters, such as 5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'
    hasModel || !empty(givenEndpoint)
      ? ''
      : 'DEPLOY_ENDPOINT (endpoint) is empty and DEPLOY_MODEL_ACCOUNT_ID (modelAccountId) is none: say which server has the videos, by one of the two'
    empty(trim(endpoint)) || isEndpoint(trim(endpoint), httpAllowed)
      ? ''
      : 'DEPLOY_ENDPOINT (endpoint) must be an address such as https://videos.example.com/v1, without user, query and fragment; http only with COURIER_SORA_ALLOW_HTTP in DEPLOY_COURIER_SETTINGS (courierSettings)'
    empty(endpointSetting) || isPastedEndpoint(endpointSetting)
      ? ''
      : 'AZURE_OPENAI_ENDPOINT in DEPLOY_COURIER_SETTINGS (courierSettings) must be an address without user, without fragment, and without a query other than api-version: who can read the app can read it. A key is a secret of a Key Vault, with its address in DEPLOY_KEY_SECRET_URI (keySecretUri)'
    !hasKey || !empty(keyVaultName)
      ? ''
      : 'DEPLOY_KEY_SECRET_URI (keySecretUri) must be the address of a secret, ${secretShape}, with or without its version: neither the secret itself nor a reference to it'
    !hasKey || empty(trim(keyVaultId)) || (isResourceId(vaultId, 'Microsoft.KeyVault/vaults') && toLower(last(vaultIdParts)) == toLower(keyVaultName))
      ? ''
      : 'DEPLOY_KEY_VAULT_ID (keyVaultId) must be the id of the vault that DEPLOY_KEY_SECRET_URI (keySecretUri) names: /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<name>'
    hasKey || empty(trim(keyVaultId))
      ? ''
      : 'DEPLOY_KEY_VAULT_ID (keyVaultId) is set, and DEPLOY_KEY_SECRET_URI (keySecretUri) is empty: set both, or neither'
    empty(keySetting) || (!hasKey && keySetting == 'none')
      ? ''
      : hasKey
          ? 'DEPLOY_KEY_SECRET_URI (keySecretUri) and AZURE_OPENAI_API_KEY in DEPLOY_COURIER_SETTINGS (courierSettings) are both set: remove one of them'
          : 'AZURE_OPENAI_API_KEY in DEPLOY_COURIER_SETTINGS (courierSettings) may only be none: put a key into a Key Vault, and the address of its secret into DEPLOY_KEY_SECRET_URI (keySecretUri)'
    !namedTwice ? '' : 'DEPLOY_COURIER_SETTINGS (courierSettings) has a name twice, in different letters'
    empty(reservedSettings)
      ? ''
      : 'DEPLOY_COURIER_SETTINGS (courierSettings) may not have ${join(map(reservedSettings, setting => setting.key), ', ')}: the template sets these, or the plan refuses them. DEPLOY_VIDEO_CONTAINER (videoContainerName) and DEPLOY_HARVEST (harvestEnabled) are variables of their own'
    alwaysReadyInstances <= maximumInstanceCount
      ? ''
      : 'DEPLOY_ALWAYS_READY (alwaysReadyInstances) is more than DEPLOY_MAX_INSTANCES (maximumInstanceCount)'
    isContainerName(videoContainerName)
      ? ''
      : 'DEPLOY_VIDEO_CONTAINER (videoContainerName) must be 3 to 63 small letters, digits and single hyphens, with a letter or digit at both ends'
    separateHostStorage || !contains(hostContainerNames, videoContainerName)
      ? ''
      : 'DEPLOY_VIDEO_CONTAINER (videoContainerName) is a container of the Functions host, which shares the account where DEPLOY_SEPARATE_HOST_STORAGE (separateHostStorage) is false: use another name'
    !vnetEnabled || isNetwork(trim(vnetAddressPrefix))
      ? ''
      : 'DEPLOY_VNET_ADDRESS_PREFIX (vnetAddressPrefix) must be an IPv4 network of /8 to /23, such as 10.42.0.0/16: two subnets of 256 addresses are cut from it'
    empty(alertEmail) || isMailAddress(alertEmail) ? '' : 'DEPLOY_ALERT_EMAIL (alertEmail) must be one address'
    !grantDeployerDataRoles || isGuid(principalId)
      ? ''
      : 'DEPLOY_GRANT_DEPLOYER (grantDeployerDataRoles) is true, and AZURE_PRINCIPAL_ID (principalId) is not the object id of who gets the roles'
  ],
  refusal => !empty(refusal)
)
var accepted = empty(refusals) ? true : fail(join(refusals, '. '))

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: accepted ? groupName : ''
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-${token}'
    componentName: 'appi-${token}'
    location: location
    tags: tags
    retentionDays: telemetryRetentionDays
  }
}

module videoStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    sku: storageSku
    containerNames: separateHostStorage ? [videoContainerName] : concat([videoContainerName], hostContainerNames)
    queueNames: [jobQueueName, videoQueueName, poisonQueueName]
    tableNames: [jobTableName]
    expiringContainerName: videoContainerName
    expiryDays: videoRetentionDays
    publicAccess: !vnetEnabled
    locked: storageLock
    workspaceId: monitoring.outputs.workspaceId
  }
}

module hostStorage 'modules/storage.bicep' = if (separateHostStorage) {
  scope: group
  params: {
    name: 'sth${token}'
    location: location
    tags: tags
    sku: 'Standard_LRS'
    containerNames: hostContainerNames
    queueNames: []
    tableNames: []
    publicAccess: !vnetEnabled
  }
}

var hostAccountName = separateHostStorage ? hostStorage!.outputs.name : videoStorage.outputs.name

// In the account's own group, which need not be ours.
module modelAccess 'modules/model-access.bicep' = if (hasModel) {
  scope: resourceGroup(
    hasModel ? modelIdParts[?2] ?? '' : subscription().subscriptionId,
    hasModel ? modelIdParts[?4] ?? '' : group.name
  )
  params: {
    accountName: modelAccountName
    principalId: identity.outputs.principalId
    modelRoleId: toLower(trim(modelRoleId))
  }
}

// In the vault's own group, which need not be ours either.
module keyAccess 'modules/key-access.bicep' = if (hasKey) {
  scope: resourceGroup(
    hasKey ? vaultIdParts[?2] ?? '' : subscription().subscriptionId,
    hasKey ? vaultIdParts[?4] ?? '' : group.name
  )
  params: {
    vaultName: keyVaultName
    principalId: identity.outputs.principalId
  }
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    videoAccountName: videoStorage.outputs.name
    hostAccountName: hostAccountName
    separateHostStorage: separateHostStorage
    hostContainerNames: hostContainerNames
    videoContainerName: videoContainerName
    jobQueueName: jobQueueName
    videoQueueName: videoQueueName
    poisonQueueName: poisonQueueName
    jobTableName: jobTableName
    componentName: monitoring.outputs.componentName
    appPrincipalId: identity.outputs.principalId
    deployerPrincipalId: grantDeployerDataRoles ? principalId : ''
    deployerPrincipalType: principalType
  }
}

module network 'modules/network.bicep' = if (vnetEnabled) {
  scope: group
  params: {
    name: 'vnet-${token}'
    location: location
    tags: tags
    securityGroupName: 'nsg-${token}'
    addressPrefix: trim(vnetAddressPrefix)
    videoAccountId: videoStorage.outputs.id
    hostAccountId: separateHostStorage ? hostStorage!.outputs.id : ''
    modelAccountId: hasModel ? modelAccount : ''
    keyVaultId: hasKey ? vaultId : ''
  }
}

module functionApp 'modules/function-app.bicep' = {
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    serviceName: serviceName
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    componentName: monitoring.outputs.componentName
    hostAccountName: hostAccountName
    videoAccountName: videoStorage.outputs.name
    deploymentContainerName: deploymentContainerName
    videoContainerName: videoContainerName
    endpoint: empty(givenEndpoint) ? modelAccess!.outputs.endpoint : givenEndpoint
    keySecretUri: secretUri
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    functionName: functionName
    harvestEnabled: harvestEnabled
    alwaysReadyInstances: alwaysReadyInstances
    subnetId: vnetEnabled ? network!.outputs.appSubnetId : ''
    courierSettings: furtherSettings
  }
  // The host reads its storage as soon as the app exists, and the platform the key.
  dependsOn: [roles, keyAccess]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    jobQueueName: jobQueueName
    poisonQueueName: poisonQueueName
    email: alertEmail
  }
}

@description('Resource group that holds everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Region of everything but the model.')
output AZURE_LOCATION string = location

@description('Tenant that the identity and the roles are of.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('Name of the function app.')
output AZURE_FUNCTION_NAME string = functionApp.outputs.name

@description('The same, by the name that azd has for it: of the service courier.')
output SERVICE_COURIER_NAME string = functionApp.outputs.name

@description('Address of the function app; the diagnosis is at /api/diagnose/{jobId} below it.')
output AZURE_FUNCTION_URI string = functionApp.outputs.uri

@description('Storage account of the queues and the videos.')
output VIDEO_STORAGE_ACCOUNT string = videoStorage.outputs.name

@description('Container that receives the videos.')
output VIDEO_CONTAINER string = videoContainerName

@description('Queue that job ids go to.')
output JOB_QUEUE string = jobQueueName

@description('Queue that outcomes come from.')
output VIDEO_QUEUE string = videoQueueName

@description('Queue of the messages that could not be handled.')
output POISON_QUEUE string = poisonQueueName

@description('Endpoint that the app asks for videos.')
output AZURE_OPENAI_ENDPOINT string = empty(givenEndpoint) ? modelAccess!.outputs.endpoint : givenEndpoint
