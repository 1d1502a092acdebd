#!/bin/sh
# Runs inkstone with these arguments, after making whatever it still lacks. stdin and stdout are inkstone's alone.
set -eu
cd "$(dirname "$0")/../.."
. packaging/setup/system.sh

sh packaging/setup/environment.sh
# Only root can install what the window lacks; to others inkstone names it when it comes to opening the window.
if [ $# = 0 ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(id -u)" = 0 ]; then
    missing=$(window_packages)
    [ -z "$missing" ] || system_packages "The window" $missing || :
fi
.venv/bin/inkstone models prepare </dev/null >/dev/null
exec .venv/bin/inkstone "$@"
