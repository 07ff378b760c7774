#Requires -Version 7.2
# Finds in seconds what would stop a deployment later: azd up builds beside creating resources, and an error in either
# ends the other half-way. One line for each failure, with what to type; all of them are reported before it ends.
#   deployment  the default: all that azd up and azd provision need
#   package     what building the package needs
#   zip         whether target/function-app.zip can be published
#   engine      prints which container engine answers, docker or podman
# DEPLOY_ZIP=keep needs no tools for building. It says what check.sh says, and a test compares them.
param([string] $What = 'deployment')
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
Set-Location -LiteralPath (Join-Path $PSScriptRoot '../..')

$zip = if ($env:DEPLOY_ZIP) { $env:DEPLOY_ZIP } else { 'build' }
$glibc = if ($env:DEPLOY_GLIBC) { $env:DEPLOY_GLIBC } else { '2.31' }
$script:failed = $false

# A sentence alone: what is thrown is below lines of this script.
function Write-Failure([string] $Why) {
  [Console]::Error.WriteLine($Why)
  $script:failed = $true
}

function Test-Program([string] $Name) {
  # Get-Command takes brackets in a path for a pattern.
  if ($Name.Contains('/')) {
    return (Test-Path -LiteralPath $Name -PathType Leaf) -or (Test-Path -LiteralPath "$Name.exe" -PathType Leaf)
  }
  [bool] (Get-Command $Name -CommandType Application -ErrorAction Ignore)
}

# What a program writes about its version; empty where it is missing, or fails.
function Get-VersionText([string] $Name, [string] $Option) {
  if (-not (Test-Program $Name)) { return '' }
  $text = & $Name $Option 2>$null | Out-String
  if ($LASTEXITCODE -eq 0) { $text } else { '' }
}

# Whether a version such as 3.9.9 or 17-ea is another one's successor, by its first two numbers.
function Test-AtLeast([string] $Version, [int] $Major, [int] $Minor) {
  if (-not ($Version -match '^(\d+)(?:\.(\d+))?')) { return $false }
  $foundMajor = [int] $Matches[1]
  $foundMinor = if ($Matches.ContainsKey(2)) { [int] $Matches[2] } else { 0 }
  $foundMajor -gt $Major -or ($foundMajor -eq $Major -and $foundMinor -ge $Minor)
}

function Test-Java([string] $Compiler) {
  $version = (Get-VersionText $Compiler '-version') -creplace '^javac ', ''
  if (-not (Test-AtLeast $version 17 0)) {
    Write-Failure "There is no JDK 17 or newer ($Compiler): install one, for example from https://adoptium.net, and set JAVA_HOME to it"
    return
  }
  $version = (Get-VersionText $java '--version') -creplace '^\S+ ', ''
  if (-not (Test-AtLeast $version 17 0)) {
    Write-Failure ("There is no java 17 or newer ($java) beside a javac that is: set JAVA_HOME to a whole JDK, for example from " +
      'https://adoptium.net, and type java --version')
  }
}

function Test-Maven {
  if (-not (Test-Program 'mvn')) {
    Write-Failure 'Maven 3.8 or newer is not on the PATH (mvn): install it, https://maven.apache.org'
  } elseif (-not $script:failed) {
    # It needs the JDK to say its version.
    $version = (Get-VersionText 'mvn' '-version') -creplace '(?s)^.*?Apache Maven ', ''
    if (-not (Test-AtLeast $version 3 8)) {
      Write-Failure 'Maven 3.8 or newer is not on the PATH: type mvn -version, and see https://maven.apache.org'
    }
  }
}

# Which engine answers: Quarkus asks docker only, where both are installed. One that hangs does not answer.
function Get-Engine {
  # The timeout of Windows is another program.
  $limited = -not $IsWindows -and (Test-Program 'timeout')
  foreach ($engine in 'docker', 'podman') {
    if (Test-Program $engine) {
      if ($limited) { & timeout 30 $engine info *> $null } else { & $engine info *> $null }
      if ($LASTEXITCODE -eq 0) {
        # It may be Podman by the name of docker.
        if ((Get-VersionText $engine '--version') -cmatch '^podman') { return 'podman' }
        return $engine
      }
    }
  }
}

function Test-Engine {
  $engine = Get-Engine
  if ($engine) { return $engine }
  Write-Failure ('There is no container engine that answers, which the native build needs: start Docker or Podman, or deploy ' +
    'with the workflow on GitHub (docs/how-to/deploy-from-github.md)')
}

function Test-Tests {
  if (-not $IsLinux -or [Runtime.InteropServices.RuntimeInformation]::OSArchitecture -cne 'X64') {
    Write-Failure 'DEPLOY_VERIFY=true runs the executable, which is for Linux on amd64: type azd env set DEPLOY_VERIFY false'
  }
  $version = (Get-VersionText 'node' '--version') -creplace '^v', ''
  if (-not ((Test-AtLeast $version 20 0) -and (Test-Program 'npm'))) {
    Write-Failure 'There is no Node.js 20 or newer with npm (node), which DEPLOY_VERIFY=true needs: install 22 or 24, https://nodejs.org'
  }
  foreach ($program in 'curl', 'ffmpeg', 'python3', 'shellcheck') {
    if (-not (Test-Program $program)) {
      Write-Failure "There is no $program, which DEPLOY_VERIFY=true needs: type apt-get install $program"
    }
  }
  $browsers = 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'
  if (-not ($browsers | Where-Object { Test-Program $_ })) {
    Write-Failure 'There is no chromium, which DEPLOY_VERIFY=true needs: type apt-get install chromium'
  }
}

# The private network's subnet is delegated to Microsoft.App. No template registers it.
function Test-Provider {
  $command = 'az provider register --namespace Microsoft.App'
  if (-not (Test-Program 'az')) {
    [Console]::Error.WriteLine('Note: the private network needs Microsoft.App registered in the subscription, and without ' +
      'the Azure CLI (az) that was not checked: register it in the portal (Subscriptions, Resource providers), or type in ' +
      "https://shell.azure.com: $command")
    return
  }
  $state = & az provider show --namespace Microsoft.App --subscription $env:AZURE_SUBSCRIPTION_ID `
    --query registrationState --output tsv 2>$null | Out-String
  $state = if ($LASTEXITCODE -eq 0) { $state.Trim() } else { '' }
  if (-not $state) {
    [Console]::Error.WriteLine('Note: whether Microsoft.App is registered, which the private network needs, could not be read: ' +
      "type az login, then: $command --subscription $env:AZURE_SUBSCRIPTION_ID")
  } elseif ($state -cne 'Registered') {
    Write-Failure ("Microsoft.App is $state in the subscription, and the private network needs it Registered, which takes " +
      "some minutes: type $command --subscription $env:AZURE_SUBSCRIPTION_ID --wait")
  }
}

function Test-Zip([string] $Java) {
  if (-not (Test-Path -LiteralPath target/function-app.zip -PathType Leaf)) {
    Write-Failure 'DEPLOY_ZIP=keep, but there is no target/function-app.zip: type azd env set DEPLOY_ZIP build'
    return
  }
  & $Java src/build/PackageCheck.java target/function-app.zip
  if ($LASTEXITCODE -eq 0) { & $Java src/build/NativeCheck.java target/function-app.zip $glibc refuse }
  if ($LASTEXITCODE -ne 0) { $script:failed = $true }
}

if (-not $What) { $What = 'deployment' }
if ($What -cnotin 'deployment', 'package', 'zip', 'engine') {
  [Console]::Error.WriteLine('There is no such check: type deployment, package, zip or engine behind the name of this script')
  exit 1
}
if ($What -ceq 'engine') {
  Test-Engine
  if ($script:failed) { exit 1 }
  exit 0
}

$programs = if ($env:JAVA_HOME) { "$env:JAVA_HOME/bin/" } else { '' }
$java = "${programs}java"
Test-Java "${programs}javac"
$javaFailed = $script:failed

if ($What -cne 'zip' -and $zip -cne 'keep') {
  Test-Maven
  $null = Test-Engine
  if ($env:DEPLOY_VERIFY -ceq 'true') { Test-Tests }
}
# Before the first azd up it is azd that asks for the subscription; azd then runs this again.
if ($What -ceq 'deployment' -and $env:DEPLOY_VNET_ENABLED -ceq 'true' -and $env:AZURE_SUBSCRIPTION_ID) {
  Test-Provider
}
if (-not $javaFailed) {
  if ($What -cne 'zip') {
    & $java src/build/DeployCheck.java $What
    if ($LASTEXITCODE -ne 0) { $script:failed = $true }
  }
  if ($What -ceq 'zip' -or $zip -ceq 'keep') { Test-Zip $java }
}
if ($script:failed) { exit 1 }
exit 0
