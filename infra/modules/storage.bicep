// A storage account without keys: every request carries an Entra token, or is refused.

@description('Name of the account.')
@minLength(3)
@maxLength(24)
param name string

@description('Region of the account.')
param location string

@description('Tags of the account.')
param tags object

@description('Redundancy of the account.')
param sku string

@description('Containers to create.')
param containerNames string[]

@description('Queues to create.')
param queueNames string[]

@description('Tables to create.')
param tableNames string[]

@description('Container whose blobs are deleted after expiryDays; empty: the account has no such rule, now or earlier.')
param expiringContainerName string = ''

@description('Days after which those blobs are deleted; 0: never, which switches off the rule of an earlier deployment.')
@minValue(0)
param expiryDays int = 0

@description('Whether the account answers on its public address.')
param publicAccess bool

@description('Whether the account is locked against deletion.')
param locked bool = false

@description('Workspace that is notified of every write to a queue; empty: none.')
param workspaceId string = ''

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    networkAcls: {
      // The lifecycle rule's own deletions come from outside, as a trusted service.
      bypass: expiryDays > 0 ? 'AzureServices' : 'None'
      defaultAction: publicAccess ? 'Allow' : 'Deny'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
  properties: {
    // A video deleted by mistake cannot be made again: the service has long dropped its copy.
    deleteRetentionPolicy: {
      enabled: true
      days: 7
    }
    // Nor can a container of them.
    containerDeleteRetentionPolicy: {
      enabled: true
      days: 7
    }
  }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = [
  for container in containerNames: {
    parent: blobs
    name: container
    properties: {
      publicAccess: 'None'
    }
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' = [
  for queue in queueNames: {
    parent: queueService
    name: queue
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-01-01' = [
  for table in tableNames: {
    parent: tableService
    name: table
  }
]

// Written where nothing expires as well: a deployment deletes no resource, so that the rule of an earlier one would go on
// deleting. A policy needs a rule, and a rule a number of days: the most that the template takes, in a rule that is off.
resource expiry 'Microsoft.Storage/storageAccounts/managementPolicies@2025-01-01' = if (!empty(expiringContainerName)) {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'delete-old-videos'
          type: 'Lifecycle'
          enabled: expiryDays > 0
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${expiringContainerName}/']
            }
            actions: {
              baseBlob: {
                delete: {
                  daysAfterCreationGreaterThan: expiryDays > 0 ? expiryDays : 3650
                }
              }
            }
          }
        }
      ]
    }
  }
  dependsOn: [containers]
}

// The account's own message count is hourly and not by queue, so that the alerts on arriving and poisoned messages read
// the log of writes instead. Reads are left out: the host polls, and every poll would be a line.
#disable-next-line use-recent-api-versions // no newer version has this shape
resource queueLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(workspaceId)) {
  scope: queueService
  name: 'queue-writes'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'StorageWrite'
        enabled: true
      }
    ]
  }
}

// Against deleting the account, and its group with it; what is inside can still be deleted.
resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (locked) {
  scope: account
  name: 'sora-courier-videos'
  properties: {
    level: 'CanNotDelete'
    notes: 'Videos are in it that nobody can make again'
  }
}

@description('Name of the account.')
output name string = account.name

@description('Resource id of the account.')
output id string = account.id
