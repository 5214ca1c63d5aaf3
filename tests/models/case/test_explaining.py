"""Why a task was late is said by the person who decides or decided it, and stands in the record with the verdict."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.case.explaining import TO_EXPLAIN
from models.proof.verification import verify
from models.refusals.work import NotLateInRecord, NotYourTask, ReasonMissing, ReasonOver, StepForbids
from models.rules.sop_file import parse_sop
from models.search.document import SearchDocument, read
from models.upkeep.erasing import erase_words
from tests.models.administration import leave
from tests.models.bureau import SOFTWARE

if TYPE_CHECKING:
    from models.case.task import Task
    from models.repository.records import Records
    from tests.models.bureau import Bureau

TODAY = date(2026, 11, 23)
WAITED = "Menunggu izin penyedia."


def wita(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.fixture
def case_id(bureau: Bureau) -> int:
    """Return a case at the Kabag, who has had an hour more than the standard by now."""
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=3)
    bureau.works(minutes(bureau, case_id) + 60)
    return case_id


def minutes(bureau: Bureau, case_id: int) -> float:
    """Return the standard of the open task, which is given in minutes here."""
    return bureau.task(case_id).time_standard.amount


def said(task: Task) -> tuple[str, int | None, str | None, datetime | None]:
    return task.late_reason, task.late_reason_by_id, task.late_reason_as, task.late_reason_at


def verified(bureau: Bureau) -> bool:
    found = bureau.work(lambda records: verify(records.session))
    assert found.verifies, found
    return True


def told(bureau: Bureau, case_id: int) -> list[tuple[str, object]]:
    """Return the reasons of which the journal tells, each with the capacity in which it was given."""
    found = [entry for entry in bureau.entries(case_id) if entry.action == "explain"]
    return [(entry.capacity, entry.payload.body["text"]) for entry in found if entry.payload and entry.payload.body]


def test_the_holder_says_why_while_the_task_is_open(bureau: Bureau, case_id: int) -> None:
    before = bureau.task(case_id)
    bureau["hendra"].explains(case_id, WAITED)
    after = bureau.task(case_id)
    assert said(after) == (WAITED, bureau["hendra"].id, "definitive:kabag-p2l", bureau.at)
    same = ("version", "due_at", "rung", "chase_at", "closed_at", "late_by")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same], "nothing is decided"
    assert told(bureau, case_id) == [("definitive:kabag-p2l", WAITED)]
    bureau.finishes(case_id)
    assert bureau.case(case_id).tasks[2].late_reason == WAITED
    assert verified(bureau)


def test_it_is_said_after_the_decision_too_even_when_the_case_is_over(bureau: Bureau, case_id: int) -> None:
    late = bureau.task(case_id).id
    bureau["hendra"].forwards(case_id)
    bureau["hendra"].explains(case_id, WAITED, task_id=late)
    bureau.finishes(case_id)
    bureau.at += TO_EXPLAIN - timedelta(days=1)
    bureau["hendra"].explains(case_id, "Menunggu anggaran.", task_id=late)
    task = bureau.case(case_id).tasks[2]
    assert said(task)[0] == "Menunggu anggaran."
    assert [words for _, words in told(bureau, case_id)] == [WAITED, "Menunggu anggaran."], "the journal keeps both"
    assert verified(bureau)


def test_after_seven_days_it_stands(bureau: Bureau, case_id: int) -> None:
    late = bureau.task(case_id).id
    bureau["hendra"].forwards(case_id)
    bureau.at += TO_EXPLAIN + timedelta(seconds=1)
    with pytest.raises(ReasonOver) as refused:
        bureau["hendra"].explains(case_id, task_id=late)
    assert refused.value.at == bureau.at - timedelta(seconds=1)
    assert said(bureau.case(case_id).tasks[2])[0] == ""


def test_a_task_in_time_has_no_lateness_to_explain(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=3)
    with pytest.raises(NotLateInRecord):
        bureau["hendra"].explains(case_id)
    task = bureau.task(case_id).id
    bureau["hendra"].forwards(case_id)
    bureau.works(600)
    with pytest.raises(NotLateInRecord):
        bureau["hendra"].explains(case_id, task_id=task)
    assert told(bureau, case_id) == []


def test_the_last_second_of_the_standard_is_in_time_and_the_next_is_late(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=3)
    bureau.at = bureau.task(case_id).due_at
    with pytest.raises(NotLateInRecord):
        bureau["hendra"].explains(case_id)
    bureau.at += timedelta(seconds=1)
    bureau["hendra"].explains(case_id)
    assert verified(bureau)


def test_more_time_that_was_granted_is_no_standard(bureau: Bureau) -> None:
    """What is within an extension is late in the record all the same, and may be explained."""
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau.at = wita(23, 9)
    bureau["maria"].forwards(case_id, to="rina")
    bureau["maria"].grants(bureau["rina"].asks_for_more_time(case_id))
    bureau.at = wita(25, 11)
    bureau["rina"].explains(case_id, WAITED)
    assert bureau.task(case_id).late_reason == WAITED
    assert verified(bureau)


@pytest.mark.parametrize("who", ["budi", "bambang", "siti", "maria", "rina"])
@pytest.mark.parametrize("decided", [False, True])
def test_nobody_else_says_it(bureau: Bureau, case_id: int, who: str, *, decided: bool) -> None:
    late = bureau.task(case_id).id
    if decided:
        bureau["hendra"].forwards(case_id)
    with pytest.raises(NotYourTask):
        bureau[who].explains(case_id, task_id=late)
    assert told(bureau, case_id) == []


def test_a_plh_gives_the_reason_as_plh_and_the_holder_may_say_it_better(bureau: Bureau, case_id: int) -> None:
    absence = leave.files(bureau, "hendra", TODAY, TODAY)
    leave.is_named(bureau, absence, "maria", by="dewi")
    bureau["maria"].forwards(case_id)
    late = bureau.case(case_id).tasks[2]
    assert late.decided_as == "plh:kabag-p2l"
    with pytest.raises(NotYourTask):
        bureau["hendra"].explains(case_id, task_id=late.id)
    bureau["maria"].explains(case_id, WAITED, task_id=late.id)
    assert said(bureau.case(case_id).tasks[2])[1:3] == (bureau["maria"].id, "plh:kabag-p2l")

    leave.ends(bureau, absence, "hendra")
    with pytest.raises(NotYourTask):
        bureau["maria"].explains(case_id, "Lagi.", task_id=late.id)
    bureau["hendra"].explains(case_id, "Saya sakit.", task_id=late.id)
    assert told(bureau, case_id) == [("plh:kabag-p2l", WAITED), ("definitive:kabag-p2l", "Saya sakit.")]
    assert verified(bureau)


def test_of_several_holders_the_one_who_decided_says_it(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="rina")
    bureau.works(3000)
    bureau["rina"].hands_in(case_id)
    late = bureau.case(case_id).tasks[4].id
    with pytest.raises(NotYourTask):
        bureau["andi"].explains(case_id, task_id=late)
    bureau["rina"].explains(case_id, WAITED, task_id=late)
    assert verified(bureau)


def test_the_same_words_are_said_once(bureau: Bureau, case_id: int) -> None:
    for _ in range(2):
        bureau["hendra"].explains(case_id, WAITED)
    assert len(told(bureau, case_id)) == 1


def test_a_reason_has_words(bureau: Bureau, case_id: int) -> None:
    with pytest.raises(ReasonMissing):
        bureau["hendra"].explains(case_id, " \n ")


def test_an_sop_may_forbid_it(bureau: Bureau) -> None:
    """Before and after the decision."""
    sop = bureau.rules.sops[SOFTWARE]
    assert "forbids = []" not in sop.text
    bureau.knows(parse_sop(f'forbids = ["explain"]\n{sop.text}', source="sop.toml"))
    case_id = bureau.begins("budi")
    bureau.works(600)
    with pytest.raises(StepForbids):
        bureau["bambang"].explains(case_id)
    late = bureau.task(case_id).id
    bureau["bambang"].forwards(case_id)
    with pytest.raises(StepForbids):
        bureau["bambang"].explains(case_id, task_id=late)


def test_a_task_that_was_withdrawn_while_it_was_late_is_explained_by_those_at_its_desk(
    bureau: Bureau, case_id: int
) -> None:
    bureau["budi"].withdraws(case_id)
    bureau["hendra"].explains(case_id, WAITED)
    with pytest.raises(NotYourTask):
        bureau["maria"].explains(case_id, WAITED)
    assert verified(bureau)


def terms(bureau: Bureau, case_id: int) -> frozenset[str]:
    document = select(SearchDocument.terms).where(SearchDocument.case_id == case_id)
    return read(bureau.work(lambda records: records.session.scalars(document).one()))


def test_a_case_is_found_by_the_newest_reason_alone(bureau: Bureau, case_id: int) -> None:
    bureau["hendra"].explains(case_id, "Kenari bernyanyi.")
    assert any("kenari" in term for term in terms(bureau, case_id))
    people = {term for term in terms(bureau, case_id) if term.startswith(("b", "h"))}
    bureau["hendra"].explains(case_id, "Kakatua terbang.")
    assert any("kakatua" in term for term in terms(bureau, case_id))
    assert not any("kenari" in term for term in terms(bureau, case_id))
    assert people <= terms(bureau, case_id)
    assert verified(bureau)


def test_the_reason_is_erased_with_what_a_person_wrote(bureau: Bureau, case_id: int) -> None:
    late = bureau.task(case_id).id
    bureau["hendra"].explains(case_id, WAITED)
    bureau["hendra"].explains(case_id, "Kenari bernyanyi.")
    bureau.finishes(case_id)

    def erase(records: Records) -> int | None:
        return erase_words(records, case_id, bureau["hendra"].id, because="diminta")

    assert bureau.work(erase) is not None
    task = next(one for one in bureau.case(case_id).tasks if one.id == late)
    assert (task.late_reason, task.late_reason_by_id) == ("", bureau["hendra"].id)
    assert "Kenari" not in str([entry.payload.body for entry in bureau.entries(case_id) if entry.payload])
    assert not any("kenari" in term for term in terms(bureau, case_id))
    assert verified(bureau)
