#Requires -Version 7.2
# Leaves target/function-app.zip for azd to publish. DEPLOY_PACKAGE: native (default) or jvm.
# DEPLOY_ZIP=keep publishes the zip that is there: it must be of the kind that DEPLOY_PACKAGE says, because the function
# app was created for that, and whole.
# DEPLOY_GLIBC: the newest glibc that a native executable may need, 2.31 unless the platform is known to have more.
$ErrorActionPreference = 'Stop'
Set-Location -LiteralPath (Join-Path $PSScriptRoot '../..')

$package = if ($env:DEPLOY_PACKAGE) { $env:DEPLOY_PACKAGE } else { 'native' }
$zip = if ($env:DEPLOY_ZIP) { $env:DEPLOY_ZIP } else { 'build' }
$glibc = if ($env:DEPLOY_GLIBC) { $env:DEPLOY_GLIBC } else { '2.31' }

# A sentence alone: what is thrown is below lines of this script.
function Stop-Hook([string] $Why) {
  [Console]::Error.WriteLine($Why)
  exit 1
}

if ($package -cnotin 'native', 'jvm') { Stop-Hook "DEPLOY_PACKAGE is '$package': use native or jvm" }
if ($zip -cnotin 'build', 'keep') { Stop-Hook "DEPLOY_ZIP is '$zip': use keep, or unset it to build" }

if ($zip -ceq 'keep') {
  if (-not (Test-Path -LiteralPath target/function-app.zip)) {
    Stop-Hook 'DEPLOY_ZIP=keep, but there is no target/function-app.zip'
  }
  $java = if ($env:JAVA_HOME) { Join-Path $env:JAVA_HOME 'bin/java' } else { 'java' }
  if (-not (Get-Command $java -ErrorAction SilentlyContinue)) {
    Stop-Hook "There is no ${java}: set JAVA_HOME to a JDK 17 or newer"
  }
  & $java src/build/PackageCheck.java target/function-app.zip $package
  if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
  & $java src/build/NativeCheck.java target/function-app.zip $glibc refuse
  exit $LASTEXITCODE
}

if (-not (Get-Command mvn -ErrorAction SilentlyContinue)) { Stop-Hook 'Maven 3.8 or newer is not on the PATH (mvn)' }

$options = @()
if ($package -ceq 'native') {
  $engines = 'docker', 'podman' | Where-Object { Get-Command $_ -ErrorAction SilentlyContinue }
  $answers = $engines | Where-Object { & $_ info *> $null; $LASTEXITCODE -eq 0 }
  if (-not $answers) {
    Stop-Hook ('There is no container engine that answers, which the native build needs: start Docker or Podman, or use ' +
      'the package for the JVM (azd env set DEPLOY_PACKAGE jvm, before the first azd up)')
  }
  $options = '-Dnative=container', '-Dquarkus.native.container-runtime-options=--platform=linux/amd64',
    "-Dnative.glibc.bound=$glibc", '-Dnative.glibc.above=refuse'
}

# Neither the package nor the tests run on Windows, which want a Unix shell.
mvn -B @options -DskipTests package
exit $LASTEXITCODE
