"""Whether a person can be reached: they may block the bot and let it back in, while work waits for them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Select, select

from models.administration.appointment import redraw_lists, require_admin
from models.administration.copies import give_again
from models.administration.dealing import reseat, tasks_to_decide
from models.case.case import Case, CaseState
from models.case.joined_report import THERE, JoinedReport
from models.case.question import Question
from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.mail.notice import Notice, NoticeKind, NoticeState, Priority
from models.office.attention import want_reminder
from models.office.person import Obstacle, Person, reachable, unique
from models.refusals.work import CardOutOfDate
from models.repository.records import Records

_LATELY = timedelta(days=30)
"""How long ago a case may have ended whose result is shown again in a new chat."""

_RESULTS = 10
"""How many of these are shown, the newest ones."""


def lost(records: Records, person: Person, *, obstacle: Obstacle) -> bool:
    """Note that `person` cannot be written to because of `obstacle`. Returns whether it was not known before.

    The admins are told, once in an outage, with all that waits for the person; where tasks wait, so are the watchers
    and the superiors of their posts.
    """
    if _is_away(person, records):
        person.unreachable_because = obstacle
        if person.tried_at is not None:
            redraw_lists(records)
        return False
    person.unreachable_since, person.unreachable_because = records.at, obstacle
    office, waiting = records.lock_office(), tasks_to_decide(records, person)
    recipients = [*office.admins, *(office.watchers() if waiting else [])]
    for _, task in waiting:
        recipients += office.told_above(task.post, besides=[person])
    numbers = correspondence.listed([one.case.number for one, _ in waiting])
    data = {"name": person.name, "count": len(waiting), "number": numbers, "why": obstacle.value}
    body = {"code": "person-unreachable", "data": data}
    for one in reachable(unique(recipients)):
        if one.id != person.id:
            records.owe(correspondence.notice(NoticeKind.ALERT, one, at=records.at, priority=Priority.CARD, body=body))
    records.log_office("unreachable", person, why=obstacle.value)
    for proceeding, task in waiting:
        proceeding.bring_in_step(task)
    reseat(records)
    return True


def regained(records: Records, person: Person, *, arrived: Card | None = None) -> None:
    """Note that `person` can be written to again, and give them what waits: open tasks, and cards never delivered.

    `arrived` is the card that reached them and so showed it; what is still owed to them arrives by itself.
    """
    if person.unreachable_since is None or not _is_away(person, records):
        return
    person.unreachable_since = person.unreachable_because = None
    if person.tried_at is not None:
        person.tried_at = None
        redraw_lists(records)
    reseat(records)
    records.flush()
    coming: set[int | None] = {arrived.id} if arrived is not None else set()
    coming.update(records.session.scalars(_owed_cards(person)))
    for proceeding, task in tasks_to_decide(records, person):
        if not any(shown.kind is CardKind.TASK and shown.id in coming for shown in task.live_cards):
            proceeding.reissue(task, [person])
    for shown in _undelivered(records, person):
        records.owe(correspondence.notice(NoticeKind.CARD, person, at=records.at, priority=Priority.CARD, card=shown))
    records.log_office("reachable", person)


def try_again(records: Records, person: Person, *, by: Person) -> bool:
    """Let a message be sent to `person` now, who could not be written to. Returns whether that was still so.

    If it arrives, they get what waits (`regained`); if not, the lists of the admins say so. `by` is an admin. While one
    is on its way no second one is sent. Raises `NotAdmin`, and `CardOutOfDate` where no account is bound.
    """
    require_admin(records, by)
    if person.account_id is None:
        raise CardOutOfDate
    if not _is_away(person, records):
        return False
    owed = select(Notice.id).where(Notice.chat_id == person.account_id, Notice.state == NoticeState.OWED)
    if person.tried_at is None or records.session.scalar(owed.limit(1)) is None:
        body = {"code": "try-again", "data": {}}
        records.owe(correspondence.notice(NoticeKind.SAY, person, at=records.at, priority=Priority.CARD, body=body))
    person.tried_at = records.at
    records.log_office("try-again", by, capacity="admin", person=person.id)
    return True


def returned(records: Records, person: Person) -> None:
    """Give `person`, who has an account again, what was in the chat that they lost, as things stand now.

    These are the open tasks of their posts, where their open reports stand, the questions that wait for their answer,
    what came of their latest reports, unless they have said whether it helped, and copies that they have not read. A
    report that was joined to a case is theirs as well.
    """
    if person.pending:
        want_reminder(person, records.at)
    reseat(records, *records.lock_office().posts_of(person))
    theirs = select(Case.id).where(Case.reporter_id == person.id)
    joined = select(JoinedReport.case_id).where(JoinedReport.person_id == person.id, THERE)
    with_others = select(Case.id).where(Case.id.in_(joined), Case.state == CaseState.OPEN).order_by(Case.id)
    under_way = theirs.where(Case.state == CaseState.OPEN).order_by(Case.id)
    shown = [*_silent_of_lately(records, person), *records.session.scalars(under_way)]
    questions = _open_questions(records, shown)
    for proceeding in records.cases(shown):
        if proceeding.case.state is not CaseState.OPEN:
            proceeding.owe_result_to(person)
            continue
        proceeding.inform()
        for question in questions[proceeding.case.id]:
            proceeding.owe_question(question)
    for proceeding in records.cases(records.session.scalars(with_others).all()):
        proceeding.inform_one(person)
    give_again(records, person)


def _silent_of_lately(records: Records, person: Person) -> list[int]:
    """Return the cases that ended lately of whose result `person` has said nothing, though it is theirs to say.

    What they reported first is asked of the case, what they joined of their part in it.
    """
    lately = Case.state == CaseState.CLOSED, Case.closed_at > records.at - _LATELY
    first, word = Case.reporter_id == person.id, JoinedReport.helped.is_(None)
    joined = select(Case.id).join(JoinedReport, JoinedReport.case_id == Case.id)
    newest = [
        select(Case.id).where(first, *lately, Case.helped.is_(None)),
        joined.where(JoinedReport.person_id == person.id, THERE, word, ~first, *lately).distinct(),
    ]
    found = {
        case_id for one in newest for case_id in records.session.scalars(one.order_by(Case.id.desc()).limit(_RESULTS))
    }
    return sorted(found)[-_RESULTS:]


def _open_questions(records: Records, case_ids: Sequence[int]) -> defaultdict[int, list[Question]]:
    """Return the questions of the cases that wait for an answer, by the case's number."""
    waiting = select(Question).where(Question.case_id.in_(case_ids), Question.answered_at.is_(None))
    found = defaultdict[int, list[Question]](list)
    for question in records.session.scalars(waiting.order_by(Question.id)):
        found[question.case_id].append(question)
    return found


def _is_away(person: Person, records: Records) -> bool:
    """Whether `person` cannot be written to, as was noted last; nobody else notes anything until this work is over."""
    records.lock_office_to_change()
    records.session.refresh(person)
    return person.unreachable_since is not None


def _undelivered(records: Records, person: Person) -> list[Card]:
    """Return the living cards of `person` that never arrived and that nothing will deliver; tasks have fresh ones."""
    lasting = Card.live, Card.message_id.is_(None), Card.kind.not_in([CardKind.TASK, CardKind.NUDGE])
    statement = select(Card).where(Card.chat_id == person.account_id, *lasting, Card.id.not_in(_owed_cards(person)))
    return list(records.session.scalars(statement.order_by(Card.id)))


def _owed_cards(person: Person) -> Select[int | None]:
    """Select the cards that are on their way to `person`."""
    return select(Notice.card_id).where(
        Notice.chat_id == person.account_id,
        Notice.state == NoticeState.OWED,
        Notice.kind == NoticeKind.CARD,
        Notice.card_id.is_not(None),
    )
