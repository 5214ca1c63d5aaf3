"""The reporter's receipt that lives with the case, and the result at its end."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from handlers.views.case import case_view
from models.case.draft import ReportDraft
from models.case.evaluation import Part
from models.repository.records import Records
from models.rules.actions import Action

if TYPE_CHECKING:
    from tests.handlers.conftest import Office

pytestmark = pytest.mark.databases("sqlite")

WITA = ZoneInfo("Asia/Makassar")


def drafts(office: Office) -> list[ReportDraft]:
    return office.work(lambda records: list(records.session.scalars(select(ReportDraft))))


def finish(office: Office, number: str, *, result: str = "SIMPEG dapat dibuka.") -> None:
    """Take a case the straight way to its end."""
    for name in ("bambang", "siti", "hendra", "maria"):
        office[name].does(number, lambda proceeding, task, by: proceeding.forward(task, by=by))
    rina = office["rina"]
    rina.does(
        number,
        lambda proceeding, task, by: [proceeding.write(task, part, result, by=by) for part in Part],
    )
    rina.does(number, lambda proceeding, task, by: proceeding.submit(task, by=by))
    for name in ("maria", "hendra"):
        office[name].does(number, lambda proceeding, task, by: proceeding.sign_off(task, Action.PASS, by=by))
    office["siti"].does(number, lambda proceeding, task, by: proceeding.sign_off(task, Action.APPROVE, by=by))
    office["bambang"].does(number, lambda proceeding, task, by: proceeding.sign_off(task, Action.ACKNOWLEDGE, by=by))


def reported(office: Office, text: str = "SIMPEG tidak dapat dibuka.") -> str:
    office["budi"].writes(text)
    office["budi"].taps("Kirim")
    return office.case().number


class TestTheReceipt:
    def test_it_lives_with_the_case(self, office: Office) -> None:
        number = reported(office)
        budi = office["budi"]
        receipt = budi.chat.find("diterima")
        assert "◐○○○○○○○○ 1/9" in receipt.text
        assert "Batas waktu SOP di meja ini 30 menit: Sen 23 Nov 09.00 WITA." in receipt.text
        assert receipt.labels == ["🗺 Alur SOP", "🕘 Riwayat", "📄 Lembar Disposisi", "🔔 Ingatkan", "🚫 Tarik laporan"]
        for name in ("bambang", "siti", "hendra"):
            office[name].does(number, lambda proceeding, task, by: proceeding.forward(task, by=by))
        office["maria"].does(
            number, lambda proceeding, task, by: proceeding.forward(task, by=by, to=proceeding.candidates(task)[0])
        )
        assert "●●●●◐○○○○ 5/9" in receipt.text
        where = "Laporan Anda kini di meja JFT Prakom, Rina Mokoginta (langkah 5 dari 9), menunggu ditangani."
        assert where in receipt.text

    def test_it_says_in_words_of_a_person_where_the_report_lies(self, office: Office) -> None:
        number = reported(office)
        receipt = office["budi"].chat.find("diterima")
        told = [receipt.text]
        for name in ("bambang", "siti", "hendra", "maria"):
            office[name].does(number, lambda proceeding, task, by: proceeding.forward(task, by=by))
            told.append(receipt.text)
        rina = office["rina"]
        rina.does(number, lambda proceeding, task, by: proceeding.start(task, by=by))
        told.append(receipt.text)
        rina.does(number, lambda proceeding, task, by: [proceeding.write(task, part, "Isi", by=by) for part in Part])
        rina.does(number, lambda proceeding, task, by: proceeding.submit(task, by=by))
        told.append(receipt.text)
        office["maria"].does(number, lambda proceeding, task, by: proceeding.give_back(task, by=by, note="Lengkapi."))
        told.append(receipt.text)
        desk, done = "Laporan Anda kini di meja", "Hasil penanganan laporan Anda kini di meja"
        for text, words in zip(
            told,
            (
                f"{desk} Kakanwil (langkah 1 dari 9), menunggu diteruskan.",
                f"{desk} Kadiv (langkah 2 dari 9), menunggu diteruskan.",
                f"{desk} Kabag P2L (langkah 3 dari 9), menunggu diteruskan.",
                f"{desk} Kasubbag Humas, RB & IT (langkah 4 dari 9), menunggu diteruskan.",
                f"{desk} JFT Prakom (langkah 5 dari 9), menunggu ditangani.",
                "Laporan Anda sedang ditangani JFT Prakom, Rina Mokoginta (langkah 5 dari 9).",
                f"{done} Kasubbag Humas, RB & IT (langkah 6 dari 9), menunggu diperiksa.",
                "Hasil penanganannya sudah diperiksa dan perlu diperbaiki dulu.",
            ),
            strict=True,
        ):
            assert words in text

    def test_outside_office_hours_it_says_from_when_time_counts(self, office: Office) -> None:
        office.at = datetime(2026, 11, 21, 10, 0, tzinfo=WITA)
        reported(office)
        assert "Kantor tutup; waktu dihitung mulai Sen 23 Nov 07.30 WITA." in office["budi"].chat.last.text

    def test_a_declined_report_tells_why(self, office: Office) -> None:
        number = reported(office)
        office["bambang"].does(
            number, lambda proceeding, task, by: proceeding.decline(task, by=by, note="Bukan masalah software.")
        )
        shown = office["budi"].chat.find("Alasan")
        assert shown.text.startswith(f"⛔ Laporan {number} ditolak Kakanwil, 08.30 WITA.")
        assert "Alasan: “Bukan masalah software.”" in shown.text


class TestTheResult:
    def test_the_reporter_reads_it_and_says_that_it_helped(self, office: Office) -> None:
        number = reported(office)
        finish(office, number)
        budi = office["budi"]
        result = budi.chat.last
        assert result.text == f"✅ {number} selesai: “SIMPEG dapat dibuka.”\nApakah masalahnya sudah teratasi?"
        assert f"🏁 Laporan {number} selesai" in budi.chat.find("9/9").text
        assert budi.taps("Sudah teratasi") == "👍 Terima kasih, tanggapan Anda dicatat."
        assert "Terima kasih" in result.text
        assert result.labels == ["☑ 👍 Sudah teratasi", "👎 Masih bermasalah", "📄 Lembar Disposisi"]
        assert office.case(number).helped is True

    def test_a_result_that_did_not_help_opens_a_report_that_follows(self, office: Office) -> None:
        number = reported(office)
        finish(office, number)
        budi = office["budi"]
        budi.taps("Sudah teratasi")
        assert "Tuliskan apa yang masih bermasalah" in budi.taps("Masih bermasalah")
        assert budi.chat.last.text.startswith(f"📝 Draf laporan lanjutan {number}\n✍️ Tuliskan apa yang masih")
        assert budi.chat.last.labels == ["Batal"]
        assert number in office["maria"].chat.find("belum teratasi").text

        budi.writes("Masih lambat.")
        budi.taps("Kirim")
        following = office.case()
        assert following.previous_case_id == office.case(number).id
        assert f"Lanjutan dari {number}." in budi.chat.last.text

    def test_what_follows_a_confidential_report_is_confidential(self, office: Office) -> None:
        budi = office["budi"]
        budi.writes("Atasan saya meminta uang.")
        budi.taps("Rahasia: tidak")
        budi.taps("Kirim")
        number = office.case().number
        finish(office, number)
        budi.taps("Masih bermasalah")
        budi.writes("Masih terjadi.")
        assert "🔒 Rahasia: ya" in budi.chat.last.labels
        budi.taps("Kirim")
        assert office.case().confidential

    def test_another_draft_is_not_mixed_into_it(self, office: Office) -> None:
        number = reported(office)
        finish(office, number)
        budi = office["budi"]
        budi.writes("Cetakan buram")
        assert budi.taps("Masih bermasalah").endswith(f"laporan lanjutan {number}.")
        assert [draft.previous_case_id for draft in drafts(office)] == [None]
        budi.taps("Batal")
        budi.taps("Masih bermasalah")
        assert [draft.previous_case_id for draft in drafts(office)] == [office.case(number).id]


def test_a_confidential_report_shows_its_words_to_those_it_passes_only(office: Office) -> None:
    budi = office["budi"]
    budi.writes("Kata sandi bocor")
    budi.taps("Rahasia: tidak")
    budi.taps("Kirim")

    def subject(records: Records, name: str) -> str:
        person = records.known(office[name].account_id)
        return case_view(records.reader, records.case_numbered("SW-2026-0001"), person=person).subject

    shown = office.work(lambda records: {name: subject(records, name) for name in ("budi", "bambang", "dewi")})
    assert shown == {"budi": "Kata sandi bocor", "bambang": "Kata sandi bocor", "dewi": ""}
