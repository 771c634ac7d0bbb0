#!/bin/bash
# Server and console side by side; Ctrl-C ends both.
set -euo pipefail

"$1" serve &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
npm --prefix web run dev --workspace console
