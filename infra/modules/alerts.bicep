// The rules that speak up, and the workbook that shows. The queries are in ../queries; the names of the log's events and
// fields are in ../log-fields.json and nowhere else: a query says {{jobId}}, and gets the name here.

@description('Region of the rules.')
param location string

@description('Tags of the rules.')
param tags object

@description('Workspace of the logs.')
param workspaceId string

@description('Queue that job ids go to.')
param jobQueueName string

@description('Queue of the messages that could not be handled.')
param poisonQueueName string

@description('Address to mail to; empty: none.')
param email string

@description('Minutes after which a job without an outcome counts as stuck. Jobs take 1 to 5 minutes as a rule.')
@minValue(10)
param oldestMinutes int = 60

var words = union(loadJsonContent('../log-fields.json'), {
  jobQueue: jobQueueName
  poisonQueue: poisonQueueName
  oldestMinutes: string(oldestMinutes)
})
var eventsText = loadTextContent('../queries/courier-events.kql')
var writesText = loadTextContent('../queries/queue-writes.kql')
var alertTexts = {
  poison: '${writesText}${loadTextContent('../queries/alert-poison.kql')}'
  failures: '${eventsText}${loadTextContent('../queries/alert-failures.kql')}'
  denied: '${eventsText}${loadTextContent('../queries/alert-denied.kql')}'
  expiry: '${eventsText}${loadTextContent('../queries/alert-expiry.kql')}'
  noCopies: '${eventsText}${writesText}${loadTextContent('../queries/alert-no-copies.kql')}'
  harvest: '${eventsText}${loadTextContent('../queries/alert-harvest.kql')}'
  oldestMessage: '${eventsText}${loadTextContent('../queries/alert-oldest-message.kql')}'
}
var workbookTexts = {
  jobs: loadTextContent('../queries/workbook-jobs.kql')
  outcomes: loadTextContent('../queries/workbook-outcomes.kql')
  'time-to-stored': loadTextContent('../queries/workbook-time-to-stored.kql')
  bytes: loadTextContent('../queries/workbook-bytes.kql')
  looks: loadTextContent('../queries/workbook-looks.kql')
  'hours-to-expiry': loadTextContent('../queries/workbook-hours-to-expiry.kql')
  waiting: loadTextContent('../queries/workbook-waiting.kql')
  story: loadTextContent('../queries/workbook-story.kql')
}

// A rule with mute says what somebody has to act on: its alert stays until that person closes it, because what it tells
// of does not undo itself when its row leaves the window. It would fire, and mail, at each evaluation; so it is silent for
// that time after each mail. Where mute is no longer than the window, nothing that happens meanwhile is missed. A rule
// without mute tells of a state, and resolves itself when that has ended. A rule cannot have both.
var rules = [
  {
    name: 'poison'
    title: 'Sora Courier: a message was poisoned'
    description: 'A message failed five times and was set aside. docs/how-to/replay.md says how to send it again.'
    severity: 1
    query: alertTexts.poison
    window: 'P1D'
    frequency: 'PT15M'
    mute: 'PT6H'
    dimensions: []
  }
  {
    name: 'failures'
    title: 'Sora Courier: jobs ended without a video'
    description: 'The reason is the alert\'s dimension. docs/how-to/watch.md says what to do.'
    severity: 2
    query: alertTexts.failures
    window: 'PT6H'
    frequency: 'PT15M'
    mute: 'PT6H'
    dimensions: [words.reason]
  }
  {
    name: 'denied'
    title: 'Sora Courier: access was denied'
    description: 'The model account or the storage account refused the app; jobs wait. docs/how-to/watch.md says what to do.'
    severity: 1
    query: alertTexts.denied
    window: 'PT30M'
    frequency: 'PT15M'
    mute: ''
    dimensions: []
  }
  {
    name: 'expiry'
    title: 'Sora Courier: a job is within two hours of its expiry'
    description: 'The service deletes the video at that time, and nothing brings it back. docs/how-to/watch.md says what to do.'
    severity: 1
    query: alertTexts.expiry
    window: 'P1D'
    frequency: 'PT15M'
    mute: 'PT1H'
    dimensions: []
  }
  {
    name: 'harvest'
    title: 'Sora Courier: a finished video is not stored and expires within two hours'
    description: 'The harvest sees it on the server. docs/how-to/watch.md says what to do.'
    severity: 1
    query: alertTexts.harvest
    window: 'PT30M'
    frequency: 'PT15M'
    mute: 'PT1H'
    dimensions: []
  }
  {
    name: 'no-copies'
    title: 'Sora Courier: jobs are due, and nothing looks at them'
    description: 'A job has been due for half an hour, and since then the courier has said nothing of any. docs/how-to/watch.md says what to do.'
    severity: 1
    query: alertTexts.noCopies
    window: 'P1D'
    frequency: 'PT15M'
    mute: 'PT6H'
    dimensions: []
  }
  {
    name: 'oldest-message'
    title: 'Sora Courier: a job waits too long'
    description: 'A job has been looked at for longer than jobs take. docs/how-to/watch.md says what to do.'
    severity: 2
    query: alertTexts.oldestMessage
    window: 'P1D'
    frequency: 'PT15M'
    mute: ''
    dimensions: []
  }
]

resource mail 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-courier'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'courier'
    enabled: true
    emailReceivers: [
      {
        name: 'mail'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in rules: {
    name: 'courier-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: rule.frequency
      windowSize: rule.window
      autoMitigate: empty(rule.mute)
      muteActionsDuration: empty(rule.mute) ? null : rule.mute
      // In a new workspace the tables stand empty, or not at all, until the first log arrives: validation would refuse the
      // rule, and every run afterwards is spared by the empty tables in the queries.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: reduce(items(words), rule.query, (filled, word) => replace(filled, '{{${word.key}}}', word.value))
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            dimensions: [
              for name in rule.dimensions: {
                name: name
                operator: 'Include'
                values: ['*']
              }
            ]
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: empty(email) ? [] : [mail.id]
      }
    }
  }
]

var outline = loadJsonContent('workbook.json')
var workbookContent = {
  ...outline
  fallbackResourceIds: [workspaceId]
  // any: the items have different properties.
  items: map(
    any(outline.items),
    item =>
      item.type == 3
        ? {
            ...item
            content: {
              ...item.content
              version: 'KqlItem/1.0'
              query: reduce(
                items(words),
                '${eventsText}${any(workbookTexts)[item.name]}',
                (filled, word) => replace(filled, '{{${word.key}}}', word.value)
              )
              timeContextFromParameter: 'TimeRange'
              queryType: 0
              resourceType: 'microsoft.operationalinsights/workspaces'
            }
          }
        : item
  )
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'sora-courier')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Sora Courier'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: string(workbookContent)
  }
}
