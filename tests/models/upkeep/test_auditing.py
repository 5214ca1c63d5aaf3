"""The second pair of eyes: what stands still without anybody knowing is found, and mended where it can be."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select, update

from models.case.draft import LIES_FOR, ReportDraft
from models.case.question import Question
from models.case.task import Task
from models.mail.card import Button, Card, CardKind
from models.mail.notice import Notice, NoticeKind, NoticeState
from models.office.person import Person
from models.upkeep import auditing
from models.upkeep.auditing import Audit, audit
from tests.models.bureau import MONDAY

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

NOTHING = Audit(stuck=[])


def all_is_sent(records: Records) -> None:
    """Let every card have been drawn as things stand, and have arrived."""
    for card, task in records.session.execute(select(Card, Task).join(Task, Task.id == Card.task_id).where(Card.live)):
        drawn = select(Button.token).where(Button.card_id == card.id, Button.version == task.version)
        if card.kind == CardKind.TASK and records.session.scalar(drawn) is None:
            records.session.add(Button.mint(card, action="forward", argument="", version=task.version))
    records.session.execute(update(Notice).values(state=NoticeState.SENT))
    records.session.execute(update(Card).values(message_id=Card.id + 100))


def all_is_lost(records: Records) -> None:
    """Let the outbox be emptied behind the program's back."""
    records.session.execute(delete(Notice))


def owed(bureau: Bureau) -> list[tuple[str, str | None]]:
    waiting = [one for one in bureau.notices() if one.state == NoticeState.OWED]
    return sorted((one.kind.value, bureau.named(one.person_id)) for one in waiting)


def summarised(bureau: Bureau) -> dict[str | None, set[int]]:
    """Return the tasks that each person's summary names."""
    summaries = bureau.notices(NoticeKind.SUMMARY)
    return {bureau.named(one.person_id): {item["task"] for item in one.body["items"]} for one in summaries}


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


@pytest.mark.parametrize("later", [timedelta(minutes=1), timedelta(days=400)])
def test_a_timer_that_is_later_than_the_ladder_says_is_set_right(bureau: Bureau, later: timedelta) -> None:
    case_id = bureau.begins("budi")
    before = bureau.task(case_id).chase_at
    assert before is not None
    bureau.work(lambda records: records.session.execute(update(Task).values(chase_at=before + later)))
    assert bureau.work(audit).timed == 1
    assert bureau.task(case_id).chase_at == before


def test_rungs_that_a_clock_a_year_ahead_climbed_come_again_in_their_time(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.work(all_is_sent)
    bureau.works(24)
    assert bureau.sweeps().rungs == 1
    present = bureau.at
    bureau.at += timedelta(days=364)
    assert bureau.sweeps().rungs == 3
    bureau.at = present
    assert bureau.work(audit).timed == 1
    assert bureau.task(case_id).rung == 1, "the warning was climbed in its time"
    assert bureau.task(case_id).chase_at == bureau.task(case_id).due_at + timedelta(seconds=1)
    assert bureau.codes("dewi").count("alert-clock") == 1
    assert bureau.work(audit).timed == 0
    assert bureau.breach(case_id) is None
    climbed = []
    for _ in range(4):
        bureau.works(30)
        climbed.append(bureau.sweeps().rungs)
    assert climbed == [1, 1, 0, 1], "each rung comes in its time, and the repeat when Bambang may hear it"
    assert bureau.breach(case_id) is None
    assert bureau.codes("dewi").count("alert-clock") == 1


def test_rungs_that_a_clock_an_hour_ahead_climbed_stay_climbed(bureau: Bureau) -> None:
    bureau.begins("budi")
    bureau.at += timedelta(hours=2)
    bureau.sweeps()
    bureau.at -= timedelta(hours=2)
    assert bureau.work(audit).timed == 0
    assert "alert-clock" not in bureau.codes("dewi")


def test_a_task_that_a_clock_a_year_ahead_opened_is_told_once_a_day(bureau: Bureau) -> None:
    bureau.at += timedelta(days=364)
    case_id = bureau.begins("budi")
    bureau.at -= timedelta(days=364)
    assert (bureau.work(audit).timed, bureau.sweeps().rungs) == (0, 0)
    assert bureau.work(audit).timed == 0
    assert bureau.codes("dewi").count("alert-clock") == 1
    assert bureau.breach(case_id) is None
    bureau.at += timedelta(days=1)
    bureau.work(audit)
    assert bureau.codes("dewi").count("alert-clock") == 2


def test_a_timer_that_was_put_off_because_the_task_could_not_be_chased_is_let_be(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.works(30)
    soon = bureau.at + timedelta(minutes=15)
    bureau.work(lambda records: records.session.execute(update(Task).values(chase_at=soon)))
    assert bureau.work(audit) == NOTHING
    bureau.work(lambda records: records.session.execute(update(Task).values(chase_at=soon + timedelta(hours=1))))
    assert bureau.work(audit).timed == 1
    bureau.sweeps()
    assert bureau.task(case_id).rung > 0


def test_what_the_emptied_outbox_was_to_send_is_owed_again(bureau: Bureau) -> None:
    bureau.begins("budi")
    before = owed(bureau)
    bureau.work(all_is_lost)
    seen = bureau.work(audit)
    assert (seen.reissued, seen.resent) == (1, 1)
    assert before == [("card", "bambang"), ("card", "budi")]
    assert owed(bureau) == [*before, ("refresh", "bambang")], "the older card loses its buttons, should it be anywhere"
    assert bureau.work(audit) == NOTHING


def test_a_card_whose_drawing_was_taken_from_the_outbox_is_drawn_anew(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.work(all_is_sent)
    bureau["bambang"].remarks(case_id)
    assert ("refresh", "bambang") in owed(bureau)
    bureau.work(all_is_lost)
    assert bureau.work(audit).redrawn == 1
    assert owed(bureau) == [("refresh", "bambang")]
    bureau.work(all_is_sent)
    assert bureau.work(audit) == NOTHING


def test_a_card_that_telegram_does_not_let_us_draw_is_not_drawn_for_ever(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.work(all_is_sent)
    bureau["bambang"].remarks(case_id)
    bureau.work(lambda records: records.session.execute(update(Notice).values(state=NoticeState.UNDELIVERABLE)))
    assert bureau.work(audit) == NOTHING


def test_a_rung_that_was_climbed_and_never_told_is_told(bureau: Bureau) -> None:
    bureau.begins("budi")
    bureau.work(all_is_sent)
    bureau.works(24)
    bureau.sweeps()
    assert ("warn", "bambang") in owed(bureau)
    bureau.work(all_is_lost)
    assert bureau.work(audit).resent == 1
    assert owed(bureau) == [("warn", "bambang")]
    bureau.work(all_is_sent)
    assert bureau.work(audit) == NOTHING


def test_a_summary_that_was_lost_names_what_it_should_have_named(bureau: Bureau) -> None:
    cases = [bureau.begins("budi", text) for text in ("satu", "dua")]
    bureau.work(all_is_sent)
    bureau.works(2 * 60)
    bureau.sweeps()
    expected = summarised(bureau)
    assert set(expected) == {"bambang", "maria", "rina", "andi", "dewi"}
    bureau.work(all_is_lost)
    assert bureau.work(audit).resent == 5
    both = {bureau.task(case_id).id for case_id in cases}
    assert summarised(bureau) == expected == dict.fromkeys(expected, both)


def test_a_lost_summary_tells_superiors_and_watchers_of_escalated_tasks_alone(bureau: Bureau) -> None:
    escalated = [bureau.begins("budi", text) for text in ("satu", "dua")]
    for case_id in escalated:
        bureau["bambang"].forwards(case_id)
    bureau.works(25)
    late = bureau.begins("budi", "tiga")
    bureau["bambang"].forwards(late)
    bureau.work(all_is_sent)
    bureau.works(36)
    bureau.sweeps()
    assert [bureau.task(case_id).rung for case_id in (*escalated, late)] == [3, 3, 2]
    above = {bureau.task(case_id).id for case_id in escalated}
    expected = dict.fromkeys(("bambang", "maria", "rina", "andi"), above) | {"siti": above | {bureau.task(late).id}}
    assert summarised(bureau) == expected
    bureau.work(all_is_lost)
    assert bureau.work(audit).resent == 5
    assert summarised(bureau) == expected


def test_a_reporter_without_any_card_of_an_open_case_gets_one(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.work(all_is_sent)

    def lose(records: Records) -> None:
        records.session.execute(delete(Notice))
        records.session.execute(delete(Card).where(Card.kind == CardKind.STATUS))

    bureau.work(lose)
    assert bureau.work(audit).resent == 1
    assert owed(bureau) == [("card", "budi")]
    bureau.work(all_is_sent)
    assert bureau.work(audit) == NOTHING
    bureau.finishes(case_id)
    bureau.work(all_is_sent)
    bureau.work(lose)
    assert bureau.work(audit).mended == 0, "a case that has ended is told of by its result"


def test_a_reporter_who_took_their_card_away_is_not_given_it_again(bureau: Bureau) -> None:
    bureau.begins("budi")
    bureau.work(all_is_sent)
    gone = update(Card).where(Card.kind == CardKind.STATUS).values(message_id=None)
    bureau.work(lambda records: records.session.execute(gone))
    assert bureau.work(audit) == NOTHING


def test_more_that_was_lost_than_one_part_holds_is_found_in_parts(bureau: Bureau) -> None:
    for number in range(5):
        bureau.begins("budi", f"laporan {number}")
    before = owed(bureau)
    bureau.work(all_is_lost)
    after: int | None = 0
    while after is not None:
        after = bureau.work(partial(audit, after=after, batch=2)).last
    assert [one for one in owed(bureau) if one[0] == "card"] == before


def test_a_holder_whom_no_card_reached_gets_a_fresh_one(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task = bureau.task(case_id)
    bureau.work(lambda records: records.session.execute(update(Notice).values(state=NoticeState.UNDELIVERABLE)))
    assert bureau.work(audit).reissued == 1
    assert bureau.live(task.id) == ["bambang"], "the card that never arrived has lost its force"
    assert bureau.work(audit) == NOTHING


def test_the_card_of_somebody_who_holds_the_post_no_more_loses_its_force(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task = bureau.task(case_id)
    bureau["bambang"].leaves("kakanwil")
    bureau.hires("joko", "Joko Baru").takes("kakanwil")
    assert bureau.work(audit).reissued == 2
    assert bureau.live(task.id) == ["joko"]
    assert bureau.work(audit).mended == 0


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
    set_timer = auditing._set_timer

    def faulty(records: Records, task: Task) -> int:
        if task.id == broken.id:
            raise LookupError("on purpose")
        return set_timer(records, task)

    monkeypatch.setattr(auditing, "_set_timer", faulty)
    assert bureau.work(audit).timed == 1
    assert bureau.task(sound.case_id).chase_at is not None
    said = [(one.getMessage(), vars(one).get("task")) for one in caplog.records]
    assert ("a task cannot be audited", broken.id) in said
    alerts = bureau.notices(NoticeKind.ALERT)
    assert {one.body["data"]["number"] for one in alerts} == {bureau.case(broken.case_id).number}
    bureau.work(audit)
    assert len(bureau.notices(NoticeKind.ALERT)) == len(alerts), "told once"


@pytest.mark.parametrize("text", ["SIMPEG tidak dapat dibuka", ""])
@pytest.mark.parametrize("later", [None, timedelta(days=400)])
def test_a_draft_whose_instant_was_lost_lies_from_now(bureau: Bureau, text: str, later: timedelta | None) -> None:
    def begin(records: Records) -> None:
        budi = records.known(1001)
        draft = records.begin_draft(budi, sop=records.rules.usual_sop, previous_case_id=None)
        draft.text, draft.files = text, [] if text else [{"kind": "photo", "file_id": "F", "file_unique_id": "U"}]
        draft.lie(at=records.at)

    bureau.work(begin)
    assert bureau.work(audit) == NOTHING
    lost = None if later is None else bureau.at + later
    bureau.work(lambda records: records.session.execute(update(ReportDraft).values(unsent_at=lost)))
    assert bureau.work(audit).timed == 1
    due = bureau.work(lambda records: records.session.scalars(select(ReportDraft.unsent_at)).one())
    assert due == bureau.at + LIES_FOR
    assert bureau.work(audit) == NOTHING


@pytest.mark.parametrize(
    "state",
    [{"text": ""}, {"unsent_told": True}, {"waits_until": MONDAY + timedelta(hours=1)}],
    ids=["empty", "told", "waiting"],
)
def test_a_draft_of_which_nobody_is_to_be_told_is_let_be(bureau: Bureau, state: dict[str, object]) -> None:
    def begin(records: Records) -> None:
        budi = records.known(1001)
        records.begin_draft(budi, sop=records.rules.usual_sop, previous_case_id=None).text = "SIMPEG"

    bureau.work(begin)
    bureau.work(lambda records: records.session.execute(update(ReportDraft).values(**state)))
    assert bureau.work(audit) == NOTHING


def test_a_question_whose_reminder_a_clock_years_ahead_planned_is_reminded_of_now(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    bureau["rina"].asks(case_id)
    bureau.work(all_is_sent)
    assert bureau.work(audit) == NOTHING
    ahead = update(Question).values(remind_at=bureau.at + timedelta(days=900))
    bureau.work(lambda records: records.session.execute(ahead))
    assert bureau.work(audit).timed == 1
    assert bureau.work(lambda records: records.session.scalars(select(Question.remind_at)).all()) == [bureau.at]
    assert bureau.work(audit) == NOTHING


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
