#!/bin/sh
# Finds in seconds what would stop a deployment later: azd up builds beside creating resources, and an error in either
# ends the other half-way. One line for each failure, with what to type; all of them are reported before it ends.
#   deployment  the default: all that azd up and azd provision need
#   package     what building the package needs
#   zip         whether target/function-app.zip can be published
#   engine      prints which container engine answers, docker or podman
# DEPLOY_ZIP=keep needs no tools for building. DEPLOY_VERIFY=true needs those of the tests.
set -eu
cd "$(dirname "$0")/../.."

what="${1:-deployment}"
zip="${DEPLOY_ZIP:-build}"
glibc="${DEPLOY_GLIBC:-2.31}"
failed=0

refuse() {
  echo "$1" >&2
  failed=1
}

# Whether a version such as 3.9.9 or 17-ea is another one's successor, by its first two numbers.
is_at_least() {
  major="${1%%[!0-9]*}"
  minor="${1#"$major"}"
  minor="${minor#.}"
  minor="${minor%%[!0-9]*}"
  [ "${major:-0}" -gt "$2" ] || { [ "${major:-0}" -eq "$2" ] && [ "${minor:-0}" -ge "$3" ]; }
}

check_java() {
  version=$("$1" -version 2>/dev/null) || version=""
  if ! is_at_least "${version#javac }" 17 0; then
    refuse "There is no JDK 17 or newer ($1): install one, for example from https://adoptium.net, and set JAVA_HOME to it"
    return 0
  fi
  version=$("$java" --version 2>/dev/null) || version=""
  is_at_least "${version#* }" 17 0 ||
    refuse "There is no java 17 or newer ($java) beside a javac that is: set JAVA_HOME to a whole JDK, for example from \
https://adoptium.net, and type java --version"
}

check_maven() {
  if ! command -v mvn >/dev/null; then
    refuse "Maven 3.8 or newer is not on the PATH (mvn): install it, https://maven.apache.org"
  elif [ "$failed" -eq 0 ]; then # It needs the JDK to say its version.
    version=$(mvn -version 2>/dev/null) || version=""
    version="${version#*Apache Maven }"
    is_at_least "$version" 3 8 ||
      refuse "Maven 3.8 or newer is not on the PATH: type mvn -version, and see https://maven.apache.org"
  fi
}

# Which engine answers: Quarkus asks docker only, where both are installed. One that hangs does not answer.
engine() {
  if command -v timeout >/dev/null; then set -- timeout 30; fi
  for engine in docker podman; do
    if "$@" "$engine" info >/dev/null 2>&1; then
      # It may be Podman by the name of docker.
      case $("$engine" --version 2>/dev/null) in podman*) engine=podman ;; esac
      printf '%s\n' "$engine"
      return 0
    fi
  done
  return 1
}

check_engine() {
  engine ||
    refuse "There is no container engine that answers, which the native build needs: start Docker or Podman, or deploy \
with the workflow on GitHub (docs/how-to/deploy-from-github.md)"
}

check_tests() {
  [ "$(uname -sm)" = "Linux x86_64" ] ||
    refuse "DEPLOY_VERIFY=true runs the executable, which is for Linux on amd64: type azd env set DEPLOY_VERIFY false"
  version=$(node --version 2>/dev/null) || version=""
  { is_at_least "${version#v}" 20 0 && command -v npm >/dev/null; } ||
    refuse "There is no Node.js 20 or newer with npm (node), which DEPLOY_VERIFY=true needs: install 22 or 24, https://nodejs.org"
  for program in curl ffmpeg python3 shellcheck; do
    command -v "$program" >/dev/null ||
      refuse "There is no $program, which DEPLOY_VERIFY=true needs: type apt-get install $program"
  done
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
    command -v google-chrome-stable >/dev/null ||
    refuse "There is no chromium, which DEPLOY_VERIFY=true needs: type apt-get install chromium"
}

# The private network's subnet is delegated to Microsoft.App. No template registers it.
check_provider() {
  command="az provider register --namespace Microsoft.App"
  if ! command -v az >/dev/null; then
    echo "Note: the private network needs Microsoft.App registered in the subscription, and without the Azure CLI (az) \
that was not checked: register it in the portal (Subscriptions, Resource providers), or type in \
https://shell.azure.com: $command" >&2
    return 0
  fi
  state=$(az provider show --namespace Microsoft.App --subscription "$AZURE_SUBSCRIPTION_ID" \
    --query registrationState --output tsv 2>/dev/null) || state=""
  state="${state%"$(printf '\r')"}"
  case "$state" in
    Registered) ;;
    "")
      echo "Note: whether Microsoft.App is registered, which the private network needs, could not be read: type \
az login, then: $command --subscription $AZURE_SUBSCRIPTION_ID" >&2
      ;;
    *)
      refuse "Microsoft.App is $state in the subscription, and the private network needs it Registered, which takes \
some minutes: type $command --subscription $AZURE_SUBSCRIPTION_ID --wait"
      ;;
  esac
}

check_zip() {
  if [ ! -f target/function-app.zip ]; then
    refuse "DEPLOY_ZIP=keep, but there is no target/function-app.zip: type azd env set DEPLOY_ZIP build"
  elif "$1" src/build/PackageCheck.java target/function-app.zip; then
    "$1" src/build/NativeCheck.java target/function-app.zip "$glibc" refuse || failed=1
  else
    failed=1
  fi
}

case "$what" in
  deployment | package | zip) ;;
  engine)
    check_engine
    exit "$failed"
    ;;
  *)
    echo "There is no such check: type deployment, package, zip or engine behind the name of this script" >&2
    exit 1
    ;;
esac

home="${JAVA_HOME:+$JAVA_HOME/bin/}"
java="${home}java"
check_java "${home}javac"
java_failed=$failed

if [ "$what" != zip ] && [ "$zip" != keep ]; then
  check_maven
  check_engine >/dev/null
  if [ "${DEPLOY_VERIFY:-}" = true ]; then check_tests; fi
fi
# Before the first azd up it is azd that asks for the subscription; azd then runs this again.
if [ "$what" = deployment ] && [ "${DEPLOY_VNET_ENABLED:-}" = true ] && [ -n "${AZURE_SUBSCRIPTION_ID:-}" ]; then
  check_provider
fi
if [ "$java_failed" -eq 0 ]; then
  if [ "$what" != zip ]; then "$java" src/build/DeployCheck.java "$what" || failed=1; fi
  if [ "$what" = zip ] || [ "$zip" = keep ]; then check_zip "$java"; fi
fi
exit "$failed"
