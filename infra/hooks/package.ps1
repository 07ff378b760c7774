# Leaves target/function-app.zip for azd to publish. COURIER_PACKAGE: native (default) or jvm.
# COURIER_ZIP=keep publishes the zip that is there.
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '../..')

if ($env:COURIER_ZIP -eq 'keep') {
  if (-not (Test-Path target/function-app.zip)) { throw 'COURIER_ZIP=keep, but there is no target/function-app.zip' }
  exit 0
}

$package = if ($env:COURIER_PACKAGE) { $env:COURIER_PACKAGE } else { 'native' }
$options = switch ($package) {
  'native' { '-Dnative', '-Dquarkus.native.container-build=true', '-Dquarkus.native.container-runtime-options=--platform=linux/amd64' }
  'jvm' { @() }
  default { throw "COURIER_PACKAGE is '$package': use native or jvm" }
}

# Neither the executable nor the launcher script runs on Windows: the unit tests are what runs.
mvn -B @options package
exit $LASTEXITCODE
