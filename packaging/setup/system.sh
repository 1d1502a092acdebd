# Sourced by the other scripts: what they say, and the packages of the system they need.

say() {
    printf '%s\n' "$*" >&2
}

# system_packages WHO PACKAGE...: installs Debian's packages as root where apt-get is; else says what to do and fails.
system_packages() {
    who=$1
    shift
    if ! command -v apt-get >/dev/null; then
        say "$who needs what is not on this system; Debian calls it: $*"
        return 1
    fi
    if [ "$(id -u)" = 0 ]; then
        say "$who: installing $*"
        apt_install "$@" || { apt-get update </dev/null >&2 && apt_install "$@"; } && return
    fi
    say "$who needs what is not on this system; install it with: sudo apt-get install $*"
    return 1
}

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null >&2
}

# Names of the packages that the window lacks; nothing when it can open. Needs .venv.
window_packages() {
    .venv/bin/python -m desktop.qt_libraries
}
