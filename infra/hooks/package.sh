#!/bin/sh
# Leaves target/function-app.zip for azd to publish. DEPLOY_PACKAGE: native (default) or jvm.
# DEPLOY_ZIP=keep publishes the zip that is there, which is how CI deploys the one that it has tested: it must be of
# the kind that DEPLOY_PACKAGE says, because the function app was created for that, and whole.
# DEPLOY_GLIBC: the newest glibc that a native executable may need, 2.31 unless the platform is known to have more.
set -eu
cd "$(dirname "$0")/../.."

package="${DEPLOY_PACKAGE:-native}"
zip="${DEPLOY_ZIP:-build}"
glibc="${DEPLOY_GLIBC:-2.31}"

fail() {
  echo "$1" >&2
  exit 1
}

case "$package" in native | jvm) ;; *) fail "DEPLOY_PACKAGE is '$package': use native or jvm" ;; esac
case "$zip" in build | keep) ;; *) fail "DEPLOY_ZIP is '$zip': use keep, or unset it to build" ;; esac

if [ "$zip" = keep ]; then
  [ -f target/function-app.zip ] || fail "DEPLOY_ZIP=keep, but there is no target/function-app.zip"
  java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
  command -v "$java" >/dev/null || fail "There is no $java: set JAVA_HOME to a JDK 17 or newer"
  "$java" src/build/PackageCheck.java target/function-app.zip "$package"
  exec "$java" src/build/NativeCheck.java target/function-app.zip "$glibc" refuse
fi

command -v mvn >/dev/null || fail "Maven 3.8 or newer is not on the PATH (mvn)"

set --
if [ "$package" = native ]; then
  docker info >/dev/null 2>&1 || podman info >/dev/null 2>&1 ||
    fail "There is no container engine that answers, which the native build needs: start Docker or Podman, or use the \
package for the JVM (azd env set DEPLOY_PACKAGE jvm, before the first azd up)"
  # The builder image is pinned in pom.xml. Flex Consumption runs on amd64, whatever this machine is.
  set -- -Dnative=container \
    -Dquarkus.native.container-runtime-options=--platform=linux/amd64 \
    "-Dnative.glibc.bound=$glibc" -Dnative.glibc.above=refuse
fi

# An executable for Linux on amd64 can be tested there only; elsewhere the unit tests are what runs.
if [ "$(uname -sm)" = "Linux x86_64" ] || [ $# -eq 0 ]; then goal=verify; else goal=package; fi
exec mvn -B "$@" "$goal"
