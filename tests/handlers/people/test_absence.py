"""`/cuti`, the card of an absence, the card of a person who is asked, and what an admin names by decree."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from handlers.looking import status
from handlers.people import absence, administration
from models.administration.absences_due import absences_due
from models.mail.notice import Notice
from models.office.absence import Absence
from tests.handlers.conftest import Shown
from tests.handlers.people.kelola import ends, manages

if TYPE_CHECKING:
    from tests.handlers.conftest import Office


def cuti(office: Office, name: str, words: str = "") -> None:
    office[name].sends(f"/cuti {words}".strip(), absence.command)


def at_kadiv(office: Office) -> str:
    office["budi"].writes("SIMPEG tidak dapat dibuka")
    office["budi"].taps("Kirim")
    office["bambang"].taps("Teruskan ke")
    return "SW-2026-0001"


def looks(office: Office) -> None:
    """Let everything be done that is due."""
    office.work(absences_due)
    office.deliver()


def test_the_days_are_tapped_a_plh_is_asked_and_accepts(office: Office) -> None:
    at_kadiv(office)
    cuti(office, "siti")
    assert "Ketuk, atau tulis tanggalnya" in office["siti"].chat.last.text
    assert "Dicatat" in office["siti"].taps("Hari ini saja")
    shown = office["siti"].chat.find("Anda tidak di tempat · Sen 23 Nov 2026")
    assert shown.labels == [
        "🙋 Minta Bambang Wijaya · Kakanwil",
        "🙋 Minta Hendra Lumi · Kabag P2L",
        "✍️ Alasan",
        "🚫 Batalkan",
    ]
    assert office["siti"].taps("Minta Hendra") == "🙋 Hendra Lumi diminta menjadi Plh."
    assert "Sudah diminta: Hendra Lumi" in office["siti"].chat.find("Anda tidak di tempat").text

    request = office["hendra"].chat.find("Siti Rahmawati meminta Anda menjadi Plh. Kadiv")
    assert request.labels == ["✅ Bersedia", "❌ Tidak"]
    assert office["hendra"].taps("Bersedia") == "✅ Anda Plh. menggantikan Siti Rahmawati."
    assert office["hendra"].chat.find("DISPOSISI SW-2026-0001").labels[0] == "✅ Teruskan ke Kabag P2L"
    assert "kartu ini pada Plh. Hendra Lumi" in office["siti"].chat.find("DISPOSISI SW-2026-0001").text
    assert "Plh. Kadiv: Hendra Lumi" in office["bambang"].chat.last.text

    office["hendra"].taps("Teruskan ke Kabag P2L")
    assert "Hendra Lumi (Plh. Kadiv)" in office["hendra"].chat.find("DISPOSISI SW-2026-0001").text
    office["hendra"].taps("Riwayat")
    assert "Hendra Lumi (Plh. Kadiv)" in office["hendra"].chat.last.text


def test_a_note_of_the_plh_bears_the_capacity_on_the_card(office: Office) -> None:
    number = at_kadiv(office)
    cuti(office, "siti", "hari ini")
    office["siti"].taps("Minta Hendra")
    office["hendra"].taps("Bersedia")
    office["hendra"].does(number, lambda one, task, by: one.remark(task, by=by, text="Mohon segera."))
    assert "🗒 Hendra Lumi (Plh. Kadiv): “Mohon segera.”" in office["hendra"].chat.find("DISPOSISI").text


def test_days_are_typed_and_the_absence_begins_ends_and_is_told(office: Office) -> None:
    at_kadiv(office)
    cuti(office, "siti")
    office["siti"].writes("24/11 - 25 November")
    shown = office["siti"].chat.last
    assert "Sel 24 Nov 2026 – Rab 25 Nov 2026" in shown.text
    office["siti"].taps("Minta Hendra")
    office["hendra"].taps("Bersedia")
    assert "Pada hari pertama kartu berpindah sendiri" in office["siti"].chat.find("Anda tidak di tempat").text

    office.passes(timedelta(hours=15, minutes=30))
    looks(office)
    assert "Sejak kini Anda Plh. Kadiv" in office["hendra"].chat.find("Sejak kini").text
    assert office["hendra"].chat.find("DISPOSISI SW-2026-0001").silent

    office.passes(timedelta(days=2))
    looks(office)
    assert "Selamat datang kembali" in office["siti"].chat.find("Selamat datang").text
    assert "Teruskan ke Kabag P2L" in office["siti"].chat.find("DISPOSISI SW-2026-0001").labels[0]
    assert not office["hendra"].chat.find("DISPOSISI SW-2026-0001").keys


def test_who_is_back_early_says_so(office: Office) -> None:
    at_kadiv(office)
    cuti(office, "siti", "mulai hari ini")
    office["siti"].taps("Minta Hendra")
    office["hendra"].taps("Bersedia")
    cuti(office, "siti")
    assert "Kartu ada pada Plh. Hendra Lumi" in office["siti"].chat.last.text
    assert "Selamat datang kembali" in office["siti"].taps("Saya sudah kembali")
    assert not office["siti"].chat.find("Sudah berakhir").keys
    assert office["siti"].chat.find("DISPOSISI SW-2026-0001").keys
    assert "sudah selesai" in office["hendra"].chat.find("menggantikan Siti").text or office["hendra"].chat.messages


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("31/2", "tidak ada pada kalender"),
        ("22/11 - 24/11", "sudah lewat"),
        ("25/11 - 24/11", "mendahului"),
        ("kapan-kapan", "tidak terbaca"),
        ("1/12/2031", "Terlalu jauh"),
        ("24/11 25/11 26/11", "tidak terbaca"),
    ],
)
def test_days_that_cannot_be_are_refused_and_may_be_written_again(office: Office, words: str, said: str) -> None:
    cuti(office, "siti")
    office["siti"].writes(words)
    assert said in office["siti"].chat.last.text
    office["siti"].writes("24/11")
    assert "Sel 24 Nov 2026" in office["siti"].chat.last.text


def test_one_who_refuses_is_told_of_and_another_may_be_asked(office: Office) -> None:
    cuti(office, "siti", "besok")
    office["siti"].taps("Minta Hendra")
    office["siti"].taps("Minta Bambang")
    office["hendra"].taps("Tidak")
    assert "Hendra Lumi tidak dapat" in office["siti"].chat.last.text
    assert "Tidak bersedia: Hendra Lumi" in office["siti"].chat.find("Anda tidak di tempat").text
    office["bambang"].taps("Bersedia")
    assert "✅ Plh.: Bambang Wijaya" in office["siti"].chat.find("Anda tidak di tempat").text
    assert "Ganti Plh." in office["siti"].chat.find("Anda tidak di tempat").labels[0]


def test_the_second_of_two_who_accept_at_once_reads_who_was_first(office: Office) -> None:
    cuti(office, "siti", "besok")
    office["siti"].taps("Minta Hendra")
    office["siti"].taps("Minta Bambang")
    late = office["hendra"].chat.find("meminta Anda")
    token, message_id = late.keys[0].token or "", late.message_id
    office["bambang"].taps("Bersedia")
    assert office["hendra"].presses(token, message_id) == "Sudah ada Plh.: Bambang Wijaya."
    assert "sudah ada" in office["hendra"].chat.find("menggantikan Siti").text


def test_a_reason_is_written_and_shown_to_the_one_who_is_asked(office: Office) -> None:
    cuti(office, "siti", "besok")
    office["siti"].taps("Alasan")
    office["siti"].writes("Diklat di Manado")
    assert "Alasan: Diklat di Manado" in office["siti"].chat.find("Anda tidak di tempat").text
    office["siti"].taps("Minta Hendra")
    assert "Alasan: Diklat di Manado" in office["hendra"].chat.find("meminta Anda").text


def test_an_absence_is_called_off(office: Office) -> None:
    cuti(office, "siti", "besok")
    office["siti"].taps("Minta Hendra")
    assert office["siti"].taps("Batalkan") == "🚫 Dibatalkan."
    assert "Dibatalkan" in office["siti"].chat.find("Anda tidak di tempat").text
    assert "tidak diperlukan lagi" in office["hendra"].chat.last.text


def test_an_employee_without_a_post_learns_that_nobody_need_stand_in(office: Office) -> None:
    cuti(office, "budi")
    assert "tidak memegang jabatan" in office["budi"].chat.last.text


def test_the_list_of_tasks_leads_to_it(office: Office) -> None:
    at_kadiv(office)
    office["siti"].sends("/tugas", status.tasks)
    office["siti"].taps("Cuti / tidak di tempat")
    assert "Ketuk, atau tulis tanggalnya" in office["siti"].chat.last.text
    office["siti"].taps("Kembali")
    assert "Tidak jadi dicatat" in office["siti"].chat.last.text


def test_an_admin_names_a_plh_by_decree(office: Office) -> None:
    at_kadiv(office)
    siti, hendra = office["siti"].person.nip, office["hendra"].person.nip
    office["dewi"].sends(
        f"/kelola plh {siti} {hendra} 23/11 - 27/11; W.25-KP.04-12; 20/11/2026", administration.command
    )
    shown = office["dewi"].chat.last.text
    assert "Siti Rahmawati tidak di tempat · Sen 23 Nov 2026 – Jum 27 Nov 2026" in shown
    assert "Menurut SK W.25-KP.04-12, Jum 20 Nov 2026" in shown
    assert "Anda ditunjuk sebagai Plh. Kadiv" in office["hendra"].chat.find("ditunjuk").text
    assert office["hendra"].chat.find("DISPOSISI SW-2026-0001").keys

    listed = manages(office["dewi"])
    office["dewi"].taps("Jabatan")
    assert "Siti Rahmawati (tidak di tempat; Plh. Hendra Lumi)" in listed.text
    office["dewi"].taps("« Kembali")
    office["dewi"].taps("Cuti, Plh., dan Plt.")
    assert "Siti Rahmawati: Sen 23 Nov 2026 – Jum 27 Nov 2026; Plh. Hendra Lumi" in office["dewi"].chat.last.text
    office["dewi"].taps("🏖 Siti Rahmawati")
    said = office["dewi"].taps("Sudah kembali")
    assert said == "👋 Siti Rahmawati dicatat sudah kembali; kartu kembali kepada pemegang jabatan."
    assert office["siti"].chat.find("DISPOSISI SW-2026-0001").keys


def test_an_admin_names_a_plt_for_a_vacant_post(office: Office) -> None:
    at_kadiv(office)
    hendra = office["hendra"].person.nip
    said = f"/kelola plt kadiv {hendra}; W.25-KP.04-13; 20/11/2026"
    office["dewi"].sends(said, administration.command)
    assert "Kadiv tidak lowong: dipegang Siti Rahmawati" in office["dewi"].chat.last.text
    ends(office["dewi"], "Kadiv", "Siti Rahmawati")
    office["dewi"].sends(said, administration.command)
    assert "Hendra Lumi kini Plt. Kepala Divisi Administrasi" in office["dewi"].chat.last.text
    office["hendra"].taps("Teruskan ke Kabag P2L")
    assert "Hendra Lumi (Plt. Kadiv)" in office["hendra"].chat.find("DISPOSISI SW-2026-0001").text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("plh", "tiga bagian"),
        ("plh 1 2 besok; SK; 20/11", "NIP pejabat yang tidak di tempat tidak terbaca: “1”."),
        ("plt kepala-dapur 1; SK; 20/11", "Tidak ada jabatan “kepala-dapur”."),
        ("plh 198001012005021003 besok;; 20/11", "tiga bagian"),
        ("plh 197001011995031002 197001011995031002 besok; SK; 20/11", "Tidak ada pegawai"),
    ],
)
def test_what_an_admin_writes_amiss_is_explained(office: Office, words: str, said: str) -> None:
    office["dewi"].sends(f"/kelola {words}", administration.command)
    assert said in office["dewi"].chat.last.text


def test_only_an_admin_names_somebody_by_decree(office: Office) -> None:
    siti, hendra = office["siti"].person.nip, office["hendra"].person.nip
    office["maria"].sends(f"/kelola plh {siti} {hendra} besok; SK; 20/11", administration.command)
    assert "admin" in office["maria"].chat.last.text
    assert not office["hendra"].chat.messages


def test_a_copy_of_a_question_that_was_answered_files_nothing(office: Office) -> None:
    """A copy that a crash left in the chat was tapped, and its person was away for that day."""
    siti = office["siti"]
    siti.sends("/cuti", absence.command)
    asked = siti.chat.last
    token = next(key.token for key in asked.keys if "Hari ini saja" in key.label) or ""
    siti.sends("/cuti besok", absence.command)
    assert "Keadaan sudah berubah" in siti.presses(token, asked.message_id)
    filed = office.work(lambda records: [one.first.day for one in records.session.scalars(select(Absence))])
    assert filed == [24]


def test_a_copy_of_a_question_that_has_left_the_chat_loses_its_buttons(office: Office) -> None:
    """The question was sent twice in a crash, and the one that the program knew of was drawn and withdrawn."""
    siti = office["siti"]
    siti.sends("/cuti", absence.command)
    asked = siti.chat.last
    copy = Shown(office.number(), asked.html, asked.keyboard)
    siti.chat.messages.append(copy)
    office.work(lambda records: records.session.execute(update(Notice).values(attempts=2, doubtful=1)))
    siti.writes("besok")
    assert asked not in siti.chat.messages
    assert "Keadaan sudah berubah" in siti.presses(copy.keys[0].token or "", copy.message_id)
    assert copy.keys == []


def test_a_copy_of_a_card_that_was_shown_anew_asks_nobody(office: Office) -> None:
    siti, hendra = office["siti"], office["hendra"]
    siti.sends("/cuti besok", absence.command)
    older = siti.chat.last
    token = next(key.token for key in older.keys if "Minta Hendra" in key.label) or ""
    siti.sends("/cuti", absence.command)
    assert "Keadaan sudah berubah" in siti.presses(token, older.message_id)
    assert not [one for one in hendra.chat.messages if "meminta Anda" in one.text]
