"""The picture of a case's way through its SOP: where it is, who did what, how long it took, what its reader may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.looking import status
from handlers.papers.flow import FlowPicture, FlowStep, Return, State, Verdict
from handlers.papers.paper import Sheet
from models.case.evaluation import Part
from tests.handlers.looking.test_status import begins, forwards, to_rina

if TYPE_CHECKING:
    from tests.handlers.conftest import Office

Begins = Callable[..., str]

__all__ = ["begins"]


def looks(office: Office, name: str, number: str) -> FlowPicture:
    """Let somebody look at the way of a case; returns what its picture shows."""
    reader = office[name]
    reader.sends(f"/status {number}", status.command)
    reader.taps("Alur SOP")
    paper = reader.chat.papers[-1].paper
    assert paper.sheet is Sheet.PNG
    assert isinstance(paper.content, FlowPicture)
    return paper.content


def submitted_and_returned(office: Office, number: str, reason: str) -> None:
    rina, maria = office["rina"], office["maria"]
    rina.does(number, lambda proceeding, task, by: [proceeding.write(task, part, "Isi", by=by) for part in Part])
    rina.does(number, lambda proceeding, task, by: proceeding.submit(task, by=by))
    maria.does(number, lambda proceeding, task, by: proceeding.give_back(task, by=by, note=reason))


def states(picture: FlowPicture) -> list[State]:
    return [step.state for step in picture.steps]


def step(picture: FlowPicture, number: int) -> FlowStep:
    return picture.steps[number - 1]


def test_it_says_first_where_the_case_is_with_whom_and_until_when(office: Office, begins: Begins) -> None:
    number = begins()
    forwards(office, "bambang", number)
    picture = looks(office, "siti", number)

    assert (picture.number, picture.subject) == (number, "SIMPEG tidak dapat dibuka")
    assert picture.answer == ("Langkah 2 dari 9", "Pada Siti Rahmawati, Kadiv", "Batas waktu Sen 23 Nov 09.00 WITA")
    assert picture.tone is State.NOW
    assert states(picture) == [State.DONE, State.NOW, *[State.AHEAD] * 7]
    assert picture.roles == ("Kakanwil", "Kadiv", "Kabag P2L", "Kasubbag Humas, RB & IT", "JFT Prakom")
    assert [one.decision for one in picture.steps] == [False] * 5 + [True] * 3 + [False]
    assert step(picture, 3).says == "mutu baku 30 menit"
    assert picture.returns == ()


def test_what_was_late_is_told_in_words_and_by_how_much(office: Office, begins: Begins) -> None:
    number = begins()
    office.passes(timedelta(minutes=44))
    forwards(office, "bambang", number)
    office.passes(timedelta(minutes=40))
    picture = looks(office, "siti", number)

    (first,) = step(picture, 1).visits
    assert (first.who, first.time, first.standard) == ("Bambang Wijaya", "44 menit", "30 menit")
    assert (first.verdict, first.more) == (Verdict.LATE, ("lewat 14 menit",))
    (second,) = step(picture, 2).visits
    assert second.verdict is Verdict.LATE
    assert second.more == ("lewat sejak Sen 23 Nov 09.44 WITA",)
    assert picture.answer[0] == "Langkah 2 dari 9 · terlambat"
    assert states(picture)[:3] == [State.DONE_LATE, State.NOW_LATE, State.AHEAD]


def test_each_pass_of_a_step_and_each_way_back_is_told(office: Office, begins: Begins) -> None:
    number = begins()
    to_rina(office, number)
    for reason in ("Lengkapi.", "Rapikan."):
        submitted_and_returned(office, number, reason)
    picture = looks(office, "maria", number)

    assert picture.returns == (Return(5, 4, 2),)
    assert [one.round for one in step(picture, 5).visits] == ["Kali ke-1", "Kali ke-2", "Kali ke-3"]
    assert [one.more for one in step(picture, 6).visits] == [
        ("dikembalikan: “Lengkapi.”",),
        ("dikembalikan: “Rapikan.”",),
    ]
    assert states(picture)[4:7] == [State.NOW, State.AHEAD, State.AHEAD]


def test_a_reporter_does_not_read_why_work_was_returned(office: Office, begins: Begins) -> None:
    number = begins()
    forwards(office, "bambang", number)
    office["siti"].does(number, lambda proceeding, task, by: proceeding.send_back(task, by=by, note="Bukan kami."))

    assert step(looks(office, "siti", number), 2).visits[0].more == ("dikembalikan: “Bukan kami.”",)
    assert step(looks(office, "budi", number), 2).visits[0].more == ("dikembalikan",)


def test_who_may_see_only_where_a_case_stands_reads_no_subject(office: Office, begins: Begins) -> None:
    number = begins("Sandi bocor", confidential=True)
    office["bambang"].does(number, lambda proceeding, task, by: proceeding.forward(task, by=by, note="Diam-diam."))
    assert looks(office, "bambang", number).subject == "Sandi bocor"

    seen = repr(looks(office, "maria", number))
    assert "Sandi" not in seen
    assert "PENANGANAN MASALAH SOFTWARE" in seen


def test_the_picture_of_a_case_that_ended_early_says_how(office: Office, begins: Begins) -> None:
    number = begins()
    office["bambang"].does(number, lambda proceeding, task, by: proceeding.decline(task, by=by, note="Bukan."))
    picture = looks(office, "bambang", number)

    assert picture.answer[0] == "Ditolak di langkah 1"
    assert states(picture) == [State.ENDED, *[State.AHEAD] * 8]
    assert step(picture, 1).visits[0].more == ("ditolak: “Bukan.”",)


def test_the_same_state_is_the_same_picture_whenever_it_is_looked_at(office: Office, begins: Begins) -> None:
    number = begins()
    first = looks(office, "bambang", number)
    office.passes(timedelta(minutes=10))
    assert looks(office, "bambang", number) == first
    office.passes(timedelta(minutes=30))
    assert looks(office, "bambang", number) != first
