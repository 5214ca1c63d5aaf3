"""The words under the papers of a case, and the buttons that ask for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.screens.screen import Button, Screen, Touch
from handlers.screens.timeline import Happening, TimelineView, lines_of
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.case.issued_paper import PaperKind
from models.mail.card import Face

FACES = (Face.DISPOSITION_SHEET, Face.EVALUATION_REPORT, Face.EVALUATION_PREVIEW)
"""The pages that are papers of a case."""


_SUBJECT, _SHOWN = 120, 6
"""Characters of a subject, and happenings that are told since a paper."""


@dataclass(frozen=True, slots=True)
class GenuineView:
    """A genuine paper, held against its case: the instant `told_at` of which it tells, and what happened `since`.

    `report` is whether the reader may have a Laporan Evaluasi of the case as it is now.
    """

    kind: PaperKind
    number: str
    subject: str
    told_at: datetime
    since: Sequence[Happening]
    report: bool


def genuine(view: GenuineView, say: Say) -> Screen:
    """Return what a person who may have the paper is told of it, with buttons for the paper as it would be now."""
    data = {"kind": view.kind.value, "number": view.number, "at": say.time.stamp(view.told_at)}
    blocks = [say("paper-older" if view.since else "paper-current", **data)]
    if view.subject:
        blocks.append(say("paper-subject", subject=shortened(view.subject, _SUBJECT)))
    if view.since:
        shown = view.since[-_SHOWN:]
        blocks.append(say("paper-since", count=len(view.since)))
        blocks.append(Markup("\n").join(lines_of(TimelineView(view.number, shown, official=True), say)))
    blocks.append(say("paper-compare"))
    now = (sheet_button(say), *((report_button(say),) if view.report else ()))
    return Screen(Markup("\n\n").join(blocks), (now,), silent=True)


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
