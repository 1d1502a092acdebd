"""Known failures in the user's language: what `str(error)` says in English, from the facts of the error."""

from PySide6.QtCore import QCoreApplication, QLocale

from desktop import errors


def told(error: errors.InkstoneError) -> str:
    """Tell a failure in the language of the window; one without a translation in English."""
    if QLocale().language() != QLocale.Language.Chinese:
        return str(error)
    return _told_of_the_history(error) or _told_of_the_model(error) or str(error)


def _told_of_the_history(error: errors.InkstoneError) -> str:
    tr = QCoreApplication.translate
    match error:
        case errors.WrongKey():
            return tr("Failure", "This key does not open the history; nothing was changed.")
        case errors.HistoryDamaged(path=path):
            return tr("Failure", "The history in {path} is damaged; restore a backup.").format(path=path)
        case errors.HistoryTooNew():
            return tr(
                "Failure", "The history was written by a newer Inkstone: it can be read, and nothing new is saved."
            )
        case errors.HistoryInUse():
            return tr("Failure", "Another Inkstone is writing the history; here it can only be read.")
        case errors.HistoryReadOnly(path=path):
            return tr("Failure", "The history in {path} cannot be written.").format(path=path)
        case errors.HistoryFull(path=path):
            return tr("Failure", "The disk of {path} is full.").format(path=path)
        case errors.HistoryBusy():
            return tr("Failure", "Another program is holding the history.")
        case errors.NotFound():
            return tr("Failure", "That is no longer in the history.")
        case _:
            return ""


def _told_of_the_model(error: errors.InkstoneError) -> str:
    tr = QCoreApplication.translate
    match error:
        case errors.EmptyPrompt():
            return tr("Failure", "There is nothing to answer; write what you want to know or to have written.")
        case errors.PromptTooLong(prompt_tokens=tokens, limit=limit):
            sentence = tr(
                "Failure",
                "This request is {tokens} tokens long; the model takes at most {limit}: shorten it or split it.",
            )
            return sentence.format(tokens=tokens, limit=limit)
        case errors.UnknownModel(model_id=model):
            return tr("Failure", "There is no model “{model}” on this machine.").format(model=model)
        case errors.BrokenModel(path=path):
            return tr("Failure", "The model cannot be used, its file {path} is damaged or missing.").format(path=path)
        case errors.UnsupportedModel(path=path):
            return tr("Failure", "{name} is a model that Inkstone cannot run.").format(name=path.name)
        case errors.DownloadFailed(reason=reason):
            sentence = tr("Failure", "The model could not be downloaded ({reason}); check the network and try again.")
            return sentence.format(reason=reason)
        case errors.WrongChecksum(name=name):
            sentence = tr("Failure", "{name} is not the file that was expected; it was thrown away, try again.")
            return sentence.format(name=name)
        case errors.DiskFull(folder=folder, needed_mib=mib):
            sentence = tr("Failure", "The disk of {folder} is full; make room for {mib} MiB and try again.")
            return sentence.format(folder=folder, mib=mib)
        case errors.OfflineRefused():
            return tr("Failure", "Inkstone runs with --offline, so this was refused.")
        case _:
            return ""
