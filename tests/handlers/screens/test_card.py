"""What a task's card says of the report: the heading and what goes beyond it, nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.office.person import Person
from models.rules.urgency import Urgency
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office

pytestmark = pytest.mark.databases("sqlite")

LONG = "SIMPEG tidak dapat dibuka setelah pembaruan. Muncul pesan galat ORA-00018 setiap kali masuk."


def first_card(office: Office, text: str, urgency: Urgency = Urgency.ORDINARY, *, confidential: bool = False) -> str:
    """Let Budi report `text`, and return the card of the first official."""

    def begin(records: Records) -> None:
        budi = records.session.get_one(Person, office["budi"].id)
        said = a_report(text, urgency, confidential=confidential)
        records.begin(said, reporter=budi, sop="penanganan-masalah-software")

    office.work(begin)
    office.deliver()
    return office["bambang"].chat.last.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SIMPEG mati", ["SIMPEG mati"]),
        ("SIMPEG mati\nSejak pagi.\nMohon bantuan.", ["SIMPEG mati", "Sejak pagi.", "Mohon bantuan."]),
        (LONG, [f"{LONG[:73]}…", f"… {LONG[74:]}"]),
        ("SIMPEG   mati", ["SIMPEG mati"]),
        ("SIMPEG mati…", ["SIMPEG mati…"]),
    ],
)
def test_a_card_tells_the_report_once(office: Office, text: str, told: list[str]) -> None:
    _heading, *rows = first_card(office, text).partition("\nPelapor:")[0].splitlines()
    assert [row for row in rows if row] == told


def test_what_is_not_ordinary_stands_out(office: Office) -> None:
    assert "Sifat: biasa" in first_card(office, "SIMPEG mati")
    assert "Sifat: ⚡⚡ sangat segera" in first_card(office, "SIMPEG mati", Urgency.VERY_URGENT)
    assert "Sifat: biasa · 🔒 rahasia" in first_card(office, "SIMPEG mati", confidential=True)
    assert "Sifat: ⚡ segera · 🔒 rahasia" in first_card(office, "SIMPEG mati", Urgency.URGENT, confidential=True)
