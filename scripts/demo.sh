#!/usr/bin/env bash
# A living event: the hub, a relay a venue, simulated people at each, and a moderator's terminal a venue in tmux.
# The relays listen on the ports behind the hub's. Ctrl-b x cuts the last venue's line, and joins it again.
# Everything is made afresh each time, keys included, and ends with the tmux session.
#   DEMO_DETACHED=1   stays in the foreground without showing tmux; Ctrl-C ends it
#   LINES, COLUMNS    the size to lay out for, when it is not this terminal's
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh demo

default_event=events/rencontres-numeriques-2009.yaml
event=${EVENT:-$default_event}
data=${DATA:-demo-data}
[ "$data" = data ] && data=demo-data
port=${PORT:-8080}
listen=${LISTEN:-127.0.0.1}
phones=${PHONES:-60}
bin=$(realpath "${QARELAY_BIN:-.build/release}")
session=${DEMO_SESSION:-qarelay-demo}
# No settings of the user's own: the status line names tmux's own keys.
tmux=(tmux -L "$session" -f /dev/null)

if "${tmux[@]}" has-session -t "$session" 2>/dev/null; then
    echo "A demo is running already: tmux -L $session attach" >&2
    exit 1
fi
# Only what an earlier demo made is thrown away.
if [ "$data" != demo-data ] && [ -e "$data" ] && [ ! -e "$data/.demo" ] && [ -n "$(ls -A "$data")" ]; then
    echo "$data holds something else than a demo: name another folder in DATA." >&2
    exit 1
fi

rm -rf "$data"
mkdir -p "$data/state"
chmod 700 "$data"
touch "$data/.demo"
data=$(realpath "$data")
pids=()
stop() {
    trap '' INT TERM HUP
    "${tmux[@]}" kill-server 2>/dev/null || true
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

options=(--event "$event" --data "$data" --port "$port" --listen "$listen")
[ -n "${PUBLIC_URL:-}" ] && options+=(--public-url "$PUBLIC_URL")
"$bin/qarelay" serve "${options[@]}" >"$data/start.txt" 2>"$data/hub.log" &
pids+=($!)
is_up() { [ -s "$data/links.txt" ] && [ -s "$data/start.txt" ]; }
for _ in $(seq 200); do
    is_up && break
    kill -0 "${pids[0]}" 2>/dev/null || break
    sleep 0.05
done
is_up || { cat "$data/hub.log" >&2; exit 1; }

# A relay for every venue, on the ports behind the hub's.
mapfile -t venues < <("$bin/qarelay" check --venues "$event")
number=0
for venue in "${venues[@]}"; do
    number=$((number + 1))
    mkdir -p "$data/relay-$venue"
    relay=(--hub "http://127.0.0.1:$port" --venue "$venue" --data "$data/relay-$venue" --port $((port + number)) --listen "$listen")
    [ -n "${PUBLIC_URL:-}" ] && relay+=(--public-url "$(sed -E "s/(:[0-9]+)?\/?$/:$((port + number))/" <<<"$PUBLIC_URL")")
    QARELAY_CODE=$("$bin/qarelay" token new --data "$data" --role relay --venue "$venue") \
        "$bin/qarelay" venue "${relay[@]}" >"$data/relay-$venue.txt" 2>"$data/relay-$venue.log" &
    pids+=($!)
done
are_up() { for venue in "${venues[@]}"; do [ -s "$data/relay-$venue.txt" ] || return 1; done; }
for _ in $(seq 200); do are_up && break; sleep 0.05; done
are_up || { cat "$data"/relay-*.log >&2; exit 1; }
cuttable=${venues[-1]}

# The example event's people ask about its talks, in the order of the programme.
questions=$data/questions.jsonl
if [ "$event" = "$default_event" ]; then
    for topic in demat eadmin sig; do grep "\"event\": \"$topic\"" events/demo-questions.jsonl; done >"$questions"
else
    cp events/demo-questions.jsonl "$questions"
fi
head -n 16 "$questions" >"$data/first.jsonl"
sed -i 1,16d "$questions"

people() { exec "$bin/qarelay" people --event "$event" "$@" 2>&1; }
share=$(((phones + ${#venues[@]} - 1) / ${#venues[@]}))
number=0
for venue in "${venues[@]}"; do
    number=$((number + 1))
    # Each room has questions of its own.
    for part in questions first; do
        grep "\"venue\": \"$venue\"" "$data/$part.jsonl" >"$data/$part-$venue.jsonl" ||
            sed -n "$number~${#venues[@]}p" "$data/$part.jsonl" >"$data/$part-$venue.jsonl"
    done
    here=(--hub "ws://127.0.0.1:$((port + number))" --venue "$venue" --seed $((${SEED:-1} + number)))
    people "${here[@]}" --questions "$data/questions-$venue.jsonl" --phones "$share" --pace 3-12 >"$data/people-$venue.log" &
    pids+=($!)
    # Some come with a question in mind, so that there is something to do from the first moment on.
    people "${here[@]}" --questions "$data/first-$venue.jsonl" --phones 4 --pace 1-2 --seconds 7 >"$data/first-$venue.log" &
    pids+=($!)
done
people --hub "ws://127.0.0.1:$port" --seed "${SEED:-1}" --questions "$questions" --phones 3 --pace 20-40 \
    --steward "$data/tokens/moderator.token" >"$data/people.log" &
pids+=($!)

if [ -t 1 ]; then read -r rows columns < <(stty size </dev/tty 2>/dev/null) || true; fi
rows=${LINES:-${rows:-60}}
columns=${COLUMNS:-${columns:-200}}

# A terminal that can be opened again: who presses q is told how.
moderator() {
    cat <<LINE
while :; do
    "$bin/qaclient" --hub "ws://127.0.0.1:$3" --token-file "$1"
    printf '\n%s: this terminal has ended. Enter opens it again; Ctrl-b d ends the demo.\n' "$2"
    read -r _ || exit
done
LINE
}

# The venues in the event's order. High windows show them one below the other, a terminal needs 16 rows;
# low windows have a window a venue.
mapfile -t files < <(sed -n 's/^.*--token-file \(.*moderator-.*\)$/\1/p' "$data/start.txt")
is_high=no
[ "$rows" -ge $((17 * ${#files[@]})) ] && is_high=yes
keys="Ctrl-b n: next"
# A narrow status line has no room for it; the links' window names it too.
[ "$columns" -ge 110 ] && keys="$keys | Ctrl-b x: cut $cuttable"
[ $is_high = yes ] && keys="Ctrl-b o or click: next venue | Ctrl-b n: links | Ctrl-b x: cut $cuttable"
window=
number=0
for file in "${files[@]}"; do
    number=$((number + 1))
    venue=$(basename "$file" .token)
    venue=${venue#moderator-}
    run=$(moderator "$file" "$venue" $((port + number)))
    if [ -z "$window" ]; then
        window=$venue
        [ $is_high = yes ] && window=moderators
        "${tmux[@]}" new-session -d -s "$session" -x "$columns" -y "$rows" -n "$window" \
            -e "XDG_STATE_HOME=$data/state" "$run"
        "${tmux[@]}" set-option -g mouse on \; set-option -g status-left " demo " \; \
            set-option -g status-right " $keys | Ctrl-b d: end " \; set-option -g status-right-length 110 \; \
            set-option -g window-status-format " #W " \; set-option -g window-status-current-format "[#W]" \; \
            set-option -g allow-rename off \; set-window-option -g automatic-rename off \; \
            set-option -s escape-time 25
        # What a command says by itself would cover the terminal, and take its keys, until somebody leaves it.
        toggle=$(printf '%q line toggle --data %q 2>&1 | head -n 1' "$bin/qarelay" "$data/relay-$cuttable")
        "${tmux[@]}" bind-key x run-shell -b "tmux -L '$session' display-message \"\$($toggle)\""
    elif [ $is_high = no ]; then
        "${tmux[@]}" new-window -d -t "$session" -n "$venue" "$run"
    else
        "${tmux[@]}" split-window -t "$session:$window" "$run"
        "${tmux[@]}" select-layout -t "$session:$window" "${LAYOUT:-even-vertical}" >/dev/null
    fi
done
"${tmux[@]}" select-pane -t "$session:$window.0"
cat >"$data/about.txt" <<ABOUT

  $phones simulated people in all venues ask questions and support them.
  A simulated moderator approves some, leaves some to you, and takes one to
  the screen from time to time.

  Be a moderator: a approves the chosen question, d dismisses it, l takes it
  to the screen, u undoes, ? shows all keys.
  Ctrl-b x cuts the line of $cuttable and joins it again: its room goes on, and what
  it did meanwhile is at the hub soon after.
  Be in the audience, on the stage or at the wall: open these in a browser.

$(for venue in "${venues[@]}"; do sed -n 's/^The relay of \(.*\) is ready: /    \1  /p' "$data/relay-$venue.txt"; done)
$(sed 's/^/    /' "$data/links.txt")
ABOUT
"${tmux[@]}" new-window -d -t "$session" -n links "cat $(printf %q "$data/about.txt"); while read -r _; do :; done"

cat "$data/about.txt"
if [ -t 1 ] && [ -z "${DEMO_DETACHED:-}" ]; then
    TMUX='' "${tmux[@]}" attach -t "$session" || true
else
    echo "  The terminals: tmux -L $session attach   (Ctrl-C here ends the demo)"
    wait "${pids[0]}"
fi
