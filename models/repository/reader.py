"""Looking at the office and at cases without a lock, on a snapshot: for lists, cards, papers and figures.

A `Reader` works in any transaction, also in one that cannot write (`Database.read`). It waits for no lock and
keeps no writer waiting. It takes what its transaction has read before as that transaction has left it, so that a
decision's own cards are drawn without reading the case again. What it finds may be out of date by the time it is shown:
nothing may be decided on it. `Records` locks and reads for a decision.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from models.case.case import Case
from models.case.question import Question
from models.case.standing import Standing
from models.case.task import Task
from models.mail.conversation import Conversation
from models.office.office import Office
from models.office.person import Person
from models.refusals.reports import UnknownCase
from models.repository import whole_case
from models.repository.already_read import already_read
from models.repository.calendars import tenures_and_calendar
from models.repository.finder import Finder
from models.repository.lookup import Lookup, by_key
from models.repository.whole_case import Way

ADMINS = Lookup(select(Person).where(Person.is_admin).order_by(Person.id), freshly=True)


class Reader(Finder):
    """The way from a transaction to how things stand at the instant `at`."""

    def office(self) -> Office:
        """Return the office with every tenure that lasts, and its admins."""
        known = already_read(self.session)
        if known.tenures is None or known.calendar is None:
            filed = self.rules.office.calendar
            found = tenures_and_calendar(self.session, filed)
            known.tenures, known.away, known.calendar = found.tenures, found.away, found.calendar
        rules = self.rules.with_calendar(known.calendar)
        return Office(rules=rules, tenures=known.tenures, find_admins=self._admins, away=known.away)

    def case(self, case_id: int) -> Standing:
        """Return how a case stands. Raises `UnknownCase`."""
        return self._found(whole_case.BY_ID, case_id, lambda case: case.id == case_id)

    def case_numbered(self, number: str) -> Standing:
        """Return how the case with this number stands, such as `SW-2026-0147`. Raises `UnknownCase`."""
        case_id = self.session.scalar(select(Case.id).where(Case.number == number))
        if case_id is None:
            raise UnknownCase(number)
        return self.case(case_id)

    def task(self, task_id: int) -> tuple[Standing, Task]:
        """Return a task, and how the case that it belongs to stands. Raises `UnknownCase`."""
        standing = self._found(whole_case.BY_TASK, task_id, lambda case: any(task.id == task_id for task in case.tasks))
        return standing, next(task for task in standing.case.tasks if task.id == task_id)

    def question(self, question_id: int) -> tuple[Standing, Question]:
        """Return a question, and how its case stands. Raises `UnknownCase`."""
        question = self.session.get(Question, question_id)
        if question is None:
            raise UnknownCase("")
        return self.case(question.case_id), question

    def conversation(self, account_id: int) -> Conversation | None:
        """Return the thread of this private chat, None before the first message."""
        return by_key(self.session, Conversation, account_id)

    def _found(self, way: Way, number: int, wanted: Callable[[Case], bool]) -> Standing:
        case = next(filter(wanted, already_read(self.session).cases), None)
        if case is None:
            case = whole_case.read_one(self.session, way, number)
            if case is None:
                raise UnknownCase(str(number))
            already_read(self.session).keep(case)
        return Standing(case, office=self.office(), at=self.at)

    def _admins(self) -> Sequence[Person]:
        return ADMINS.all(self.session, {})
