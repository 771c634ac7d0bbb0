#!/bin/bash
# Every test of the repository, cheapest first. Each step's output is kept in target/test-logs,
# and the runners' own summaries are printed once more at the end.
set -euo pipefail
cd "$(dirname "$0")/.."

logs=target/test-logs
rm -rf "$logs"
mkdir -p "$logs"

step() {
    local name=$1 started=$SECONDS
    echo "── $name"
    if make --no-print-directory "$name" 2>&1 | tee "$logs/$name.log"; then
        echo "$name passed in $((SECONDS - started)) s" >>"$logs/steps"
    else
        echo "$name FAILED after $((SECONDS - started)) s" >>"$logs/steps"
        failed=1
    fi
}

failed=0
step check-format
step check-rules
step test-web
step check-lints
step check-docs
step test-rust
step test-e2e
step test-clients
scripts/test-summary.sh
exit "$failed"
