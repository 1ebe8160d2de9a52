#!/usr/bin/env bash
# A living event: the hub, simulated people in every venue, and a moderator's terminal a venue in tmux.
# Everything is made afresh each time, keys included, and ends with the tmux session.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh demo

event=${EVENT:-events/rencontres-numeriques-2009.yaml}
data=${DATA:-demo-data}
[ "$data" = data ] && data=demo-data
port=${PORT:-8080}
listen=${LISTEN:-127.0.0.1}
phones=${PHONES:-60}
bin=${QARELAY_BIN:-.build/release}
session=${DEMO_SESSION:-qarelay-demo}
tmux=(tmux -L "$session")

if "${tmux[@]}" has-session -t "$session" 2>/dev/null; then
    echo "A demo is running already: tmux -L $session attach" >&2
    exit 1
fi

rm -rf "$data"
mkdir -p "$data"
chmod 700 "$data"
pids=()
stop() {
    "${tmux[@]}" kill-session -t "$session" 2>/dev/null || true
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
}
trap stop EXIT INT TERM

options=(--event "$event" --data "$data" --port "$port" --listen "$listen")
[ -n "${PUBLIC_URL:-}" ] && options+=(--public-url "$PUBLIC_URL")
"$bin/qarelay" serve "${options[@]}" >"$data/start.txt" 2>"$data/hub.log" &
pids+=($!)
for _ in $(seq 200); do
    [ -s "$data/links.txt" ] && [ -s "$data/start.txt" ] && break
    kill -0 "${pids[0]}" 2>/dev/null || { cat "$data/hub.log" >&2; exit 1; }
    sleep 0.05
done

"$bin/qarelay" people --hub "ws://127.0.0.1:$port" --event "$event" \
    --questions events/demo-questions.jsonl --phones "$phones" --seed "${SEED:-1}" \
    --pace 1-4 --steward "$data/tokens/moderator.token" >"$data/people.log" 2>&1 &
pids+=($!)

# One window with a terminal a venue, one below the other; a second one with the links.
first=yes
for file in "$data"/tokens/moderator-*.token; do
    line="$bin/qaclient --hub ws://127.0.0.1:$port --token-file $file"
    if [ $first = yes ]; then
        "${tmux[@]}" new-session -d -s "$session" -x "${COLUMNS:-200}" -y "${LINES:-60}" -n moderation "$line"
        "${tmux[@]}" set-option -t "$session" -g mouse on >/dev/null
        "${tmux[@]}" set-option -t "$session" -g status-right "links: Ctrl-b n   leave: Ctrl-b d" >/dev/null
        "${tmux[@]}" set-option -t "$session" -g status-right-length 60 >/dev/null
        first=no
    else
        "${tmux[@]}" split-window -t "$session:moderation" "$line"
        "${tmux[@]}" select-layout -t "$session:moderation" "${LAYOUT:-even-vertical}" >/dev/null
    fi
done
"${tmux[@]}" new-window -d -t "$session" -n links "cat $data/start.txt $data/links.txt; read -r _"

cat "$data/start.txt"
if [ -t 1 ] && [ -z "${DEMO_DETACHED:-}" ]; then
    cat "$data/links.txt"
    "${tmux[@]}" attach -t "$session" || true
else
    echo "The terminals: tmux -L $session attach   (Ctrl-C here ends the demo)"
    wait "${pids[0]}"
fi
