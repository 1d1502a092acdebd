"""Where the key of the history lies: in the system's keyring, wrapped with a passphrase, or nowhere (not encrypted).

The history is encrypted with 32 random bytes, the data key. The key file beside the database says how to get it and
holds nothing that opens the history by itself. The recovery key is the data key in writing: it opens the history when
the keyring, the passphrase or the key file is lost, and a new data key ends it.

Calls to the keyring may wait for the user to unlock it: never on the GUI thread.
"""

import base64
import binascii
import dataclasses
import hashlib
import json
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from desktop.errors import KeyUnavailable, PassphraseNeeded, WrongKey
from desktop.files.atomic import write_text
from desktop.files.plain import read_whole
from desktop.history.database import KEY_BYTES
from desktop.reasons import KeyKind, KeyReason

ProtectionKind = Literal["keyring", "passphrase", "none"]

FILE = "history.key"
LARGEST = 1 << 20  # bytes of a key file
SERVICE = "Inkstone"  # what the keyring shows as the owner of the key
SCRYPT_COST = 2**17  # with blocks of 8: 128 MiB, some 0.4 s, as OWASP's password storage cheat sheet advises
MOST_SCRYPT_COST = 2**20
SCRYPT_BLOCK = 8
SALT_BYTES, NONCE_BYTES = 16, 12
WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + 16  # the last is what AES-GCM authenticates with


@dataclass(frozen=True, slots=True)
class Protection:
    """How to get a data key.

    Attributes:
        id: names the key in the keyring.
        salt: of the passphrase.
        wrapped: the data key, encrypted and authenticated (AES-256-GCM, nonce first) with what scrypt makes of the
            passphrase.
        cost: scrypt's N.
    """

    kind: ProtectionKind
    id: str = ""
    salt: bytes = b""
    wrapped: bytes = b""
    cost: int = SCRYPT_COST


def protections(folder: Path) -> tuple[Protection, ...]:
    """Read the key file: none where there is none, two where a change of the key was cut off (old, then new).

    Raises:
        KeyUnavailable: it cannot be read as a key file.
    """
    path = folder / FILE
    try:
        return parse(read_whole(path, LARGEST))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise KeyUnavailable(KeyReason.FILE_UNREADABLE(path=path)) from error


def is_begun(folder: Path) -> bool:
    """Tell whether the key file knows of a history beside it: one that is not there then is lost, not new."""
    return bool(_table(folder).get("begun"))


def mark_begun(folder: Path) -> None:
    """Have the key file know that there is a history, where there is a key file."""
    table = _table(folder)
    if table and not table.get("begun"):
        write_text(folder / FILE, json.dumps(table | {"begun": True}, indent=1))


def _table(folder: Path) -> dict[str, Any]:
    """Give all that the key file holds; nothing where it cannot be read, which `protections` tells."""
    try:
        table = json.loads(read_whole(folder / FILE, LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return table if isinstance(table, dict) else {}


def parse(content: bytes) -> tuple[Protection, ...]:
    """Read what a key file holds. Raises ValueError."""
    try:
        return tuple(_read(entry) for entry in json.loads(content)["protections"])
    except (KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError("no key file") from error


def write_protections(folder: Path, *found: Protection, begun: bool = False) -> None:
    """Write the key file in one step; it goes on to know whether there is a history, or learns it with `begun`."""
    entries = []
    for protection in found:
        table = dataclasses.asdict(protection)
        entries.append({key: value.hex() if isinstance(value, bytes) else value for key, value in table.items()})
    table = {"format": 1, "protections": entries, "begun": begun or is_begun(folder)}
    write_text(folder / FILE, json.dumps(table, indent=1))


def protect(
    kind: ProtectionKind, key: bytes | None = None, passphrase: str = "", *, cost: int = SCRYPT_COST
) -> tuple[Protection, bytes | None]:
    """Put `key`, or a new one, where `kind` says; gives how to get it again, and the key.

    Raises:
        KeyUnavailable: there is no keyring that keeps it.
        ValueError: the passphrase is empty.
    """
    if kind == "none":
        return Protection("none"), None
    key = key or secrets.token_bytes(KEY_BYTES)
    number = secrets.token_hex(8)
    if kind == "keyring":
        _to_keyring(number, key)
        return Protection("keyring", number), key
    if not passphrase:
        raise ValueError("a passphrase has at least one letter")
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    wrapped = nonce + AESGCM(_stretch(passphrase, salt, cost)).encrypt(nonce, key, number.encode())
    return Protection("passphrase", number, salt, wrapped, cost), key


def unlock(protection: Protection, path: Path, passphrase: str | None = None) -> bytes | None:
    """Get a data key back; None is a history that is not encrypted.

    Raises:
        PassphraseNeeded: it needs one, and `passphrase` is None.
        WrongKey: the passphrase is not the one; `path` is named.
        KeyUnavailable: the keyring does not give it.
    """
    if protection.kind == "none":
        return None
    if protection.kind == "keyring":
        return _from_keyring(protection.id)
    if passphrase is None:
        raise PassphraseNeeded
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher = AESGCM(_stretch(passphrase, protection.salt, protection.cost))
    try:
        return cipher.decrypt(
            protection.wrapped[:NONCE_BYTES], protection.wrapped[NONCE_BYTES:], protection.id.encode()
        )
    except InvalidTag as error:
        raise WrongKey(path, KeyKind.PASSPHRASE) from error


def forget(protection: Protection) -> None:
    """Take a key that is not used any more out of the keyring, where it is there."""
    if protection.kind == "keyring":
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.delete_password(SERVICE, _name(protection.id))
        except KeyringError:
            return  # nothing depends on its being gone


def keyring_works() -> bool:
    """Tell whether this system has a keyring; it may still be locked. Writes nothing."""
    import keyring

    return _priority(keyring.get_keyring()) >= 1


def recovery_key(key: bytes) -> str:
    """Write a data key for printing: 14 groups of four letters and digits, with a checksum."""
    text = base64.b32encode(key + _checksum(key)).decode()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def key_from_recovery(text: str, path: Path) -> bytes:
    """Read a recovery key as someone types it: case, spaces and dashes do not matter, 0, 1 and 8 are read as O, I, B.

    Raises:
        WrongKey: it is none, or has a typing error; `path` is named.
    """
    letters = "".join(unicodedata.normalize("NFKC", text).upper().replace("-", " ").split())
    try:
        found = base64.b32decode(letters.translate(str.maketrans("018", "OIB")))
    except (binascii.Error, ValueError) as error:
        raise WrongKey(path, KeyKind.RECOVERY) from error
    key, checksum = found[:KEY_BYTES], found[KEY_BYTES:]
    if len(key) != KEY_BYTES or checksum != _checksum(key):
        raise WrongKey(path, KeyKind.RECOVERY)
    return key


def _checksum(key: bytes) -> bytes:
    return hashlib.sha256(b"Inkstone recovery key" + key).digest()[:3]


def _stretch(passphrase: str, salt: bytes, cost: int) -> bytes:
    text = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    memory = 132 * SCRYPT_BLOCK * cost + (1 << 20)
    return hashlib.scrypt(text, salt=salt, n=cost, r=SCRYPT_BLOCK, p=1, maxmem=memory, dklen=32)


def _read(entry: dict[str, Any]) -> Protection:
    kind, number, cost = entry["kind"], entry["id"], entry["cost"]
    salt, wrapped = bytes.fromhex(entry["salt"]), bytes.fromhex(entry["wrapped"])
    if kind not in get_args(ProtectionKind) or not isinstance(number, str):
        raise ValueError("of the wrong kind")
    if type(cost) is not int or not 2 <= cost <= MOST_SCRYPT_COST or cost & (cost - 1):
        raise ValueError("out of range")
    if kind == "passphrase" and (len(salt), len(wrapped)) != (SALT_BYTES, WRAPPED_BYTES):
        raise ValueError("of the wrong length")
    return Protection(kind, number, salt, wrapped, cost)


def _name(number: str) -> str:
    return f"history {number}"


def _priority(ring: object) -> float:
    """How good a keyring is; below 1 are those that keep nothing, or keep it in a plain file."""
    try:
        return float(ring.priority)  # type: ignore[attr-defined]  # a class property that may raise
    except (AttributeError, RuntimeError):
        return 0


def _to_keyring(number: str, key: bytes) -> None:
    import keyring
    from keyring.errors import KeyringError

    try:
        if not keyring_works():
            raise KeyUnavailable(KeyReason.NO_KEYRING())
        keyring.set_password(SERVICE, _name(number), key.hex())
        kept = keyring.get_password(SERVICE, _name(number))
    except KeyringError as error:
        raise KeyUnavailable(KeyReason.LOCKED()) from error
    if kept != key.hex():
        raise KeyUnavailable(KeyReason.NOT_KEPT())


def _from_keyring(number: str) -> bytes:
    import keyring
    from keyring.errors import KeyringError

    try:
        found = keyring.get_password(SERVICE, _name(number))
    except KeyringError as error:
        raise KeyUnavailable(KeyReason.LOCKED_WITH_KEY()) from error
    try:
        key = bytes.fromhex(found or "")
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyUnavailable(KeyReason.NOT_THERE())
    return key
