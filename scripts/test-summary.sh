#!/bin/bash
# Prints what the test runners said about themselves, from the logs of scripts/test-all.sh.
set -euo pipefail
cd "$(dirname "$0")/../target/test-logs"

echo
echo "── summary"
# nextest: "Summary [ 12.3s] 345 tests run: 345 passed, 0 skipped"
# vitest: "Test Files  4 passed (4)" and "Tests  60 passed (60)"; Playwright: "  23 passed (1.2m)"
sed 's/\x1b\[[0-9;]*m//g' ./*.log |
    grep -E '^ +Summary \[|^ +(Test Files|Tests) +[0-9]|^ +[0-9]+ (passed|failed|flaky|skipped)( |$)' || true
cat steps
