#Requires -Version 7.2
# Leaves target/function-app.zip for azd to publish: the native package, built in a container and checked.
# DEPLOY_ZIP=keep publishes the zip that is there, which is how CI deploys the one that it has tested.
# DEPLOY_VERIFY=true runs all tests against the executable before it is published, on Linux for amd64 only.
# DEPLOY_GLIBC: the newest glibc that the executable may need, 2.31 unless the platform is known to have more.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
Set-Location -LiteralPath (Join-Path $PSScriptRoot '../..')

$glibc = if ($env:DEPLOY_GLIBC) { $env:DEPLOY_GLIBC } else { '2.31' }
# As a program, because a script's path with brackets in it would be a pattern.
$check = '-NoProfile', '-NonInteractive', '-File', 'infra/hooks/check.ps1'

& ([Environment]::ProcessPath) @check package
if ($LASTEXITCODE -ne 0) { exit 1 }
if ($env:DEPLOY_ZIP -ceq 'keep') { exit 0 }

$engine = & ([Environment]::ProcessPath) @check engine
if ($LASTEXITCODE -ne 0) { exit 1 }
$goals = if ($env:DEPLOY_VERIFY -ceq 'true') { @('verify') } else { @('-DskipTests', 'package') }
# The builder image is pinned in pom.xml. Flex Consumption runs on amd64, whatever this machine is.
$options = '-B', '-Dnative=container', "-Dquarkus.native.container-runtime=$engine",
  '-Dquarkus.native.container-runtime-options=--platform=linux/amd64',
  "-Dnative.glibc.bound=$glibc", '-Dnative.glibc.above=refuse'
& mvn @options @goals
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
& ([Environment]::ProcessPath) @check zip
exit $LASTEXITCODE
