"""`inkstone history backup`, `restore`, `protect`: the history as a whole, and what opens it."""

import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from desktop.commands.history_access import PASSPHRASE, Recovery, ask, new_passphrase, secrets
from desktop.commands.start import Home, Offline, begin
from desktop.errors import BadInput, HistoryDamaged, PassphraseNeeded

KindOption = Literal["keyring", "passphrase", "none"]


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write, such as all.inkstone.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
    recovery: Recovery = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Write the whole history into one file, protected as the history is; works while Inkstone runs."""
    start = begin(context, home, offline=offline)
    if file.exists() and not force:
        raise BadInput(f"{file} is there already; name another file, or use --force to replace it.")
    from desktop import services
    from desktop.history.backup import back_up
    from desktop.history.vault import is_new

    if is_new(start.paths.history):
        raise BadInput("Nothing was written yet, so there is nothing to back up.")
    with services.open_history(start.paths, *secrets(start.paths.history, recovery=recovery), write=False) as found:
        back_up(found, file)
    print(file)


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A backup, or a copy out of the history's folder of backups.")],
    recovery: Annotated[bool, typer.Option("--recovery", help="Open the backup with its recovery key.")] = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Put a backup in the place of the history; what was there is kept as a dated copy."""
    start = begin(context, home, offline=offline)
    from desktop.history import backup as backups
    from desktop.history.vault import find_key

    folder = start.paths.history
    passphrase = secrets(folder, recovery=False)[0]
    damaged = False
    try:
        key = find_key(folder, passphrase=passphrase)
    except HistoryDamaged:
        key, damaged = find_key(folder, passphrase=passphrase, try_it=False), True
    written = ask("Recovery key of the backup: ") if recovery else None
    try:
        copy = backups.restore(
            folder, file, key=key, recovery=written, passphrase=os.environ.get(PASSPHRASE), damaged=damaged
        )
    except PassphraseNeeded:
        copy = backups.restore(folder, file, key=key, passphrase=ask("Passphrase of the backup: "), damaged=damaged)
    print(f"Restored; what was there before is in {copy}" if copy else "Restored.")


def protect(
    context: typer.Context,
    kind: Annotated[KindOption | None, typer.Argument(help="Where the key lies from now on.")] = None,
    new_key: Annotated[bool, typer.Option("--new-key", help="Encrypt anew; old recovery keys end.")] = False,
    show_recovery_key: Annotated[bool, typer.Option("--recovery-key", help="Print the recovery key.")] = False,
    recovery: Recovery = False,
    home: Home = None,
    offline: Offline = False,
) -> None:
    """Tell how the history is protected, or change it: keyring, passphrase (also another one), or none.

    The passphrase is asked for; programs give the one of now in INKSTONE_PASSPHRASE and a new one on stdin.
    """
    start = begin(context, home, offline=offline)
    from desktop.history import keys, vault

    folder = start.paths.history
    now = vault.protection_kind(folder) if not recovery else None
    key = None
    if now is not None or recovery:
        passphrase, written = secrets(folder, recovery=recovery)
        key = vault.find_key(folder, passphrase=passphrase, recovery=written)
    if kind is not None:
        passphrase = new_passphrase() if kind == "passphrase" else ""
        key = vault.protect(folder, kind, key=key, passphrase=passphrase, new_key=new_key)
    print(_PROTECTED[vault.protection_kind(folder) if kind is None else kind])
    if show_recovery_key:
        print(keys.recovery_key(key) if key is not None else "There is no recovery key: nothing is encrypted.")


_PROTECTED: dict[str | None, str] = {
    "keyring": "The history is encrypted; its key is in the keyring of this system.",
    "passphrase": "The history is encrypted; a passphrase opens it.",
    "none": "The history is not encrypted.",
    None: "There is no history yet; the first start puts its key into the keyring of this system.",
}
