#!/bin/sh
# All checks, then all tests, some of them in a real window and with the starter model; ends at the first that fails.
set -eu
cd "$(dirname "$0")/../.."
. packaging/setup/system.sh
exec </dev/null

sh packaging/setup/check.sh
lacking() {
    command -v Xvfb >/dev/null || echo xvfb
    command -v openbox >/dev/null || echo openbox
    command -v xdotool >/dev/null || echo xdotool
    command -v xclip >/dev/null || echo xclip
    command -v mousepad >/dev/null || echo mousepad
    command -v featherpad >/dev/null || echo featherpad
    command -v trayer >/dev/null || echo trayer
    command -v parcellite >/dev/null || echo parcellite
    command -v dbus-run-session >/dev/null || echo dbus
    command -v gnome-keyring-daemon >/dev/null || echo gnome-keyring
    command -v pdftotext >/dev/null || echo poppler-utils
    fc-list :lang=zh 2>/dev/null | grep -q . || echo fontconfig fonts-wqy-microhei
    window_packages
}
missing=$(lacking)
[ -z "$missing" ] || system_packages "make test" $missing
.venv/bin/inkstone models prepare smollm2-135m-instruct
.venv/bin/pytest
