"""What a person is still to hear, changed by two processes at once: neither forgets what the other has learnt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup
from sqlalchemy import select, update

from bot.notices.job import Delivered, Job
from bot.notices.outbox import Outbox
from bot.replicas.leases import Claim, Sole
from handlers.delivery.plan import Send
from handlers.texts.catalogue import Texts
from models.chase import asking
from models.chase.sweep import Sweep, chase_due
from models.mail.card import Card, CardKind
from models.mail.lease import LeaseKind
from models.mail.notice import IS_REMINDER, Notice, NoticeKind
from models.office.attention import note_act, pending_of
from models.office.person import Person
from models.repository.people_lock import PeopleLock
from models.repository.records import Records
from tests.models.repository.test_lock_order import Rank, in_order, locks
from tests.models.rivals import meet, race

if TYPE_CHECKING:
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("postgresql")

EVENING = timedelta(hours=13)
"""From the opening of a day to its evening."""


def asked(bureau: Bureau, *reporters: str) -> list[int]:
    """Let Rina ask each of the reporters something at step 5, and return the tasks."""
    tasks = []
    for reporter in reporters:
        case_id = bureau.begins(reporter)
        bureau.walks(case_id, until=5)
        bureau["rina"].starts(case_id)
        bureau["rina"].asks(case_id)
        tasks.append(bureau.task(case_id).id)
    return tasks


def person(bureau: Bureau, name: str) -> Person:
    return bureau.work(lambda records: records.session.get_one(Person, bureau[name].id))


def answers(bureau: Bureau, name: str, question_id: int) -> Callable[[Records], None]:
    def answer(records: Records) -> None:
        proceeding, question = records.question(question_id)
        by = records.session.get_one(Person, bureau[name].id)
        proceeding.answer(question, by=by, text="ORA-00018.")
        records.note_act(by)

    return answer


def acts(bureau: Bureau, name: str) -> Callable[[Records], None]:
    return lambda records: records.note_act(records.session.get_one(Person, bureau[name].id))


def arrives(bureau: Bureau, notice_id: int, message_id: int, *, silent: bool) -> Callable[[Records], bool]:
    """Return the work of the courier that keeps the arrival of a notice."""
    texts = Texts.load(bureau.rules.office.calendar.zone)
    outbox = Outbox(rules=bureau.rules, texts=texts, now=lambda: bureau.at, leases=Sole())

    def keep(records: Records) -> bool:
        chat_id = records.session.get_one(Notice, notice_id).chat_id
        plan = Send(chat_id, Markup("Kartu"), silent=silent, digest="a digest")
        job = Job(Claim(LeaseKind.OUTBOX, chat_id, 0, 0), chat_id, notice_id, 1, plan)
        return outbox.outcomes.keep(records.session, Delivered(job, message_id=message_id))

    return keep


def cards_of(bureau: Bureau, name: str) -> Iterator[int]:
    """Return the notices of the cards of tasks that a person is owed."""
    cards = select(Card.id).where(Card.kind == CardKind.TASK, Card.person_id == bureau[name].id)
    owed = select(Notice.id).where(Notice.kind == NoticeKind.CARD, Notice.card_id.in_(cards)).order_by(Notice.id)
    yield from bureau.work(lambda records: records.session.scalars(owed).all())


@contextmanager
def nobody_waits_crosswise(bureau: Bureau) -> Iterator[None]:
    """Hold that the arrival of a card locks the card before its reader."""
    with locks(bureau) as taken:
        yield
    assert in_order(taken), taken
    assert {Rank.CARD, Rank.PERSON} <= set(taken)


def test_two_answers_that_come_silently_are_both_named_by_the_next_reminder(bureau: Bureau) -> None:
    tasks = asked(bureau, "budi", "dewi")
    bureau.passes(EVENING)
    meet(bureau, answers(bureau, "budi", 1), answers(bureau, "dewi", 2))
    assert set(pending_of(person(bureau, "rina"))) == set(tasks)


def test_two_cards_that_arrive_silently_are_both_named_by_the_next_reminder(bureau: Bureau) -> None:
    bureau.passes(EVENING)
    tasks = [bureau.task(bureau.begins(name)).id for name in ("budi", "dewi")]
    first, second = cards_of(bureau, "bambang")
    meet(bureau, arrives(bureau, first, 51, silent=True), arrives(bureau, second, 52, silent=True))
    assert set(pending_of(person(bureau, "bambang"))) == set(tasks)


def test_the_arrival_of_a_card_locks_the_card_before_its_reader(bureau: Bureau) -> None:
    bureau.passes(EVENING)
    bureau.begins("budi")
    with nobody_waits_crosswise(bureau):
        bureau.work(arrives(bureau, next(cards_of(bureau, "bambang")), 51, silent=True))


def test_an_answer_locks_the_cards_that_it_changes_before_the_holders_of_the_task(bureau: Bureau) -> None:
    asked(bureau, "budi")
    bureau.passes(EVENING)
    with nobody_waits_crosswise(bureau):
        bureau.work(answers(bureau, "budi", 1))


def test_reminding_reporters_locks_cases_cards_and_people_in_this_order(bureau: Bureau) -> None:
    asked(bureau, "budi", "dewi")
    bureau.works(60 * 10)
    bureau.work(asking.remind_due)
    bureau.works(60 * 10)
    with locks(bureau) as taken:
        bureau.work(asking.remind_due)
    assert in_order(taken), taken
    assert {Rank.CASE, Rank.CARD, Rank.PERSON} <= set(taken)


def reminded(bureau: Bureau) -> None:
    """Let Bambang be reminded once, and let it be time for the next reminder."""
    bureau.begins("budi")
    bureau.works(24)
    bureau.sweeps()
    assert person(bureau, "bambang").unanswered == 1
    bureau.works(31)


def reminders(bureau: Bureau) -> int:
    owed = select(Notice.id).where(IS_REMINDER, Notice.person_id == bureau["bambang"].id)
    return len(bureau.work(lambda records: records.session.scalars(owed).all()))


def test_nobody_is_reminded_who_acts_while_the_sweep_comes_to_them(bureau: Bureau) -> None:
    reminded(bureau)

    def has_acted(records: Records) -> None:
        bambang = records.session.get_one(Person, bureau["bambang"].id, with_for_update=True)
        note_act(bambang, records.office_file, at=records.at)

    _, swept = meet(bureau, has_acted, chase_due)
    assert isinstance(swept.result, Sweep)
    assert (person(bureau, "bambang").unanswered, reminders(bureau)) == (0, 1)


def test_an_act_that_waits_for_a_sweep_answers_the_reminder_of_it(bureau: Bureau) -> None:
    reminded(bureau)
    meet(bureau, chase_due, acts(bureau, "bambang"))
    assert (person(bureau, "bambang").unanswered, reminders(bureau)) == (0, 2)


def test_a_sweep_that_takes_a_task_to_another_desk_locks_its_cards_before_people(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Siti cannot be written to: once her task is late, it goes to Bambang, and her card loses its force."""
    bureau["bambang"].forwards(bureau.begins("budi"))
    away = update(Person).where(Person.id == bureau["siti"].id).values(unreachable_since=bureau.at)
    bureau.work(lambda records: records.session.execute(away))
    bureau.works(32)
    free: list[list[int]] = []

    def lock_people(self: Records, person_ids: Iterable[int]) -> None:
        others = select(Card.id).where(Card.task_id == 2, Card.live).with_for_update(skip_locked=True)
        with bureau.engine.connect() as beside:
            free.append(list(beside.scalars(others)))
        PeopleLock.lock_people(self, person_ids)

    monkeypatch.setattr(Records, "lock_people", lock_people)
    bureau.sweeps()
    assert free == [[]], "nobody else could lock them by then"
    assert bureau.live(2) == ["bambang"]


def test_taps_arrivals_and_a_sweep_at_once_stand_in_nobodys_way(bureau: Bureau) -> None:
    """Each of them changes what Bambang is to hear, and cards of his. None is run a second time."""
    reminded(bureau)
    (first,) = cards_of(bureau, "bambang")
    bureau.begins("dewi")
    _, second = cards_of(bureau, "bambang")

    def decides(records: Records) -> None:
        proceeding, task = records.task(1)
        proceeding.forward(task, by=records.tenure(proceeding.holders(task)[0], task))
        records.note_act(records.session.get_one(Person, bureau["bambang"].id))

    pieces: list[Callable[[Records], object]] = [
        decides,
        chase_due,
        arrives(bureau, first, 51, silent=True),
        arrives(bureau, second, 52, silent=True),
    ]
    done = race(bureau, pieces)
    assert [one.tries for one in done] == [1] * len(pieces)
    assert bureau.breach(1) is None
