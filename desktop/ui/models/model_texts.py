"""How the window words what it knows of models: sizes, languages, speeds, and what each tier buys."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.ui.models.model_facts import CatalogueFacts, MachineFacts, MeasuredFacts, ModelFacts, TierFacts, TierKind
from desktop.ui.widgets.error_messages import worded

WORDS_A_TOKEN, CHARACTERS_A_TOKEN = 0.75, 1.5  # English words and Chinese characters, as tokenizers of today cut them
_FOLLOWS_WELL, _FOLLOWS = 0.8, 0.5  # of what a brief asks


def size_text(size: int) -> str:
    """Tell bytes as people read them: 115 MB, 1.9 GB."""
    digits = 1 if size >= 10**9 else 0
    return QLocale().formattedDataSize(size, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def memory_text(size: int) -> str:
    """Tell bytes of memory as machines are sold: 6 GB, where a disk of that name would be a little smaller."""
    gib = size / (1 << 30)
    return QLocale().toString(gib, "f", 0 if gib >= 3 or gib == round(gib) else 1) + " GB"


def languages_text(codes: Sequence[str]) -> str:
    """Name languages in the language of the window; where there are many, those it speaks, and how many others."""
    translate = QCoreApplication.translate
    known = {"en": translate("Models", "English"), "zh": translate("Models", "Chinese")}
    names = [known[code] for code in codes if code in known]
    others = [QLocale(code).nativeLanguageName() or code for code in codes if code not in known]
    if len(others) > 1:
        others = [translate("Models", "{n} more languages").format(n=len(others))]
    return QLocale().createSeparatedList([*names, *others])


def speed_text(tokens_per_s: float) -> str:
    """Tell how fast a model writes in what a reader counts: words, or characters where the window speaks Chinese."""
    if not tokens_per_s:
        return ""
    chinese = QLocale().language() == QLocale.Language.Chinese
    count = tokens_per_s * (CHARACTERS_A_TOKEN if chinese else WORDS_A_TOKEN)
    said = QCoreApplication.translate("Models", "about {n} words a second")
    return said.format(n=QLocale().toString(max(1, round(count))))


def fit_text(entry: CatalogueFacts) -> str:
    """Tell whether this machine runs a model, and how fast."""
    said = worded(entry.foretold)
    return said[:1].upper() + said[1:]


def facts_text(model: ModelFacts) -> str:
    """Tell size, precision, languages, context and licence in one line."""
    translate = QCoreApplication.translate
    context = translate("Models", "{n} tokens of context").format(n=QLocale().toString(model.context_length))
    if model.prepared:
        parts = [size_text(model.size), model.precision, languages_text(model.languages), context, model.licence]
    else:
        missing = (
            translate("Models", "Not on this machine yet ({size} download)").format(size=size_text(model.download))
            if model.download
            else translate("Models", "Its files are missing or damaged: remove it and import it again")
        )
        parts = [missing, languages_text(model.languages), context, model.licence]
    return " · ".join(part for part in parts if part)


def measured_text(model: ModelFacts) -> str:
    """Tell what was found out about a model on this machine, and the memory it needs; "" where nothing was."""
    translate, measured = QCoreApplication.translate, model.measured
    parts = [_capability(measured), speed_text(measured.tokens_per_s)] if measured is not None else []
    if model.memory:
        said = translate("Models", "for machines with {size} of memory")
        parts.append(said.format(size=memory_text(model.memory)))
    said = " · ".join(part for part in parts if part)
    return translate("Models", "Measured here: {facts}").format(facts=said) if measured is not None and said else said


def _capability(measured: MeasuredFacts) -> str:
    translate = QCoreApplication.translate
    if not measured.languages:
        return translate("Models", "writes no language well")
    least = min((measured.follows.get(code, 0.0) for code in measured.languages), default=0.0)
    if least >= _FOLLOWS_WELL:
        said = translate("Models", "writes {languages}, follows a request well")
    elif least >= _FOLLOWS:
        said = translate("Models", "writes {languages}, follows a request in part")
    else:
        said = translate("Models", "writes {languages}, hardly follows a request")
    return said.format(languages=languages_text(measured.languages))


def tier_title(name: TierKind) -> str:
    """Give the name of a tier."""
    translate = QCoreApplication.translate
    titles = {
        "standard": translate("Models", "Standard"),
        "light": translate("Models", "Light"),
        "tiny": translate("Models", "Tiny"),
    }
    return titles[name]


def tier_text(tier: TierFacts) -> str:
    """Tell what a tier buys."""
    translate = QCoreApplication.translate
    buys = {
        "standard": translate("Models", "Writes what was asked, in English and Chinese: the best of the three."),
        "light": translate("Models", "Shorter and simpler texts in English and Chinese; quick on older machines."),
        "tiny": translate("Models", "English only: short, simple texts. Writes fastest."),
    }
    return buys[tier.name]


def why_recommended(machine: MachineFacts | None) -> str:
    """Tell why the recommended tier is the right one for this machine."""
    if machine is None:
        return QCoreApplication.translate("Models", "The best that this machine runs well.")
    said = QCoreApplication.translate(
        "Models", "The best that this machine runs well, with {memory} of memory and {disk} free on the disk."
    )
    return said.format(memory=memory_text(machine.memory), disk=size_text(machine.disk))


def waiting_text(name: str, kept: int, size: int) -> str:
    """Tell of a download that waits how much of it is here.

    Args:
        name: of the model.
        kept: bytes that are here; 0 where that is not known.
        size: bytes of the whole download; 0 where that is not known.
    """
    translate = QCoreApplication.translate
    if not kept or not size:
        return translate("Models", "The download of {model} waits.").format(model=name)
    if kept >= size:
        return translate("Models", "{model} is downloaded, and has yet to be converted.").format(model=name)
    said = translate("Models", "{model} is not whole yet: {kept} of {size} are here already.")
    return said.format(model=name, kept=size_text(kept), size=size_text(size))
