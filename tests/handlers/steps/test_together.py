"""Several cards are chosen on the list of tasks and forwarded together: limits, what does not go, and its height."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from handlers import taps
from handlers.looking import status
from handlers.screens import phone
from handlers.screens.queue import Listing, ListView, TaskLine, listed
from handlers.screens.screen import Screen
from handlers.screens.together import Choice, SelectionView, selecting
from models.case.selection import LASTS, MOST
from models.mail.card import Face
from models.office.person import Person
from models.rules.sop_file import parse_sop
from models.rules.urgency import Urgency
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Pegawai

pytestmark = pytest.mark.databases("sqlite")

ORDINARY = Urgency.ORDINARY
SOP = "penanganan-masalah-software"


def reported(office: Office, *, count: int, by: str = "budi") -> Pegawai:
    """Let somebody report so many problems; returns the Kakanwil with the list of what waits."""

    def begin(records: Records) -> None:
        reporter = records.session.get_one(Person, office[by].id)
        for number in range(count):
            records.begin(a_report(f"Masalah {number}"), reporter=reporter, sop=SOP)
            records.session.flush()

    office.work(begin)
    office.deliver()
    office["bambang"].sends("/tugas", status.tasks)
    return office["bambang"]


def test_at_most_fifty_are_chosen_and_forwarded_at_once(office: Office) -> None:
    kakanwil = reported(office, count=MOST + 1)
    kakanwil.taps("eberapa")
    toast = kakanwil.taps(f"Pilih semua ({MOST + 1})")
    assert toast == "50 yang paling mendesak dipilih; paling banyak 50 sekali teruskan."
    for _ in range(6):
        kakanwil.taps("Hal. ›")
    assert kakanwil.taps("☐ 0051") == "Paling banyak 50 kartu sekali teruskan."

    assert kakanwil.taps("Teruskan 50") == "✅ 50 diteruskan."

    assert office.case("SW-2026-0051").tasks[-1].step == 1
    assert office.case("SW-2026-0050").tasks[-1].step == 2
    assert len(kakanwil.chat.find("50 diteruskan ke Kadiv").text) < 4096


def test_many_cost_few_more_statements_than_one(office: Office) -> None:
    """What is looked up once for all: the cases, their tasks, their cards, what was prepared, the lists in chats."""
    looked: list[int] = []
    for count in (2, 12):
        kakanwil = reported(office, count=count)
        kakanwil.taps("eberapa")
        kakanwil.taps("Pilih semua")
        looked.append(lookups_of(office, kakanwil, f"Teruskan {count}"))
        office.deliver()
    assert looked[1] <= looked[0]


def lookups_of(office: Office, who: Pegawai, label: str) -> int:
    """Return how many statements look something up while a tap on a button is carried out."""
    shown = who.chat.last
    key = next(key for key in shown.keys if label in key.label)
    me, found = who.account_id, list[str]()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    event.listen(office.engine, "before_cursor_execute", note)
    try:
        office.work(lambda records: taps.tap(records, key.token or "", account_id=me, message_id=shown.message_id))
    finally:
        event.remove(office.engine, "before_cursor_execute", note)
    return sum(one.startswith("SELECT") for one in found)


def test_a_report_of_ones_own_is_not_among_them(office: Office) -> None:
    reported(office, count=1, by="bambang")
    kakanwil = reported(office, count=2)
    kakanwil.taps("eberapa")
    shown = kakanwil.chat.find("Pilih yang diteruskan bersama")
    assert "1 lainnya: teruskan dari kartunya." in shown.text
    assert "☐ 0001" not in shown.labels


def test_nor_is_one_that_they_have_joined(office: Office) -> None:
    kakanwil = reported(office, count=3)

    def join(records: Records) -> None:
        by = records.session.get_one(Person, office["bambang"].id)
        records.case_numbered("SW-2026-0001").join(by=by, text="Saya juga.")

    office.work(join)
    office.deliver()
    kakanwil.sends("/tugas", status.tasks)
    kakanwil.taps("eberapa")
    shown = kakanwil.chat.find("Pilih yang diteruskan bersama")
    assert "1 lainnya: teruskan dari kartunya." in shown.text
    assert "☐ 0001" not in shown.labels


def test_an_sop_that_forbids_it_offers_it_not(office: Office) -> None:
    text = office.rules.sops[SOP].text.replace("instructions = [", 'forbids = ["forward-many"]\ninstructions = [', 1)
    office.rules = replace(office.rules, sops={**office.rules.sops, SOP: parse_sop(text, source="forbidding")})
    kakanwil = reported(office, count=3)
    assert "☑️ Teruskan beberapa" not in kakanwil.chat.last.labels


def test_a_choice_lasts_an_hour_from_its_last_tap(office: Office) -> None:
    kakanwil = reported(office, count=3)
    kakanwil.taps("eberapa")
    kakanwil.taps("☐ 0001")
    office.passes(LASTS - timedelta(minutes=1))
    kakanwil.taps("☐ 0002")
    office.passes(LASTS - timedelta(minutes=1))
    kakanwil.taps("☐ 0003")
    office.passes(LASTS)
    assert kakanwil.taps("Teruskan 3").startswith("Pilihan ini sudah tidak berlaku; belum ada yang diteruskan.")
    assert "3 menunggu Anda" in kakanwil.chat.last.text
    assert "☑️ Teruskan beberapa" in kakanwil.chat.last.labels


def test_what_a_colleague_decides_meanwhile_is_named_with_their_name(office: Office) -> None:
    office.hires("gita", "Gita Contoh", post="kakanwil")
    kakanwil = reported(office, count=3)
    kakanwil.taps("eberapa")
    kakanwil.taps("Pilih semua (3)")
    pressed = kakanwil.chat.last
    forward = next(key.token for key in pressed.keys if key.label == "✅ Teruskan 3") or ""
    office["gita"].sends("/tugas", status.tasks)
    office["gita"].taps("0002")
    office["gita"].taps("Teruskan ke")
    assert "☐ 0002" not in pressed.labels
    assert "☑️ 0002" not in pressed.labels
    kakanwil.presses(forward, pressed.message_id)
    summary = kakanwil.chat.find("diteruskan ke Kadiv").text
    assert "⛔ SW-2026-0002 tidak diteruskan. Sudah diputuskan (diteruskan) oleh Gita Contoh" in summary


SUBJECT = "Aplikasi kepegawaian tidak dapat dibuka sejak pembaruan semalam " * 3


def task(place: int, subject: str, **more: Any) -> TaskLine:
    number = f"SW-2026-{place:04d}"
    at = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
    told: dict[str, Any] = {"late": False, "urgency": ORDINARY, "mine": True} | more
    return TaskLine(place, place, number, subject, "", at, **told)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("subject", ["Masalah", SUBJECT])
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"late": True, "urgency": Urgency.VERY_URGENT, "urges": 2},
        {"paused": True, "urgency": Urgency.VERY_URGENT, "waiting": "Sen 23 Nov 09.14"},
    ],
    ids=["due", "late", "paused"],
)
def test_a_full_page_of_tasks_stands_on_a_phone_with_the_button(
    office: Office, language: str, subject: str, more: dict[str, Any]
) -> None:
    lines = [task(place, subject, **more) for place in range(1, 9)]
    view = ListView(
        Listing.TASKS, datetime(2026, 11, 23, tzinfo=UTC), lines, total=50, page=1, official=True, several=True
    )
    screen = listed(view, office.texts.say(language))
    assert phone.fits(screen), phone.height(screen)


def test_a_page_with_room_keeps_its_subjects_on_the_buttons(office: Office) -> None:
    view = ListView(
        Listing.TASKS,
        datetime(2026, 11, 23, tzinfo=UTC),
        [task(1, SUBJECT), task(2, SUBJECT)],
        total=2,
        page=0,
        official=True,
        several=True,
    )
    assert listed(view, office.texts.say("id")).rows[0][0].label.startswith("0001 · Aplikasi")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("face", [Face.SELECTING, Face.EXPECTS_SELECTION_NOTE])
@pytest.mark.parametrize("number", ["SW-2026-{:04d}", "SW-{:d}026-0001"])
def test_a_full_page_stands_on_a_phone(office: Office, language: str, face: Face, number: str) -> None:
    numbers = [number.format(place) for place in range(1, 9)]
    lines = [
        Choice(place, one, SUBJECT, "JFT Prakom", Urgency.VERY_URGENT, chosen=place % 2 == 0)
        for place, one in enumerate(numbers)
    ]
    view = SelectionView(lines, total=50, chosen=25, others=3, page=1, note="Mohon segera. " * 40, face=face)
    screen: Screen = selecting(view, office.texts.say(language))
    assert phone.fits(screen), phone.height(screen)
