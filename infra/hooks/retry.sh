#!/bin/sh
# Runs a command up to five times, with growing waits: a new role takes some minutes to reach every server, at most
# half an hour by Microsoft's account of it, and until then publishing is refused with 403. What would fail each time
# is found by infra/hooks/check.sh before.
#   infra/hooks/retry.sh azd deploy --no-prompt
set -eu

attempt=1
for seconds in 60 120 300 600; do
  code=0
  "$@" || code=$?
  [ "$code" -ne 0 ] || exit 0
  echo "Attempt $attempt of 5 ended with exit code $code: again in $seconds s, since a new role may not be in effect yet" >&2
  attempt=$((attempt + 1))
  sleep "$seconds"
done
exec "$@"
