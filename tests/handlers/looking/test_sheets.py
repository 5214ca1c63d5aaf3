"""Lembar Disposisi and Laporan Evaluasi: what stands on them, for whom, and that their figures agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.looking import status
from handlers.papers.disposition_sheet import DispositionSheet
from handlers.papers.evaluation_report import EvaluationReport
from handlers.views.evaluation_report import evaluation_report
from handlers.views.on_paper import CHECKED_BY, ERASED, OFFICIALS_ONLY, RESTRICTED
from models.administration import restricting
from models.case.case import Case
from models.case.issued_paper import PaperKind
from models.checkpoint.note import Note, PrivateKey
from models.checkpoint.sealing import seal
from models.journal.chain import Entry
from models.office.person import Person
from models.rules.urgency import Urgency
from models.upkeep.forgetting import forget, go_on_with_all
from tests.handlers.looking import sheet_story as story
from tests.handlers.looking.test_status import begins, forwards
from tests.handlers.people.test_seconding import journal

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.papers.paper import Paper
    from models.repository.records import Records
    from tests.handlers.conftest import Office

    Begins = Callable[..., str]

__all__ = ["begins"]

takers = select(Entry.actor_id).where(Entry.action == "take-paper")


def asks(office: Office, name: str, number: str, label: str = "Lembar Disposisi") -> Paper:
    """Let somebody ask for a paper from the status of a case; returns it."""
    reader = office[name]
    reader.sends(f"/status {number}", status.command)
    reader.taps("Lembar Disposisi")
    if label != "Lembar Disposisi":
        reader.taps(label)
    return reader.chat.papers[-1].paper


def sheet(office: Office, name: str, number: str) -> DispositionSheet:
    content = asks(office, name, number).content
    assert isinstance(content, DispositionSheet)
    return content


def report(office: Office, name: str, number: str) -> EvaluationReport:
    content = asks(office, name, number, "Laporan Evaluasi").content
    assert isinstance(content, EvaluationReport)
    return content


def chosen(choices: object) -> list[str]:
    assert isinstance(choices, tuple)
    return [one.words for one in choices if one.chosen]


def test_each_disposition_tells_to_whom_what_for_by_whom_in_which_capacity_and_when(
    office: Office, begins: Begins
) -> None:
    number = story.to_handling(office, begins)
    shown = sheet(office, "maria", number)

    assert (shown.number, shown.subject) == (number, "SIMPEG tidak dapat dibuka setelah pembaruan")
    assert shown.text.startswith("Sejak pagi aplikasi")
    assert (chosen(shown.urgency), chosen(shown.security), shown.code) == (["Biasa"], ["Biasa"], "B")
    first, second, third, fourth = shown.dispositions
    assert first.to == ("Kepala Divisi Administrasi",)
    assert chosen(first.instructions) == ["Tindak lanjuti", "Laporkan hasilnya"]
    assert first.note == "Mohon prioritas, layanan terganggu."
    signed = first.paraf.by
    assert (signed.capacity, signed.name) == ("Kepala Kantor Wilayah,", "Bambang Wijaya")
    assert (signed.rank, signed.nip) == ("Pembina Utama Muda (IV/c)", "19800101 200502 1 003")
    assert first.paraf.at == "23 November 2026 pukul 08.48 WITA"
    assert (first.timing.actual, first.timing.verdict, first.timing.late) == ("18 menit", "tepat waktu", False)
    assert (second.timing.actual, second.timing.verdict, second.timing.late) == ("44 menit", "lewat 14 menit", True)
    assert third.paraf.by.capacity == "Plh. Kabag P2L,"
    assert third.paraf.by.decree == "SK Nomor W.19-KP.04.02-0312 tanggal 20 November 2026"
    assert fourth.number == 4
    assert shown.now.startswith("Langkah 5 dari 9, pada JFT Prakom; batas waktu ")
    assert [one.name for one in shown.attachments] == ["log-aplikasi.txt", "galat-500.png"]


def test_a_step_of_no_time_is_told_on_paper_in_the_words_of_the_chat(office: Office, begins: Begins) -> None:
    number = begins()
    forwards(office, "bambang", number)
    (first, *_) = sheet(office, "siti", number).dispositions
    assert first.timing.actual == "kurang dari semenit"


def test_each_paraf_names_its_entry_of_the_journal(office: Office, begins: Begins) -> None:
    number = story.to_handling(office, begins)
    parafs = [one.paraf.entry for one in sheet(office, "maria", number).dispositions]

    def entries(records: Records) -> list[str]:
        chain = records.session.get_one(Case, records.case_numbered(number).case.id).chain
        found = [one for one in records.session.scalars(chain.entries.select()) if one.action == "forward"]
        return [f"{one.sequence} · {one.hash.hex()[:12]}" for one in found]

    assert parafs == office.work(entries)


def test_the_report_tells_its_parts_each_correction_and_who_carried_it_on(office: Office, begins: Begins) -> None:
    number = story.through(office, begins)
    shown = report(office, "bambang", number)

    assert [one.title for one in shown.sections] == ["Temuan", "Penyebab", "Tindakan", "Hasil", "Rekomendasi"]
    assert [one.text for one in shown.sections] == list(story.WORDS.values())
    assert shown.revision == 2
    told = [(one.revision, one.outcome, one.reason, one.changed) for one in shown.corrections]
    assert told[0] == (1, "Dikembalikan", "Simpulan belum memuat penyebab.", "Penyebab")
    assert [one[:2] for one in told[1:]] == [
        (2, "Dikoreksi, tanpa perbaikan"),
        (2, "Dikoreksi, tanpa perbaikan"),
        (2, "Disetujui"),
        (2, "Diterima"),
    ]
    assert [one.paraf.by.name for one in shown.approvals] == [
        *("Maria Tangka", "Andi Pratama", "Siti Rahmawati", "Bambang Wijaya")
    ]
    assert shown.filed is not None
    assert shown.filed.by.name == "Rina Mokoginta"
    assert shown.times[4].timing.reasons == ("Tambahan 1 hari diminta: Menunggu akses peladen.",)
    assert shown.waits == ""


def test_both_papers_say_how_many_others_reported_the_same(office: Office, begins: Begins) -> None:
    number = story.to_handling(office, begins)

    def join(records: Records) -> None:
        dewi = records.session.get_one(Person, office["dewi"].id)
        records.case_numbered(number).join(by=dewi, text="Saya juga.")

    office.work(join)
    story.submits(office, number)
    told = {one.label: one.words for one in report(office, "bambang", number).identity}
    assert sheet(office, "bambang", number).reporter.endswith(" (pelapor lain: 1)")
    assert told["Pelapor"].endswith(" (pelapor lain: 1)")


def test_the_figures_of_both_papers_agree_with_each_other_and_with_the_case(office: Office, begins: Begins) -> None:
    number = story.through(office, begins)
    first, second = sheet(office, "bambang", number), report(office, "bambang", number)
    case = office.case(number)

    assert first.times == second.times
    done = [task for task in case.tasks if task.closed_at is not None]
    assert len(first.dispositions) + len(first.rest) == len(first.times) == len(done)
    assert [one.timing.late for one in first.times] == [bool(task.late_by) for task in done]
    late = sum(one.timing.late for one in first.times)
    assert second.summary == f"{len(done)} langkah selesai: {len(done) - late} tepat waktu, {late} lewat mutu baku."
    assert late == sum(one.timing.verdict.startswith("lewat ") for one in first.times) == 1
    assert first.rounds == f"{case.round - 1} kali dikembalikan untuk diperbaiki"
    assert sum(one.returned for one in second.corrections) == case.round - 1 == second.revision - 1
    assert first.files == f"{len(first.attachments)} berkas"
    mine = [one for one in first.attachments if one.from_whom == "Rina Mokoginta"]
    assert list(second.attachments) == mine


def test_a_reporter_gets_the_sheet_without_what_officials_say_to_each_other(office: Office, begins: Begins) -> None:
    number = story.through(office, begins)
    shown = sheet(office, "budi", number)

    assert {one.note for one in shown.dispositions} == {""}
    assert {one.withheld for one in shown.dispositions} | {one.withheld for one in shown.rest} == {OFFICIALS_ONLY}
    assert all(one.instructions == () for one in shown.dispositions)
    assert "Mohon prioritas" not in repr(shown)
    assert "Laporan Evaluasi (PDF)" not in office["budi"].chat.last.labels
    assert {one.from_whom for one in shown.attachments} == {"Budi Santoso"}


def test_a_confidential_case_is_marked_and_goes_to_nobody_who_may_not_read_it(office: Office, begins: Begins) -> None:
    number = story.to_handling(office, begins, confidential=True)
    shown = sheet(office, "maria", number)
    assert (shown.code, shown.secret, chosen(shown.security)) == ("R", True, ["Rahasia"])

    dewi = office["dewi"]
    dewi.sends(f"/status {number}", status.command)
    assert not any("Lembar" in label for label in dewi.chat.last.labels)
    assert dewi.chat.papers == []


def test_whose_words_were_restricted_or_erased_is_not_read_on_a_paper(office: Office, begins: Begins) -> None:
    number = story.through(office, begins)

    def restrict(records: Records) -> None:
        restricting.restrict(records, records.session.get_one(Person, office["budi"].id), because="permintaan")

    office.work(restrict)
    shown = sheet(office, "bambang", number)
    assert (shown.withheld, shown.subject, shown.text) == (RESTRICTED, "", "")

    def erase(records: Records) -> None:
        restricting.lift(records, records.session.get_one(Person, office["budi"].id))
        forget(records, records.session.get_one(Person, office["budi"].id), because="permintaan")

    office.work(erase)
    office.work(go_on_with_all)
    erased = asks(office, "bambang", number)
    assert isinstance(erased.content, DispositionSheet)
    assert (erased.content.withheld, erased.content.reporter) == (ERASED, "orang yang datanya dihapus")
    assert "SIMPEG" not in repr(erased.content)


def test_the_same_state_is_the_same_paper_at_any_time_and_for_any_reader(office: Office, begins: Begins) -> None:
    number = story.to_handling(office, begins)
    first = asks(office, "maria", number)
    office.passes(timedelta(days=3))
    assert asks(office, "siti", number) == first
    assert asks(office, "budi", number).issue != first.issue, "a reporter's sheet says less"
    story.submits(office, number)
    assert asks(office, "maria", number).issue != first.issue


def test_the_code_of_a_paper_fits_a_link_and_cannot_be_found_without_the_words(office: Office, begins: Begins) -> None:
    office.rules = replace(office.rules, bot_username="contoh_sop_bot")
    number = story.to_handling(office, begins)
    paper = asks(office, "maria", number)
    assert isinstance(paper.content, DispositionSheet)
    genuine, issue = paper.content.genuine, paper.issue
    assert genuine is not None
    assert issue is not None
    assert issue.kind is PaperKind.DISPOSITION
    start = f"{CHECKED_BY}{issue.code}"
    assert genuine.url == f"https://t.me/contoh_sop_bot?start={start}"
    assert genuine.command == f"/start {start}"
    assert len(start) <= 64
    assert set(start) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def test_the_checkpoint_that_covers_the_case_stands_on_the_paper(office: Office, begins: Begins) -> None:
    number = story.to_handling(office, begins)
    before = sheet(office, "maria", number).genuine
    assert before is not None
    assert "belum tercakup" in before.sealed.said

    key = PrivateKey("kantor.example/log", bytes(32))
    office.passes(timedelta(minutes=5))
    office.work(lambda records: seal(records.session, key, at=records.at))
    office.passes(timedelta(hours=1))
    begins("Printer macet")
    office.work(lambda records: seal(records.session, key, at=records.at))
    covered = sheet(office, "maria", number).genuine
    assert covered is not None
    assert covered.sealed.said.startswith("Pos pemeriksaan 1, 23 November 2026 pukul ")
    assert Note.parse(str(covered.sealed.note)).signer([key.public]) == key.public
    story.submits(office, number)
    later = sheet(office, "maria", number).genuine
    assert later is not None
    assert "belum tercakup" in later.sealed.said, "what came after the checkpoint is not covered by it"


@pytest.mark.parametrize("urgency", list(Urgency))
def test_urgency_is_a_field_of_its_own(office: Office, begins: Begins, urgency: Urgency) -> None:
    number = begins("Sandi bocor", urgency=urgency, confidential=True)
    shown = sheet(office, "bambang", number)
    words = {Urgency.ORDINARY: "Biasa", Urgency.URGENT: "Segera", Urgency.VERY_URGENT: "Sangat segera"}
    assert (chosen(shown.urgency), chosen(shown.security)) == ([words[urgency]], ["Rahasia"])


def test_before_submitting_the_report_is_seen_as_it_would_be_printed(office: Office, begins: Begins) -> None:
    number = story.to_handling(office, begins)
    story.writes(office, number)
    rina = office["rina"]
    rina.taps("Laporan Evaluasi")
    rina.taps("Pratinjau")
    paper = rina.chat.papers[-1].paper
    assert isinstance(paper.content, EvaluationReport)
    assert paper.content.draft == "PRATINJAU · BELUM DIAJUKAN"
    assert (paper.content.genuine, paper.issue) == (None, None), "nobody can take it for a report"
    assert [one.text for one in paper.content.sections] == list(story.WORDS.values())


def test_before_one_was_submitted_there_is_no_report(office: Office, begins: Begins) -> None:
    number = story.to_handling(office, begins)
    story.writes(office, number)
    with office.reading() as reader:
        assert evaluation_report(reader, reader.case_numbered(number)) is None


def test_who_reviews_and_who_closes_finds_the_papers_on_the_card(office: Office, begins: Begins) -> None:
    number = story.to_handling(office, begins)
    story.submits(office, number)
    assert "📄 Laporan Evaluasi (PDF)" in office["maria"].chat.find("KOREKSI").labels
    for name, action in story.SIGNED_OFF:
        story.signs_off(office, name, number, action)
    closing = office["bambang"].chat.find("Diterima dan diketahui oleh").labels
    assert {"📄 Lembar Disposisi", "📄 Laporan Evaluasi (PDF)"} <= set(closing)
    assert "📄 Lembar Disposisi" in office["budi"].chat.last.labels


def test_who_took_a_paper_stands_in_the_journal_of_the_office(office: Office, begins: Begins) -> None:
    number = story.to_handling(office, begins)
    asks(office, "maria", number)
    assert journal(office, "take-paper") == [{"person": office["budi"].id, "case": number, "kind": "disposition-sheet"}]
    assert office.work(lambda records: list(records.session.scalars(takers))) == [office["maria"].id]
