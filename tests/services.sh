#!/usr/bin/env bash
# System programs that tests use. Installed with apt where that works; elsewhere the tests that need them skip
# loudly, except with CI=true, where a missing service fails the run.
set -u
missing=()
command -v chromium >/dev/null 2>&1 || missing+=(chromium)
[ ${#missing[@]} -eq 0 ] && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing for the tests: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null 2>&1
    apt-get install -y -qq "${missing[@]}" >/dev/null 2>&1
fi
for name in "${missing[@]}"; do
    command -v "$name" >/dev/null 2>&1 || { echo "not installed: $name (tests that need it will skip)"; [ "${CI:-}" = true ] && exit 1; }
done
exit 0
