"""Finding single rows without a lock: by account, by code, by person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.case.case import Case
from models.case.draft import DispositionDraft, ReportDraft
from models.case.selection import Selection
from models.case.task import Task
from models.mail.card import Card
from models.office.invitation import Invite, code_digest
from models.office.person import Person
from models.office.registration import Registration
from models.refusals.registration import NotRegistered
from models.repository.already_read import already_read
from models.repository.calendars import calendar_in_force
from models.repository.lookup import Lookup, by_key
from models.repository.whole_case import FRESHLY
from models.rules.office_file import OfficeFile
from models.rules.rules import Rules
from models.rules.work_calendar import WorkCalendar

_BY_ACCOUNT = Lookup(select(Person).where(Person.account_id == bindparam("account_id")), freshly=True)
_PREPARED = Lookup(
    select(DispositionDraft).where(
        DispositionDraft.person_id == bindparam("person"), DispositionDraft.task_id == bindparam("task")
    )
)


class Finder:
    """The way from a transaction to single rows, at the instant `at`.

    `rules` are as they are on file. Their calendar is only a part of the one in force, which is `calendar`.
    """

    def __init__(self, session: Session, *, rules: Rules, at: datetime) -> None:
        self.session = session
        self.rules = rules
        self.at = at

    @property
    def calendar(self) -> WorkCalendar:
        """The calendar in force in this transaction, with what admins have entered in chat."""
        known = already_read(self.session)
        if known.calendar is None:
            known.calendar = calendar_in_force(self.session, self.rules.office.calendar)
        return known.calendar

    @property
    def office_file(self) -> OfficeFile:
        """The office file with the calendar in force in this transaction."""
        return self.rules.with_calendar(self.calendar).office

    def person(self, account_id: int) -> Person | None:
        """Return the person bound to this Telegram account."""
        return _BY_ACCOUNT.first(self.session, {"account_id": account_id})

    def known(self, account_id: int) -> Person:
        """Return the person bound to this Telegram account. Raises `NotRegistered`."""
        person = self.person(account_id)
        if person is None:
            raise NotRegistered
        return person

    def registration(self, account_id: int) -> Registration | None:
        """Return the registration that this account is in the middle of."""
        return self.session.get(Registration, account_id, populate_existing=True)

    def invite(self, code: str) -> Invite | None:
        """Return the invite with this code."""
        found = select(Invite).where(Invite.digest == code_digest(code))
        return self.session.scalar(found, execution_options=FRESHLY)

    def person_by_id(self, person_id: int | None) -> Person | None:
        """Return the person with this number; None where there is none, and for None."""
        return by_key(self.session, Person, person_id) if person_id is not None else None

    def card_by_id(self, card_id: int | None) -> Card | None:
        """Return the card with this number; None where there is none, and for None."""
        return by_key(self.session, Card, card_id) if card_id is not None else None

    def invite_by_id(self, invite_id: int | None) -> Invite | None:
        """Return the invite with this number; None where there is none, and for None."""
        return self.session.get(Invite, invite_id) if invite_id is not None else None

    def report_draft(self, person: Person) -> ReportDraft | None:
        """Return the report that `person` is writing."""
        written = ReportDraft.person_id == person.id, ReportDraft.waits_until.is_(None)
        return self.session.scalar(select(ReportDraft).where(*written))

    def report_drafts(self, person: Person) -> Sequence[ReportDraft]:
        """Return the report that `person` is writing and those that wait, the oldest first."""
        theirs = select(ReportDraft).where(ReportDraft.person_id == person.id)
        return self.session.scalars(theirs.order_by(ReportDraft.id)).all()

    def draft_on(self, card_id: int | None, person: Person) -> ReportDraft | None:
        """Return the report of `person` that this card shows."""
        shown = ReportDraft.person_id == person.id, ReportDraft.card_id == card_id
        return self.session.scalar(select(ReportDraft).where(*shown)) if card_id is not None else None

    def prepared(self, person_id: int, task: Task) -> DispositionDraft | None:
        """Return the instructions and the note that a person has prepared for `task`, if any."""
        return _PREPARED.first(self.session, {"person": person_id, "task": task.id})

    def prepared_for(self, person_id: int, task_ids: Sequence[int]) -> dict[int, DispositionDraft]:
        """Return what a person has prepared for some tasks, by the number of the task."""
        theirs = DispositionDraft.person_id == person_id, DispositionDraft.task_id.in_(task_ids)
        return {draft.task_id: draft for draft in self.session.scalars(select(DispositionDraft).where(*theirs))}

    def selection(self, person_id: int, card_id: int) -> Selection | None:
        """Return what a person is choosing on this list; None where they are not, or no longer."""
        selection = self.session.get(Selection, person_id)
        if selection is None or selection.card_id != card_id or not selection.lasts(at=self.at):
            return None
        return selection

    def case_number(self, case_id: int | None) -> str:
        """Return the number of a case, "" where there is none; asked for None, SQLite would look through all cases."""
        if case_id is None:
            return ""
        return self.session.scalar(select(Case.number).where(Case.id == case_id)) or ""
