"""Copies of a decision: who gets one, who may see the case by it, and what the journal proves of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select, update

from models.administration import absence
from models.case.addressing import check_addressee, offered
from models.case.copy import Copy
from models.case.sight import Sight, sight_of
from models.mail.card import CardKind
from models.office.person import Person
from models.proof import verification
from models.queries import lists
from models.refusals.work import NoCopy, NotYourTask, StepForbids
from models.rules.sop_file import parse_sop
from tests.models.bureau import MONDAY
from tests.models.reports_joined import joins, leaves

if TYPE_CHECKING:
    from models.case.proceeding import Proceeding
    from models.case.task import Task
    from models.office.tenure import Tenure
    from models.repository.records import Records
    from tests.models.bureau import Bureau

SOFTWARE = "penanganan-masalah-software"


def copied(bureau: Bureau, case_id: int, who: str, *words: str) -> int:
    """Let somebody forward a case with copies; returns the number of the task that was decided."""
    task = bureau.task(case_id)
    bureau[who].does(case_id, lambda proceeding, task, by: proceeding.forward(task, by=by, copies=words))
    return task.id


def got(bureau: Bureau, task_id: int) -> list[str | None]:
    """Return who got a copy of what decided a task; None for a post where nobody did."""
    found = select(Copy.person_id).where(Copy.task_id == task_id).order_by(Copy.id)
    return [bureau.named(one) for one in bureau.work(lambda records: records.session.scalars(found).all())]


def reads(bureau: Bureau, task_id: int, who: str) -> bool:
    return bureau.work(lambda records: records.read_copy(task_id, by=_person(records, bureau, who))[2])


def sight(bureau: Bureau, case_id: int, who: str) -> Sight:
    return bureau.work(lambda records: sight_of(records.reader.case(case_id), _person(records, bureau, who)))


def _person(records: Records, bureau: Bureau, who: str) -> Person:
    return records.session.get_one(Person, bureau[who].id)


def verdicts(bureau: Bureau) -> list[str]:
    return bureau.work(lambda records: [one.reason for one in verification.verify(records.session).breaches])


def choices(bureau: Bureau, case_id: int, who: str) -> list[str]:
    def find(proceeding: Proceeding, task: Task, by: Tenure) -> list[str]:
        return [one.word for one in offered(proceeding, task, by.person)]

    return bureau[who].does(case_id, find)


def refused(bureau: Bureau, case_id: int, who: str, word: str) -> str:
    def choose(proceeding: Proceeding, task: Task, by: Tenure) -> str:
        with pytest.raises(NoCopy) as found:
            check_addressee(proceeding, task, by.person, word)
        return found.value.why

    return bureau[who].does(case_id, choose)


def test_a_copy_goes_to_all_of_a_post_and_to_nobody_twice(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    rina = f"jft-prakom@{bureau['rina'].id}"
    task_id = copied(bureau, case_id, "bambang", rina, "jft-prakom", rina)
    assert got(bureau, task_id) == ["rina", "andi"]
    assert bureau.live(task_id, CardKind.COPY) == ["rina", "andi"]
    entry = next(one for one in bureau.entries(case_id) if one.action == "copy")
    assert entry.payload is not None
    assert entry.payload.body is not None
    assert entry.payload.body["to"] == "Rina Mokoginta, Andi Pratama"
    assert verdicts(bureau) == []


def test_the_next_post_oneself_and_the_reporter_get_none(bureau: Bureau) -> None:
    case_id = bureau.begins("hendra")
    assert choices(bureau, case_id, "bambang") == [
        "kasubbag-humas",
        "jft-prakom",
        *(f"jft-prakom@{bureau[who].id}" for who in ("rina", "andi")),
    ]
    assert refused(bureau, case_id, "bambang", "kadiv") == "anyway"
    assert refused(bureau, case_id, "bambang", "kabag-p2l") == "reporter"
    assert refused(bureau, case_id, "bambang", "kakanwil") == "self"
    task_id = copied(bureau, case_id, "bambang", "kadiv", "kabag-p2l", "kakanwil", "kasubbag-humas")
    assert got(bureau, task_id) == ["maria"]
    assert verdicts(bureau) == []


def test_an_official_who_joined_the_report_gets_none_either(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    joins(bureau, "hendra", case_id)
    joins(bureau, "rina", case_id)
    assert choices(bureau, case_id, "bambang") == ["kasubbag-humas", "jft-prakom", f"jft-prakom@{bureau['andi'].id}"]
    assert refused(bureau, case_id, "bambang", "kabag-p2l") == "reporter"
    task_id = copied(bureau, case_id, "bambang", "kabag-p2l", "jft-prakom")
    assert got(bureau, task_id) == ["andi"]
    assert sight(bureau, case_id, "hendra") is Sight.POSITION, "the words of the first reporter are not theirs to read"
    assert verdicts(bureau) == []


def test_an_official_who_has_left_the_report_again_gets_one(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    joins(bureau, "hendra", case_id)
    leaves(bureau, "hendra", case_id)
    assert "kabag-p2l" in choices(bureau, case_id, "bambang")
    assert got(bureau, copied(bureau, case_id, "bambang", "kabag-p2l")) == ["hendra"]


def test_where_nobody_can_be_written_to_the_record_says_so(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["maria"].is_unbound()
    assert refused(bureau, case_id, "bambang", "kasubbag-humas") == "nobody"
    task_id = copied(bureau, case_id, "bambang", "kasubbag-humas")
    assert got(bureau, task_id) == [None]
    assert verdicts(bureau) == []


def test_a_plh_gets_the_copy_of_whoever_is_away(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")

    def leave(records: Records) -> None:
        maria, hendra = _person(records, bureau, "maria"), _person(records, bureau, "hendra")
        today = records.at.astimezone(records.calendar.zone).date()
        lasting = absence.file(records, maria, today, None, by=maria)
        absence.ask(records, lasting, hendra, by=maria)
        absence.answer(records, lasting, by=hendra, accepts=True)

    bureau.work(leave)
    task_id = copied(bureau, case_id, "bambang", "kasubbag-humas")
    assert got(bureau, task_id) == ["hendra"]
    assert reads(bureau, task_id, "hendra")
    capacity = next(one.capacity for one in bureau.entries(case_id) if one.action == "read")
    assert capacity == "plh:kasubbag-humas"
    assert verdicts(bureau) == []


def test_a_reader_sees_the_case_while_they_hold_the_post(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", confidential=True)
    task_id = copied(bureau, case_id, "bambang", f"jft-prakom@{bureau['rina'].id}")
    bureau.hires("gita", "Gita Contoh").takes("jft-prakom")
    assert sight(bureau, case_id, "rina") is Sight.WHOLE
    assert sight(bureau, case_id, "gita") is Sight.POSITION, "a watcher, who sees where a confidential case stands"
    seen = bureau.work(lambda records: lists.visible(records.reader, _person(records, bureau, "rina"), limit=5))
    assert [one.case_id for one in seen] == [case_id]
    bureau["rina"].leaves("jft-prakom")
    assert sight(bureau, case_id, "rina") is Sight.POSITION
    with pytest.raises(NotYourTask):
        reads(bureau, task_id, "rina")


def test_only_its_reader_marks_it_as_read_and_only_once(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task_id = copied(bureau, case_id, "bambang", f"jft-prakom@{bureau['rina'].id}")
    with pytest.raises(NotYourTask):
        reads(bureau, task_id, "andi")
    bureau.works(11)
    assert reads(bureau, task_id, "rina")
    bureau.works(5)
    assert not reads(bureau, task_id, "rina")
    assert [one.action for one in bureau.entries(case_id)].count("read") == 1
    assert bureau.live(task_id, CardKind.COPY) == []
    assert verdicts(bureau) == []


def test_an_sop_names_copies_of_its_own_and_may_forbid_others(bureau: Bureau) -> None:
    text = bureau.rules.sops[SOFTWARE].text
    text = text.replace("instructions = [", 'forbids = ["copy"]\ninstructions = [', 1)
    bureau.knows(parse_sop(text.replace("number = 2\n", 'number = 2\ncopies = ["jft-prakom"]\n', 1), source="copying"))
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    with pytest.raises(StepForbids, match="copy"):
        copied(bureau, case_id, "siti", "kasubbag-humas")
    task_id = copied(bureau, case_id, "siti")
    assert got(bureau, task_id) == ["rina", "andi"]
    assert verdicts(bureau) == []


FORGED = {
    "a mark that nobody made": update(Copy).values(read_at=Copy.sent_at),
    "another reader": update(Copy).values(person_id=2),
    "another post": update(Copy).values(post="kadiv"),
    "another instant": update(Copy).values(sent_at=MONDAY + timedelta(hours=1)),
    "a copy that was never sent": insert(Copy).from_select(
        ["case_id", "task_id", "post", "person_id", "sent_at"],
        select(Copy.case_id, Copy.task_id, Copy.post, Copy.person_id + 1, Copy.sent_at),
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_what_is_forged_is_found(bureau: Bureau, name: str) -> None:
    case_id = bureau.begins("budi")
    copied(bureau, case_id, "bambang", f"jft-prakom@{bureau['rina'].id}")
    assert verdicts(bureau) == []
    bureau.work(lambda records: records.session.execute(FORGED[name], execution_options={"synchronize_session": False}))
    (reason,) = verdicts(bureau)
    assert "copy" in reason


def test_a_mark_that_was_taken_away_is_found(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task_id = copied(bureau, case_id, "bambang", f"jft-prakom@{bureau['rina'].id}")
    reads(bureau, task_id, "rina")
    bureau.work(lambda records: records.session.execute(update(Copy).values(read_at=None)))
    (reason,) = verdicts(bureau)
    assert "its read_at is not what the journal tells" in reason
