"""Taking out files before they are sent: each with a button, and the one taken out last to be put back."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.screens.screen import Button, Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from handlers.texts.wordless import described
from models.case.attachment import FileRecord

IDENTITY = 64
"""Characters of a file's identifier on a button, which has room for no more."""

_NAME = 40
_CAPTION = 24


@dataclass(frozen=True, slots=True)
class RemovalView:
    """Files that may be taken out. `back` is the touch that leads away; `taken_out` the files to be put back."""

    heading: Markup
    files: Sequence[FileRecord]
    taken_out: Sequence[FileRecord]
    back: Touch


def removal_card(view: RemovalView, say: Say) -> Screen:
    """Return the files, numbered in the order in which they came, each on the button that takes it out."""
    buttons = [
        Button(
            say.plain("button-remove-file", position=str(position), file=_called(file)),
            Touch.REMOVE_FILE,
            file["file_unique_id"][:IDENTITY],
        )
        for position, file in enumerate(view.files, start=1)
    ]
    rows: list[tuple[Button, ...]] = [tuple(buttons[index : index + 2]) for index in range(0, len(buttons), 2)]
    if view.taken_out:
        label = say.plain("button-restore-file", file=_called(view.taken_out[-1]))
        rows.append((Button(label, Touch.RESTORE_FILE),))
    rows.append((Button(say.plain("button-back"), view.back),))
    asked = say("removal-choose") if view.files else say("removal-none")
    return Screen(Markup("\n").join((view.heading, asked)), tuple(rows), silent=True)


def _called(file: FileRecord) -> str:
    """Return what a file is, with the beginning of its caption: nothing else tells one photo from another."""
    caption = " ".join(file["caption"].split())
    said = f" “{shortened(caption, _CAPTION)}”" if caption else ""
    return f"{shortened(described([file]), _NAME)}{said}"
