#!/bin/bash
# Installs what the tests need and the machine does not have: Chromium, PostgreSQL, Python, cargo-nextest.
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Ubuntu's Chromium is a snap, which does not run in containers.
is_ubuntu() {
    grep -qs '^ID=ubuntu' /etc/os-release
}

packages=()
if ! scripts/find-chromium.sh >/dev/null 2>&1 && ! is_ubuntu; then
    packages+=(chromium)
fi
scripts/find-postgres.sh >/dev/null 2>&1 || packages+=(postgresql)
scripts/find-python.sh >/dev/null 2>&1 || packages+=(python3 python3-venv)
if [ "${#packages[@]}" -gt 0 ]; then
    if ! command -v apt-get >/dev/null; then
        echo "please install by hand, this system has no apt-get: ${packages[*]}" >&2
        exit 1
    fi
    echo "installing ${packages[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
fi

if ! scripts/find-chromium.sh >/dev/null 2>&1; then
    echo "installing Chromium through Playwright"
    as_root env HOME="$HOME" npx --yes playwright-core@1.65.1 install --with-deps chromium
fi

if ! cargo nextest --version >/dev/null 2>&1; then
    echo "installing cargo-nextest (some minutes, once)"
    cargo install cargo-nextest --locked
fi
