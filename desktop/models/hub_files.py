"""Which files of a hub make a model: what the user wrote, what the repository holds, and which of its GGUF is taken.

    owner/name        ─┐                                        ┌─ the file or the quantization that was named
    owner/name:Q5_K_M ─┼─▶ `wanted_of` ─▶ `list_files` ─▶ `choose` ─┼─ else Q4_K_M, or what is nearest to it
    https://…         ─┘                                        └─ all parts of it, where it is split

The list is that of the hub's HTTP interface (`/api/models/OWNER/NAME/tree/REVISION`), page by page.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Event
from urllib.parse import quote, unquote, urlencode, urlsplit

from desktop.codes import Code
from desktop.errors import BadInput, DownloadRefused
from desktop.files.names import is_inner_path
from desktop.models.hub import address_of, hub_address, patiently, raise_for_status
from desktop.models.hub_client import HubClient
from desktop.reasons import HubReason
from desktop.text.addresses import host_of, is_safe_address

_LONGEST_LIST = 8 << 20  # bytes of one page
_MOST_PAGES = 50
_GGUF = ".gguf"
_OF_THE_HUB = ("huggingface.co", "hf.co")  # one and the same, also where the settings name a mirror of it
_PART = re.compile(r"-(\d{5})-of-(\d{5})\.gguf$", re.IGNORECASE)
_QUANTIZATION = re.compile(r"(?:^|[-._])(I?Q\d(?:_[A-Z0-9]+)*|B?F16|F32)(?:[-.]|$)", re.IGNORECASE)
_NO_DECODER = re.compile(r"mmproj|imatrix|embed|lora|draft", re.IGNORECASE)
# From the one that most people take: small, and nearly as good as the whole; then what is a little larger, or smaller.
_ORDER = ("Q4_K_M", "Q4_K_S", "Q4_1", "Q4_0", "Q5_K_M", "Q5_K_S", "Q5_1", "Q5_0", "Q6_K", "Q8_0", "Q3_K_L", "Q3_K_M")


class HubWork(Code):
    """What is asked of a hub, as progress."""

    LOOKING = "Looking into {repository}"
    TAKING = "Taking {file} of {repository}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user asks for.

    Attributes:
        repository: owner/name.
        file: path of one file; None where the repository is to be looked into.
        quantization: e.g. Q5_K_M; "" takes the usual one.
        revision: branch, tag or commit.
        endpoint: address of the hub that the user wrote; "" where he wrote none.
    """

    repository: str
    file: str | None = None
    quantization: str = ""
    revision: str = "main"
    endpoint: str = ""


@dataclass(frozen=True, slots=True)
class RepositoryFile:
    """A file of a repository.

    Attributes:
        name: its path.
        size: in bytes.
        sha256: hexadecimal; None for small files, of which a hub does not tell it.
    """

    name: str
    size: int
    sha256: str | None = None


def wanted_of(text: str) -> Wanted:
    """Read owner/name, owner/name:Q5_K_M, owner/name/file.gguf, or the address of such a page.

    Raises:
        BadInput: it is none of these.
    """
    text = text.strip()
    endpoint, revision, rest = "", "main", text.removeprefix("hf.co/").removeprefix("hf://")
    if paged := "://" in rest:
        if not is_safe_address(text):
            raise BadInput(HubReason.NO_REPOSITORY(repository=text))
        parts = urlsplit(text)
        endpoint = "" if parts.netloc in _OF_THE_HUB else f"{parts.scheme}://{parts.netloc}"
        rest = unquote(parts.path)
    owner, _, rest = rest.strip("/").partition("/")
    name, _, file = rest.partition("/")
    name, _, quantization = name.partition(":")
    if paged and (page := re.fullmatch(r"(?:blob|resolve|raw|tree)/([^/]+)(?:/(.*))?", file)):
        revision, file = page[1], page[2] or ""
    if not file.lower().endswith(_GGUF):
        if file and not paged:
            raise BadInput(HubReason.NO_REPOSITORY(repository=text))
        file = ""
    wanted = Wanted(f"{owner}/{name}", file or None, quantization, revision, endpoint)
    address_of(wanted.repository, file or "model.gguf", revision, endpoint)  # refuses names that cannot be meant
    return wanted


def list_files(wanted: Wanted, stop: Event, endpoint: str | None = None) -> list[RepositoryFile]:
    """Ask a hub which files a repository holds.

    Args:
        wanted: its repository and revision.
        stop: ends it at once.
        endpoint: address of the hub; None or "" is the usual one.

    Raises:
        DownloadFailed, DownloadRefused, Cancelled, OfflineRefused: as `fetch_file` does.
    """
    path = f"/api/models/{wanted.repository}/tree/{quote(wanted.revision, safe='')}"
    address = f"{hub_address(endpoint)}{path}?{urlencode({'recursive': 'true'})}"
    found: list[RepositoryFile] = []
    with HubClient(wanted.repository, stop) as client:
        for _ in range(_MOST_PAGES):
            body, following = _page(client, wanted.repository, address, stop)
            found += _files(body, wanted.repository, address)
            if not following:
                break
            address = following
    return found


def choose(files: Iterable[RepositoryFile], wanted: Wanted) -> list[RepositoryFile]:
    """Take the file that is wanted, in all its parts, in order.

    Raises:
        DownloadRefused: the repository does not have it, or not all of it.
    """
    by_name = {file.name: file for file in files if file.name.lower().endswith(_GGUF)}
    name = wanted.file or _usual(by_name, wanted)
    if name not in by_name:
        raise DownloadRefused(name, HubReason.NO_FILE(repository=wanted.repository))
    return [by_name[part] for part in _parts(name, by_name, wanted.repository)]


def quantization_of(name: str) -> str:
    """Give the quantization that a file's name tells; "" where it tells none."""
    found = _QUANTIZATION.findall(name.rpartition("/")[2])
    return found[-1].upper() if found else ""


def _usual(names: Iterable[str], wanted: Wanted) -> str:
    """Take a file where none was named."""
    decoders = [name for name in names if not _NO_DECODER.search(name)]
    first = [name for name in decoders if (part := _PART.search(name)) is None or int(part[1]) == 1]
    if wanted.quantization:
        first = [name for name in first if quantization_of(name) == wanted.quantization.upper()]
    if not first:
        raise DownloadRefused(wanted.repository, HubReason.NO_GGUF_INSIDE(repository=wanted.repository))
    order = {name: place for place, name in enumerate(_ORDER)}
    return min(first, key=lambda name: (order.get(quantization_of(name), len(order)), name.count("/"), name))


def _parts(name: str, names: Iterable[str], repository: str) -> Sequence[str]:
    part = _PART.search(name)
    if part is None:
        return [name]
    count, ending = int(part[2]), name[part.start() :]
    digits = ending[ending.rindex("-") :]
    wanted = [f"{name[: part.start()]}-{number:05}-of{digits}" for number in range(1, count + 1)]
    if not 1 <= count <= _MOST_PAGES or not set(wanted) <= set(names):
        raise DownloadRefused(name, HubReason.PARTS_MISSING(file=name, count=count, repository=repository))
    return wanted


def _page(client: HubClient, repository: str, address: str, stop: Event) -> tuple[bytes, str]:
    """Fetch a page of a list; gives it and the address of the next, "" behind the last."""

    def ask() -> tuple[bytes, str]:
        with client.get(address, accept="application/json") as answer:
            raise_for_status(repository, repository, answer)
            body = b""
            for chunk in answer.chunks:
                body += chunk
                if len(body) > _LONGEST_LIST:
                    raise DownloadRefused(repository, HubReason.BAD_LIST(host=answer.host))
            following = re.search(r"<([^>]+)>;\s*rel=\"next\"", answer.headers.get("link", ""))
            return body, following[1] if following else ""

    return patiently(repository, host_of(address), stop, ask)


def _files(body: bytes, repository: str, address: str) -> list[RepositoryFile]:
    try:
        return [
            RepositoryFile(str(entry["path"]), int(entry["size"]), _sha256(entry))
            for entry in json.loads(body)
            if entry["type"] == "file" and is_inner_path(entry["path"])
        ]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DownloadRefused(repository, HubReason.BAD_LIST(host=host_of(address))) from error


def _sha256(entry: dict[str, dict[str, str]]) -> str | None:
    oid = entry["lfs"]["oid"] if entry.get("lfs") else ""
    return oid if re.fullmatch(r"[0-9a-f]{64}", oid) else None
