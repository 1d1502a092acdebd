#!/bin/sh
# Runs inkstone with these arguments, after making what it still lacks. stdin and stdout are inkstone's alone.
#
# Without arguments a model comes first. MODEL=tiny|light|standard|ID says which, and that it answers this time; else it
# is the chosen one, by default the best that is here, or the one recommended for this machine. It is prepared here where
# the terminal answers; the window starts at once and asks.
set -eu
cd "$(dirname "$0")/../.."
. packaging/setup/system.sh

# Whether inkstone will find a prompt on stdin: a pipe or a file, as desktop/commands/start.py has it.
piped() {
    [ -p /dev/stdin ] || [ -f /dev/stdin ]
}

sh packaging/setup/environment.sh
if [ $# -gt 0 ]; then
    exec .venv/bin/inkstone "$@"
fi
# Only root can install what the window lacks; to others inkstone names it when it comes to opening the window.
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(id -u)" = 0 ]; then
    missing=$(window_packages)
    [ -z "$missing" ] || system_packages "The window" $missing || :
fi
if [ -n "${MODEL:-}" ] || [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || piped; then
    .venv/bin/inkstone models prepare ${MODEL:+"$MODEL"} </dev/null >/dev/null
fi
exec .venv/bin/inkstone --times ${MODEL:+--model "$MODEL"}
