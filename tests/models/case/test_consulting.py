"""Others are asked for their opinion: the task stays, its clock runs, and the answer stands in the case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.administration.calendar import adopt_calendar, bring_into_force
from models.case.consultation import Consultation
from models.case.sight import Sight
from models.chase import opinions
from models.mail.card import CardKind
from models.mail.notice import NoticeKind
from models.office.person import Person
from models.office.tenure import Capacity
from models.proof.verification import verify
from models.queries.consultations import sight_in
from models.refusals.work import (
    NobodyToConsult,
    NotYourTask,
    OpinionGiven,
    OpinionOver,
    OwnOpinion,
    ReasonMissing,
    RecallTooLate,
    StepForbids,
    TaskAlreadyDecided,
)
from models.rules.office_calendar import CalendarEntry, EntryKind
from models.rules.sop_file import parse_sop
from tests.models.bureau import SOFTWARE

if TYPE_CHECKING:
    from models.case.attachment import FileRecord
    from models.repository.records import Records
    from tests.models.bureau import Bureau

PHOTO: FileRecord = {"kind": "photo", "file_id": "F", "file_unique_id": "U", "name": "", "size": 1, "caption": ""}


def wita(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.fixture
def case_id(bureau: Bureau) -> int:
    """Return a case that Rina handles since Monday 09.00."""
    return handled(bureau)


def handled(bureau: Bureau, *, confidential: bool = False) -> int:
    case_id = bureau.begins("budi", confidential=confidential)
    bureau.walks(case_id, until=4)
    bureau.at = wita(23, 9)
    bureau["maria"].forwards(case_id, to="rina")
    return case_id


def asked(bureau: Bureau, consultation_id: int) -> Consultation:
    return bureau.work(lambda records: records.session.get_one(Consultation, consultation_id))


def consulted(bureau: Bureau, case_id: int) -> list[str | None]:
    return bureau.live(bureau.task(case_id).id, CardKind.CONSULTATION)


def reminded(bureau: Bureau) -> list[str | None]:
    said = [one for one in bureau.notices(NoticeKind.SAY) if one.body.get("code") == "opinion-awaited"]
    return [bureau.named(one.person_id) for one in said]


def sight(bureau: Bureau, case_id: int, name: str) -> Sight:
    def look(records: Records) -> Sight:
        person = records.session.get_one(Person, bureau[name].id)
        return sight_in(records.reader, records.reader.case(case_id), person)

    return bureau.work(look)


def verified(bureau: Bureau) -> bool:
    found = bureau.work(lambda records: verify(records.session))
    assert found.verifies, found
    return True


def test_another_post_is_asked_and_the_task_stays_where_it_is(bureau: Bureau, case_id: int) -> None:
    before = bureau.task(case_id)
    one = bureau["rina"].consults(case_id, post="kabag-p2l")
    assert consulted(bureau, case_id) == ["hendra"]
    bureau.works(30)
    bureau["hendra"].advises(one, "Pakai cadangan.", (PHOTO,))

    after = bureau.task(case_id)
    clock = ("opened_at", "due_at", "rung", "chase_at", "assignee_id", "post")
    assert [getattr(after, name) for name in clock] == [getattr(before, name) for name in clock]
    assert bureau.holders(case_id) == ["rina"]
    row = asked(bureau, one)
    assert (row.answer, row.answered_by_id, row.answered_as) == (
        "Pakai cadangan.",
        bureau["hendra"].id,
        "definitive:kabag-p2l",
    )
    assert consulted(bureau, case_id) == []
    assert "news-advised" in bureau.codes("rina")
    assert [entry.action for entry in bureau.entries(case_id)][-2:] == ["consult", "advise"]
    bureau.finishes(case_id)
    assert verified(bureau)


def test_several_are_asked_at_once_and_each_answers_once(bureau: Bureau, case_id: int) -> None:
    first = bureau["rina"].consults(case_id, post="kadiv", text="Siapa yang membayar?")
    second = bureau["rina"].consults(case_id, person="andi", text="Pernah terjadi?")
    assert sorted(map(str, consulted(bureau, case_id))) == ["andi", "siti"]
    bureau["andi"].advises(second)
    assert consulted(bureau, case_id) == ["siti"]
    bureau["siti"].advises(first)
    for twice in ((bureau["andi"], second), (bureau["siti"], first)):
        with pytest.raises(OpinionGiven):
            twice[0].advises(twice[1])
    assert verified(bureau)


def test_nobody_asks_themselves_and_nobody_who_cannot_be_written_to(bureau: Bureau, case_id: int) -> None:
    with pytest.raises(OwnOpinion):
        bureau["rina"].consults(case_id, person="rina")
    bureau["hendra"].loses_account()
    with pytest.raises(NobodyToConsult) as refused:
        bureau["rina"].consults(case_id, post="kabag-p2l")
    assert refused.value.name == "Kabag P2L"
    bureau["rina"].takes("kadiv")
    bureau["siti"].leaves("kadiv")
    with pytest.raises(OwnOpinion):
        bureau["rina"].consults(case_id, post="kadiv")


def test_the_holder_of_the_next_step_may_be_asked_and_gets_the_task_all_the_same(bureau: Bureau, case_id: int) -> None:
    one = bureau["rina"].consults(case_id, post="kasubbag-humas")
    bureau["maria"].advises(one)
    bureau["rina"].consults(case_id, post="kasubbag-humas", text="Cukup?")
    bureau["rina"].hands_in(case_id)
    assert bureau.holders(case_id) == ["maria"]
    assert bureau.live(bureau.task(case_id).id) == ["maria"]
    assert verified(bureau)


@pytest.mark.parametrize("name", ["rina", "andi", "maria", "siti", "budi", "dewi"])
def test_nobody_else_answers(bureau: Bureau, case_id: int, name: str) -> None:
    one = bureau["rina"].consults(case_id, post="kabag-p2l")
    with pytest.raises(NotYourTask):
        bureau[name].advises(one)


def test_nobody_but_the_holder_asks_and_not_without_words(bureau: Bureau, case_id: int) -> None:
    for name in ("andi", "maria"):
        with pytest.raises(NotYourTask):
            bureau[name].consults(case_id, post="kabag-p2l")
    with pytest.raises(ReasonMissing):
        bureau["rina"].consults(case_id, post="kabag-p2l", text=" ")
    with pytest.raises(ReasonMissing):
        bureau["hendra"].advises(bureau["rina"].consults(case_id, post="kabag-p2l"), " ")


def test_the_sop_file_may_forbid_it_and_sets_its_time(bureau: Bureau) -> None:
    text = bureau.rules.sops[SOFTWARE].text
    words = text.replace("instructions = [", 'opinion = "4 jam"\ninstructions = [', 1)
    bureau.knows(parse_sop(words, source="sop"))
    case_id = handled(bureau)
    one = asked(bureau, bureau["rina"].consults(case_id, post="kadiv"))
    assert one.due(bureau.rules.office.calendar) == wita(23, 14)
    bureau.knows(parse_sop(words.replace("opinion", 'forbids = ["consult"]\nopinion', 1), source="sop"))
    other = bureau.begins("budi")
    with pytest.raises(StepForbids):
        bureau["bambang"].consults(other, post="kadiv")


def test_it_lapses_when_the_task_is_decided(bureau: Bureau, case_id: int) -> None:
    one, task_id = bureau["rina"].consults(case_id, post="kabag-p2l"), bureau.task(case_id).id
    bureau["rina"].hands_in(case_id)
    assert bureau.live(task_id, CardKind.CONSULTATION) == []
    with pytest.raises(OpinionOver):
        bureau["hendra"].advises(one)
    bureau.passes(timedelta(days=9))
    assert bureau.work(opinions.remind_due) is False
    assert reminded(bureau) == []
    assert asked(bureau, one).remind_at is None
    bureau.finishes(case_id)
    with pytest.raises(OpinionOver):
        bureau["hendra"].advises(one)
    with pytest.raises(TaskAlreadyDecided):
        bureau["bambang"].consults(case_id, post="kabag-p2l")
    assert verified(bureau)


def test_the_post_reaches_who_sits_there_now(bureau: Bureau, case_id: int) -> None:
    one = bureau["rina"].consults(case_id, post="kabag-p2l")
    bureau.hires("yusuf", "Yusuf Mandagi").takes("kabag-p2l", Capacity.PLT)
    bureau["hendra"].leaves("kabag-p2l")
    bureau.deals("kabag-p2l")
    assert consulted(bureau, case_id) == ["yusuf"]
    with pytest.raises(NotYourTask):
        bureau["hendra"].advises(one)
    bureau["yusuf"].is_unbound()
    assert consulted(bureau, case_id) == []
    bureau["yusuf"].comes_back()
    assert consulted(bureau, case_id) == ["yusuf"]
    bureau["yusuf"].advises(one)
    assert asked(bureau, one).answered_as == "plt:kabag-p2l"
    assert verified(bureau)


def test_the_one_asked_is_reminded_once_within_what_they_may_hear(bureau: Bureau, case_id: int) -> None:
    bureau["rina"].consults(case_id, post="kabag-p2l")
    assert bureau.work(opinions.next_wake) == wita(24, 7, 30), "six hours end at the closing"
    bureau.at = wita(24, 7, 29)
    assert bureau.work(opinions.remind_due) is False
    assert reminded(bureau) == []

    def hears(records: Records) -> None:
        person = records.session.get_one(Person, bureau["hendra"].id)
        person.reminded_at, person.unanswered = wita(23, 15, 50), 1

    bureau.work(hears)
    bureau.at = wita(24, 7, 30)
    bureau.work(opinions.remind_due)
    assert reminded(bureau) == [], "ten office minutes after another reminder"
    bureau.at = bureau.work(opinions.next_wake) or bureau.at
    assert bureau.at == wita(24, 7, 50)
    bureau.work(opinions.remind_due)
    assert reminded(bureau) == ["hendra"]
    bureau.passes(timedelta(days=5))
    bureau.work(opinions.remind_due)
    assert reminded(bureau) == ["hendra"]
    assert bureau.work(opinions.next_wake) is None
    assert verified(bureau)


def test_a_day_off_moves_the_reminder(bureau: Bureau, case_id: int) -> None:
    bureau.work(adopt_calendar)
    bureau.at = wita(23, 15)
    one = bureau["rina"].consults(case_id, post="kabag-p2l")
    day = date(2026, 11, 24)
    off = CalendarEntry(0, EntryKind.DAY_OFF, day, day, "SK", by=2, at=bureau.at, periods=(), week=((),) * 7)
    before = asked(bureau, one).remind_at
    bureau.work(lambda records: bring_into_force(records, lambda known: known.entered(off)))
    after = asked(bureau, one).remind_at
    assert before is not None
    assert after is not None
    assert after == before + timedelta(days=1)


def test_the_one_asked_reads_the_case_while_the_opinion_is_wanted(bureau: Bureau) -> None:
    case_id = handled(bureau, confidential=True)
    bureau.hires("joko", "Joko Contoh").takes("jft-prakom")
    assert sight(bureau, case_id, "joko") is Sight.POSITION, "a watcher"
    one = bureau["rina"].consults(case_id, person="joko")
    assert sight(bureau, case_id, "joko") is Sight.WHOLE
    assert sight(bureau, case_id, "andi") is Sight.POSITION
    bureau["joko"].advises(one)
    assert sight(bureau, case_id, "joko") is Sight.POSITION
    bureau["rina"].consults(case_id, person="joko")
    bureau["rina"].hands_in(case_id)
    assert sight(bureau, case_id, "joko") is Sight.POSITION


def test_who_has_asked_others_has_acted_on_the_disposition(bureau: Bureau, case_id: int) -> None:
    bureau["rina"].consults(case_id, post="kadiv")
    with pytest.raises(RecallTooLate):
        bureau["maria"].recalls(case_id)


def test_an_opinion_that_came_at_night_is_named_at_the_opening(bureau: Bureau, case_id: int) -> None:
    one = bureau["rina"].consults(case_id, post="kabag-p2l")
    bureau.at = wita(23, 20)
    bureau["hendra"].advises(one)
    pending = bureau.work(
        lambda records: records.session.scalars(select(Person.pending).where(Person.id == bureau["rina"].id)).one()
    )
    assert pending == [[bureau.task(case_id).id, bureau.task(case_id).version]]
