"""What a task's card says of the report: the heading and what goes beyond it, nothing twice."""

from __future__ import annotations

from datetime import timedelta
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
        (LONG, [LONG]),
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


def forwards(office: Office, name: str, note: str = "", *instructions: str) -> None:
    """Let an official forward with a note and ticks, as on the card."""
    if note or instructions:
        office[name].taps("Instruksi & catatan")
        for one in instructions:
            office[name].taps(one)
    if note:
        office[name].taps("Tulis catatan")
        office[name].writes(note)
    office[name].taps("Teruskan ke")


def card_of(office: Office, name: str) -> str:
    return office[name].chat.find("langkah").html


def folded(html: str) -> str:
    return "".join(part.partition("</blockquote>")[0] for part in html.split("<blockquote expandable>")[1:])


def opened(html: str) -> str:
    return "".join(part.partition("<blockquote expandable>")[0] for part in html.split("</blockquote>"))


def test_every_note_stays_open_on_later_cards_and_empty_lines_are_folded(office: Office) -> None:
    first_card(office, "SIMPEG mati")
    forwards(office, "bambang", "Mohon prioritas.", "Tindak lanjuti")
    forwards(office, "siti")
    forwards(office, "hendra", "Koordinasikan dengan Kepegawaian.")
    html = card_of(office, "maria")
    assert "<b>Kakanwil</b>, 08.30: “Mohon prioritas.” ☑ Tindak lanjuti\n" in opened(html)
    assert "<b>Kabag P2L</b>, 08.30: “Koordinasikan dengan Kepegawaian.”" in opened(html)
    assert folded(html) == "<b>Riwayat</b>\nSiti Rahmawati (Kadiv), 08.30 WITA · diteruskan"
    assert "Siti" not in opened(html)


def test_the_reason_of_a_return_stays_open_and_says_what_it_was(office: Office) -> None:
    first_card(office, "SIMPEG mati")
    forwards(office, "bambang")
    office["siti"].taps("Kembalikan")
    office["siti"].taps("Data kurang lengkap")
    assert "↩️ <b>Kadiv</b>, 08.30: “Data kurang lengkap”" in opened(card_of(office, "bambang"))


def test_a_decided_card_keeps_ones_own_words_and_the_way_to_the_timeline(office: Office) -> None:
    first_card(office, "SIMPEG mati")
    forwards(office, "bambang", "Mohon prioritas.", "Tindak lanjuti")
    shown = office["bambang"].chat.find("langkah")
    assert shown.text.endswith("(Kakanwil), 08.30 WITA. Kini pada Kadiv.\n“Mohon prioritas.” ☑ Tindak lanjuti")
    assert shown.labels == ["↩️ Tarik kembali", "🗺 Alur SOP", "🕘 Riwayat"]
    office["bambang"].taps("Riwayat", on=shown)
    assert "RIWAYAT SW-2026-0001" in office["bambang"].chat.last.text


def test_a_long_note_is_cut_only_where_the_card_has_no_room_and_then_whole_in_the_fold(office: Office) -> None:
    first_card(office, "SIMPEG mati")
    note = "Mohon dicatat apa yang berubah. " * 11
    forwards(office, "bambang", note.strip())
    assert note.strip() in opened(card_of(office, "siti"))
    long = ("Mohon dicatat apa yang berubah. " * 60).strip()
    forwards(office, "siti", long)
    html = card_of(office, "hendra")
    assert long not in opened(html)
    assert long in folded(html)
    assert "<b>Kadiv</b>, 08.30: “Mohon dicatat" in opened(html)


def test_the_deadline_is_an_instant_with_its_day(office: Office) -> None:
    text = first_card(office, "SIMPEG mati")
    assert "Batas waktu: Sen 23 Nov 09.00 WITA · mutu baku 30 menit" in text
    assert "sisa" not in text


def test_a_late_card_says_when_it_was_due(office: Office) -> None:
    first_card(office, "SIMPEG mati")
    office.passes(timedelta(hours=2))
    office["bambang"].taps("Instruksi & catatan")
    assert "⚠️ Lewat batas waktu: Sen 23 Nov 09.00 WITA · mutu baku 30 menit" in office["bambang"].chat.last.text


def test_an_unanswered_question_is_told_above_the_fold(office: Office) -> None:
    first_card(office, "SIMPEG mati")
    for name in ("bambang", "siti", "hendra"):
        forwards(office, name)
    office["maria"].taps("Teruskan ke")
    office["maria"].taps("Rina")
    office["rina"].taps("Tanya pelapor")
    office["rina"].writes("Pesan galat apa yang muncul?")
    html = office["rina"].chat.find("PENANGANAN").html
    assert "❓ Menunggu pelapor sejak Sen 23 Nov 08.30 WITA" in opened(html)
    assert "Pesan galat apa yang muncul?" in folded(html)
