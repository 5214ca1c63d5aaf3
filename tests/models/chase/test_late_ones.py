"""Having all who are late reminded: within what each may hear, once, and written down with each case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.chase import late_ones
from models.chase.late_ones import Audience
from models.mail.notice import REMINDING, Notice
from models.office.overseeing import scope_of
from models.office.person import Obstacle, Person
from models.proof import verification
from models.queries.board import reading
from models.refusals.looking import BoardNotYours, NotLate
from models.refusals.reports import CaseClosed
from models.repository.records import Records
from models.rules.board_filters import Wanted
from tests.models.bureau import Bureau
from tests.models.test_cost import lookups

EVERYTHING = Wanted()


def person_of(records: Records, bureau: Bureau, name: str) -> Person:
    return records.session.get_one(Person, bureau[name].id)


def late_for(records: Records, person: Person, wanted: Wanted = EVERYTHING) -> list[int]:
    scope = scope_of(records.reader.office(), person)
    assert scope is not None
    return reading.late_tasks(records.reader, person, scope, wanted)


def reminds(bureau: Bureau, name: str, wanted: Wanted = EVERYTHING) -> Audience:
    def tap(records: Records) -> Audience:
        person = person_of(records, bureau, name)
        return late_ones.remind_of(records, person, late_for(records, person, wanted))

    return bureau.work(tap)


def would_remind(bureau: Bureau, name: str) -> Audience:
    def look(records: Records) -> Audience:
        person = person_of(records, bureau, name)
        return late_ones.audience_of(records.reader, person, late_for(records, person))

    return bureau.work(look)


def names(bureau: Bureau, people: tuple[Person, ...]) -> list[str | None]:
    return [bureau.named(person.id) for person in people]


def reminders(bureau: Bureau) -> list[str | None]:
    """Return who was owed a reminder, in the order of owing."""
    found = select(Notice.person_id).where(Notice.kind.in_(REMINDING)).order_by(Notice.id)
    return [bureau.named(one) for one in bureau.work(lambda records: list(records.session.scalars(found)))]


def told(bureau: Bureau, case_id: int) -> list[dict[str, object]]:
    """Return what the journal of a case tells of reminders that somebody asked for."""
    found = (entry for entry in bureau.entries(case_id) if entry.action == "remind-late")
    return [
        {
            "by": bureau.named(entry.actor_id),
            "as": entry.capacity,
            "to": [bureau.named(one) for one in (entry.payload.body or {}).get("to", [])] if entry.payload else [],
            "later": [bureau.named(one) for one in (entry.payload.body or {}).get("later", [])]
            if entry.payload
            else [],
        }
        for entry in found
    ]


def late_at_three_desks(bureau: Bureau) -> list[int]:
    """Let a case be late with the Kakanwil, the Kadiv and Rina each."""
    cases = [bureau.begins("budi") for _ in range(3)]
    bureau.walks(cases[1], until=2)
    bureau.walks(cases[2], until=4)
    bureau["maria"].forwards(cases[2], to="rina")
    bureau.at += timedelta(days=7)
    return cases


def test_everybody_who_is_late_gets_one_reminder_and_each_case_tells_it(bureau: Bureau) -> None:
    cases = late_at_three_desks(bureau)
    again = bureau.begins("budi")
    bureau.walks(again, until=2)
    bureau.at += timedelta(days=1)
    expected = would_remind(bureau, "maria")
    heard = reminds(bureau, "maria")
    assert sorted(filter(None, names(bureau, heard.now))) == ["bambang", "rina", "siti"]
    assert (heard.tasks, heard.later, heard.deaf, heard.own) == (4, (), (), False)
    assert [one.id for one in expected.now] == [one.id for one in heard.now], "what was asked is what happened"
    assert sorted(filter(None, reminders(bureau))) == ["bambang", "rina", "siti"], "one each, also of two tasks"
    assert [told(bureau, case_id) for case_id in cases] == [
        [{"by": "maria", "as": "definitive:kasubbag-humas", "to": [name], "later": []}]
        for name in ("bambang", "siti", "rina")
    ]
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_a_second_tap_reminds_nobody_and_what_it_left_out_comes_by_itself(bureau: Bureau) -> None:
    (first, *_) = late_at_three_desks(bureau)
    assert len(reminds(bureau, "maria").now) == 3
    heard = reminds(bureau, "maria")
    assert (heard.now, len(heard.later)) == ((), 3)
    assert len(reminders(bureau)) == 3
    assert told(bureau, first)[1:] == [
        {"by": "maria", "as": "definitive:kasubbag-humas", "to": [], "later": ["bambang"]}
    ]
    bureau.works(31)
    bureau.sweeps()
    assert "bambang" in reminders(bureau)[3:], "with the next reminder that he may hear"


def test_who_was_reminded_a_moment_ago_is_left_out_and_hears_it_later(bureau: Bureau) -> None:
    late_at_three_desks(bureau)
    bureau.at = bureau.rules.office.calendar.opening(bureau.at)
    reminds(bureau, "maria", Wanted(post="kakanwil"))
    assert reminders(bureau) == ["bambang"]
    bureau.works(5)
    heard = reminds(bureau, "maria")
    assert sorted(filter(None, names(bureau, heard.now))) == ["rina", "siti"]
    assert (names(bureau, heard.later), heard.tasks) == (["bambang"], 2)


def test_who_hears_less_and_less_from_the_program_may_be_reminded_after_the_least_time(bureau: Bureau) -> None:
    """The ladder has told them three times by now, and says nothing before the afternoon."""
    late_at_three_desks(bureau)
    bureau.at = bureau.rules.office.calendar.opening(bureau.at)
    for minutes in (0, 31, 61):
        bureau.works(minutes)
        bureau.sweeps()
    assert reminders(bureau).count("bambang") == 3
    bureau.works(29)
    assert "bambang" not in names(bureau, reminds(bureau, "maria").now)
    bureau.works(2)
    assert "bambang" in names(bureau, reminds(bureau, "maria").now)
    assert reminders(bureau).count("bambang") == 4


def test_nobody_reminds_themselves_and_a_superior_reminds_only_those_below(bureau: Bureau) -> None:
    late_at_three_desks(bureau)
    heard = reminds(bureau, "siti")
    assert (names(bureau, heard.now), heard.own) == (["rina"], True)
    assert reminders(bureau) == ["rina"]


def test_who_cannot_be_written_to_is_counted_and_not_reminded(bureau: Bureau) -> None:
    cases = late_at_three_desks(bureau)

    def is_lost(records: Records) -> None:
        siti = person_of(records, bureau, "siti")
        siti.unreachable_since, siti.unreachable_because = records.at, Obstacle.BLOCKED

    bureau.work(is_lost)
    heard = reminds(bureau, "maria")
    assert names(bureau, heard.deaf) == ["siti"]
    assert "siti" not in reminders(bureau)
    assert told(bureau, cases[1]) == [], "nobody was reminded of it"


def test_outside_office_hours_nobody_is_reminded_now(bureau: Bureau) -> None:
    late_at_three_desks(bureau)
    bureau.at = bureau.rules.office.calendar.opening(bureau.at).replace(hour=14, minute=0)
    assert not bureau.rules.office.calendar.is_open(bureau.at)
    heard = reminds(bureau, "maria")
    assert (heard.now, heard.tasks, len(heard.later)) == ((), 0, 3)
    assert reminders(bureau) == []
    bureau.at = bureau.rules.office.calendar.opening(bureau.at)
    bureau.sweeps()
    assert {"bambang", "siti", "rina"} <= set(reminders(bureau)), "at the opening"


def test_what_is_not_late_cannot_be_reminded_of(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")

    def asks(records: Records) -> None:
        proceeding, tenure = (
            records.case(case_id),
            next(one for one in records.lock_office().tenures if one.person_id == bureau["maria"].id),
        )
        proceeding.have_reminded(proceeding.case.tasks[-1], by=tenure, to=[tenure.person], later=[])

    with pytest.raises(NotLate):
        bureau.work(asks)
    bureau.finishes(case_id)
    bureau.at += timedelta(days=7)
    with pytest.raises(CaseClosed):
        bureau.work(asks)
    assert told(bureau, case_id) == []


def test_nobody_reminds_of_what_they_do_not_look_over(bureau: Bureau) -> None:
    cases = late_at_three_desks(bureau)
    tasks = [bureau.task(case_id).id for case_id in cases]

    def asks(records: Records) -> None:
        late_ones.remind_of(records, person_of(records, bureau, "budi"), tasks)

    with pytest.raises(BoardNotYours):
        bureau.work(asks)
    assert reminders(bureau) == []


def test_it_takes_no_more_statements_for_many_cases(bureau: Bureau) -> None:
    costs = []
    for count in (2, 8):
        for _ in range(count):
            bureau.begins("budi")
        bureau.at += timedelta(days=7)
        with lookups(bureau) as found:
            assert reminds(bureau, "maria").now
        costs.append(len(found))
    assert costs[1] <= costs[0] + 2
