#!/usr/bin/env bash
# System programs that tests use. Installed with apt where that works; elsewhere the tests that need them skip
# loudly, except with CI=true, where a missing service fails the run.
set -u
present() {
    case $1 in
        dovecot-imapd) [ -x /usr/sbin/dovecot ] ;;
        *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}
missing=()
for name in chromium dovecot-imapd age zstd sqlite3 openssl; do
    present "$name" || missing+=("$name")
done
[ ${#missing[@]} -eq 0 ] && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing for the tests: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    # Tests start their own servers on loopback: the package must not start one for the whole machine.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
        trap 'rm -f "$policy"' EXIT
    fi
    apt-get update -qq >/dev/null 2>&1
    for name in "${missing[@]}"; do
        apt-get install -y -qq "$name" >/dev/null 2>&1
    done
fi
for name in "${missing[@]}"; do
    present "$name" && continue
    echo "not installed: $name (tests that need it will skip)"
    [ "${CI:-}" = true ] && exit 1
done
exit 0
