"""An employee writes: the draft, its buttons, what it keeps and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, event, func, select

from handlers.reporting import report
from handlers.screens.report import CaseView, DraftView, Position, draft_card, status_card
from handlers.texts.catalogue import Say, Texts
from models.case.attachment import Attachment, FileRecord
from models.case.case import Case, CaseState
from models.case.draft import ReportDraft
from models.case.sight import Sight
from models.mail.card import Face
from models.mail.notice import Notice
from models.rules.standard import Standard
from models.rules.step_kinds import StepKind
from models.rules.urgency import Urgency

if TYPE_CHECKING:
    from tests.handlers.conftest import Office

WITA = ZoneInfo("Asia/Makassar")
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=WITA)

Photos = Callable[[int], list[FileRecord]]


def cases(office: Office) -> list[str]:
    return office.work(lambda records: list(records.session.scalars(select(Case.text).order_by(Case.id))))


def files(office: Office) -> list[str]:
    found = select(Attachment.file_unique_id).order_by(Attachment.id)
    return office.work(lambda records: list(records.session.scalars(found)))


def drafts(office: Office) -> list[ReportDraft]:
    return office.work(lambda records: list(records.session.scalars(select(ReportDraft))))


def entries(office: Office) -> list[int]:
    """Return how many messages each draft remembers."""
    return [len(draft.messages) for draft in drafts(office)]


def owed(office: Office) -> int:
    """Return how many notices there have been."""
    return office.work(lambda records: records.session.scalar(select(func.count()).select_from(Notice)) or 0)


class TestADraft:
    def test_one_message_and_one_tap_make_a_report(self, office: Office) -> None:
        budi = office["budi"]
        budi.writes("SIMPEG tidak dapat dibuka.")
        assert budi.chat.last.text == "📝 Draf laporan\n“SIMPEG tidak dapat dibuka.”"
        assert budi.chat.last.labels == ["📨 Kirim", "⚡ Sifat: biasa", "🔓 Rahasia: tidak", "✏️ Ubah", "Batal"]

        assert budi.taps("Kirim") == "📨 Terkirim sebagai SW-2026-0001."
        draft, receipt = budi.chat.messages
        assert (draft.text, draft.labels) == ("📨 Draf ini terkirim sebagai SW-2026-0001.", [])
        assert receipt.text.startswith("✅ Laporan SW-2026-0001 diterima.")
        assert "Laporan Anda kini di meja Kakanwil (langkah 1 dari 9), menunggu diteruskan." in receipt.text
        assert "SIMPEG tidak dapat dibuka." in office["bambang"].chat.find("DISPOSISI SW-2026-0001").text

    def test_a_double_tap_makes_one_case(self, office: Office) -> None:
        budi = office["budi"]
        budi.writes("SIMPEG tidak dapat dibuka.")
        shown = budi.chat.last
        token = shown.keys[0].token or ""
        budi.presses(token, shown.message_id)
        assert budi.presses(token, shown.message_id) == "Draf ini sudah dikirim atau dibatalkan."
        assert len(cases(office)) == 1

    def test_further_messages_extend_it_and_the_buttons_move_down(self, office: Office) -> None:
        budi = office["budi"]
        budi.writes("SIMPEG tidak dapat dibuka.")
        first = budi.chat.last.message_id
        budi.writes("Sejak pembaruan kemarin.")
        (only,) = budi.chat.messages
        assert only.message_id > first
        assert "dibuka.\nSejak pembaruan kemarin." in only.text

    def test_an_album_gathers_into_one_card_that_stays_where_it_is(self, office: Office, photos: Photos) -> None:
        budi = office["budi"]
        one, two, three = photos(3)
        budi.writes("Layar galat", file=one, album="77")
        shown = budi.chat.last.message_id
        budi.writes(file=two, album="77")
        budi.writes(file=three, album="77")
        (card,) = budi.chat.messages
        assert card.message_id == shown
        assert card.text == "📝 Draf laporan · 3 foto\n“Layar galat”"
        budi.taps("Kirim")
        assert files(office) == ["unique-1", "unique-2", "unique-3"]

    def test_a_photo_alone_is_a_report_until_words_say_more(self, office: Office, photos: Photos) -> None:
        budi = office["budi"]
        budi.writes(file=photos(1)[0])
        assert budi.chat.last.text.startswith("📝 Draf laporan · 1 foto\n📷 Foto\n✍️ Sudah dapat dikirim.")
        assert cases(office) == []
        budi.writes("Layar biru saat membuka SIMPEG")
        budi.taps("Kirim")
        assert (cases(office), files(office)) == (["Layar biru saat membuka SIMPEG"], ["unique-1"])

    def test_what_a_case_cannot_keep_is_refused(self, office: Office) -> None:
        budi = office["budi"]
        budi.writes()
        assert budi.chat.last.text.startswith("Kirim teks, foto, dokumen")
        assert drafts(office) == []

    def test_of_a_hundred_photos_it_keeps_what_fits_and_says_so_once_a_minute(
        self, office: Office, photos: Photos
    ) -> None:
        budi = office["budi"]
        budi.writes("Semua layar galat")
        for index, file in enumerate(photos(100)):
            budi.writes(file=file, album=str(index // 10))
        told = [one for one in budi.chat.messages if "Paling banyak 20 lampiran" in one.text]
        assert len(told) == 1
        assert "20 foto" in budi.chat.find("Draf laporan").text
        office.passes(timedelta(minutes=1))
        budi.writes(file=photos(101)[-1])
        assert budi.chat.last.text.startswith("Paling banyak 20 lampiran")
        budi.taps("Kirim")
        assert len(files(office)) == 20

    def test_files_beyond_the_limit_leave_nothing_behind(self, office: Office, photos: Photos) -> None:
        budi = office["budi"]
        for file in photos(20):
            budi.writes(file=file)
        before, card = owed(office), budi.chat.last
        for file in photos(200)[20:]:
            budi.writes(file=file)
        assert owed(office) == before + 1, "that there is no room, once"
        assert entries(office) == [20]

        budi.writes("Semua layar galat", file=photos(201)[-1])
        assert budi.chat.last.text.startswith("📝 Draf laporan")
        assert card not in budi.chat.messages, "words are kept, and the card moves below them"
        assert entries(office) == [21]

    def test_words_beyond_the_limit_are_refused_and_the_draft_stays(self, office: Office, photos: Photos) -> None:
        budi = office["budi"]
        for letter in "abcd":
            budi.writes(letter * 4096)
        budi.writes("e" * 4096)
        assert budi.chat.last.text.startswith("Terlalu panjang: ")
        budi.writes("f" * 3613, file=photos(1)[0])
        assert "1 foto" in budi.chat.find("Draf laporan").text
        budi.taps("Kirim")
        kept = "\n".join(letter * 4096 for letter in "abcd")
        assert (cases(office), files(office)) == ([kept], ["unique-1"])

    def test_markup_in_words_stays_words(self, office: Office) -> None:
        budi = office["budi"]
        budi.writes("<b>Galat</b> & </blockquote>")
        assert "&lt;b&gt;Galat&lt;/b&gt; &amp; &lt;/blockquote&gt;" in budi.chat.last.html
        budi.taps("Kirim")
        assert "<b>Galat</b> & </blockquote>" in budi.chat.last.text

    def test_its_urgency_goes_round(self, office: Office) -> None:
        budi = office["budi"]
        budi.writes("SIMPEG lambat")
        toasts = [budi.taps("Sifat") for _ in range(3)]
        assert toasts == ["⚡ Sifat: segera", "⚡ Sifat: sangat segera", "⚡ Sifat: biasa"]
        budi.taps("Sifat")
        budi.taps("Kirim")
        assert (office.case().urgency, office.case().confidential) == (Urgency.URGENT, False)
        assert "Sifat: ⚡ segera\n" in budi.chat.last.text

    def test_it_may_be_confidential_and_urgent(self, office: Office) -> None:
        budi = office["budi"]
        budi.writes("Kata sandi pejabat bocor")
        budi.taps("Sifat")
        assert "hanya pejabat yang dilalui" in budi.taps("Rahasia: tidak")
        assert "🔒 Rahasia: ya" in budi.chat.last.labels
        assert budi.taps("Sifat") == "⚡ Sifat: sangat segera"
        assert "🔒 Rahasia: ya" in budi.chat.last.labels
        budi.taps("Kirim")
        assert (office.case().urgency, office.case().confidential) == (Urgency.VERY_URGENT, True)
        assert "Sifat: ⚡⚡ sangat segera · 🔒 rahasia\n" in budi.chat.last.text
        assert "Sifat: ⚡⚡ sangat segera · 🔒 rahasia\n" in office["bambang"].chat.find("DISPOSISI").text

    def test_confidentiality_is_taken_back_and_two_taps_on_one_button_agree(self, office: Office) -> None:
        budi = office["budi"]
        budi.writes("SIMPEG lambat")
        shown = budi.chat.last
        token = next(key.token for key in shown.keys if "Rahasia" in key.label) or ""
        for _ in range(2):
            budi.presses(token, shown.message_id)
        assert "🔒 Rahasia: ya" in budi.chat.last.labels
        assert "admin juga dapat membacanya" in budi.taps("Rahasia: ya")
        budi.taps("Kirim")
        assert not office.case().confidential

    def test_one_of_several_sops_is_chosen(self, office: Office) -> None:
        software = next(iter(office.rules.sops.values()))
        hardware = replace(software, code="hardware", title="PENANGANAN MASALAH HARDWARE", prefix="HW")
        hardware = replace(hardware, text=software.text.replace('"SW"', '"HW"'))
        office.rules = replace(office.rules, sops={software.code: software, "hardware": hardware})
        budi = office["budi"]
        budi.writes("Cetakan buram")
        assert budi.taps("Jenis: PENANGANAN MASALAH SOFTWARE") == "📘 Jenis: PENANGANAN MASALAH HARDWARE"
        budi.taps("Kirim")
        assert office.case().number == "HW-2026-0001"

    def test_it_is_rewritten_and_keeps_its_files(self, office: Office, photos: Photos) -> None:
        budi = office["budi"]
        budi.writes("SIMPEK eror", file=photos(1)[0])
        budi.taps("Ubah")
        assert budi.chat.last.labels == ["« Kembali"]
        budi.writes("SIMPEG galat")
        assert budi.chat.last.text == "📝 Draf laporan · 1 foto\n“SIMPEG galat”"
        budi.taps("Kirim")
        assert cases(office) == ["SIMPEG galat"]

    def test_rewriting_is_left_with_back(self, office: Office) -> None:
        budi = office["budi"]
        budi.writes("SIMPEG galat")
        budi.taps("Ubah")
        budi.taps("Kembali")
        budi.writes("Sejak kemarin")
        assert "SIMPEG galat\nSejak kemarin" in budi.chat.last.text

    def test_it_follows_the_messages_when_they_are_edited(self, office: Office) -> None:
        budi = office["budi"]
        budi.writes("Satu")
        sent = budi.writes("Duaa")
        budi.edits(sent, "Dua", report.edited)
        assert budi.chat.last.text == "📝 Draf laporan\n“Satu\nDua”"

    def test_an_edit_beyond_the_limit_is_refused_and_the_draft_stays(self, office: Office) -> None:
        budi = office["budi"]
        for letter in "abcd":
            budi.writes(letter * 4096)
        sent = budi.writes("Satu")
        budi.edits(sent, "c" * 4000, report.edited)
        assert "Terlalu panjang" in budi.chat.last.text
        assert [one.text[-4:] for one in drafts(office)] == ["Satu"]

    def test_a_sent_report_stands_and_its_writer_is_told_once(self, office: Office) -> None:
        budi = office["budi"]
        sent = budi.writes("SIMPEG tidak dapat dibuka.")
        budi.taps("Kirim")
        budi.edits(sent, "SIMPEG sudah bisa dibuka.", report.edited)
        budi.edits(sent, "SIMPEG sudah dapat dibuka.", report.edited)
        told = [one for one in budi.chat.messages if "sudah terkirim seperti semula" in one.text]
        assert [one.reply_to for one in told] == [sent.message_id]
        assert cases(office) == ["SIMPEG tidak dapat dibuka."]

    def test_the_edit_of_anything_else_is_not_taken_and_says_so_once(self, office: Office) -> None:
        budi = office["budi"]
        said = budi.message("lama")
        budi.edits(said, "baru", report.edited)
        budi.edits(said, "lebih baru", report.edited)
        (told,) = budi.chat.messages
        assert told.reply_to == said.message_id
        assert "tidak ikut" in told.text

    def test_edits_of_strangers_are_passed_over(self, office: Office) -> None:
        budi = office["budi"]
        stranger = replace(budi.message("halo"), sender_id=1, chat_id=1)
        office.handle(lambda records: report.edited(records, stranger), lambda _records, _refusal: None)
        assert 1 not in office.chats

    def test_it_is_discarded_with_a_button_or_a_command(self, office: Office) -> None:
        budi = office["budi"]
        budi.writes("SIMPEG galat")
        assert budi.taps("Batal") == "🗑 Draf laporan dibatalkan."
        assert (budi.chat.last.text, budi.chat.last.labels) == ("🗑 Draf ini dibatalkan.", [])
        budi.writes("SIMPEG galat lagi")
        budi.sends("/batal", report.cancel)
        assert budi.chat.last.text == "🗑 Draf laporan dibatalkan."
        budi.sends("/batal", report.cancel)
        assert budi.chat.last.text == "Tidak ada yang perlu dibatalkan."
        assert drafts(office) == []

    def test_cancelling_first_leaves_what_was_being_written_then_the_draft(self, office: Office) -> None:
        budi = office["budi"]
        budi.writes("SIMPEG galat")
        budi.taps("Ubah")
        budi.sends("/batal", report.cancel)
        assert "/batal sekali lagi" in budi.chat.last.text
        assert "📨 Kirim" in budi.chat.messages[0].labels
        budi.sends("/batal", report.cancel)
        assert drafts(office) == []

    def test_the_command_begins_one_or_shows_it_again(self, office: Office) -> None:
        budi = office["budi"]
        budi.sends("/lapor", report.command)
        assert budi.chat.last.text.startswith("📝 Tuliskan masalahnya")
        budi.sends("/lapor SIMPEG galat", report.command)
        assert budi.chat.last.text == "📝 Draf laporan\n“SIMPEG galat”"
        shown = budi.chat.last.message_id
        budi.sends("/lapor", report.command)
        assert budi.chat.last.message_id > shown
        assert budi.chat.last.text == "📝 Draf laporan\n“SIMPEG galat”"

    def test_a_card_left_behind_by_a_newer_one_does_nothing(self, office: Office) -> None:
        budi = office["budi"]
        budi.writes("Satu")
        old = replace(budi.chat.last)
        budi.writes("Dua")
        assert budi.presses(old.keys[0].token or "", old.message_id).startswith("Draf ini sudah")
        assert cases(office) == []


class TestTheScreens:
    @pytest.fixture(params=["id", "en"])
    def say(self, request: pytest.FixtureRequest) -> Say:
        return Texts.load(WITA).say(request.param)

    def test_the_largest_draft_fits_a_message_and_its_labels_fit_a_phone(self, say: Say) -> None:
        view = DraftView(
            face=Face.MAIN,
            text="<&> " * 2500,
            subject="",
            files={"photo": 12, "document": 3, "video": 2, "voice": 2, "audio": 1},
            urgency=Urgency.VERY_URGENT,
            confidential=True,
            sop="PENANGANAN MASALAH SOFTWARE DAN HARDWARE KANTOR WILAYAH",
            previous="SW-2026-0146",
            questions=[(1, "SW-2026-0147"), (2, "SW-2026-0148"), (3, "SW-2026-0149")],
            waits={"limit": 1000, "at": MONDAY},
            removable=True,
            notes=[(1, "SW-2026-0150"), (2, "SW-2026-0151"), (3, "SW-2026-0152")],
            now=MONDAY,
        )
        screen = draft_card(view, say)
        assert len(unescape(screen.text)) < 4096
        assert max(len(button.label) for row in screen.rows for button in row) <= 40

    def test_a_late_case_says_so_with_its_holder(self, say: Say) -> None:
        position = Position(
            step=5,
            kind=StepKind.HANDLE,
            begun=True,
            role="JFT Prakom",
            holder="Rina Mokoginta",
            standard=Standard.parse("2 hari"),
            due=MONDAY - timedelta(hours=1),
            late=3600,
            counts_from=None,
        )
        view = CaseView(
            now=MONDAY,
            case_id=1,
            number="SW-2026-0147",
            state=CaseState.OPEN,
            sight=Sight.POSITION,
            own=False,
            subject="",
            urgency=Urgency.ORDINARY,
            confidential=False,
            done=4,
            steps=9,
            round=2,
            position=position,
            closed_at=None,
            ended_at="",
            reason="",
            moved_to="",
            result="",
            helped=None,
            previous="",
        )
        text = status_card(view, say).text
        assert "●●●●◐○○○○ 5/9" in text
        assert "JFT Prakom (Rina Mokoginta)" in text
        assert "⚠️" in text
        moved = replace(view, state=CaseState.MOVED, position=None, closed_at=MONDAY, moved_to="HW-2026-0001", done=0)
        assert "HW-2026-0001" in status_card(moved, say).text
        assert "○○○○○○○○○ 0/9" in status_card(moved, say).text


@pytest.mark.databases("sqlite")
def test_a_draft_that_follows_no_report_looks_through_none(office: Office) -> None:
    walked: list[str] = []

    def explain(
        connection: Connection, _cursor: object, statement: str, parameters: tuple[object, ...], *_: object
    ) -> None:
        if statement.startswith("SELECT cases."):
            with closing(connection.connection.cursor()) as raw:
                raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
                walked.extend(str(row[-1]) for row in raw.fetchall())

    event.listen(office.engine, "before_cursor_execute", explain)
    office["budi"].writes("SIMPEG tidak dapat dibuka")
    event.remove(office.engine, "before_cursor_execute", explain)
    assert [plan for plan in walked if plan.startswith("SCAN cases USING COVERING")] == []
