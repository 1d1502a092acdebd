"""A package that carries a tiny GGUF, in a folder that the package client takes for its index."""

import base64
import hashlib
import zipfile
from pathlib import Path

import pytest

from desktop.models.checksum import sha256
from desktop.models.manifest import Manifest, Source, write_manifest
from tests.tiny_gguf import TinyModel, write_tiny_gguf

NAME, VERSION, MEMBER = "tiny-ink", "1.0", "tiny_ink/tiny.gguf"
MODEL_ID = "tiny"


def publish(index: Path, model: TinyModel | None = None) -> Source:
    """Write the package into `index`; gives what a manifest says of it."""
    index.mkdir(exist_ok=True)
    gguf = write_tiny_gguf(index / "tiny.gguf", model or TinyModel("llama", quantization="Q4_1", tied=True))
    files = {
        MEMBER: gguf.read_bytes(),
        "tiny_ink-1.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {VERSION}\n".encode(),
        "tiny_ink-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},sha256={_hash(content)},{len(content)}\n" for name, content in files.items())
    package = index / "tiny_ink-1.0-py3-none-any.whl"
    with zipfile.ZipFile(package, "w") as archive:
        for name, content in {**files, "tiny_ink-1.0.dist-info/RECORD": record.encode()}.items():
            archive.writestr(name, content)
    return Source(NAME, VERSION, package.stat().st_size, sha256(package), MEMBER, gguf.stat().st_size, sha256(gguf))


def write_recipe(folder: Path, source: Source) -> None:
    """Write the manifest that `models prepare` starts from."""
    folder.mkdir(parents=True)
    manifest = Manifest(
        id=MODEL_ID,
        name="Tiny ink",
        family="llama",
        licence="Apache-2.0",
        languages=("en",),
        good_for="tests",
        context_length=256,
        quantization="int8",
        kv_cache="shared",
        chat_format="chatml",
        bos="<|im_start|>",
        eos="<|im_end|>",
        add_bos=False,
        end_tokens=(0, 2),
        source=source,
    )
    write_manifest(manifest, folder)


def use_index(monkeypatch: pytest.MonkeyPatch, index: Path) -> None:
    """Have the package client look nowhere but in `index`."""
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)


def _hash(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
