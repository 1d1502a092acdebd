#!/bin/sh
# Makes .venv with Inkstone in it: environment.sh [dev]. Silent when all is there; what it says goes to stderr.
#
# EXTRA=cpu or EXTRA=cuda chooses ONNX Runtime; else what .venv has is kept; else an NVIDIA driver that answers decides.
# PYTHON=python3.13 chooses the Python: a .venv of another one is made anew; else what .venv has is kept; else the first
# of those that Inkstone runs on.
# The record holds, line by line: the Python and the folder .venv was made for, the hash of pyproject.toml, and "dev"
# if the tools for development are in it. While something is being installed it says "unfinished", so that an
# interrupted set-up is begun anew.
set -eu
cd "$(dirname "$0")/../.."
. packaging/setup/system.sh
exec </dev/null >&2

record=.venv/inkstone-set-up
wanted=${1:-}

main() {
    made_for='' hash='' tools=''
    if [ -f "$record" ]; then
        { IFS= read -r made_for && IFS= read -r hash && IFS= read -r tools; } <"$record" || :
    fi
    [ -z "${PYTHON:-}" ] || fit "$PYTHON"
    present=$(installed_extra)
    extra=${EXTRA:-$present}
    if [ "$made_for" = "$(place)" ] && [ "$hash" = "$(project_hash)" ] && [ "$extra" = "$present" ] &&
        of_the_chosen_python && { [ -z "$wanted" ] || [ "$wanted" = "$tools" ]; }; then
        return
    fi
    [ -n "$extra" ] || extra=$(extra_of_this_machine)
    case $extra in
    cpu | cuda) ;;
    *) say "EXTRA is cpu or cuda, not “$extra”." && return 1 ;;
    esac
    if ! of_the_chosen_python; then
        say ".venv was made by Python $(identity .venv/bin/python); it is made anew with Python $(identity "$PYTHON")."
        make_venv
    elif ! can_be_kept; then
        make_venv
    fi
    install
}

# A .venv made by hand has no record and is kept; one that was moved, lost its Python or has the other ONNX Runtime is not.
can_be_kept() {
    .venv/bin/python -c 'import pip' 2>/dev/null &&
        { [ ! -f "$record" ] || [ "$made_for" = "$(place)" ]; } &&
        { [ -z "$present" ] || [ "$extra" = "$present" ]; }
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        system_packages "Making .venv" "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    fi
    rm -rf .venv
    mkdir .venv
    echo unfinished >"$record"
    "$python" -m venv .venv
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        "$PYTHON" -c 'import sys; print(sys._base_executable)'  # PYTHON may be of .venv, which goes
        return
    fi
    for name in python3.11 python3.12 python3.13 python3; do
        if [ "$(fitness "$name")" = fit ]; then
            echo "$name"
            return
        fi
    done
    say "Inkstone needs Python 3.11, 3.12 or 3.13; on Debian and Ubuntu: sudo apt-get install python3.11 python3.11-venv"
    return 1
}

# fit PYTHON: says what is wrong with it and fails, before anything is changed.
fit() {
    case $(fitness "$1") in
    fit) ;;
    '') say "PYTHON=$1 is no Python on this machine; Inkstone runs on Python 3.11, 3.12 or 3.13." && return 1 ;;
    *) say "PYTHON=$1 is Python $(fitness "$1"); Inkstone runs on Python 3.11, 3.12 or 3.13." && return 1 ;;
    esac
}

# fitness PYTHON: fit, the version of one that Inkstone does not run on, or nothing where there is none.
fitness() {
    "$1" -c 'import sys; print("fit" if (3, 11) <= sys.version_info < (3, 14) else "%d.%d.%d" % sys.version_info[:3])' \
        2>/dev/null || :
}

# identity PYTHON: its version and where it is installed; the same for each virtual environment of it.
identity() {
    "$1" -c 'import sys; print("%d.%d.%d in %s" % (*sys.version_info[:3], sys.base_prefix))' 2>/dev/null || :
}

# Whether .venv is of PYTHON; true where nobody chose, or where .venv cannot tell.
of_the_chosen_python() {
    [ -z "${PYTHON:-}" ] && return
    there=$(identity .venv/bin/python)
    [ -z "$there" ] || [ "$there" = "$(identity "$PYTHON")" ]
}

install() {
    [ -n "$wanted" ] || wanted=$tools
    echo unfinished >"$record"
    say "Installing Inkstone [$extra${wanted:+,$wanted}] into .venv; this is done once."
    if ! .venv/bin/python -m pip install --disable-pip-version-check -e ".[$extra${wanted:+,$wanted}]"; then
        say "Inkstone could not be installed (the reason is above); check the network and run this again."
        return 1
    fi
    printf '%s\n' "$(place)" "$(project_hash)" "$wanted" >"$record.new"
    mv "$record.new" "$record"
}

extra_of_this_machine() {
    if nvidia-smi >/dev/null 2>&1; then echo cuda; else echo cpu; fi
}

# Which ONNX Runtime is in .venv, by the extra that brings it.
installed_extra() {
    for folder in .venv/lib/python3*/site-packages/onnxruntime*.dist-info; do
        case $folder in
        */onnxruntime_gpu-*) echo cuda ;;
        */onnxruntime-*) echo cpu ;;
        esac
    done | sort | tail -n 1
}

place() {
    echo "$(.venv/bin/python -V 2>&1) $PWD"
}

project_hash() {
    { sha256sum pyproject.toml 2>/dev/null || shasum -a 256 pyproject.toml; } | cut -d ' ' -f 1
}

main
