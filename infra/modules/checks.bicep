// What makes a value well-formed. The sentences that refuse one are in main.bicep.

var lowerCaseLetters = 'abcdefghijklmnopqrstuvwxyz'
var digits = '0123456789'

func consistsOf(text string, alphabet string) bool =>
  empty(filter(map(range(0, length(text)), i => substring(text, i, 1)), letter => !contains(alphabet, letter)))

func hasLength(text string, least int, most int) bool => length(text) >= least && length(text) <= most

@export()
func isGuid(text string) bool =>
  length(text) == 36 && length(split(text, '-')) == 5 && consistsOf(toLower(text), 'abcdef-${digits}')

@description('Whether an id names a resource of that type, and neither something inside it nor a part of it.')
@export()
func isResourceId(id string, type string) bool =>
  length(split(id, '/')) == 9 && startsWith(toLower(id), '/subscriptions/') && isGuid(split(id, '/')[?2] ?? '') && toLower(split(
    id,
    '/'
  )[?3] ?? '') == 'resourcegroups' && hasLength(split(id, '/')[?4] ?? '', 1, 90) && toLower(join(
    take(skip(split(id, '/'), 5), 3),
    '/'
  )) == toLower('providers/${type}') && hasLength(last(split(id, '/')), 2, 64) && consistsOf(
    toLower(id),
    '/._-()${lowerCaseLetters}${digits}'
  )

@description('A name of Blob Storage: small letters, digits, and single hyphens inside.')
@export()
func isContainerName(name string) bool =>
  hasLength(name, 3, 63) && consistsOf(name, '-${lowerCaseLetters}${digits}') && !contains(name, '--') && !startsWith(
    name,
    '-'
  ) && !endsWith(name, '-')

@export()
func isGroupName(name string) bool =>
  hasLength(name, 1, 90) && !endsWith(name, '.') && empty(filter(
    [' ', '/', '\\', '?', '#', '%', '<', '>', '&', '\'', '"', ':', ',', ';'],
    letter => contains(name, letter)
  ))

@description('https, a host, no user, and no query, where a key could be.')
@export()
func isEndpoint(url string, httpAllowed bool) bool =>
  (startsWith(toLower(url), 'https://') || (httpAllowed && startsWith(toLower(url), 'http://'))) && !empty(hostOf(url)) && empty(filter(
    [' ', '?', '#', '@', '"', '\'', '<', '>', '\\', '{', '}', '\t', '\n'],
    letter => contains(url, letter)
  ))

// Not environment(): that is unknown before the deployment runs, and a wrong value is to be refused before. All regions
// with Flex Consumption are of this one cloud.
#disable-next-line no-hardcoded-env-urls
var vaultSuffix = '.vault.azure.net'

@export()
var secretShape = 'https://<vault>${vaultSuffix}/secrets/<name>'

func hostOf(url string) string => toLower(split(url, '/')[?2] ?? '')

@description('The vault whose secret a URI names, or nothing where it names none: https://<vault>.vault.azure.net/secrets/<name>[/<version>].')
@export()
func vaultOfSecret(uri string) string =>
  startsWith(toLower(uri), 'https://') && endsWith(hostOf(uri), vaultSuffix) && isVaultName(replace(
      hostOf(uri),
      vaultSuffix,
      ''
    )) && toLower(split(uri, '/')[?3] ?? '') == 'secrets' && isSecretName(split(uri, '/')[?4] ?? '') && isSecretVersion(split(
      uri,
      '/'
    )[?5] ?? '') && length(split(uri, '/')) <= 6
    ? replace(hostOf(uri), vaultSuffix, '')
    : ''

func isVaultName(name string) bool =>
  hasLength(name, 3, 24) && consistsOf(toLower(name), '-${lowerCaseLetters}${digits}')

func isSecretName(name string) bool =>
  hasLength(name, 1, 127) && consistsOf(toLower(name), '-${lowerCaseLetters}${digits}')

func isSecretVersion(version string) bool =>
  empty(version) || (length(version) == 32 && consistsOf(toLower(version), 'abcdef${digits}'))

@description('An IPv4 prefix from /8 to /23, written as its first address: it holds two subnets of 256 addresses.')
@export()
func isNetwork(prefix string) bool =>
  isIPv4(split(prefix, '/')[0]) && length(split(prefix, '/')) == 2 && contains(
      map(range(8, 16), bits => string(bits)),
      split(prefix, '/')[?1] ?? ''
    )
    ? parseCidr(prefix).network == split(prefix, '/')[0]
    : false

func isIPv4(address string) bool =>
  length(split(address, '.')) == 4 && empty(filter(
    split(address, '.'),
    part => !contains(map(range(0, 256), number => string(number)), part)
  ))
