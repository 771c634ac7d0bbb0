#!/bin/bash
# Prints a Python that is new enough for the SDK that is tested, and can make virtual environments.
set -euo pipefail

for name in python3.13 python3.12 python3.11 python3; do
    if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$name"
        exit
    fi
done
echo "no Python 3.11 or newer with venv found: run scripts/setup-tests.sh" >&2
exit 1
