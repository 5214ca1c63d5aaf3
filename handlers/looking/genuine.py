"""Whether a paper is genuine, and whether it still tells how its case stands: by the code on it, or by its file."""

from dataclasses import dataclass

from handlers.chat.incoming import Incoming
from handlers.looking.sheets import may_have
from handlers.screens import sheets as screens
from handlers.screens.screen import Screen
from handlers.screens.sheets import GenuineView
from handlers.texts.catalogue import Say
from handlers.texts.spoken import storable
from handlers.views import history
from models.case.case import Case
from models.case.issued_paper import IssuedPaper, PaperKind
from models.case.sight import Sight
from models.case.standing import Standing
from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import About
from models.office.person import Person
from models.queries import sheets
from models.queries.consultations import sight_in
from models.refusals.registration import NotRegistered
from models.repository.reader import Reader
from models.repository.records import Records

LARGEST = 5_000_000
"""Bytes of a file that is fetched to be checked. No paper is a tenth as large."""

_FACES = {PaperKind.DISPOSITION: Face.DISPOSITION_SHEET, PaperKind.EVALUATION: Face.EVALUATION_REPORT}


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that somebody wants checked: its SHA-256 in hexadecimal digits, "" where it could not be fetched.

    None stands for no file at all.
    """

    digest: str | None


def by_code(records: Records, message: Incoming, code: str) -> None:
    """Answer whether the paper with this code is genuine: anybody with the paper in hand may ask."""
    person = records.person(message.sender_id)
    found = sheets.issued_as(records.reader, code)
    if found is None:
        records.say(message.chat_id, "paper-unknown", person=person)
        return
    _answer(records, message, person, found, by_file=False)


def takes_papers(records: Records, account_id: int) -> bool:
    """Whether a file of this account is fetched to be checked: that of a registered person is."""
    return records.person(account_id) is not None


def by_file(records: Records, message: Incoming, handed: Handed) -> None:
    """Answer whether a file is, byte for byte, one that was issued. Raises `NotRegistered`."""
    person = records.known(message.sender_id)
    records.note_act(person)
    if not handed.digest:
        code = "paper-how" if handed.digest is None else "paper-not-fetched"
        records.say(message.chat_id, code, person=person)
        return
    found = sheets.issued_file(records.reader, handed.digest)
    if found is None:
        records.say(message.chat_id, "paper-file-unknown", person=person)
        return
    _answer(records, message, person, found, by_file=True)


def _answer(records: Records, message: Incoming, person: Person | None, found: IssuedPaper, *, by_file: bool) -> None:
    """Tell a person who may have the paper how it stands to its case, and anybody else that it is genuine."""
    standing = records.reader.case(found.case_id)
    if person is not None and _entitled(records.reader, standing, person, found.kind):
        about = About(page=found.sequence, subject=found.kind.value)
        chat_id = message.chat_id
        records.show(CardKind.QUEUE, chat_id, person=person, case=standing.case, about=about, face=Face.GENUINE)
        return
    told = sheets.told_at(records.reader, standing.case, found.sequence)
    said = {"kind": found.kind.value, "number": standing.case.number, "at": told}
    code = "paper-genuine-file" if by_file else "paper-genuine"
    records.say(message.chat_id, code, person=person, **storable(said))


def _entitled(reader: Reader, standing: Standing, person: Person, kind: PaperKind) -> bool:
    return may_have(_FACES[PaperKind(kind)], standing, person, sight_in(reader, standing, person))


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw what a person who may have a paper is told of it: as the case stands now. Raises `NotRegistered`."""
    person = reader.person_by_id(card.person_id)
    if person is None:
        raise NotRegistered
    standing, kind = reader.case(card.case_id or 0), PaperKind(card.subject or PaperKind.DISPOSITION)
    sight = sight_in(reader, standing, person)
    if not may_have(_FACES[kind], standing, person, sight):
        return Screen(text=say("refusal-unknown-case", number=standing.case.number))
    return screens.genuine(_view(reader, standing, person, sight, kind, card.page or 0), say)


def _view(
    reader: Reader, standing: Standing, person: Person, sight: Sight, kind: PaperKind, sequence: int
) -> GenuineView:
    told = sheets.told_at(reader, standing.case, sequence)
    since = [
        one for one in history.timeline_view(reader, standing, person=person).happenings if one.sequence > sequence
    ]
    newer = may_have(Face.EVALUATION_REPORT, standing, person, sight)
    return GenuineView(kind, standing.case.number, _subject(standing.case, sight), told, since, report=newer)


def _subject(case: Case, sight: Sight) -> str:
    return case.subject if sight in {Sight.OWN, Sight.WHOLE} else ""
