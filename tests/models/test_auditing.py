"""The second pair of eyes: what stands still without anybody knowing is found, and mended where it can be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from models.auditing import Audit, audit
from models.ladder import Rung
from models.mailbox import Card, Notice, NoticeKind, NoticeState
from models.office import Person
from models.proceeding import Proceeding
from models.task import Task

if TYPE_CHECKING:
    from models.records import Records
    from tests.models.conftest import Bureau

NOTHING = Audit(timed=0, reissued=0, stuck=[], last=None)


def all_is_sent(records: Records) -> None:
    """Let every card have arrived."""
    records.session.execute(update(Notice).values(state=NoticeState.SENT))
    records.session.execute(update(Card).values(message_id=Card.id + 100))


def test_a_case_on_its_way_leaves_nothing_to_do(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    assert bureau.work(audit) == NOTHING, "the card is still owed, and that is enough"
    bureau.work(all_is_sent)
    assert bureau.work(audit) == NOTHING
    bureau.finishes(case_id)
    assert bureau.work(audit) == NOTHING


def test_a_task_that_lost_its_timer_gets_it_back(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    before = bureau.task(case_id).chase_at
    assert before is not None
    bureau.work(lambda records: records.session.execute(update(Task).values(chase_at=None)))
    assert bureau.work(audit).timed == 1
    assert bureau.task(case_id).chase_at == before
    assert bureau.work(audit) == NOTHING


def test_a_holder_whom_no_card_reached_gets_a_fresh_one(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task = bureau.task(case_id)
    bureau.work(lambda records: records.session.execute(update(Notice).values(state=NoticeState.UNDELIVERABLE)))
    assert bureau.work(audit).reissued == 1
    assert bureau.live(task.id) == ["bambang"], "the card that never arrived has lost its force"
    assert bureau.work(audit) == NOTHING


def test_of_several_holders_only_the_one_without_a_card_gets_one(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task = bureau.walks(case_id, until=5)
    bureau.work(all_is_sent)
    both = bureau.live(task.id)
    assert len(both) == 2
    andi = bureau["andi"].id
    lost = update(Card).where(Card.task_id == task.id, Card.person_id == andi).values(live=False)
    bureau.work(lambda records: records.session.execute(lost))
    assert bureau.work(audit).reissued == 1
    assert sorted(map(str, bureau.live(task.id))) == sorted(map(str, both))


def test_a_colleague_of_the_assignee_is_dealt_no_card(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task = bureau.walks(case_id, until=5)
    bureau.work(all_is_sent)
    rina, andi = bureau["rina"].id, bureau["andi"].id

    def assign(records: Records) -> None:
        records.session.execute(update(Task).where(Task.id == task.id).values(assignee_id=rina))
        records.session.execute(update(Card).where(Card.person_id == andi).values(live=False))

    bureau.work(assign)
    assert bureau.work(audit) == NOTHING


def test_somebody_known_to_be_unreachable_is_not_written_to_again_and_again(bureau: Bureau) -> None:
    bureau.begins("budi")

    def block(records: Records) -> None:
        records.session.execute(update(Notice).values(state=NoticeState.UNDELIVERABLE))
        records.session.execute(update(Person).values(unreachable_since=records.at))

    bureau.work(block)
    assert bureau.work(audit) == NOTHING
    bureau.work(lambda records: records.session.execute(update(Person).values(unreachable_since=None)))
    assert bureau.work(audit).reissued == 1


def test_an_open_case_without_an_open_task_is_named(bureau: Bureau) -> None:
    bureau.begins("budi")
    case_id = bureau.begins("budi")
    bureau.work(
        lambda records: records.session.execute(
            update(Task).where(Task.case_id == case_id).values(closed_at=records.at, chase_at=None)
        )
    )
    number = bureau.case(case_id).number
    assert bureau.work(audit).stuck == [number]
    alerts = bureau.notices(NoticeKind.ALERT)
    assert [(one.body["code"], one.body["data"]) for one in alerts] == [("alert-stuck", {"number": number})]
    assert bureau.work(audit).stuck == [number]
    assert len(bureau.notices(NoticeKind.ALERT)) == len(alerts), "told once"


def test_a_task_that_cannot_be_audited_keeps_no_other_from_it(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = (bureau.task(bureau.begins("budi", text)) for text in ("rusak", "utuh"))
    bureau.work(lambda records: records.session.execute(update(Task).values(chase_at=None)))
    next_rung = Proceeding.next_rung

    def faulty(proceeding: Proceeding, task: Task) -> Rung:
        if task.id == broken.id:
            raise LookupError("on purpose")
        return next_rung(proceeding, task)

    monkeypatch.setattr(Proceeding, "next_rung", faulty)
    assert bureau.work(audit).timed == 1
    assert bureau.task(sound.case_id).chase_at is not None
    assert f"task {broken.id} cannot be audited" in caplog.text


def test_a_long_list_is_looked_at_in_parts(bureau: Bureau) -> None:
    for number in range(5):
        bureau.begins("budi", f"laporan {number}")
    bureau.work(lambda records: records.session.execute(update(Task).values(chase_at=None)))
    after: int | None = 0
    timed = []
    while after is not None:
        seen = bureau.work(partial(audit, after=after, batch=2))
        timed.append(seen.timed)
        after = seen.last
    assert timed == [2, 2, 1]
