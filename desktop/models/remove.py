"""Takes models off this machine: all of one that the user made, only the weights of one that the source lists."""

from desktop.errors import NotRemoved
from desktop.models.library import InstalledModel
from desktop.models.manifest import FILE_NAME
from desktop.models.staging import locked, take_away


def remove(model: InstalledModel, *, keep_manifest: bool) -> int:
    """Delete a model's files; gives how many bytes that freed.

    Args:
        model: what to remove, from the library.
        keep_manifest: the manifest stays, so that the model can be prepared again.

    Raises:
        NotRemoved: a file could not be deleted.
        PrepareBusy: another process prepares a model.
    """
    made = {file.name for file in model.manifest.files}
    freed = model.size
    with locked(model.folder.parent):
        try:
            linked = model.folder.is_symlink()  # what it points to is not ours
            others = {path.name for path in model.folder.iterdir()} - made - {FILE_NAME}
            if (others or keep_manifest) and not linked:  # a file that Inkstone did not make is the user's
                if not keep_manifest:
                    (model.folder / FILE_NAME).unlink()
                for name in made:
                    (model.folder / name).unlink(missing_ok=True)
            else:
                take_away(model.folder)
        except OSError as error:
            raise NotRemoved(model.folder, error.strerror or str(error)) from error
    return freed
