#!/bin/bash
# Says what is missing in plain words before a build fails in less plain ones.
set -euo pipefail

missing=0
need() {
    command -v "$1" >/dev/null && return
    echo "$1 is not installed: $2" >&2
    missing=1
}

need cargo "see https://rustup.rs"
need cc "it comes with build-essential (Debian, Ubuntu), and Rust needs it to link"
need node "version 20 or newer, see https://nodejs.org"
need npm "it comes with Node"
[ "$missing" = 0 ] || exit 1

node_major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
if [ "$node_major" -lt 20 ]; then
    echo "Node $(node --version) is too old: version 20 or newer is needed" >&2
    exit 1
fi
