"""Known failures: what can go wrong without Inkstone being at fault.

`str(error)` is the one sentence the user reads, in English (what happened and what to do), for terminal and logs.
The window words an error by its code (the name of its class, or its `coded` where a class has many sentences) and its
values (attributes; a `reason` is a code itself), never by that sentence: see `desktop.ui.widgets.error_messages`.
Anything that is not an `InkstoneError` is a bug: it is reported by the crash hook, never shown as advice; whoever waits
for what it ended gets an `InternalError` from `crashes.failure_of`.

    InkstoneError
    ├── BadInput                 what was asked cannot be done as asked
    │   ├── EmptyPrompt, PromptTooLong, TemplateError, SceneError, DocumentError
    │   ├── UnknownAction
    │   └── ModelInUse, ModelShared, LanguageNotSpoken
    ├── ModelError
    │   ├── UnknownModel, ModelNotPrepared, NotReady, ModelReleased, OutOfMemory
    │   └── BrokenModel, UnsupportedModel
    ├── PrepareError             a model could not be fetched or converted; the last good state is kept
    │   ├── DownloadFailed (DownloadRefused), Cancelled (Paused)
    │   └── WrongChecksum, DiskFull, NotRemoved, PrepareBusy
    ├── SettingsError
    ├── HistoryError             what was written could not be kept, or cannot be read
    │   ├── WrongKey, HistoryDamaged, HistoryFull, HistoryBusy, HistoryUnsaved, NotFound, ImportRefused
    │   ├── HistoryReadOnly (HistoryTooNew, HistoryInUse)
    │   └── KeyUnavailable (PassphraseNeeded, ProtectionNeeded)
    ├── InstanceSilent           Inkstone is running already, but does not answer
    ├── ActionError              a file does not hold a quick action
    ├── OfflineRefused           `--offline` is on and something wanted the network
    └── InternalError            a bug, which was reported: for whoever waits for what it ended
"""

from collections.abc import Sequence
from pathlib import Path

from desktop.codes import Coded
from desktop.reasons import BugReport, Fallback, HistoryReason, KeyKind, Language, Place


class InkstoneError(Exception):
    """A known failure; `coded` is what it says where its class has many sentences, else None."""

    def __init__(self, sentence: str | Coded) -> None:
        super().__init__(str(sentence))
        self.coded = sentence if isinstance(sentence, Coded) else None


class BadInput(InkstoneError):
    """What was asked cannot be done as asked."""


class EmptyPrompt(BadInput):
    """There is nothing to answer."""

    def __init__(self) -> None:
        super().__init__("The prompt is empty; write what you want to know or to have written.")


class PromptTooLong(BadInput):
    """The request does not fit in the model's context window, even without older turns."""

    def __init__(self, prompt_tokens: int, limit: int) -> None:
        super().__init__(
            f"This request is {prompt_tokens} tokens long; the model takes at most {limit}: shorten it or split it."
        )
        self.prompt_tokens, self.limit = prompt_tokens, limit


class TemplateError(BadInput):
    """A template's file is not as a template must be; the reason names its keys, and is English as they are."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.place = Place.LINE(path=path, line=line) if line else Place.FILE(path=path)
        super().__init__(f"{self.place}: {reason}.")
        self.path, self.line, self.reason = path, line, reason


class SceneError(BadInput):
    """A scene's file is not as a scene must be; the reason names its keys, and is English as they are."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.place = Place.LINE(path=path, line=line) if line else Place.FILE(path=path)
        super().__init__(f"{self.place}: {reason}.")
        self.path, self.line, self.reason = path, line, reason


class DocumentError(BadInput):
    """A document cannot be read or written."""

    def __init__(self, path: Path, reason: Coded) -> None:
        super().__init__(f"{path.name} {reason}.")
        self.path, self.reason = path, reason


class ModelError(InkstoneError):
    """Something is wrong with a model."""


class UnknownModel(ModelError):
    """No model has this id."""

    def __init__(self, model_id: str, known: Sequence[str]) -> None:
        names = ", ".join(known) or "none"
        super().__init__(f"There is no model “{model_id}”; known models: {names}.")
        self.model_id, self.known = model_id, tuple(known)


class ModelNotPrepared(ModelError):
    """The model is known, but its weights are not on this machine yet."""

    def __init__(self, model_id: str) -> None:
        super().__init__(f"The model “{model_id}” is not on this machine yet; run: inkstone models prepare {model_id}")
        self.model_id = model_id


class NotReady(ModelError):
    """No model answers; why was told already, in the user's language."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ModelReleased(ModelError):
    """The model was given back while somebody was using it: another one takes its place."""

    def __init__(self) -> None:
        super().__init__("The model was changed meanwhile; try again, and the one that is chosen now answers.")


class OutOfMemory(ModelError):
    """The memory of this machine does not hold it."""

    def __init__(self) -> None:
        super().__init__("There is not enough memory for this; close other programs or choose a smaller model.")


class BrokenModel(ModelError):
    """A file of the model is missing, damaged or of the wrong kind."""

    def __init__(self, path: Path, reason: Coded) -> None:
        super().__init__(f"{path} cannot be used: {reason}.")
        self.path, self.reason = path, reason


class UnsupportedModel(ModelError):
    """The model's file is sound, but of a kind that Inkstone cannot run."""

    def __init__(self, path: Path, reason: Coded) -> None:
        super().__init__(f"{path.name} is a model that Inkstone cannot run: {reason}.")
        self.path, self.reason = path, reason


class PrepareError(InkstoneError):
    """A model could not be fetched or converted; what was there before still is."""


class DownloadFailed(PrepareError):
    """The weights could not be fetched."""

    def __init__(self, what: str, reason: Coded) -> None:
        super().__init__(f"{what} could not be downloaded ({reason}); check the network and try again.")
        self.what, self.reason = what, reason


class DownloadRefused(DownloadFailed):
    """The server does not give the file; the reason says what to do."""

    def __init__(self, what: str, reason: Coded) -> None:
        PrepareError.__init__(self, f"{what} was not downloaded: {reason}.")
        self.what, self.reason = what, reason


class WrongChecksum(PrepareError):
    """A file is not the one that was pinned."""

    def __init__(self, name: str, expected: str, found: str) -> None:
        super().__init__(
            f"{name} is not the file that was expected (sha256 {found[:12]}…, expected {expected[:12]}…); "
            "it was thrown away, try again."
        )
        self.name, self.expected, self.found = name, expected, found


class DiskFull(PrepareError):
    """There is no room for the model."""

    def __init__(self, folder: Path, needed_mib: int) -> None:
        super().__init__(f"The disk of {folder} is full; make room for {needed_mib} MiB and try again.")
        self.folder, self.needed_mib = folder, needed_mib


class PrepareBusy(PrepareError):
    """Another process prepares a model in the same folder."""

    def __init__(self) -> None:
        super().__init__("Another Inkstone is preparing a model; wait until it is done.")


class NotRemoved(PrepareError):
    """The files of a model could not be deleted."""

    def __init__(self, folder: Path, reason: Coded) -> None:
        super().__init__(f"{folder} could not be removed ({reason}); close what uses it and try again.")
        self.folder, self.reason = folder, reason


class Cancelled(PrepareError):
    """The user stopped the preparation."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Preparing {what} was stopped; nothing was changed.")
        self.what = what


class Paused(Cancelled):
    """The user stopped a download, and what is here of it is kept."""

    def __init__(self, what: str, kept_mb: int) -> None:
        InkstoneError.__init__(
            self,
            f"Preparing {what} was stopped; {kept_mb} MB of it are kept: prepare it again, and it goes on from there.",
        )
        self.what, self.kept_mb = what, kept_mb


class SettingsError(InkstoneError):
    """A setting cannot be read, or with the key "" the whole file; the reason names keys, and is English as they are.

    The line is from 1; 0 for no line of it.
    """

    def __init__(self, path: Path, reason: str, key: str = "", line: int = 0) -> None:
        self.place = Place.LINE(path=path, line=line) if line else Place.FILE(path=path)
        self.then = Fallback.VALUE() if key else Fallback.ALL()
        super().__init__(f"The settings in {self.place}: {reason}; {self.then}.")
        self.path, self.reason, self.key, self.line = path, reason, key, line


class HistoryError(InkstoneError):
    """What was written could not be kept, or cannot be read."""


class WrongKey(HistoryError):
    """The key does not open this history; nothing was changed."""

    def __init__(self, path: Path, kind: KeyKind = KeyKind.KEY) -> None:
        what = kind()
        super().__init__(
            f"This {what} does not open the history in {path}; nothing was changed, try again or use the recovery key."
        )
        self.path, self.what = path, what


class HistoryDamaged(HistoryError):
    """The database is not sound."""

    def __init__(self, path: Path, reason: Coded) -> None:
        super().__init__(f"The history in {path} is damaged ({reason}); restore a backup, or move its folder away.")
        self.path, self.reason = path, reason


class HistoryReadOnly(HistoryError):
    """The history can be read but not written."""

    def __init__(self, path: Path, reason: Coded) -> None:
        super().__init__(f"The history in {path} cannot be written: {reason}.")
        self.path, self.reason = path, reason


class HistoryTooNew(HistoryReadOnly):
    """A newer version of Inkstone wrote it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, HistoryReason.NEWER())


class HistoryInUse(HistoryReadOnly):
    """Another Inkstone holds it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, HistoryReason.IN_USE())


class HistoryFull(HistoryError):
    """There is no room for what was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The disk of {path} is full; make room, what you write is kept in memory until then.")
        self.path = path


class HistoryBusy(HistoryError):
    """Another program holds the history for too long."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"Another program is using the history in {path}; close it and try again.")
        self.path = path


class HistoryUnsaved(HistoryError):
    """The history is not closed for a change while what was written last is in memory only."""

    def __init__(self, problem: HistoryError | None) -> None:
        self.problem, self.why = problem, problem or HistoryReason.SLOW()
        super().__init__(f"What you wrote last is not saved yet, so nothing was changed: {self.why}")


class KeyUnavailable(HistoryError):
    """The key of the history cannot be had."""


class PassphraseNeeded(KeyUnavailable):
    """The history is protected by a passphrase, and none was given."""

    def __init__(self) -> None:
        super().__init__("The history is protected by a passphrase; type it to open the history.")


class ProtectionNeeded(KeyUnavailable):
    """There is no keyring here, so the user must choose how the history is protected."""

    def __init__(self) -> None:
        super().__init__(
            "This system has no keyring that works, so choose how the history is protected: "
            "inkstone history protect passphrase, or inkstone history protect none"
        )


class NotFound(HistoryError):
    """No such conversation, message or draft."""

    def __init__(self, what: str, number: int) -> None:
        super().__init__(f"There is no {what} {number} in the history.")
        self.what, self.number = what, number


class ImportRefused(HistoryError):
    """A file to import is not what it should be; nothing was changed."""

    def __init__(self, path: Path, reason: Coded) -> None:
        super().__init__(f"{path.name} was not imported: {reason}.")
        self.path, self.reason = path, reason


class InstanceSilent(InkstoneError):
    """Inkstone is running already for this home, but does not answer a later start."""

    def __init__(self) -> None:
        super().__init__("Inkstone is running but does not answer; wait a little and try again, or end it first.")


class ActionError(InkstoneError):
    """A file does not hold a quick action."""

    def __init__(self, path: Path, reason: str, line: int = 0) -> None:
        self.place = Place.LINE(path=path, line=line) if line else Place.FILE(path=path)
        super().__init__(f"The action in {self.place}{',' if line else ''} cannot be used: {reason}.")
        self.path, self.reason, self.line = path, reason, line


class UnknownAction(BadInput):
    """No quick action has this id."""

    def __init__(self, action: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no action “{action}”; there are {', '.join(known)}.")
        self.action, self.known = action, tuple(known)


class ModelInUse(BadInput):
    """The model answers, so its files stay."""

    def __init__(self, model_id: str) -> None:
        super().__init__(f"“{model_id}” is the model in use; use another one first: inkstone models use ID")
        self.model_id = model_id


class ModelShared(BadInput):
    """The model belongs to the installation, whose files this home does not touch."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} belongs to the installation, not to this home, so it stays.")
        self.folder = folder


class LanguageNotSpoken(BadInput):
    """The model writes no good text in this language, and would damage the user's."""

    def __init__(self, model: str, language: str) -> None:
        known = {"en": Language.EN, "zh": Language.ZH}
        self.name = known[language]() if language in known else language
        super().__init__(f"{model} does not write {self.name}; choose a model for {self.name} in the settings.")
        self.model, self.language = model, language


class OfflineRefused(InkstoneError):
    """`--offline` is on and something wanted the network."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Inkstone runs with --offline, so {what} was refused; start it without --offline to allow this."
        )
        self.what = what


class InternalError(InkstoneError):
    """A bug ended what was asked for; `report` is the file that says where, None where none could be written."""

    def __init__(self, report: Path | None = None) -> None:
        self.report, self.where = report, BugReport.LIES(path=report) if report else BugReport.NONE()
        super().__init__(f"Something in Inkstone went wrong, which is its own fault; {self.where}.")
