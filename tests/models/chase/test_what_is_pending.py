"""What a reminder must name: it reaches the person whose task it is, and is not lost on the way to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, text, update

from models.administration.appointment import appoint, relieve
from models.case.evaluation import Part
from models.case.task import Task
from models.chase import asking
from models.chase.reminders import GATHERED, forget_closed, said_since
from models.chase.sweep import next_wake
from models.mail.card import CardKind
from models.mail.notice import NoticeKind
from models.office import attention
from models.office.person import Person
from models.rules.sop_file import parse_sop
from models.upkeep.auditing import audit
from tests.models.administration.leave import FRI, MON, TUE, WED, comes, leaves_to
from tests.models.bureau import SOFTWARE
from tests.models.case.test_pausing import pausing
from tests.models.chase.test_reminders import lets_pass, named, reminders, wita

if TYPE_CHECKING:
    from models.case.attachment import FileRecord
    from models.repository.records import Records
    from tests.models.bureau import Bureau


def test_a_task_that_no_plh_may_decide_is_brought_to_mind_of_the_superior(bureau: Bureau) -> None:
    with_plh = bureau.walks(bureau.begins("budi", "Dengan mandat"), until=2)
    steps = bureau.rules.sops[SOFTWARE].text.split("[[steps]]")
    steps[2] = f"{steps[2].rstrip()}\nmandate = false\n\n"
    bureau.knows(parse_sop("[[steps]]".join(steps), source="without-mandate.toml"))
    for_superior = bureau.walks(bureau.begins("budi", "Tanpa mandat"), until=2)
    leaves_to(bureau, "siti", "hendra", MON, FRI)
    lets_pass(bureau, wita(23, 11))
    assert {task for one in reminders(bureau, "hendra") for task in named(one)} == {with_plh.id}
    assert for_superior.id in {task for one in reminders(bureau, "bambang") for task in named(one)}
    assert not reminders(bureau, "siti")


def comes_silently(bureau: Bureau, task_id: int) -> None:
    """Let the card of a task come without a sound to all who may decide it, as the courier notes it."""

    def note(records: Records) -> None:
        office, task = records.lock_office(), records.session.get_one(Task, task_id)
        for person in task.deciders(office):
            attention.note_silent_card(person, task.id, office.file, version=task.version, at=records.at)

    bureau.work(note)


def test_tasks_that_were_closed_meanwhile_do_not_gather_in_what_a_reminder_must_name(bureau: Bureau) -> None:
    """The courier asks for it with every card that comes without a sound; the reminder is the same as before."""

    def gathered() -> list[int]:
        def look(records: Records) -> list[int]:
            person = records.session.get_one(Person, bureau["bambang"].id)
            forget_closed(records.session, person)
            return list(attention.pending_of(person))

        return bureau.work(look)

    waiting = bureau.task(bureau.begins("budi", "Menunggu"))
    comes_silently(bureau, waiting.id)
    for number in range(GATHERED - 1):
        assert len(gathered()) == number + 1
        case_id = bureau.begins("budi", f"Laporan {number}")
        comes_silently(bureau, bureau.task(case_id).id)
        bureau["bambang"].forwards(case_id)
    assert gathered() == [waiting.id]
    lets_pass(bureau, bureau.at + timedelta(hours=1))
    assert named(reminders(bureau, "bambang")[0]) == [waiting.id]


def handled(bureau: Bureau, *, by: str) -> Task:
    """Let a JFT Prakom have begun step 5 of a case at 15.00 on Monday."""
    bureau.at = wita(23, 14)
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to=by)
    bureau.at = wita(23, 15)
    bureau[by].starts(case_id)
    bureau[by].writes(case_id, Part.CAUSE, "Sesi menumpuk.")
    return bureau.task(case_id)


def test_a_task_begun_by_another_whose_card_comes_at_midnight_is_named_in_the_morning(bureau: Bureau) -> None:
    task = handled(bureau, by="rina")
    leaves_to(bureau, "rina", "maria", TUE, FRI)
    comes(bureau, TUE, hour=0)
    assert bureau.live(task.id) == ["maria"]
    comes_silently(bureau, task.id)
    lets_pass(bureau, wita(24, 7, 30))
    assert [named(one) for one in reminders(bureau, "maria")] == [[task.id]]


def test_a_card_that_came_silently_is_not_named_once_its_reader_has_written(bureau: Bureau) -> None:
    task = handled(bureau, by="rina")
    bureau.at = wita(23, 20)
    comes_silently(bureau, task.id)
    bureau["rina"].writes(task.case_id, Part.CAUSE, "Sesi penuh.")
    lets_pass(bureau, wita(24, 9))
    assert reminders(bureau, "rina") == []


def test_an_answer_at_night_is_named_in_the_morning(bureau: Bureau) -> None:
    task = handled(bureau, by="rina")
    question = bureau["rina"].asks(task.case_id)
    bureau.at = wita(23, 20)
    bureau["budi"].answers(question)
    assert bureau.work(next_wake) == wita(24, 7, 30)
    lets_pass(bureau, wita(24, 7, 30))
    assert [named(one) for one in reminders(bureau, "rina")] == [[task.id]]
    assert reminders(bureau, "andi") == []


def test_an_answer_by_day_sounds_and_is_not_named(bureau: Bureau) -> None:
    task = handled(bureau, by="rina")
    question = bureau["rina"].asks(task.case_id)
    bureau["budi"].answers(question)
    lets_pass(bureau, wita(24, 9))
    assert reminders(bureau, "rina") == []


def test_the_rest_of_an_album_lets_a_silent_card_be_named_all_the_same(bureau: Bureau) -> None:
    bureau.at = wita(23, 20)
    task = bureau.task(bureau.begins("budi"))
    comes_silently(bureau, task.id)

    def encloses(records: Records) -> None:
        proceeding = records.case(task.case_id)
        file: FileRecord = {"kind": "photo", "file_id": "F", "file_unique_id": "U"}
        proceeding.enclose([file], by=proceeding.case.reporter)

    bureau.work(encloses)
    lets_pass(bureau, wita(24, 7, 30))
    assert [named(one) for one in reminders(bureau, "bambang")] == [[task.id]]


def test_word_that_a_pause_lasts_stays_when_its_reader_is_reminded_of_something_else(bureau: Bureau) -> None:
    pausing(bureau)
    paused = handled(bureau, by="rina")
    bureau["rina"].asks(paused.case_id)
    bureau.at = wita(24, 9)
    other = bureau.begins("budi")
    bureau.walks(other, until=4)
    bureau["maria"].forwards(other, to="rina")
    bureau.at = wita(25, 15, 30)
    bureau.work(asking.remind_due)
    assert "rina" in bureau.live(paused.id, CardKind.NUDGE)
    midnight = wita(25, 0)
    said = bureau.work(
        lambda records: said_since(records, [records.session.get_one(Person, bureau["rina"].id)], midnight)
    )
    assert said == {}, "the digest leaves nothing out for it"
    lets_pass(bureau, wita(27, 8))
    assert [one for one in reminders(bureau, "rina") if bureau.task(other).id in named(one)]
    assert "rina" in bureau.live(paused.id, CardKind.NUDGE), "it is not said a second time"


def put_down_as_later(bureau: Bureau, name: str) -> int:
    """Let Siti be late on Monday, and her superior's word of it have to wait for `name`; returns the task."""
    bureau.at = wita(23, 14)
    task = bureau.walks(bureau.begins("budi"), until=2)

    def reminded(records: Records) -> None:
        person = records.session.get_one(Person, bureau[name].id)
        person.reminded_at, person.unanswered = records.at, 6

    bureau.work(reminded)
    lets_pass(bureau, wita(23, 16))
    assert reminders(bureau, name) == []
    return task.id


def test_what_waits_for_an_overseer_who_goes_away_is_told_to_the_plh(bureau: Bureau) -> None:
    task_id = put_down_as_later(bureau, "bambang")
    leaves_to(bureau, "bambang", "hendra", TUE, WED)
    comes(bureau, TUE, hour=0)
    lets_pass(bureau, wita(24, 9))
    assert [named(one, NoticeKind.ESCALATE) for one in reminders(bureau, "hendra")] == [[task_id]]


def test_what_waits_for_a_plh_is_told_to_the_holder_who_comes_back(bureau: Bureau) -> None:
    leaves_to(bureau, "bambang", "hendra", MON, MON)
    task_id = put_down_as_later(bureau, "hendra")
    comes(bureau, TUE, hour=0)
    lets_pass(bureau, wita(24, 9))
    assert [named(one, NoticeKind.ESCALATE) for one in reminders(bureau, "bambang")] == [[task_id]]


def test_what_waits_passes_along_a_chain_of_plh(bureau: Bureau) -> None:
    task_id = put_down_as_later(bureau, "bambang")
    bureau.hires("yusuf", "Yusuf Mandagi")
    leaves_to(bureau, "hendra", "yusuf", TUE, FRI)
    comes(bureau, TUE, hour=0)
    leaves_to(bureau, "bambang", "hendra", TUE, FRI)
    lets_pass(bureau, wita(24, 9))
    assert task_id in {task for one in reminders(bureau, "yusuf") for task in named(one, NoticeKind.ESCALATE)}


def test_what_waits_for_an_overseer_is_told_to_the_successor(bureau: Bureau) -> None:
    task_id = put_down_as_later(bureau, "bambang")
    bureau.hires("yusuf", "Yusuf Mandagi")
    bureau.work(lambda records: appoint(records, records.session.get_one(Person, bureau["yusuf"].id), "kakanwil"))
    lets_pass(bureau, wita(24, 9))
    assert [named(one, NoticeKind.ESCALATE) for one in reminders(bureau, "yusuf")] == [[task_id]]


def test_what_waits_for_an_overseer_who_is_relieved_is_told_to_who_is_over_the_post_now(bureau: Bureau) -> None:
    bureau.at = wita(23, 14)
    task_id = bureau.walks(bureau.begins("budi"), until=3).id

    def reminded(records: Records) -> None:
        siti = records.session.get_one(Person, bureau["siti"].id)
        siti.reminded_at, siti.unanswered = records.at, 6

    bureau.work(reminded)
    lets_pass(bureau, wita(23, 16))
    assert reminders(bureau, "siti") == reminders(bureau, "bambang") == []
    bureau.work(lambda records: relieve(records, records.session.get_one(Person, bureau["siti"].id), "kadiv"))
    lets_pass(bureau, wita(24, 9))
    assert [named(one, NoticeKind.ESCALATE) for one in reminders(bureau, "bambang")] == [[task_id]]


def test_what_waits_for_somebody_without_an_account_is_told_when_they_have_one_again(bureau: Bureau) -> None:
    task_id = put_down_as_later(bureau, "bambang")
    bureau["bambang"].is_unbound()
    lets_pass(bureau, wita(24, 9))
    assert bureau.work(audit).resent == 0
    assert reminders(bureau, "bambang") == []
    bureau["bambang"].comes_back()
    lets_pass(bureau, wita(24, 9, 30))
    assert [named(one, NoticeKind.ESCALATE) for one in reminders(bureau, "bambang")] == [[task_id]]


def test_the_audit_finds_what_is_pending_without_an_instant(bureau: Bureau) -> None:
    task_id = put_down_as_later(bureau, "bambang")
    bureau.work(lambda records: records.session.execute(update(Person).values(remind_at=None)))
    # Earlier versions wrote JSON's null where nothing was pending.
    nothing = text("UPDATE people SET pending = 'null' WHERE pending IS NULL")
    bureau.work(lambda records: records.session.execute(nothing))
    bureau.at = wita(24, 7, 45)
    bureau.work(audit)
    wanted = select(Person.id).where(Person.remind_at == bureau.at)
    assert bureau.work(lambda records: records.session.scalars(wanted).all()) == [bureau["bambang"].id]
    lets_pass(bureau, wita(24, 9))
    assert [named(one, NoticeKind.ESCALATE) for one in reminders(bureau, "bambang")] == [[task_id]]
