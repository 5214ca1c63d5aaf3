"""Copies of a decision on the cards: how many may be named, on which pages, and how tall the cards stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup

from handlers.screens import phone
from handlers.screens.screen import Button, Screen
from models.case.copy import MOST
from models.office.person import Person
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Pegawai, Shown

pytestmark = pytest.mark.databases("sqlite")

SOP = "penanganan-masalah-software"
SUBJECT = "Aplikasi kepegawaian tidak dapat dibuka sejak pembaruan semalam " * 6


@pytest.fixture
def kakanwil(office: Office) -> Pegawai:
    """The Kakanwil with a long report, in an office where many are JFT Prakom."""
    for number in range(12):
        office.hires(f"prakom-{number}", f"Prakom Contoh {number}", post="jft-prakom")

    def begin(records: Records) -> None:
        budi = records.session.get_one(Person, office["budi"].id)
        records.begin(a_report(SUBJECT), reporter=budi, sop=SOP)

    office.work(begin)
    office.deliver()
    office["bambang"].taps("Lainnya")
    office["bambang"].taps("👁 Tembusan")
    return office["bambang"]


def height(shown: Shown) -> int:
    rows = tuple(tuple(Button(key.label) for key in row) for row in shown.keyboard)
    return phone.height(Screen(Markup(shown.html), rows))  # noqa: S704 - ours


def test_at_most_ten_are_named_and_every_card_stands_on_a_phone(office: Office, kakanwil: Pegawai) -> None:
    tall, toast = list[int](), ""
    for page in range(3):
        for label in [one for one in kakanwil.chat.last.labels if one.startswith("☐ Prakom")]:
            toast = kakanwil.taps(label)
            tall.append(height(kakanwil.chat.last))
        if page < 2 and "Hal. ›" in kakanwil.chat.last.labels:
            kakanwil.taps("Hal. ›")
    assert toast == f"Paling banyak {MOST} penerima tembusan."
    kakanwil.taps("« Kembali")
    tall.append(height(kakanwil.chat.last))
    kakanwil.taps("Teruskan ke Kadiv")
    tall.append(height(kakanwil.chat.last))
    copy = office["prakom-0"].chat.last
    assert copy.labels == ["👁 Sudah dibaca"]
    tall.append(height(copy))
    assert [one for one in tall if one > phone.SCREEN] == []
    assert kakanwil.chat.last.text.count("belum dibaca") == MOST


def test_the_straight_path_and_its_first_buttons_are_as_they_were(kakanwil: Pegawai) -> None:
    kakanwil.taps("« Kembali")
    assert kakanwil.chat.last.labels[0] == "✅ Teruskan ke Kadiv"
    assert kakanwil.chat.last.labels[-1] == "⋯ Lainnya"
    assert kakanwil.taps("Teruskan ke Kadiv") == "✅ Diteruskan ke Kadiv."
    assert "Tembusan" not in kakanwil.chat.last.text
