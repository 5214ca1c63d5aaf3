"""The promises of the design, I1 to I9, held against an office after its year; chases (I4) are in `chases.py`."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

from sqlalchemy import func, select, text

from models.case.case import Case, CaseState
from models.case.task import Task
from models.journal.chain import Entry
from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.mail.notice import Notice, NoticeState
from models.proof import verification
from models.repository.records import Records
from tests.bot.export.holding import acted_without_holding
from tests.year.house import House

ASSIGNS = range(1, 5)
"""The rows of the SOP that assign; the fifth handles, sixth to eighth judge, the ninth ends."""

ENDED = 10
JUDGES = range(6, 9)
_ONWARD = {6: "pass", 7: "pass", 8: "approve", 9: "acknowledge"}


def check(house: House) -> Iterator[str]:
    """Go through what was broken."""
    yield from house.evidence.faults
    yield from _reports(house)
    yield from _order(house)
    for broken in (_delivered, _open_cases, _undeliverable, _sound):
        yield from house.work(partial(_listed, broken, house))
    yield from _proved(house)
    yield from _converged(house)


def _listed(broken: Callable[[House, Records], Iterator[str]], house: House, records: Records) -> list[str]:
    return list(broken(house, records))


def _reports(house: House) -> Iterator[str]:
    """I1: each report that was sent is one case of who sent it, and each case was reported."""
    found = Counter(house.docket.texts.values())
    for words in house.evidence.reports:
        if found[words] != 1:
            yield f"I1: “{words}” is {found[words]} cases"
    for case, words in house.docket.texts.items():
        if house.evidence.reports.get(words) != house.docket.reporters[case]:
            yield f"I1: {case} “{words}” is of {house.docket.reporters[case]}"


def _order(house: House) -> Iterator[str]:
    """I2: the tasks of a case follow each other as the rows of the SOP allow."""
    for case, tasks in house.docket.tasks.items():
        if tasks[0].step != 1:
            yield f"I2: {case} begins at step {tasks[0].step}"
        for before, after in pairwise(tasks):
            if after.step not in _following(before.step, before.action):
                yield f"I2: {case} goes from {before.step} to {after.step} by {before.action}"
        last = tasks[-1]
        if last.closed is not None and ENDED not in _following(last.step, last.action):
            yield f"I2: {case} ends at {last.step} by {last.action}"
    read = Counter(line.subject for line in house.docket.lines)
    told = house.work(lambda records: records.session.scalar(select(func.count()).select_from(Entry)) or 0)
    office = house.office_lines
    if read.total() + office != told:
        yield f"I2: {read.total()} + {office} entries were seen, and {told} are kept"


def _following(step: int, action: str) -> set[int]:
    """Return the rows to which a decision may lead, `ENDED` where the case may end."""
    if action == "recall":
        return {step - 1}
    if action == "withdraw":
        return {ENDED} if step <= ASSIGNS.stop else set()
    if action == "forward" and step in ASSIGNS:
        return {step + 1}
    if action == "send-back" and step in ASSIGNS:
        return set(range(1, step))
    if action == "decline" and step == 1:
        return {ENDED}
    if action == "submit" and step == ASSIGNS.stop:
        return {step + 1}
    if action == "return" and step in JUDGES:
        return {ASSIGNS.stop}
    return {step + 1} if _ONWARD.get(step) == action else set()


def _delivered(_: House, records: Records) -> Iterator[str]:
    """I3: nothing is owed any more."""
    owed = records.session.scalars(select(Notice).where(Notice.state == NoticeState.OWED)).all()
    yield from (f"I3: notice {one.id} ({one.kind}) to {one.chat_id} is still owed" for one in owed)


def _open_cases(house: House, records: Records) -> Iterator[str]:
    """I5: an open case has one open task with a timer or a pause, and the journal tells the same."""
    waiting: dict[int, list[Task]] = {}
    for task in records.session.scalars(select(Task).where(Task.closed_at.is_(None))):
        waiting.setdefault(task.case_id, []).append(task)
        if (task.chase_at is None) != (task.paused_at is not None):
            yield f"I5: task {task.id} has no timer and does not pause, or both"
    open_cases = records.session.scalars(select(Case).where(Case.state == CaseState.OPEN)).all()
    for case in open_cases:
        if len(waiting.pop(case.id, [])) != 1:
            yield f"I5: {case.number} has not one open task"
    if waiting:
        yield f"I5: cases that have ended have open tasks: {sorted(waiting)}"
    if len(open_cases) != len(house.docket.waiting):
        yield f"I5: {len(open_cases)} cases are open, by the journal {len(house.docket.waiting)}"
    taken = len(house.evidence.reports)
    if len(house.docket.tasks) != taken:
        yield f"I1: {taken} reports were sent, and {len(house.docket.tasks)} cases are kept"


def _undeliverable(house: House, records: Records) -> Iterator[str]:
    """I7: of each person who could not be written to the admins were told, and the journals of their cases tell it."""
    failed = records.session.scalars(select(Notice).where(Notice.state == NoticeState.UNDELIVERABLE)).all()
    told = {line.subject for line in house.docket.lines if line.action == "undelivered"}
    numbers = dict(records.session.execute(select(Case.id, Case.number)).all())
    silent = {"refresh", "withdraw", "alert"}
    for notice in failed:
        if notice.case_id is not None and notice.kind not in silent and f"case:{numbers[notice.case_id]}" not in told:
            yield f"I7: notice {notice.id} could not be delivered, and the journal is silent"
    alerts = records.session.scalars(select(Notice).where(Notice.body["code"].as_string() == "person-unreachable"))
    if failed and not house.evidence.outages and not list(alerts):
        yield "I7: something could not be delivered, and nobody was told"


def _sound(_: House, records: Records) -> Iterator[str]:
    """I9: the database itself finds nothing wrong."""
    if records.session.get_bind().dialect.name != "sqlite":
        return
    for pragma, sound in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
        found = [tuple(row) for row in records.session.execute(text(f"PRAGMA {pragma}"))]
        if found != sound:
            yield f"I9: {pragma}: {found[:5]}"


def _proved(house: House) -> Iterator[str]:
    """I6: the journal replays to how things are, its chains verify, and who acted for a post held it then."""
    found = house.work(lambda records: verification.verify(records.session))
    if not found.verifies:
        yield f"I6: {found}"
    yield from (f"I6: {one}" for one in house.work(lambda records: acted_without_holding(records.session)))


def _converged(house: House) -> Iterator[str]:
    """I8: whatever is drawn again shows nothing new."""
    edits = house.edits

    def redraw(records: Records) -> None:
        shown = select(Card).where(Card.live, Card.message_id.is_not(None), Card.kind == CardKind.TASK)
        records.owe(*(correspondence.refresh(card, at=records.at) for card in records.session.scalars(shown)))

    house.work(redraw)
    house.deliver_all()
    if house.edits != edits:
        yield f"I8: {house.edits - edits} cards did not show how things stand"
