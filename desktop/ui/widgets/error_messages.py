"""Known failures in the user's language: what `str(error)` says in English, from the facts of the error."""

import re
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale

from desktop import errors
from desktop.ui.widgets.document_error_messages import document_error


def localised(error: errors.InkstoneError) -> str:
    """Tell a failure in the language of the window; one without a translation in English."""
    if QLocale().language() != QLocale.Language.Chinese:
        return str(error)
    if isinstance(error, errors.DocumentError):
        return document_error(error)
    return (
        _told_of_the_history(error)
        or _told_of_its_texts(error)
        or _told_of_the_model(error)
        or _told_of_its_files(error)
        or _told_of_its_language(error)
        or _told_of_a_bug(error)
        or str(error)
    )


def _told_of_the_history(error: errors.InkstoneError) -> str:
    translate = QCoreApplication.translate
    match error:
        case errors.WrongKey():
            return translate("Failure", "This key does not open the history; nothing was changed.")
        case errors.HistoryDamaged(path=path):
            return translate(
                "Failure", "The history in {path} is damaged; restore a backup, or move its folder away."
            ).format(path=path)
        case errors.HistoryTooNew():
            return translate(
                "Failure", "The history was written by a newer Inkstone: it can be read, and nothing new is saved."
            )
        case errors.HistoryInUse():
            return translate("Failure", "Another Inkstone is writing the history; here it can only be read.")
        case errors.HistoryReadOnly(path=path):
            return translate("Failure", "The history in {path} cannot be written.").format(path=path)
        case errors.HistoryFull(path=path):
            return translate("Failure", "The disk of {path} is full.").format(path=path)
        case errors.HistoryUnsaved(problem=problem):
            sentence = translate("Failure", "What you wrote last is not saved yet, so nothing was changed; try again.")
            return sentence if problem is None else sentence + localised(problem)
        case errors.HistoryBusy():
            return translate("Failure", "Another program is holding the history.")
        case _:
            return ""


def _told_of_its_texts(error: errors.InkstoneError) -> str:
    translate = QCoreApplication.translate
    match error:
        case errors.KeyUnavailable():
            return translate("Failure", "The keyring of this system does not give the key of the history.")
        case errors.ImportRefused(path=path, reason=reason):
            return translate("Failure", "{name} was not imported: {reason}.").format(name=path.name, reason=reason)
        case errors.NotFound():
            return translate("Failure", "That is no longer in the history.")
        case _:
            return ""


def _told_of_the_model(error: errors.InkstoneError) -> str:
    translate = QCoreApplication.translate
    match error:
        case errors.EmptyPrompt():
            return translate("Failure", "There is nothing to answer; write what you want to know or to have written.")
        case errors.PromptTooLong(prompt_tokens=tokens, limit=limit):
            sentence = translate(
                "Failure",
                "This request is {tokens} tokens long; the model takes at most {limit}: shorten it or split it.",
            )
            return sentence.format(tokens=tokens, limit=limit)
        case errors.UnknownModel(model_id=model):
            return translate("Failure", "There is no model “{model}” on this machine.").format(model=model)
        case errors.BrokenModel(path=path):
            return translate("Failure", "The model cannot be used, its file {path} is damaged or missing.").format(
                path=path
            )
        case errors.UnsupportedModel(path=path):
            return translate("Failure", "{name} is a model that Inkstone cannot run.").format(name=path.name)
        case errors.DownloadFailed(reason=reason):
            sentence = translate(
                "Failure", "The model could not be downloaded ({reason}); check the network and try again."
            )
            return sentence.format(reason=reason)
        case errors.WrongChecksum(name=name):
            sentence = translate("Failure", "{name} is not the file that was expected; it was thrown away, try again.")
            return sentence.format(name=name)
        case errors.DiskFull(folder=folder, needed_mib=mib):
            sentence = translate("Failure", "The disk of {folder} is full; make room for {mib} MiB and try again.")
            return sentence.format(folder=folder, mib=mib)
        case errors.OfflineRefused():
            return translate("Failure", "Inkstone runs with --offline, so this was refused.")
        case _:
            return ""


def _told_of_its_files(error: errors.InkstoneError) -> str:
    translate = QCoreApplication.translate
    match error:
        case errors.ModelInUse(model_id=model):
            return translate("Failure", "“{model}” is the model in use; use another one first.").format(model=model)
        case errors.ModelShared(folder=folder):
            return translate("Failure", "{folder} belongs to the installation, so it stays.").format(folder=folder)
        case errors.NotRemoved(folder=folder, reason=reason):
            sentence = translate(
                "Failure", "{folder} could not be removed ({reason}); close what uses it and try again."
            )
            return sentence.format(folder=folder, reason=reason)
        case errors.ModelReleased():
            return translate(
                "Failure", "The model was changed meanwhile; try again, and the one that is chosen now answers."
            )
        case errors.PrepareBusy():
            return translate("Failure", "Another Inkstone is preparing a model; wait until it is done.")
        case errors.InstanceSilent():
            return translate(
                "Failure", "Inkstone is running but does not answer; wait a little and try again, or end it first."
            )
        case _:
            return ""


def _told_of_its_language(error: errors.InkstoneError) -> str:
    translate = QCoreApplication.translate
    match error:
        case errors.LanguageNotSpoken(model=model, language="zh"):
            sentence = translate(
                "Failure", "{model} does not write Chinese; choose a model for Chinese in the settings."
            )
            return sentence.format(model=model)
        case errors.LanguageNotSpoken(model=model):
            sentence = translate(
                "Failure", "{model} does not write English; choose a model for English in the settings."
            )
            return sentence.format(model=model)
        case _:
            return ""


def device_text(device: str) -> str:
    """Tell where the model runs, such as “CPU, 2 threads”."""
    translate = QCoreApplication.translate
    if found := re.fullmatch(r"CPU, (\d+) threads?", device):
        one, more = translate("Device", "CPU, 1 thread"), translate("Device", "CPU, {n} threads")
        return one if found[1] == "1" else more.format(n=found[1])
    return device


def reason_text(reason: str) -> str:
    """Tell why the model runs there."""
    translate = QCoreApplication.translate
    known = {
        r"The CPU was chosen in the settings\.": translate("Device", "The CPU was chosen in the settings."),
        r"CUDA was chosen, but the installed ONNX Runtime has no CUDA\.": translate(
            "Device", "CUDA was chosen, but the installed ONNX Runtime has no CUDA."
        ),
        r"The CPU is used: the installed ONNX Runtime has no CUDA\.": translate(
            "Device", "The CPU is used: the installed ONNX Runtime has no CUDA."
        ),
        r"The CPU is used: this model is prepared in (?P<precision>.+), for CPUs\.": translate(
            "Device", "The CPU is used: this model is prepared in {precision}, for CPUs."
        ),
        r"CUDA works on this machine\.": translate("Device", "CUDA works on this machine."),
    }
    return _told_as(reason, known)


def work_text(sentence: str) -> str:
    """Tell what is being done to prepare a model."""
    if QLocale().language() != QLocale.Language.Chinese:
        return sentence
    translate = QCoreApplication.translate
    known = {
        r"Reading the weights": translate("Work", "Reading the weights"),
        r"Converting the weights": translate("Work", "Converting the weights"),
        r"Building the tokenizer": translate("Work", "Building the tokenizer"),
        r"Checking the files": translate("Work", "Checking the files"),
        r"Putting it in place": translate("Work", "Putting it in place"),
        r"Checking (?P<name>.+)": translate("Work", "Checking {name}"),
        r"Downloading (?P<name>.+) \((?P<mib>\d+) MiB\)": translate("Work", "Downloading {name} ({mib} MiB)"),
    }
    return _told_as(sentence, known)


def _told_as(sentence: str, known: Mapping[str, str]) -> str:
    """Give what stands for the pattern that a sentence fits, with its facts; the sentence itself for none."""
    for pattern, told_so in known.items():
        if found := re.fullmatch(pattern, sentence):
            return told_so.format(**found.groupdict())
    return sentence


def _told_of_a_bug(error: errors.InkstoneError) -> str:
    translate = QCoreApplication.translate
    match error:
        case errors.InternalError(report=None):
            return translate(
                "Failure", "Something in Inkstone went wrong, which is its own fault; no report could be written."
            )
        case errors.InternalError(report=report):
            return translate(
                "Failure", "Something in Inkstone went wrong, which is its own fault; a report lies in {report}."
            ).format(report=report)
        case _:
            return ""
