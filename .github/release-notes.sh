#!/bin/sh
# Prints what the changelog on standard input says of a version: the lines below "## 1.2.3", with or without a date behind it.
# release-notes.sh VERSION < CHANGELOG.md
set -eu
version="${1:?release-notes.sh VERSION < CHANGELOG.md}"

notes=$(awk -v version="$version" '
  /^## / { inside = ($2 == version); next }
  inside { print }
')
if [ -z "$notes" ]; then
  echo "CHANGELOG.md has no section \"## $version\" with anything in it: write it, and set the tag again" >&2
  exit 1
fi
printf '%s\n' "$notes"
