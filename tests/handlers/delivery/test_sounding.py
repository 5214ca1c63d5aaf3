"""What sounds: a first card does, one on top of it does not, and nothing does while the office is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from models.chase.sweep import chase_due
from models.office.person import Person
from models.rules.urgency import Urgency
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office

SOFTWARE = "penanganan-masalah-software"


def wita(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of November 2026 on the office's clock; the 24th is a Tuesday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def begins(office: Office, *, at: datetime, urgency: Urgency = Urgency.ORDINARY) -> str:
    """Let a report come in, and deliver what it owes; returns the number of the case."""
    office.at = at

    def report(records: Records) -> str:
        reporter = records.session.get_one(Person, office["budi"].id)
        begun = records.begin(a_report("SIMPEG mati", urgency=urgency), reporter=reporter, sop=SOFTWARE)
        return begun.case.number

    number = office.work(report)
    office.deliver()
    return number


def cards(office: Office, name: str) -> list[bool]:
    """Return of each card of a task that a person got whether it sounded."""
    return [not shown.silent for shown in office[name].chat.messages if "DISPOSISI" in shown.text]


def test_a_card_on_top_of_one_that_waits_is_silent_for_half_an_hour_of_office_time(office: Office) -> None:
    for at in (wita(24, 11, 40), wita(24, 11, 43), wita(24, 13, 9), wita(24, 13, 10), wita(24, 13, 39)):
        begins(office, at=at)
    assert cards(office, "bambang") == [True, False, False, True, False]


def test_who_has_decided_what_sounded_hears_the_next_card(office: Office) -> None:
    begins(office, at=wita(24, 9))
    office["bambang"].taps("Teruskan ke")
    begins(office, at=wita(24, 9, 3))
    assert cards(office, "bambang") == [True, True]


def test_a_card_is_silent_while_a_reminder_is_unanswered(office: Office) -> None:
    def reminded(records: Records) -> None:
        person = records.session.get_one(Person, office["bambang"].id)
        person.reminded_at, person.unanswered = wita(24, 9), 2

    office.work(reminded)
    begins(office, at=wita(24, 9, 45))
    begins(office, at=wita(24, 10, 0))
    assert cards(office, "bambang") == [False, True], "an hour after the second reminder"


def test_of_reminders_that_could_not_leave_in_time_only_the_newest_does(office: Office) -> None:
    begins(office, at=wita(24, 9))
    for at in (wita(24, 9, 24), wita(24, 9, 54)):
        office.at = at
        assert office.work(chase_due).rungs == 1
    office.deliver()
    (late,) = (shown.text for shown in office["bambang"].chat.messages if "DISPOSISI" not in shown.text)
    assert late.startswith("⚠️ SW-2026-0001"), "it says that the step is late, not that it will be"


def test_a_reminder_of_what_was_decided_since_does_not_leave(office: Office) -> None:
    numbers = [begins(office, at=wita(24, 9)), begins(office, at=wita(24, 9, 1))]
    office.at = wita(24, 9, 25)
    office.work(chase_due)

    def forward_all(records: Records) -> None:
        for number in numbers:
            proceeding = records.case_numbered(number)
            (task,) = proceeding.case.tasks
            bambang = records.session.get_one(Person, office["bambang"].id)
            proceeding.forward(task, by=records.tenure(bambang, task))

    office.work(forward_all)
    office.deliver()
    assert not [shown for shown in office["bambang"].chat.messages if "menunggu" in shown.text]


@pytest.mark.parametrize("at", [wita(24, 7, 29), wita(24, 12, 30), wita(24, 16), wita(28, 10)])
def test_nothing_sounds_while_the_office_is_closed_not_even_an_answer(office: Office, at: datetime) -> None:
    office.at = at
    office["budi"].writes("Tolong, SIMPEG mati")
    office["budi"].taps("Kirim")
    assert [shown.silent for chat in office.chats.values() for shown in chat.messages].count(False) == 0
    assert cards(office, "bambang") == [False]


def test_what_is_very_urgent_sounds_on_top_of_others_and_at_night_where_the_office_says_so(office: Office) -> None:
    begins(office, at=wita(24, 9))
    begins(office, at=wita(24, 9, 1), urgency=Urgency.VERY_URGENT)
    begins(office, at=wita(24, 20), urgency=Urgency.VERY_URGENT)
    assert cards(office, "bambang") == [True, True, False]

    reminders = replace(office.rules.office.reminders, very_urgent_at_night=True)
    office.rules = replace(office.rules, office=replace(office.rules.office, reminders=reminders))
    begins(office, at=wita(24, 20, 1), urgency=Urgency.VERY_URGENT)
    begins(office, at=wita(24, 20, 2), urgency=Urgency.URGENT)
    assert cards(office, "bambang")[-2:] == [True, False]
