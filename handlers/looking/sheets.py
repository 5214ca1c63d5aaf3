"""The papers of a case: who may have which, and what stands on it when it is sent."""

from collections.abc import Callable, Mapping

from handlers.papers.paper import Paper
from handlers.screens import sheets as screens
from handlers.screens.screen import Screen
from handlers.texts.catalogue import Say
from handlers.views.disposition_sheet import disposition_sheet
from handlers.views.evaluation_report import evaluation_preview, evaluation_report
from models.case.sight import Sight
from models.case.standing import Standing
from models.mail.card import Card, Face
from models.office.person import Person, includes
from models.queries.consultations import sight_in
from models.refusals.reports import UnknownCase
from models.repository.reader import Reader


def may_have(face: Face, standing: Standing, person: Person, sight: Sight) -> bool:
    """Whether a person with this sight of a case may have a paper of it now.

    A reporter gets the Lembar Disposisi without the notes between officials. The Laporan Evaluasi is for those who may
    read all, once there is one; its preview for those who may hand it in.
    """
    match face:
        case Face.DISPOSITION_SHEET:
            return sight in {Sight.OWN, Sight.WHOLE}
        case Face.EVALUATION_REPORT:
            return sight is Sight.WHOLE and standing.case.submitted is not None
        case Face.EVALUATION_PREVIEW:
            task = standing.case.open_task
            return task is not None and includes(standing.holders(task), person.id)
        case _:
            return True


def check(face: Face, standing: Standing, person: Person, sight: Sight) -> None:
    """Raise `UnknownCase` where `may_have` says no."""
    if not may_have(face, standing, person, sight):
        raise UnknownCase(standing.case.number)


def draw(reader: Reader, card: Card, person: Person, say: Say) -> Screen:
    """Draw the words under a paper."""
    standing = reader.case(card.case_id or 0)
    sight, number = sight_in(reader, standing, person), standing.case.number
    if not may_have(card.face, standing, person, sight):
        return Screen(text=say("refusal-unknown-case", number=number))
    report = may_have(Face.EVALUATION_REPORT, standing, person, sight)
    return screens.under(card.face, number, report=report, say=say)


def _draw(reader: Reader, card: Card, _say: Say) -> Paper | None:
    person, standing = reader.person_by_id(card.person_id), reader.case(card.case_id or 0)
    if person is None:
        return None
    sight = sight_in(reader, standing, person)
    if not may_have(card.face, standing, person, sight):
        return None
    if card.face is Face.DISPOSITION_SHEET:
        return disposition_sheet(reader, standing, whole=sight is Sight.WHOLE)
    if card.face is Face.EVALUATION_REPORT:
        return evaluation_report(reader, standing)
    return evaluation_preview(reader, standing)


PAPERS: Mapping[Face, Callable[[Reader, Card, Say], Paper | None]] = dict.fromkeys(screens.FACES, _draw)
"""The pages that are papers of a case, and what stands on them; None where only the words are sent."""
