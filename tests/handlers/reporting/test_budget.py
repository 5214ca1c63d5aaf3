"""The reports that one person may send in an hour: what is beyond waits as a draft, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from handlers.chat.incoming import Incoming
from handlers.reporting import group, report
from models.case.attachment import Attachment, FileRecord
from models.case.case import Case, CaseState
from models.case.draft import ReportDraft
from models.mail.notice import Notice, NoticeKind, Priority

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Pegawai

pytestmark = pytest.mark.databases("sqlite")

GROUP = -100200300
IN_AN_HOUR = 10
"""What the packaged office takes."""

Photos = Callable[[int], list[FileRecord]]


def cases(office: Office) -> list[str]:
    return office.work(lambda records: list(records.session.scalars(select(Case.text).order_by(Case.id))))


def drafts(office: Office) -> int:
    return office.work(lambda records: records.session.scalar(select(func.count()).select_from(ReportDraft)) or 0)


def reports(person: Pegawai, words: str) -> str:
    """Write a report in private and send it; returns the toast."""
    person.writes(words)
    return person.taps("Kirim")


def asks_in_group(person: Pegawai, text: str, original: Incoming | None = None) -> Incoming:
    """Send `/lapor` in the group; returns the message."""
    office, sent = person.office, replace(person.message(text), chat_id=GROUP)
    office.handle(
        lambda records: group.from_group(records, sent, original, title="Kepegawaian", username="disposisi_bot"),
        lambda _records, refusal: pytest.fail(refusal.code),
    )
    return sent


def reports_one_a_minute(person: Pegawai, number: int = IN_AN_HOUR) -> None:
    for each in range(number):
        reports(person, f"Rusak {each}")
        person.office.passes(timedelta(minutes=1))


def test_a_draft_beyond_the_hour_waits_and_is_sent_later(office: Office) -> None:
    budi = office["budi"]
    reports_one_a_minute(budi)
    budi.writes("Printer macet")
    assert budi.taps("Kirim") == (
        "⏳ Batas 10 laporan per jam tercapai. Laporan ini tersimpan sebagai draf dan dapat dikirim mulai 09.30 WITA; "
        "tidak ada yang hilang."
    )
    waiting = budi.chat.find("Printer macet")
    assert "dapat dikirim mulai 09.30 WITA; tidak ada yang hilang." in waiting.text
    assert "📨 Kirim" in waiting.labels
    assert len(cases(office)) == IN_AN_HOUR

    # The first of the ten reports was sent at 08.30.
    office.passes(timedelta(minutes=50))
    assert budi.taps("Kirim", on=waiting) == "📨 Terkirim sebagai SW-2026-0011."
    assert cases(office)[-1] == "Printer macet"
    assert reports(budi, "Satu lagi").startswith("⏳ Batas 10 laporan per jam tercapai.")


def test_reports_are_written_beside_those_that_wait(office: Office) -> None:
    budi = office["budi"]
    reports_one_a_minute(budi)
    first = budi.writes("Printer macet")
    budi.taps("Kirim")
    budi.writes("Server terbakar")
    assert drafts(office) == 2
    assert "Server terbakar" not in budi.chat.find("Printer macet").text

    budi.edits(first, "Printer lantai dua macet", report.edited)
    assert "Printer lantai dua macet" in budi.chat.find("Printer").text
    budi.taps("Ubah", on=budi.chat.find("Printer"))
    budi.writes("Printer lantai tiga macet")
    assert "Printer lantai tiga macet" in budi.chat.find("Printer").text
    assert "Server terbakar" in budi.chat.find("Server").text
    budi.taps("Batal", on=budi.chat.find("Server"))

    budi.sends("/lapor", report.command)
    assert "Printer lantai tiga macet" in budi.chat.last.text
    office.passes(timedelta(hours=1))
    assert budi.taps("Kirim", on=budi.chat.last) == "📨 Terkirim sebagai SW-2026-0011."
    assert cases(office)[-1] == "Printer lantai tiga macet"
    assert drafts(office) == 0


def test_a_report_in_a_group_waits_in_private_and_the_group_is_told_its_number_later(
    office: Office, photos: Photos
) -> None:
    budi = office["budi"]
    reports_one_a_minute(budi)
    original = replace(
        budi.message("Jaringan putus", file=photos(1)[0]), chat_id=GROUP, sender_id=1, sender_name="Joko"
    )
    asked = asks_in_group(budi, "/lapor", original)
    said = office.chats[GROUP].last
    assert said.text == (
        "⏳ Batas 10 laporan per jam dari Anda tercapai. Laporan ini tersimpan sebagai draf di obrolan pribadi "
        "Anda dan dapat dikirim mulai 09.30 WITA; tidak ada yang hilang."
    )
    assert (said.silent, said.reply_to, len(cases(office))) == (True, asked.message_id, IN_AN_HOUR)
    waiting = budi.chat.last
    assert "Jaringan putus" in waiting.text
    assert "1 foto" in waiting.text
    asks_in_group(budi, "/lapor", original)
    assert drafts(office) == 1, "the same message waits once"

    office.passes(timedelta(hours=1))
    budi.taps("Kirim", on=waiting)
    answer = office.chats[GROUP].last
    assert (answer.text, answer.reply_to) == ("Laporan SW-2026-0011 dicatat dari pesan Joko.", asked.message_id)
    assert cases(office)[-1] == "Jaringan putus\n(dari pesan Joko di grup Kepegawaian)"
    found = select(Attachment.file_unique_id)
    assert office.work(lambda records: list(records.session.scalars(found))) == ["unique-1"]
    asks_in_group(office["rina"], "/lapor", original)
    assert office.chats[GROUP].last.text == "Pesan itu sudah dicatat sebagai SW-2026-0011."


def test_reports_from_a_group_count_too_and_only_for_who_sent_them(office: Office) -> None:
    budi = office["budi"]
    for number in range(60):
        asks_in_group(budi, f"/lapor Rusak {number}")
    assert (len(cases(office)), drafts(office)) == (IN_AN_HOUR, 50)
    told = [one.text for one in office.chats[GROUP].messages if "tersimpan" in one.text]
    assert len(told) == 1, "the group is not filled with it"
    assert reports(budi, "Printer macet").startswith("⏳ Batas 10 laporan per jam tercapai.")
    assert reports(office["rina"], "Darurat") == "📨 Terkirim sebagai SW-2026-0011."


def test_a_time_of_the_record_that_is_still_to_come_makes_nobody_wait(office: Office) -> None:
    budi = office["budi"]
    reports_one_a_minute(budi)
    office.passes(timedelta(days=-1))
    assert reports(budi, "Printer macet") == "📨 Terkirim sebagai SW-2026-0011."


def test_the_answer_to_a_tap_goes_before_cards_and_a_card_of_others_does_not(office: Office) -> None:
    reports(office["budi"], "SIMPEG mati")
    bambang = office["bambang"]
    before = office.work(lambda records: records.session.scalar(select(func.max(Notice.id))) or 0)
    bambang.taps("Teruskan")
    owed = select(Notice.kind, Notice.chat_id, Notice.priority).where(Notice.id > before)
    ranks = {
        (kind, chat): rank for kind, chat, rank in office.work(lambda records: records.session.execute(owed).all())
    }
    mine = ranks.pop((NoticeKind.REFRESH, bambang.account_id))
    assert mine == Priority.ANSWER
    assert ranks, "the next official is owed a card"
    assert Priority.ANSWER not in ranks.values()


def test_a_case_that_was_moved_to_another_sop_was_not_reported_again(office: Office) -> None:
    budi = office["budi"]
    reports_one_a_minute(budi)

    def moved(records: Records) -> None:
        first, second = records.session.scalars(select(Case).order_by(Case.id).limit(2))
        first.state, second.previous_case_id = CaseState.MOVED, first.id

    office.work(moved)
    assert reports(budi, "Printer macet") == "📨 Terkirim sebagai SW-2026-0011."
    assert reports(budi, "Satu lagi").startswith("⏳ Batas 10 laporan per jam tercapai.")
