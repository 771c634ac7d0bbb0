#!/bin/bash
# Prints the folder of PostgreSQL's programs. Debian keeps them out of PATH.
set -euo pipefail

newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if [ -n "$newest" ] && [ -x "$newest/initdb" ]; then
    echo "$newest"
elif command -v initdb >/dev/null; then
    dirname "$(command -v initdb)"
else
    echo "no PostgreSQL found: run scripts/setup-tests.sh" >&2
    exit 1
fi
