# Leaves target/function-app.zip for azd to publish. DEPLOY_PACKAGE: native (default) or jvm.
# DEPLOY_ZIP=keep publishes the zip that is there.
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '../..')

if ($env:DEPLOY_ZIP -eq 'keep') {
  if (-not (Test-Path target/function-app.zip)) { throw 'DEPLOY_ZIP=keep, but there is no target/function-app.zip' }
  exit 0
}

$package = if ($env:DEPLOY_PACKAGE) { $env:DEPLOY_PACKAGE } else { 'native' }
$options = switch ($package) {
  'native' { '-Dnative', '-Dquarkus.native.container-build=true', '-Dquarkus.native.container-runtime-options=--platform=linux/amd64' }
  'jvm' { @() }
  default { throw "DEPLOY_PACKAGE is '$package': use native or jvm" }
}

# Neither the executable nor the launcher script runs on Windows: the unit tests are what runs.
mvn -B @options package
exit $LASTEXITCODE
