"""The words under the papers of a case, and the buttons that ask for them."""

from handlers.screens.screen import Button, Screen, Touch
from handlers.texts.catalogue import Say
from models.mail.card import Face

FACES = (Face.DISPOSITION_SHEET, Face.EVALUATION_REPORT, Face.EVALUATION_PREVIEW)
"""The pages that are papers of a case."""


def under(face: Face, number: str, *, report: bool, say: Say) -> Screen:
    """Return the words under a paper. `report` offers the Laporan Evaluasi below the Lembar Disposisi."""
    rows = ((report_button(say),),) if report and face is Face.DISPOSITION_SHEET else ()
    return Screen(say(f"under-{face.value}", number=number), rows, silent=True)


def sheet_button(say: Say, case_id: str = "") -> Button:
    """Return the button that asks for the Lembar Disposisi."""
    return Button(say.plain("button-disposition-sheet"), Touch.DISPOSITION_SHEET, case_id)


def report_button(say: Say) -> Button:
    """Return the button that asks for the Laporan Evaluasi."""
    return Button(say.plain("button-evaluation-report"), Touch.EVALUATION_REPORT)
