"""Erasing a person: the row, what their chat holds, and case by case what they wrote and sent.

It begins with one transaction, in which the person is somebody no longer, and goes on a few cases at a time. A process
that is killed in between leaves a record that is proved at each point; the next command, or the bot's own upkeep, goes
on where it stopped (`Person.erasing_after`). That post X decided Y at the time T stays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, false, or_, select, update
from sqlalchemy.orm import Session, joinedload

from models.administration.appointment import unbind
from models.case.case import Case, CaseState
from models.case.journey import SYSTEM
from models.journal import erasing, personal
from models.journal.chain import Chain, Entry, Payload
from models.mail.card import Button, Card
from models.mail.conversation import Conversation
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.notice import Notice, NoticeState
from models.office.absence import Absence
from models.office.first_words import FirstWords
from models.office.invitation import ExpectedPerson, Invite
from models.office.menu import Menu
from models.office.person import ERASED_NAME, Person
from models.office.salted import fresh_salt
from models.repository.office_lock import OFFICE_CHAIN, locked_office_chain
from models.repository.records import Records
from models.upkeep.erasing import cases_with, erase_words

ERASED = "erase-person"
"""The action of the entry of the office's journal that tells of it."""

BATCH = 50
"""Cases that are looked at in one transaction, so that nobody waits long behind it."""

_NOBODY = 0
"""The chat of cards and notices that were in the chat of an erased person."""


class Tie(StrEnum):
    """What a person is still needed for."""

    ADMIN = "admin"
    POST = "post"
    ABSENCE = "absence"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Bound:
    """One reason why a person cannot be erased yet: what ties them, and its name, such as a post or a case number."""

    tie: Tie
    name: str


def ties(records: Records, person: Person) -> list[Bound]:
    """Return what must be handed over before `person` can be erased: rights, posts, absences, open cases."""
    office = records.lock_office()
    found = [Bound(Tie.ADMIN, "")] if person.is_admin else []
    held = sorted({one.post for one in office.tenures if one.person_id == person.id and one.lasts})
    found += [Bound(Tie.POST, post) for post in held]
    away = select(Absence.id).where(
        Absence.over_at.is_(None), or_(Absence.person_id == person.id, Absence.plh_id == person.id)
    )
    found += [Bound(Tie.ABSENCE, "")] if records.session.scalar(away.limit(1)) is not None else []
    needed = [number for ids in _open_cases(records) for number in _numbers_with(records, person, ids)]
    return found + [Bound(Tie.CASE, number) for number in needed]


def _open_cases(records: Records) -> Iterator[Sequence[int]]:
    """Yield the numbers of the open cases, some at a time."""
    last = 0
    while True:
        which = select(Case.id).where(Case.state == CaseState.OPEN, Case.id > last).order_by(Case.id).limit(BATCH)
        found = records.session.scalars(which).all()
        if not found:
            return
        yield found
        last = found[-1]


def _numbers_with(records: Records, person: Person, ids: Sequence[int]) -> list[str]:
    found = cases_with(records, person, ids)
    return list(records.session.scalars(select(Case.number).where(Case.id.in_(found)).order_by(Case.id)))


def forget(records: Records, person: Person, *, because: str, by: Person | None = None) -> None:
    """Begin to erase `person`: from now on they are nobody, and `go_on` erases what they wrote, case by case.

    It is never undone. Raises `ValueError` for a person who is needed still: see `ties`.
    """
    records.lock_office_to_change()
    if ties(records, person) or person.erased_in is not None:
        raise ValueError(f"person {person.id} is needed, or erased already")
    account, nip = person.account_id, person.nip
    if account is not None:
        unbind(records, person)
    told = records.log_office(
        ERASED, by, capacity="admin" if by is not None else SYSTEM, person=person.id, because=because
    )
    person.name, person.nip, person.unit, person.account_id = ERASED_NAME, f"dihapus-{person.id}", "", None
    person.remind_at = person.pending = person.unreachable_since = person.unreachable_because = None
    person.unbound_by_id = person.unit_asked_at = person.tried_at = person.restricted_in = None
    person.rank, person.erased_in, person.erasing_after = "", told, 0
    person.salt = None
    _empty_rows(records, person, nip=nip, account=account)
    _empty_chat(records, person, account)
    _empty_office_journal(records, person, because=because)


def _empty_rows(records: Records, person: Person, *, nip: str, account: int | None) -> None:
    """Take a person's NIP, account and reasons from the rows that the office's journal tells by digests.

    Each row loses its salt with what was told by it, so that the digests in the journal say nothing. The rows are
    changed one by one: what becomes of them is told (`models/repository/telling.py`).
    """
    session = records.session
    for expected in session.scalars(select(ExpectedPerson).where(ExpectedPerson.nip == nip)):
        session.delete(expected)
    claimed = Invite.claimed_by_account_id == account if account is not None else false()
    for invite in session.scalars(select(Invite).where(or_(Invite.nip == nip, claimed))):
        invite.nip, invite.salt = None if invite.nip == nip else invite.nip, fresh_salt()
        if invite.claimed_by_account_id == account:
            invite.claimed_by_account_id = None
    for absence in session.scalars(select(Absence).where(Absence.person_id == person.id)):
        absence.reason, absence.salt = "", fresh_salt()


def _empty_chat(records: Records, person: Person, account: int | None) -> None:
    """Forget what came from a person's chat and what went there; the cards stay as rows that name no chat."""
    records.flush()
    session = records.session
    there = Card.chat_id == account if account is not None else false()
    cards = select(Card.id).where(or_(Card.person_id == person.id, there))
    session.execute(update(Conversation).where(Conversation.card_id.in_(cards)).values(card_id=None))
    session.execute(delete(Button).where(Button.card_id.in_(cards)))
    owed = Notice.state == NoticeState.OWED, Notice.person_id == person.id
    session.execute(update(Notice).where(*owed).values(state=NoticeState.NOT_NEEDED, settled_at=records.at))
    session.execute(update(Notice).where(Notice.person_id == person.id).values(chat_id=_NOBODY, body={}))
    gone = {"chat_id": _NOBODY, "message_id": None, "twin_id": None, "live": False, "digest": None, "subject": None}
    session.execute(update(Card).where(Card.id.in_(cards)).values(gone))
    if account is None:
        return
    session.execute(update(Notice).where(Notice.chat_id == account).values(chat_id=_NOBODY, body={}))
    session.execute(update(Card).where(Card.account_id == account).values(account_id=None))
    session.execute(update(InboxUpdate).where(InboxUpdate.lane == account).values(state=InboxState.DONE, body={}))
    session.execute(delete(Conversation).where(Conversation.account_id == account))
    session.execute(delete(FirstWords).where(FirstWords.account_id == account))
    session.execute(delete(Menu).where(Menu.account_id == account))


def _empty_office_journal(records: Records, person: Person, *, because: str) -> None:
    """Erase words and names of a person from the office's journal, where it has any."""
    chain = locked_office_chain(records.session)
    with_words = (Entry.chain_id == Payload.chain_id) & (Entry.sequence == Payload.sequence)
    found = select(Entry).join(Payload, with_words).where(Entry.chain_id == chain.id, Payload.secrets.is_not(None))
    entries = records.session.scalars(found.order_by(Entry.sequence).options(joinedload(Entry.payload))).all()
    wanted = {entry.sequence: keys for entry in entries if (keys := _keys(entry, person.id))}
    if wanted:
        erasing.erase(
            records.session,
            chain,
            wanted,
            entries=entries,
            actor_id=None,
            capacity=SYSTEM,
            at=records.at,
            because=because,
            person=person.id,
        )


def _keys(entry: Entry, person_id: int) -> set[str]:
    body = erasing.body_of(entry)
    theirs = entry.actor_id == person_id or person_id in (body.get("person"), body.get("away"))
    return set(personal.PERSONAL & body.keys()) if theirs else set()


def unfinished(session: Session) -> Sequence[int]:
    """Return the numbers of the persons whose erasure is under way."""
    return session.scalars(select(Person.id).where(Person.erasing_after.is_not(None)).order_by(Person.id)).all()


def go_on(records: Records, person_id: int, *, limit: int = BATCH) -> bool:
    """Erase what an erased person wrote in the next cases. Returns whether there may be more.

    Two processes may do so at once: what one has erased, the other does not find.
    """
    person = records.session.get(Person, person_id)
    if person is None or person.erasing_after is None:
        return False
    after = select(Case.id).where(Case.id > person.erasing_after).order_by(Case.id).limit(limit)
    looked = records.session.scalars(after).all()
    if not looked:
        person.erasing_after = None
        return False
    because = _because(records, person)
    for case_id in cases_with(records, person, looked):
        erase_words(records, case_id, person.id, because=because)
    person.erasing_after = looked[-1]
    return True


def go_on_with_all(records: Records) -> bool:
    """Go on with the first erasure that is under way. Returns whether there may be more to do."""
    return any(go_on(records, person_id) for person_id in unfinished(records.session)[:1])


def _because(records: Records, person: Person) -> str:
    """Return why a person was erased, as the office's journal has it."""
    chain = select(Chain.id).where(Chain.subject == OFFICE_CHAIN).scalar_subquery()
    told = select(Payload.body).where(Payload.chain_id == chain, Payload.sequence == person.erased_in)
    return str((records.session.scalar(told) or {}).get("because", ""))
