"""The real keyring of a Linux desktop: gnome-keyring on a session bus of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NEEDED = ("dbus-run-session", "gnome-keyring-daemon")
pytestmark = pytest.mark.skipif(
    not all(shutil.which(program) for program in NEEDED) and "CI" not in os.environ,
    reason="needs dbus-run-session and gnome-keyring-daemon; `make test` installs them",
)


def run_on_a_desktop(home: Path, commands: str) -> subprocess.CompletedProcess[str]:
    """Run Python lines where a keyring answers; `locked` before them leaves it locked."""
    script = home / "script.py"
    script.write_text(
        "from pathlib import Path\n"
        "from desktop.errors import *\n"
        "from desktop.history import History, keys, vault\n"
        f"home = Path({str(home / 'history')!r})\n" + commands,
        encoding="utf-8",
    )
    begin = 'printf %s "login password" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1\n'
    return subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", begin + f'exec "{sys.executable}" "{script}"'],
        env={
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_a_new_history_gets_its_key_in_the_keyring_and_opens_with_it(tmp_path: Path) -> None:
    done = run_on_a_desktop(
        tmp_path,
        """
key = vault.find_key(home)
assert key is not None and vault.protection_kind(home) == "keyring"
history = History.open(home, key)
store = history.connect()
store.conversations.create("kept")
store.close()
history.close()
print(key.hex())
""",
    )
    assert done.returncode == 0, done.stderr
    key = done.stdout.strip()
    files = [path for path in (tmp_path / "history").rglob("*") if path.is_file()]
    assert all(key.encode() not in path.read_bytes() and bytes.fromhex(key) not in path.read_bytes() for path in files)
    done = run_on_a_desktop(
        tmp_path,
        """
import keyring
key = vault.find_key(home)
print(key.hex())
assert vault.protect(home, "passphrase", key=key, passphrase="p", cost=16) == key
(now,) = keys.protections(home)
assert vault.protect(home, "keyring", key=key) == key
(there,) = keys.protections(home)
assert keyring.get_password("Inkstone", "history " + there.id) == key.hex()
new = vault.protect(home, "keyring", key=key, new_key=True)
assert keyring.get_password("Inkstone", "history " + there.id) is None
assert new != key and vault.find_key(home) == new
keys.forget(keys.protections(home)[0])
try:
    vault.find_key(home)
except KeyUnavailable as error:
    print(error)
print(vault.find_key(home, recovery=keys.recovery_key(new)) == new)
""",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        key,
        "The keyring of this system does not have the key of this history; use the recovery key.",
        "True",
    ]


def test_a_keyring_that_stays_locked_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    done = run_on_a_desktop(
        tmp_path,
        """
import secretstorage
bus = secretstorage.dbus_init()
secretstorage.get_default_collection(bus).lock()
try:
    vault.find_key(home)
except KeyUnavailable as error:
    print(error)
print(sorted(path.name for path in home.glob("*.db")), (home / "history.key").exists())
""",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "The keyring of this system is locked or does not answer; unlock it and try again, or choose a passphrase.",
        "[] False",
    ]
