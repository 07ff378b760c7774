#!/bin/sh
# Leaves target/function-app.zip for azd to publish: the native package, built in a container and checked.
# DEPLOY_ZIP=keep publishes the zip that is there, which is how CI deploys the one that it has tested.
# DEPLOY_VERIFY=true runs all tests against the executable before it is published (half an hour more).
# DEPLOY_GLIBC: the newest glibc that the executable may need, 2.31 unless the platform is known to have more.
set -eu
cd "$(dirname "$0")/../.."

glibc="${DEPLOY_GLIBC:-2.31}"

infra/hooks/check.sh package || exit 1
if [ "${DEPLOY_ZIP:-}" = keep ]; then exit 0; fi

engine=$(infra/hooks/check.sh engine) || exit 1
if [ "${DEPLOY_VERIFY:-}" = true ]; then set -- verify; else set -- -DskipTests package; fi
# The builder image is pinned in pom.xml. Flex Consumption runs on amd64, whatever this machine is.
mvn -B -Dnative=container "-Dquarkus.native.container-runtime=$engine" \
  -Dquarkus.native.container-runtime-options=--platform=linux/amd64 "-Dnative.glibc.bound=$glibc" \
  -Dnative.glibc.above=refuse "$@"
exec infra/hooks/check.sh zip
