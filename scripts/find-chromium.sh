#!/bin/bash
# Prints the path of a Chromium that can be driven by the tests.
set -euo pipefail

for name in "${TERTULIA_TEST_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$name" ] || continue
    # Ubuntu's package of that name is a script that only asks for snap.
    if path=$(command -v "$name") && "$path" --version >/dev/null 2>&1; then
        echo "$path"
        exit 0
    fi
done
# The one that Playwright fetched, see scripts/setup-tests.sh.
if path=$(ls "$HOME"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome 2>/dev/null | tail -n 1); then
    echo "$path"
    exit 0
fi
echo "no Chromium found: run scripts/setup-tests.sh" >&2
exit 1
