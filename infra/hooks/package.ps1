# Leaves target/function-app.zip for azd to publish. DEPLOY_PACKAGE: native (default) or jvm.
# DEPLOY_ZIP=keep publishes the zip that is there.
# DEPLOY_GLIBC: the newest glibc that a native executable may need, 2.31 unless the platform is known to have more.
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '../..')

$glibc = if ($env:DEPLOY_GLIBC) { $env:DEPLOY_GLIBC } else { '2.31' }

if ($env:DEPLOY_ZIP -eq 'keep') {
  if (-not (Test-Path target/function-app.zip)) { throw 'DEPLOY_ZIP=keep, but there is no target/function-app.zip' }
  $java = if ($env:JAVA_HOME) { Join-Path $env:JAVA_HOME 'bin/java' } else { 'java' }
  & $java src/build/NativeCheck.java target/function-app.zip $glibc refuse
  exit $LASTEXITCODE
}

$package = if ($env:DEPLOY_PACKAGE) { $env:DEPLOY_PACKAGE } else { 'native' }
$options = switch ($package) {
  'native' {
    '-Dnative=container', '-Dquarkus.native.container-runtime-options=--platform=linux/amd64'
    "-Dnative.glibc.bound=$glibc", '-Dnative.glibc.above=refuse'
  }
  'jvm' { @() }
  default { throw "DEPLOY_PACKAGE is '$package': use native or jvm" }
}

if ($package -eq 'native') {
  $engines = 'docker', 'podman' | Where-Object { Get-Command $_ -ErrorAction SilentlyContinue }
  $answers = $engines | Where-Object { & $_ info *> $null; $LASTEXITCODE -eq 0 }
  if (-not $answers) {
    throw ('There is no container engine that answers, which the native build needs: start Docker or Podman, or use ' +
      'the package for the JVM (azd env set DEPLOY_PACKAGE jvm, before the first azd up)')
  }
}

# Neither the executable nor the launcher script runs on Windows: the unit tests are what runs.
mvn -B @options package
exit $LASTEXITCODE
