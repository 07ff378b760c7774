#!/bin/sh
# Leaves target/function-app.zip for azd to publish. DEPLOY_PACKAGE: native (default) or jvm.
# DEPLOY_ZIP=keep publishes the zip that is there, which is how CI deploys the one that it has tested.
# DEPLOY_GLIBC: the newest glibc that a native executable may need, 2.31 unless the platform is known to have more.
set -eu
cd "$(dirname "$0")/../.."

glibc="${DEPLOY_GLIBC:-2.31}"

if [ "${DEPLOY_ZIP:-build}" = keep ]; then
  [ -f target/function-app.zip ] || { echo "DEPLOY_ZIP=keep, but there is no target/function-app.zip" >&2; exit 1; }
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" src/build/NativeCheck.java target/function-app.zip "$glibc" refuse
fi

case "${DEPLOY_PACKAGE:-native}" in
  native)
    docker info >/dev/null 2>&1 || podman info >/dev/null 2>&1 || {
      echo "There is no container engine that answers, which the native build needs: start Docker or Podman, or use the" \
        "package for the JVM (azd env set DEPLOY_PACKAGE jvm, before the first azd up)" >&2
      exit 1
    }
    # The builder image is pinned in pom.xml. Flex Consumption runs on amd64, whatever this machine is.
    set -- -Dnative=container \
      -Dquarkus.native.container-runtime-options=--platform=linux/amd64 \
      "-Dnative.glibc.bound=$glibc" -Dnative.glibc.above=refuse
    ;;
  jvm) set -- ;;
  *)
    echo "DEPLOY_PACKAGE is '$DEPLOY_PACKAGE': use native or jvm" >&2
    exit 1
    ;;
esac

# An executable for Linux on amd64 can be tested there only; elsewhere the unit tests are what runs.
if [ "$(uname -sm)" = "Linux x86_64" ] || [ $# -eq 0 ]; then goal=verify; else goal=package; fi
exec mvn -B "$@" "$goal"
