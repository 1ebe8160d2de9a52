#!/usr/bin/env bash
# Makes the pictures of the README from the real programs: pages in Chromium, the terminal in tmux.
set -euo pipefail
cd "$(dirname "$0")/.."
QARELAY_BIN=${QARELAY_BIN:-.build/release} exec .venv/bin/python scripts/screenshots.py docs/images
