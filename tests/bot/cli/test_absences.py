"""`disposisi person away`, `back` and `acting`: who stands in for whom, by decree."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.clock import Clock
from models.office.person import Person
from models.office.tenure import Capacity, Post, Tenure
from tests.bot.cli.command_line import MONDAY, Disposisi, make_tables, stored, told

SITI, HENDRA = "198001012005012001", "198001012005012002"
SK = ("--sk", "W.25-KP.04-12", "--sk-date", "2026-11-20")


@pytest.fixture
def office(disposisi: Disposisi, tmp_path: Path) -> Disposisi:
    return appointed(disposisi, tmp_path)


def appointed(disposisi: Disposisi, tmp_path: Path) -> Disposisi:
    """Let an office have a Kadiv and a Kabag."""
    make_tables(tmp_path)
    assert disposisi("invite", "kadiv").code == 0
    people = ((SITI, "Siti Contoh", "kadiv", 501), (HENDRA, "Hendra Contoh", "kabag-p2l", 502))
    with told(tmp_path) as session:
        for nip, name, post, account in people:
            session.merge(Post(code=post, title=post, short=post))
            person = Person(name=name, nip=nip, account_id=account, registered_at=MONDAY)
            session.add_all([person, Tenure.begin(person, post, capacity=Capacity.DEFINITIVE, at=MONDAY)])
    return disposisi


def today() -> date:
    """Return today on the office's calendar: the command line has the machine's clock."""
    return Clock().now().astimezone(ZoneInfo("Asia/Makassar")).date()


def capacities(tmp_path: Path, post: str) -> list[tuple[str, bool]]:
    with stored(tmp_path) as database, database.transaction() as session:
        tenures = session.scalars(select(Tenure).where(Tenure.post == post).order_by(Tenure.id))
        return [(one.capacity.value, one.lasts) for one in tenures]


def test_a_plh_is_named_for_an_absence_that_lies_ahead_and_is_called_off(office: Disposisi, tmp_path: Path) -> None:
    first = (today() + timedelta(days=9)).isoformat()
    said = office("person", "away", SITI, "--from", first, "--plh", HENDRA, *SK)
    assert said.code == 0, said.err
    assert "Siti Contoh is away from" in said
    assert "Hendra Contoh stands in from the first day on." in said
    assert "away already" in office("person", "away", SITI, "--from", first)
    assert capacities(tmp_path, "kadiv") == [("definitive", True)]

    assert "called off" in office("person", "back", SITI)
    assert "is not away" in office("person", "back", SITI)
    assert office("verify").code == 0


def test_an_absence_from_today_on_begins_at_once_and_ends_when_the_person_is_back(
    office: Disposisi, tmp_path: Path
) -> None:
    said = office("person", "away", SITI, "--from", today().isoformat(), "--plh", HENDRA, *SK)
    assert "Hendra Contoh stands in now." in said
    assert capacities(tmp_path, "kadiv") == [("definitive", True), ("plh", True)]
    assert "(plh)" in office("person", "list")
    assert "Siti Contoh is back" in office("person", "back", SITI)
    assert capacities(tmp_path, "kadiv") == [("definitive", True), ("plh", False)]
    assert office("verify").code == 0


def test_without_a_plh_the_cards_stay(office: Disposisi) -> None:
    said = office("person", "away", SITI, "--from", today().isoformat(), "--to", today().isoformat())
    assert said.code == 0
    assert "Nobody stands in yet" in said


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--from", "2020-01-01"), "The first day is over"),
        (("--from", "2099-01-01"), "Too far"),
        (("--from", "kapan"), "kapan"),
        (("--from", "TODAY", "--to", "2020-01-01"), "before the first"),
        (("--from", "TODAY", "--plh", HENDRA), "named by --plh, --sk and --sk-date together"),
        (("--from", "TODAY", "--plh", SITI, *SK), "Nobody stands in for themselves"),
        (("--from", "TODAY", "--plh", "197001011995031002", *SK), "is registered"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(office: Disposisi, arguments: tuple[str, ...], why: str) -> None:
    said = office("person", "away", SITI, *(today().isoformat() if one == "TODAY" else one for one in arguments))
    assert said.code != 0
    assert why in said
    assert "is not away" in office("person", "back", SITI)


def test_a_plt_is_named_for_a_vacant_post_only(office: Disposisi, tmp_path: Path) -> None:
    assert "Kadiv is not vacant: Siti Contoh holds it." in office("person", "acting", HENDRA, "kadiv", *SK)
    assert office("person", "end-tenure", SITI, "kadiv").code == 0
    said = office("person", "acting", HENDRA, "kadiv", *SK)
    assert said.code == 0, said.err
    assert "Hendra Contoh is Plt." in said
    assert capacities(tmp_path, "kadiv") == [("definitive", False), ("plt", True)]
    assert office("verify").code == 0
