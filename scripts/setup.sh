#!/usr/bin/env bash
# Installs what is missing and nothing else: Debian packages by apt, Python test tools in .venv.
#   scripts/setup.sh run    what the hub and the terminal need
#   scripts/setup.sh test   what the tests need on top
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(swift --version 2>/dev/null | grep -oE 'Swift version [0-9]+\.[0-9]+' | grep -oE '[0-9]+\.[0-9]+' | head -1 || true)
if [ -z "$version" ] || [ "$(printf '%s\n6.2\n' "$version" | sort -V | head -1)" != 6.2 ]; then
    echo "Swift 6.2 or newer is needed${version:+ (this is $version)}: install it from https://www.swift.org/install/linux/ and put its usr/bin on the PATH." >&2
    exit 1
fi

needed=(libwebsockets-dev libwebsockets-evlib-ev libev-dev libssl-dev libsqlite3-dev libqrencode-dev
    libhunspell-dev libstemmer-dev libcurl4-openssl-dev zlib1g-dev hunspell-fr hunspell-en-gb pkg-config ca-certificates)
if [ "${1:-run}" = test ]; then
    needed+=(tmux chromium python3-venv python3-pip strace fonts-dejavu-core openssl iproute2 nftables faketime nginx-light haproxy
        testssl.sh debootstrap dropbear-bin)
fi
if [ "${1:-run}" = demo ]; then needed+=(tmux); fi

missing=()
for package in "${needed[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    echo "Installing Debian packages: ${missing[*]}"
    as_root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || {
            echo "Please run as root: apt-get install ${missing[*]}" >&2
            exit 1
        }
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -qq
    # The tests start nginx and haproxy themselves, on ports of their own: neither is to run here because of them.
    policy=/usr/sbin/policy-rc.d
    served=()
    for package in nginx-light haproxy; do [[ " ${missing[*]} " == *" $package "* ]] && served+=("${package%-light}"); done
    if [ ${#served[@]} -gt 0 ] && [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee $policy >/dev/null
        "${as_root[@]}" chmod 755 $policy
        trap '"${as_root[@]}" rm -f $policy' EXIT
    fi
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    if [ ${#served[@]} -gt 0 ] && [ -d /run/systemd/system ]; then "${as_root[@]}" systemctl disable -q "${served[@]}" || true; fi
fi

if [ "${1:-run}" = test ]; then
    stamp=.venv/.requirements
    if ! cmp -s Tests/EndToEnd/requirements.txt "$stamp" 2>/dev/null; then
        echo "Installing Python test tools in .venv"
        python3 -m venv .venv
        .venv/bin/pip install --quiet --disable-pip-version-check -r Tests/EndToEnd/requirements.txt
        cp Tests/EndToEnd/requirements.txt "$stamp"
    fi
fi
