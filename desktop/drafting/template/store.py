"""The user's own templates: files in a folder of the home; duplicate, import, export, remove."""

import re
from pathlib import Path

from desktop.drafting.template.loading import Templates, load_banks, load_templates, parse_template
from desktop.drafting.template.template import Template
from desktop.errors import TemplateError
from desktop.files.atomic import write_text
from desktop.files.plain import read_text


class TemplateStore:
    """The shipped templates and the user's.

    Attributes:
        shipped: folder of the templates that come with Inkstone; read only.
        own: folder of the user's; made when it is first needed.
    """

    def __init__(self, shipped: Path, own: Path) -> None:
        self.shipped, self.own = shipped, own

    def load(self) -> Templates:
        """Read all of them; a broken one is told, the others are there."""
        return load_templates((self.shipped, self.own))

    def parse(self, text: str, path: Path) -> Template:
        """Make a template of a text that may name a bank of phrases of the shipped ones. Raises TemplateError."""
        banks, _ = load_banks(self.shipped / "guided")
        return parse_template(text, path, banks)

    def duplicate(self, template: Template) -> Template:
        """Copy a template into the user's folder under a free id, for changing."""
        text = template.path.read_text(encoding="utf-8")
        return self._add(text, self._free_id(f"{template.id}-copy"))

    def import_text(self, text: str, name: str = "pasted") -> Template:
        """Take in a template that was pasted or read from a file.

        Raises:
            TemplateError: it is not as a template must be; nothing is written.
        """
        path = Path(f"{name}.toml")
        return self._add(text, self._free_id(self.parse(text, path).id))

    def import_file(self, path: Path) -> Template:
        """Take in a template's file. Raises TemplateError."""
        try:
            text = read_text(path)
        except (OSError, UnicodeDecodeError) as error:
            raise TemplateError(path, 0, f"it cannot be read ({error})") from error
        self.parse(text, path)
        return self.import_text(text, path.stem)

    def save(self, template_id: str, text: str) -> Template:
        """Replace one of the user's templates, or make it, after checking the text. Raises TemplateError."""
        path = self.own / f"{template_id}.toml"
        template = self.parse(text, path)
        if template.id != template_id:  # also keeps the file in its folder: an id holds no slash
            raise TemplateError(path, 0, f"its id is “{template.id}”, not “{template_id}”")
        write_text(path, text)
        return template

    def export(self, template: Template, path: Path) -> None:
        """Write a template's file to somewhere else."""
        path.write_text(template.path.read_text(encoding="utf-8"), encoding="utf-8")

    def remove(self, template: Template) -> None:
        """Delete one of the user's templates."""
        if template.path.parent != self.own:
            raise TemplateError(template.path, 0, "it came with Inkstone and stays")
        template.path.unlink(missing_ok=True)

    def _add(self, text: str, new_id: str) -> Template:
        line = f'id = "{new_id}"'
        text, found = re.subn(r"(?m)^id\s*=.*$", line, text, count=1)
        if not found:
            text = f"{line}\n{text}"
        target = self.own / f"{new_id}.toml"
        template = self.parse(text, target)
        write_text(target, text)
        return template

    def _free_id(self, wanted: str) -> str:
        taken = {path.stem for folder in (self.shipped, self.own) for path in folder.glob("*.toml")}
        candidate, number = wanted, 2
        while candidate in taken:
            candidate, number = f"{wanted}-{number}", number + 1
        return candidate
