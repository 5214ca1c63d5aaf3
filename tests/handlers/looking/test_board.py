"""`/papan`: what each reads of it, its filters and pages on one message, and the reminder of all who are late."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup
from sqlalchemy import select

from handlers.looking import board
from handlers.screens import phone
from handlers.screens.screen import Button, Screen
from models.administration import appointment
from models.mail.card import Card, CardKind
from models.office.person import Person
from models.rules.urgency import Urgency
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Shown

REMIND = "🔔 Ingatkan semua yang terlambat"


def begins(
    office: Office, text: str, *, urgency: Urgency = Urgency.ORDINARY, confidential: bool = False, by: str = "budi"
) -> str:
    def report(records: Records) -> str:
        person = records.session.get_one(Person, office[by].id)
        said = a_report(text, urgency, confidential=confidential)
        return records.begin(said, reporter=person, sop="penanganan-masalah-software").case.number

    number = office.work(report)
    office.deliver()
    return number


def forwards(office: Office, name: str, number: str) -> None:
    office[name].does(number, lambda proceeding, task, by: proceeding.forward(task, by=by))


def asks(office: Office, name: str, command: str = "/papan") -> Shown:
    office[name].sends(command, board.command if command == "/papan" else board.status_command)
    return office[name].chat.last


def boards(office: Office, name: str) -> list[Card]:
    """Return the living boards in the chat of somebody."""
    chat = office[name].account_id
    living = select(Card).where(Card.chat_id == chat, Card.kind == CardKind.BOARD, Card.live)
    return office.work(lambda records: list(records.session.scalars(living)))


def test_the_head_reads_who_has_what_and_how_late_it_is(office: Office) -> None:
    first = begins(office, "SIMPEG tidak dapat dibuka setelah pembaruan")
    office.passes(timedelta(minutes=20))
    second = begins(office, "Surat elektronik tidak terkirim", urgency=Urgency.URGENT)
    forwards(office, "bambang", second)
    office.passes(timedelta(minutes=22))
    shown = asks(office, "bambang")
    assert shown.text == (
        "📊 PAPAN KANTOR · 2 berjalan, 1 terlambat\n"
        f"⚠️ {first} · SIMPEG tidak dapat dibuka setelah pembaruan\n"
        "1/9 Kakanwil: Bambang Wijaya · terlambat 12 menit · umur 42 menit\n"
        f"⏳ {second} (⚡ segera) · Surat elektronik tidak terkirim\n"
        "2/9 Kadiv: Siti Rahmawati · batas 09.20 · umur 22 menit\n"
        "per 09.12, Sen 23 Nov"
    )
    assert shown.labels == [
        *("📋 0001", "0002"),
        *("Terlambat", "Segera", "Bulan ini"),
        *("Langkah", "Jabatan", "🔄 Perbarui"),
        *("📄 Laporan saya", REMIND),
    ]


def test_each_line_opens_its_case_and_ones_own_its_card(office: Office) -> None:
    number = begins(office, "SIMPEG tidak dapat dibuka")
    other = begins(office, "Printer rusak")
    forwards(office, "bambang", other)
    asks(office, "bambang")
    assert other in office["bambang"].taps("0002")
    assert other in office["bambang"].chat.last.text
    board_message = office["bambang"].chat.find("PAPAN KANTOR")
    office["bambang"].taps("0001", on=board_message)
    assert office["bambang"].chat.last.text.startswith(f"📋 DISPOSISI {number}")


def test_filters_and_pages_edit_the_one_message_and_live_in_its_buttons(office: Office) -> None:
    for place in range(7):
        begins(office, f"Masalah {place}", urgency=Urgency.URGENT if place == 6 else Urgency.ORDINARY)
        office.passes(timedelta(minutes=1))
    shown = asks(office, "maria")
    count = len(office["maria"].chat.messages)
    assert "Masalah 4" not in shown.text
    office["maria"].taps("Berikutnya", on=shown)
    assert "Masalah 5" in shown.text
    office["maria"].taps("Segera", on=shown)
    assert (shown.text.splitlines()[1], "1 berjalan" in shown.text) == ("🔎 segera", True)
    assert "✓ Segera" in shown.labels
    office["maria"].taps("Segera", on=shown)
    assert "7 berjalan" in shown.text
    office["maria"].taps("Jabatan", on=shown)
    assert shown.labels == ["Kakanwil (7)", "Semua jabatan"]
    office["maria"].taps("Kakanwil (7)", on=shown)
    assert "🔎 Kakanwil" in shown.text
    office["maria"].taps("Langkah", on=shown)
    (step, every) = shown.labels
    assert step.startswith("1. ")
    assert step.endswith(" (7)")
    office["maria"].taps(step, on=shown)
    assert "🔎 langkah 1, Kakanwil" in shown.text
    office["maria"].taps("Langkah", on=shown)
    office["maria"].taps(every, on=shown)
    assert "🔎 Kakanwil" in shown.text
    assert len(office["maria"].chat.messages) == count, "no message was added"


def test_a_second_board_takes_the_place_of_the_first(office: Office) -> None:
    begins(office, "SIMPEG tidak dapat dibuka")
    asks(office, "maria")
    asks(office, "maria")
    assert len(boards(office, "maria")) == 1
    assert len([one for one in office["maria"].chat.messages if "PAPAN KANTOR" in one.text]) == 1


def test_status_shows_the_board_to_those_who_look_over_others_and_the_list_to_all_else(office: Office) -> None:
    begins(office, "SIMPEG tidak dapat dibuka")
    begins(office, "Printer rusak")
    for name in ("bambang", "maria", "rina", "dewi"):
        assert asks(office, name, "/status").text.startswith("📊 PAPAN KANTOR · 2 berjalan"), name
    assert asks(office, "siti", "/papan").text.startswith("📊 PAPAN BAWAHAN · 0 berjalan")
    assert "PAPAN" not in asks(office, "siti", "/status").text
    assert "PAPAN" not in asks(office, "budi", "/status").text


def test_from_the_board_one_finds_ones_own_reports(office: Office) -> None:
    number = begins(office, "Layar saya mati", by="maria")
    begins(office, "Printer rusak", by="budi")
    asks(office, "maria")
    office["maria"].taps("Laporan saya")
    assert number in office["maria"].chat.last.text


def test_the_board_is_refused_to_who_looks_over_nobody(office: Office) -> None:
    office["budi"].sends("/papan", board.command)
    assert office["budi"].chat.last.text.startswith("Papan kantor hanya untuk pimpinan")
    assert boards(office, "budi") == []


def test_who_has_left_the_post_reads_nothing_on_the_board_any_more(office: Office) -> None:
    begins(office, "SIMPEG tidak dapat dibuka")
    shown = asks(office, "siti")
    office.work(
        lambda records: appointment.relieve(records, records.session.get_one(Person, office["siti"].id), "kadiv")
    )
    office.deliver()
    toast = office["siti"].taps("Perbarui", on=shown)
    assert toast is not None
    assert toast.startswith("Papan kantor hanya untuk pimpinan")
    assert shown.text.startswith("Papan kantor hanya untuk pimpinan")


def test_a_confidential_case_is_a_number_among_others(office: Office) -> None:
    number = begins(office, "Sandi bocor", urgency=Urgency.VERY_URGENT, confidential=True)
    for name in ("bambang", "maria", "dewi"):
        shown = asks(office, name)
        assert "Sandi" not in shown.text
        assert number in shown.text
    assert "segera" not in asks(office, "maria").text


def test_where_a_post_is_vacant_the_board_says_who_decides_and_why(office: Office) -> None:
    number = begins(office, "SIMPEG tidak dapat dibuka")
    for name in ("bambang", "siti"):
        forwards(office, name, number)
    hendra = office["hendra"].id
    office.work(lambda records: appointment.relieve(records, records.session.get_one(Person, hendra), "kabag-p2l"))
    office.deliver()
    assert "3/9 Kadiv: Siti Rahmawati (karena jabatan Kabag P2L lowong)" in asks(office, "bambang").text


def test_the_reminder_says_how_many_hear_it_and_how_many_do_not_and_comes_once(office: Office) -> None:
    first = begins(office, "SIMPEG tidak dapat dibuka")
    second = begins(office, "Printer rusak")
    forwards(office, "bambang", second)
    office.passes(timedelta(minutes=45))
    asks(office, "maria")
    shown = office["maria"].chat.last
    office["maria"].taps(REMIND, on=shown)
    assert shown.text == (
        "🔔 Ingatkan semua yang terlambat? (2 langkah)\n"
        "Diingatkan sekarang: 2 orang tentang 2 langkah.\n"
        "per 09.15, Sen 23 Nov"
    )
    assert shown.labels == ["🔔 Ingatkan 2 orang", "« Kembali"]
    (token,) = [key.token for key in shown.keys if key.label.startswith("🔔")]
    assert token is not None
    assert office["maria"].taps("Ingatkan 2 orang", on=shown) == (
        "🔔 2 orang diingatkan tentang 2 langkah; 0 orang tidak sekarang."
    )
    assert shown.text.startswith("📊 PAPAN KANTOR")
    reminded = [office["bambang"].chat.last.text, office["siti"].chat.last.text]
    assert [first in reminded[0], second in reminded[1]] == [True, True]
    assert office["maria"].presses(token, shown.message_id) is not None, "the second tap is answered"
    assert [office["bambang"].chat.last.text, office["siti"].chat.last.text] == reminded
    office["maria"].taps(REMIND, on=shown)
    assert "Saat ini tidak ada yang dapat diingatkan." in shown.text
    assert "Tidak sekarang: 2 orang baru saja diingatkan" in shown.text
    assert shown.labels == ["« Kembali"]


def test_outside_office_hours_the_question_says_when_the_office_opens(office: Office) -> None:
    begins(office, "SIMPEG tidak dapat dibuka")
    office.passes(timedelta(hours=12))
    shown = asks(office, "maria")
    office["maria"].taps(REMIND, on=shown)
    assert "Kantor tutup; pengingat hanya keluar pada jam kerja, mulai Sel 24 Nov 07.30 WITA." in shown.text
    assert shown.labels == ["« Kembali"]


def test_what_waits_for_the_reader_is_left_out(office: Office) -> None:
    begins(office, "SIMPEG tidak dapat dibuka")
    office.passes(timedelta(minutes=45))
    shown = asks(office, "bambang")
    office["bambang"].taps(REMIND, on=shown)
    assert "Yang menunggu Anda sendiri tidak ikut diingatkan." in shown.text
    assert shown.labels == ["« Kembali"]


def height(shown: Shown) -> int:
    rows = tuple(tuple(Button(key.label) for key in row) for row in shown.keyboard)
    return phone.height(Screen(Markup(shown.html), rows))  # noqa: S704 - ours


def test_a_full_page_fits_a_phone(office: Office) -> None:
    long = "Aplikasi persuratan tidak menyimpan lampiran yang lebih besar dari sepuluh megabita sejak kemarin pagi"
    numbers = [begins(office, long, urgency=Urgency.VERY_URGENT) for _ in range(12)]
    for number in numbers:
        for name in ("bambang", "siti", "hendra", "maria"):
            forwards(office, name, number)
    office.passes(timedelta(days=9, hours=3))
    shown = asks(office, "bambang")
    office["bambang"].taps("Berikutnya", on=shown)
    assert "JFT Prakom: Rina Mokoginta +1" in shown.text
    assert height(shown) <= phone.SCREEN


FACES = {"id": ("Langkah", "Jabatan", "Ingatkan", "PAPAN"), "en": ("Step", "Post", "Remind", "BOARD")}


@pytest.mark.parametrize("language", FACES)
def test_every_face_is_worded_in_each_language(office: Office, language: str) -> None:
    def speaks(records: Records) -> None:
        records.session.get_one(Person, office["maria"].id).language = language

    office.work(speaks)
    begins(office, "SIMPEG tidak dapat dibuka")
    office.passes(timedelta(minutes=45))
    *faces, title = FACES[language]
    shown = asks(office, "maria")
    read = [shown.text]
    for label in faces:
        office["maria"].taps(label, on=shown)
        read.append(shown.text)
        office["maria"].taps(shown.labels[-1], on=shown)
        assert title in shown.text
    assert len(set(read)) == 4
