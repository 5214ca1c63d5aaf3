"""The folder from which papers are set: the templates that are shipped, and those that an office put in their place."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.papers.samples import report, sheet
from bot.papers.typesetting import TEMPLATES, NotTypeset, Typesetter, typeset
from handlers.papers import disposition_sheet, evaluation_report
from models.rules.logo import Logo

REPLACEABLE = (disposition_sheet.TEMPLATE, evaluation_report.TEMPLATE)
"""The templates of which an office may have its own, by their names without the ending."""

_LARGEST = 20_000_000
"""Bytes of all files of such a folder: it is copied at each start."""

_SAMPLES = {disposition_sheet.TEMPLATE: sheet, evaluation_report.TEMPLATE: report}
_WORDS = ("Mohon prioritas.", "#panic() <script> 🧯 " + "a" * 200)


class Workshop:
    """The templates of a process. `own` is the office's folder, None where it has none.

    What the office has is copied beside what is shipped, so that its templates can import ours.
    """

    def __init__(self, own: Path | None = None) -> None:
        self.folder, self._held = TEMPLATES, None
        if own is not None and own.is_dir():
            self._held = TemporaryDirectory(prefix="disposisi-papers-")
            self.folder = Path(self._held.name)
            shutil.copytree(own, self.folder, dirs_exist_ok=True)
            kept = {file.name for file in self.folder.glob("*.typ")} & {f"{name}.typ" for name in REPLACEABLE}
            for file in TEMPLATES.glob("*.typ"):
                if file.name not in kept:
                    shutil.copy(file, self.folder / file.name)

    def typesetter(self) -> Typesetter:
        """Return what sets papers by these templates; by the shipped ones where the office's cannot set a paper."""
        return Typesetter(self.folder, spare=None if self._held is None else TEMPLATES)

    def close(self) -> None:
        """Remove the copy. Nothing can be set after that."""
        if self._held is not None:
            self._held.cleanup()


def faults(own: Path, logo: Logo | None = None) -> list[str]:
    """Return what is wrong with an office's folder of templates, in sentences: papers of both kinds are set by it."""
    if not own.is_dir():
        return [f"{own} is no folder. Make it, or leave PAPER_TEMPLATES empty for the templates that ship."]
    found = [name for name in REPLACEABLE if (own / f"{name}.typ").is_file()]
    if not found:
        names = " or ".join(f"{name}.typ" for name in REPLACEABLE)
        return [f"{own} has no template. Put {names} there; docs/paper-templates.md tells what they get."]
    if sum(file.stat().st_size for file in own.rglob("*") if file.is_file()) > _LARGEST:
        return [f"{own} has more than {_LARGEST // 1_000_000} MB. Keep nothing there but templates and their pictures."]
    shipped = {file.name for file in TEMPLATES.glob("*.typ")} - {f"{name}.typ" for name in REPLACEABLE}
    wrong = [
        f"{own / name} has the name of a file that ships, which comes first. Give it another."
        for name in sorted(shipped & {file.name for file in own.glob("*.typ")})
    ]
    workshop = Workshop(own)
    try:
        wrong += [fault for name in found if (fault := _fault(name, workshop.folder, logo)) is not None]
    finally:
        workshop.close()
    return wrong


def _fault(name: str, folder: Path, logo: Logo | None) -> str | None:
    """Return why a template cannot set a paper of its kind; None where it can set all that are tried."""
    for words in _WORDS:
        for steps in (0, 3):
            try:
                made = sheet(words, steps=steps, logo=logo) if _SAMPLES[name] is sheet else report(words, steps=steps)
                typeset(made, folder)
            except NotTypeset as error:
                return f"{error} The template that ships is used in its place."
    return None
