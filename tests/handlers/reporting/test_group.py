"""`/lapor` in a group: a message becomes a report, and the group learns its number only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.chat.incoming import Incoming
from handlers.reporting import group
from models.case.attachment import Attachment, FileRecord
from models.case.case import Case

if TYPE_CHECKING:
    from tests.handlers.conftest import Office, Shown

pytestmark = pytest.mark.databases("sqlite")

GROUP = -100200300

Photos = Callable[[int], list[FileRecord]]


def cases(office: Office) -> list[str]:
    return office.work(lambda records: list(records.session.scalars(select(Case.text).order_by(Case.id))))


def files(office: Office) -> list[str]:
    found = select(Attachment.file_unique_id).order_by(Attachment.id)
    return office.work(lambda records: list(records.session.scalars(found)))


class TestAGroup:
    def reports(
        self, office: Office, message: Incoming, original: Incoming | None = None, username: str = "disposisi_bot"
    ) -> Shown:
        office.handle(
            lambda records: group.from_group(records, message, original, title="Kepegawaian", username=username),
            lambda _records, refusal: pytest.fail(refusal.code),
        )
        return office.chats[GROUP].last

    def asks(self, office: Office, text: str, name: str = "budi") -> Incoming:
        return replace(office[name].message(text), chat_id=GROUP)

    def said(self, office: Office, text: str, file: FileRecord | None = None) -> Incoming:
        return replace(office["budi"].message(text, file=file), chat_id=GROUP, sender_id=1, sender_name="Joko")

    def test_a_message_becomes_a_report_of_whoever_reports_it(self, office: Office, photos: Photos) -> None:
        original = self.said(office, "SIMPEG mati", photos(1)[0])
        asked = self.asks(office, "/lapor")
        answer = self.reports(office, asked, original)
        assert answer.text == "Laporan SW-2026-0001 dicatat dari pesan Joko."
        assert (answer.silent, answer.reply_to) == (True, asked.message_id)
        (key,) = answer.keys
        assert key.url == "https://t.me/disposisi_bot?start=case-SW-2026-0001"
        assert cases(office) == ["SIMPEG mati\n(dari pesan Joko di grup Kepegawaian)"]
        assert files(office) == ["unique-1"]
        assert "SW-2026-0001 diterima" in office["budi"].chat.last.text

    def test_messages_of_two_groups_may_have_one_number(self, office: Office) -> None:
        original = self.said(office, "SIMPEG mati")
        self.reports(office, self.asks(office, "/lapor"), original)
        elsewhere = replace(original, chat_id=GROUP - 1, text="Printer macet")
        asked = replace(self.asks(office, "/lapor"), chat_id=GROUP - 1)
        office.handle(
            lambda records: group.from_group(records, asked, elsewhere, title="Umum", username=""),
            lambda _records, refusal: pytest.fail(refusal.code),
        )
        assert office.chats[GROUP - 1].last.text == "Laporan SW-2026-0002 dicatat dari pesan Joko."

    def test_one_message_is_reported_once(self, office: Office) -> None:
        original = self.said(office, "SIMPEG mati")
        self.reports(office, self.asks(office, "/lapor"), original)
        again = self.reports(office, self.asks(office, "/lapor", "rina"), original)
        assert again.text == "Pesan itu sudah dicatat sebagai SW-2026-0001."
        assert len(cases(office)) == 1

    def test_words_of_the_command_are_enough_and_explain_a_photo(self, office: Office, photos: Photos) -> None:
        assert self.reports(office, self.asks(office, "/lapor Jaringan putus")).text == "Laporan SW-2026-0001 dicatat."
        self.reports(office, self.asks(office, "/lapor Layar biru"), self.said(office, "", photos(1)[0]))
        assert cases(office)[1] == "Layar biru\n(dari pesan Joko di grup Kepegawaian)"

    def test_a_photo_is_a_report_once_where_nobody_says_more(self, office: Office, photos: Photos) -> None:
        original = self.said(office, "", photos(1)[0])
        answer = self.reports(office, self.asks(office, "/lapor"), original)
        assert answer.text == "Laporan SW-2026-0001 dicatat dari pesan Joko."
        again = self.reports(office, self.asks(office, "/lapor", "rina"), original)
        assert again.text == "Pesan itu sudah dicatat sebagai SW-2026-0001."
        assert cases(office) == ["📷 Foto\n(dari pesan Joko di grup Kepegawaian)"]

    def test_a_message_with_neither_words_nor_a_file_is_none(self, office: Office) -> None:
        answer = self.reports(office, self.asks(office, "/lapor"), self.said(office, ""))
        assert answer.text.startswith("Pesan itu tidak memuat kata-kata atau berkas.")
        assert cases(office) == []

    def test_a_photo_is_explained_by_as_many_as_have_something_to_say(self, office: Office, photos: Photos) -> None:
        original = self.said(office, "", photos(1)[0])
        self.reports(office, self.asks(office, "/lapor Layar biru"), original)
        other = self.reports(office, self.asks(office, "/lapor SIMPEG juga mati", "rina"), original)
        assert other.text == "Laporan SW-2026-0002 dicatat dari pesan Joko."
        same = self.reports(office, self.asks(office, "/lapor  LAYAR biru", "rina"), original)
        assert same.text == "Pesan itu sudah dicatat sebagai SW-2026-0001."
        assert [text.splitlines()[0] for text in cases(office)] == ["Layar biru", "SIMPEG juga mati"]
        assert files(office) == ["unique-1", "unique-1"]

    def test_strangers_are_answered_once_a_minute_in_each_group(self, office: Office) -> None:
        stranger = replace(self.asks(office, "/lapor"), sender_id=1)
        for seconds in (0, 10, 60):
            office.passes(timedelta(seconds=seconds))
            self.reports(office, stranger)
        assert len(office.chats[GROUP].messages) == 2

    def test_strangers_and_empty_commands_make_nothing(self, office: Office) -> None:
        stranger = replace(self.asks(office, "/lapor"), sender_id=1)
        answer = self.reports(office, stranger, self.said(office, "SIMPEG mati"))
        assert answer.text.startswith("Hanya pegawai terdaftar")
        assert answer.keys[0].url == "https://t.me/disposisi_bot"
        assert self.reports(office, self.asks(office, "/lapor")).text.startswith("Balas pesan yang memuat masalahnya")
        assert self.reports(office, self.asks(office, "/lapor"), username="").keys == []
        assert cases(office) == []
