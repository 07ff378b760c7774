// What makes a value well-formed. The sentences that refuse one are in main.bicep.

var lowerCaseLetters = 'abcdefghijklmnopqrstuvwxyz'
var digits = '0123456789'

func consistsOf(text string, alphabet string) bool =>
  empty(filter(map(range(0, length(text)), i => substring(text, i, 1)), letter => !contains(alphabet, letter)))

func hasLength(text string, least int, most int) bool => length(text) >= least && length(text) <= most

@export()
func isGuid(text string) bool =>
  join(map(split(text, '-'), part => string(length(part))), '-') == '8-4-4-4-12' && consistsOf(
    toLower(text),
    'abcdef-${digits}'
  )

@description('Whether an id names a resource of that type, and neither something inside it nor a part of it.')
@export()
func isResourceId(id string, type string) bool =>
  length(split(id, '/')) == 9 && startsWith(toLower(id), '/subscriptions/') && isGuid(split(id, '/')[?2] ?? '') && toLower(split(
    id,
    '/'
  )[?3] ?? '') == 'resourcegroups' && isGroupName(split(id, '/')[?4] ?? '') && toLower(join(
    take(skip(split(id, '/'), 5), 3),
    '/'
  )) == toLower('providers/${type}') && hasLength(last(split(id, '/')), 2, 64) && consistsOf(
    toLower(last(split(id, '/'))),
    '._-${lowerCaseLetters}${digits}'
  )

@description('A name of Blob Storage: small letters, digits, and single hyphens inside.')
@export()
func isContainerName(name string) bool =>
  hasLength(name, 3, 63) && consistsOf(name, '-${lowerCaseLetters}${digits}') && !contains(name, '--') && !startsWith(
    name,
    '-'
  ) && !endsWith(name, '-')

// Azure takes the letters and digits of all scripts, which cannot be listed here, and of signs these: _ - . ( ). So this
// lists the other signs of ASCII, and those that a word processor makes of them.
@export()
func isGroupName(name string) bool =>
  hasLength(name, 1, 90) && !endsWith(name, '.') && !containsOneOf(
    name,
    ' !"#$%&\'*+,/:;<=>?@[\\]^`{|}~\t\n\r\u{a0}\u{2013}\u{2014}\u{2018}\u{2019}\u{201c}\u{201d}\u{2026}'
  )

func containsOneOf(text string, signs string) bool =>
  !empty(filter(map(range(0, length(signs)), i => substring(signs, i, 1)), sign => contains(text, sign)))

@description('https, a host, no user, and no query, where a key could be.')
@export()
func isEndpoint(url string, httpAllowed bool) bool =>
  (startsWith(toLower(url), 'https://') || (httpAllowed && startsWith(toLower(url), 'http://'))) && !empty(hostOf(url)) && !startsWith(
    hostOf(url),
    ':'
  ) && !containsOneOf(url, ' ?#@"\'<>\\{}\t\n')

@description('An address as it is pasted, without a place where a key could be: a user, a fragment, a query of more than api-version.')
@export()
func isPastedEndpoint(url string) bool =>
  contains(url, '://') && !empty(hostOf(url)) && !startsWith(hostOf(url), ':') && !containsOneOf(url, '#@') && (!contains(
    url,
    '?'
  ) || (length(split(url, '?')) == 2 && isApiVersion(last(split(url, '?')))))

func isApiVersion(query string) bool =>
  startsWith(toLower(query), 'api-version=') && hasLength(query, 13, 44) && consistsOf(
    skip(toLower(query), 12),
    '.-${lowerCaseLetters}${digits}'
  )

@export()
func isMailAddress(text string) bool =>
  length(split(text, '@')) == 2 && !startsWith(text, '@') && !endsWith(text, '@') && !containsOneOf(
    text,
    ' ,;:<>()[]"\\\t\n\r'
  )

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
