"""Looking: the queue, the status of a case, its timeline and position, its files, and the messages that chase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.looking import status
from handlers.screens.screen import Touch
from handlers.screens.timeline import Place
from handlers.views import history
from models.administration import appointment
from models.case.attachment import FileRecord
from models.case.evaluation import Part
from models.case.proceeding import Proceeding
from models.case.task import Task
from models.chase.daily_round import daily_round
from models.chase.sweep import chase_due
from models.mail.card import Button, CardKind
from models.office.person import Person
from models.office.tenure import Tenure
from models.rules.urgency import Urgency
from tests.reports import a_report

if TYPE_CHECKING:
    from handlers.chat.incoming import Incoming
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Stranger

Begins = Callable[..., str]


@pytest.fixture
def begins(office: Office) -> Begins:
    """Return a way to let Budi report something; gives the case's number."""

    def begin(
        text: str = "SIMPEG tidak dapat dibuka",
        *,
        urgency: Urgency = Urgency.ORDINARY,
        confidential: bool = False,
        files: tuple[FileRecord, ...] = (),
    ) -> str:
        def report(records: Records) -> str:
            budi = records.session.get_one(Person, office["budi"].id)
            said = a_report(text, urgency, confidential=confidential, files=files)
            return records.begin(said, reporter=budi, sop="penanganan-masalah-software").case.number

        number = office.work(report)
        office.deliver()
        return number

    return begin


def forwards(office: Office, name: str, number: str, note: str = "") -> None:
    office[name].does(number, lambda proceeding, task, by: proceeding.forward(task, by=by, note=note))


def remarks(office: Office, number: str, words: str) -> None:
    office["bambang"].does(number, lambda proceeding, task, by: proceeding.remark(task, by=by, text=words))


def to_rina(office: Office, number: str) -> None:
    """Bring a case to the handle step, nine minutes a step."""
    for name in ("bambang", "siti", "hendra", "maria"):
        office.passes(timedelta(minutes=9))
        forwards(office, name, number)


def asks_for(office: Office, name: str, number: str, touch: Touch, argument: str = "") -> str:
    """Put one more button on the status card that a person was shown; returns its token."""
    chat = office[name].account_id

    def mint(records: Records) -> str:
        case = records.case_numbered(number).case
        card = next(card for card in case.live_cards if card.chat_id == chat and card.kind is CardKind.STATUS)
        button = Button.mint(card, action=touch.value, argument=argument, version=0)
        records.session.add(button)
        return button.token

    return office.work(mint)


def chases(office: Office) -> None:
    office.work(chase_due)
    office.deliver()


def test_the_queue_lists_what_waits_the_most_urgent_first(office: Office, begins: Begins) -> None:
    begins("SIMPEG tidak dapat dibuka")
    office.passes(timedelta(minutes=45))
    begins("Surat elektronik tidak terkirim")
    office["bambang"].sends("/tugas", status.tasks)
    listed = office["bambang"].chat.last
    assert listed.text == (
        "2 menunggu Anda\n"
        "⚠️ SW-2026-0001 · SIMPEG tidak dapat dibuka · lewat batas waktu Sen 23 Nov 09.00 WITA\n"
        "⏳ SW-2026-0002 · Surat elektronik tidak terkirim · batas waktu Sen 23 Nov 09.45 WITA\n"
        "per 09.15, Sen 23 Nov"
    )
    assert listed.labels[:2] == ["⚠️ 0001 · SIMPEG tidak…", "0002 · Surat elektroni…"]
    assert listed.labels[2:] == ["☑️ Teruskan beberapa", "🏖 Cuti / tidak di tempat"]


def test_a_task_opened_from_the_queue_comes_to_the_bottom_and_its_older_card_is_dead(
    office: Office, begins: Begins
) -> None:
    number = begins()
    bambang = office["bambang"]
    older = bambang.chat.last
    bambang.sends("/tugas", status.tasks)
    assert bambang.taps("0001") == f"📋 Kartu {number} ada di bawah."
    assert bambang.chat.last.text.startswith(f"📋 DISPOSISI {number}")
    assert bambang.chat.last.keyboard
    assert not older.keyboard


def test_what_was_given_to_a_colleague_is_not_dealt_to_another(office: Office, begins: Begins) -> None:
    number = begins()
    to_rina(office, number)
    office["rina"].does(number, lambda proceeding, task, by: proceeding.start(task, by=by))
    andi = office["andi"]
    andi.sends(f"/status {number}", status.command)
    given = next(task for task in office.case(number).tasks if task.is_open)
    shown = andi.chat.last
    before = len(andi.chat.messages)
    toast = andi.presses(asks_for(office, "andi", number, Touch.OPEN_CARD, str(given.id)), shown.message_id)

    assert toast == "Ini bukan tugas Anda sekarang; yang berwenang: Rina Mokoginta."
    assert len(andi.chat.messages) == before


def test_a_refusal_names_the_post_where_nobody_holds_it(office: Office, begins: Begins) -> None:
    begins()
    bambang = office["bambang"]
    shown = bambang.chat.last

    def leave(records: Records) -> None:
        (tenure,) = records.lock_office().tenures_of("kakanwil")
        tenure.ends_at = records.at

    office.work(leave)

    assert bambang.taps("Teruskan ke", on=shown) == "Ini bukan tugas Anda sekarang; yang berwenang: Kakanwil."


def test_nothing_waits(office: Office, begins: Begins) -> None:
    begins()
    for name, labels in (("siti", ["🏖 Cuti / tidak di tempat"]), ("budi", [])):
        office[name].sends("/tugas", status.tasks)
        first, *rest = office[name].chat.last.text.splitlines()
        assert first == "✅ Tidak ada yang menunggu Anda saat ini."
        assert rest == (["per 08.30, Sen 23 Nov"] if labels else [])
        assert office[name].chat.last.labels == labels


def test_a_long_queue_has_pages(office: Office, begins: Begins) -> None:
    for index in range(20):
        begins(f"Masalah {index}")
    bambang = office["bambang"]
    bambang.sends("/tugas", status.tasks)
    assert bambang.chat.last.text.startswith("20 menunggu Anda")
    assert bambang.chat.last.labels[-3:] == ["🏖 Cuti / tidak di tempat", "☑️ Beberapa", "Berikutnya ›"]
    bambang.taps("Berikutnya")
    bambang.taps("Berikutnya")
    assert bambang.chat.last.labels[:-3] == [f"00{number} · Masalah {number - 1}" for number in (17, 18, 19, 20)]
    assert bambang.chat.last.labels[-3:] == ["🏖 Cuti / tidak di tempat", "‹ Sebelumnya", "☑️ Beberapa"]


def test_asking_again_for_the_queue_replaces_the_list(office: Office, begins: Begins) -> None:
    begins()
    office["bambang"].sends("/tugas", status.tasks)
    office["bambang"].sends("/tugas", status.tasks)
    assert [
        shown.text.partition("\n")[0] for shown in office["bambang"].chat.messages if "menunggu Anda" in shown.text
    ] == ["1 menunggu Anda"]


def test_a_confidential_case_shows_its_number_alone_in_the_queue(office: Office, begins: Begins) -> None:
    begins("Kata sandi pejabat bocor", confidential=True)
    office["bambang"].sends("/tugas", status.tasks)
    assert office["bambang"].chat.last.text == (
        "1 menunggu Anda\n⏳ SW-2026-0001 · batas waktu Sen 23 Nov 09.00 WITA\nper 08.30, Sen 23 Nov"
    )


@pytest.mark.parametrize("typed", ["SW-2026-0001", "sw 2026 1", "sw-1", "0001", "1"])
def test_a_case_is_found_by_its_number_as_people_write_it(office: Office, begins: Begins, typed: str) -> None:
    begins()
    before = len(office["siti"].chat.messages)
    office["bambang"].sends(f"/status {typed}", status.command)
    office["dewi"].sends(f"/status {typed}", status.command)
    assert "SW-2026-0001" in office["bambang"].chat.last.text
    assert "SW-2026-0001" in office["dewi"].chat.last.text
    assert len(office["siti"].chat.messages) == before


@pytest.mark.parametrize("typed", ["0001", "9999", "'; drop table cases", "%", "0", "٣"])
def test_no_difference_is_told_between_a_case_that_is_not_there_and_one_that_is_not_yours(
    office: Office, begins: Begins, typed: str
) -> None:
    begins()
    agus = office.hires("agus", "Agus Salim")
    agus.sends(f"/status {typed}", status.command)
    assert agus.chat.last.text == f"Laporan {typed} tidak ditemukan, atau bukan untuk Anda."


@pytest.mark.parametrize(("typed", "command"), [("/status 0001", status.command), ("/tugas", status.tasks)])
def test_whoever_is_not_registered_sees_nothing(
    begins: Begins, stranger: Stranger, typed: str, command: Callable[[Records, Incoming, list[str]], None]
) -> None:
    begins()
    stranger.sends(typed, command)
    assert stranger.chat.last.text.startswith("Anda belum terdaftar.")
    assert len(stranger.chat.messages) == 1


def test_a_number_as_long_as_a_message_is_answered(office: Office) -> None:
    office["budi"].sends("/status " + "&" * 4000, status.command)
    assert office["budi"].chat.last.text.endswith("… tidak ditemukan, atau bukan untuk Anda.")


def test_who_reads_english_gets_it_in_english(office: Office, begins: Begins) -> None:
    number = begins()

    def choose(records: Records) -> None:
        records.session.get_one(Person, office["bambang"].id).language = "en"

    office.work(choose)
    bambang = office["bambang"]
    bambang.sends("/tugas", status.tasks)
    assert bambang.chat.last.labels == ["0001 · SIMPEG tidak…", "🏖 Leave / away"]
    forwards(office, "bambang", number)
    bambang.sends("/status 1", status.command)
    bambang.taps("Timeline")
    assert "Bambang Wijaya (Kakanwil) forwarded to Kadiv · less than a minute (standard 30 minutes)" in (
        bambang.chat.last.text
    )


def test_status_alone_lists_own_reports_with_the_open_ones_first(office: Office, begins: Begins) -> None:
    begins("Pertama")
    begins("Kedua")
    office["bambang"].does("SW-2026-0002", lambda proceeding, task, by: proceeding.decline(task, by=by, note="Bukan."))
    office["budi"].sends("/status", status.command)
    assert office["budi"].chat.last.text == (
        "2 laporan\n"
        "▶️ SW-2026-0001 · Pertama · pada Kakanwil sejak 08.30\n"
        "⛔ SW-2026-0002 · Kedua · 08.30\n"
        "per 08.30, Sen 23 Nov"
    )
    assert office["budi"].taps("🔎 0001") == "SW-2026-0001: lihat di bawah."
    assert "SW-2026-0001" in office["budi"].chat.last.text


def test_status_alone_shows_the_only_case_at_once(office: Office, begins: Begins) -> None:
    begins()
    office["budi"].sends("/status", status.command)
    assert "SW-2026-0001" in office["budi"].chat.last.text
    receipts = [shown for shown in office["budi"].chat.messages if "SW-2026-0001" in shown.text]
    assert len(receipts) == 1


def test_status_alone_invites_whoever_has_no_report_to_make_one(office: Office) -> None:
    office["budi"].sends("/status", status.command)
    assert office["budi"].chat.last.text.startswith("Belum ada laporan Anda.")


def test_the_timeline_tells_who_did_what_and_how_long_it_took(office: Office, begins: Begins) -> None:
    number = begins()
    office.passes(timedelta(minutes=9))
    forwards(office, "bambang", number, note="Mohon prioritas.")
    office.passes(timedelta(minutes=75))
    forwards(office, "siti", number)
    siti = office["siti"]
    siti.sends(f"/status {number}", status.command)
    siti.taps("Riwayat")
    assert siti.chat.last.text == (
        "🕘 RIWAYAT SW-2026-0001\n"
        "Senin, 23 November 2026\n"
        "08.30 📨 Budi Santoso (pelapor) melaporkan: “SIMPEG tidak dapat dibuka”\n"
        "08.39 ✅ Bambang Wijaya (Kakanwil) meneruskan ke Kadiv: “Mohon prioritas.” · "
        "9 menit (mutu baku 30 menit)\n"
        "09.54 ✅ Siti Rahmawati (Kadiv) meneruskan ke Kabag P2L · ⚠️ 1 jam 15 menit (mutu baku 30 menit)"
    )
    assert siti.chat.last.silent


def test_a_reporter_does_not_read_what_officials_write_to_each_other(office: Office, begins: Begins) -> None:
    number = begins()
    forwards(office, "bambang", number, note="Pelapor ini sering mengeluh.")
    budi = office["budi"]
    budi.taps("Riwayat")
    assert "Bambang Wijaya (Kakanwil) meneruskan ke Kadiv" in budi.chat.last.text
    assert "sering mengeluh" not in budi.chat.last.text
    assert "SIMPEG tidak dapat dibuka" in budi.chat.last.text


def test_a_reporter_reads_no_note_and_no_correction_of_officials(office: Office, begins: Begins) -> None:
    number = begins("SIMPEG tidak dapat dibuka. " * 60)
    secret = "Pelapor ini sering mengeluh. " * 10
    remarks(office, number, secret)
    to_rina(office, number)

    def hand_in(case: Proceeding, task: Task, by: Tenure) -> None:
        for part in Part:
            case.write(task, part, secret, by=by)
        case.submit(task, by=by)

    office["rina"].does(number, hand_in)
    office["maria"].does(number, lambda case, task, by: case.give_back(task, by=by, note=secret))
    budi = office["budi"]
    budi.taps("Riwayat")
    budi.presses(asks_for(office, "budi", number, Touch.ATTACHMENTS), budi.chat.find("Laporan SW").message_id)

    assert "mengembalikan dengan koreksi" in budi.chat.find("RIWAYAT").text
    assert "SIMPEG" in budi.chat.last.text, "their own words come whole"
    assert not any("sering mengeluh" in one.text for one in budi.chat.messages)


def test_a_timeline_too_long_for_a_message_keeps_the_newest_and_says_so(office: Office, begins: Begins) -> None:
    number = begins()
    for index in range(80):
        words = f"Catatan {index} " + "panjang " * 20
        remarks(office, number, words)
    office["bambang"].taps("Riwayat")
    text = office["bambang"].chat.last.text
    assert "Catatan 79" in text
    assert "Catatan 0 " not in text
    assert "catatan yang lebih lama tidak dimuat di sini." in text


def test_the_position_shows_what_is_done_where_it_is_and_what_lies_ahead(office: Office, begins: Begins) -> None:
    number = begins()
    office.passes(timedelta(minutes=9))
    forwards(office, "bambang", number)
    office.passes(timedelta(minutes=40))
    office["siti"].taps("Alur SOP")
    lines = office["siti"].chat.last.text.splitlines()
    assert lines[3] == "✅ 1. Menugaskan Kadiv — Kakanwil: Bambang Wijaya · 9 menit dari 30 menit"
    assert lines[4] == (
        "▶️ 2. Menugaskan Kabag — Kadiv: Siti Rahmawati · ⚠️ lewat batas waktu Sen 23 Nov 09.09 WITA (mutu baku 30 menit)"
    )
    assert lines[5] == "○ 3. Menugaskan Kasubbag — Kabag P2L · 30 menit"
    assert len(lines) == 12


def test_who_only_reports_reads_of_the_time_limit_of_the_sop(office: Office, begins: Begins) -> None:
    """Officials read of the mutu baku by its name, on the same case and at the same instant."""
    number = begins()
    office.passes(timedelta(minutes=75))
    forwards(office, "bambang", number)
    office.passes(timedelta(minutes=45))
    for name, named, due in (
        ("budi", "batas waktu SOP 30 menit", "SOP: 30 menit"),
        ("siti", "mutu baku 30 menit", "mutu baku 30 menit"),
    ):
        reader = office[name]
        reader.sends(f"/status {number}", status.command)
        reader.taps("Riwayat")
        assert f"⚠️ 1 jam 15 menit ({named})" in reader.chat.last.text
        reader.sends(f"/status {number}", status.command)
        reader.taps("Alur SOP")
        assert f"⚠️ 1 jam 15 menit ({named})" in reader.chat.last.text
        assert f"WITA ({due})" in reader.chat.last.text
    office["siti"].sends(f"/status {number}", status.command)
    assert "mutu baku 30 menit" in office["siti"].chat.last.text
    assert "SOP 30 menit" not in office["siti"].chat.last.text


def test_the_position_of_a_declined_case_ends_where_it_was_declined(office: Office, begins: Begins) -> None:
    number = begins()
    office["bambang"].does(number, lambda proceeding, task, by: proceeding.decline(task, by=by, note="Bukan."))
    view = office.work(
        lambda records: history.position_view(
            records.reader, records.case_numbered(number), person=records.known(office["bambang"].account_id)
        )
    )
    assert [line.place for line in view.steps] == [Place.ENDED, *[Place.AHEAD] * 8]
    office["bambang"].sends(f"/status {number}", status.command)
    office["bambang"].taps("Riwayat")
    assert "menolak: “Bukan.”" in office["bambang"].chat.last.text


def test_a_case_that_came_back_is_at_its_step_again_in_the_next_round(office: Office, begins: Begins) -> None:
    number = begins()
    to_rina(office, number)
    rina = office["rina"]
    rina.does(number, lambda proceeding, task, by: [proceeding.write(task, part, "Isi", by=by) for part in Part])
    rina.does(number, lambda proceeding, task, by: proceeding.submit(task, by=by))
    office["maria"].does(number, lambda proceeding, task, by: proceeding.give_back(task, by=by, note="Lengkapi."))
    rina.taps("Alur SOP")
    text = rina.chat.last.text
    assert text.startswith("🗺 POSISI SW-2026-0001 · putaran 2\n")
    assert "JFT Prakom: Rina Mokoginta · batas waktu Rab 25 Nov 09.06 WITA (mutu baku 2 hari)" in text
    assert "○ 6. " in text


def test_the_files_of_a_case_come_as_files_with_the_words_its_card_left_out(
    office: Office, begins: Begins, photos: Callable[[int], list[FileRecord]]
) -> None:
    words = "SIMPEG tidak dapat dibuka. " * 60
    begins(words, files=tuple(photos(3)))
    bambang = office["bambang"]
    bambang.taps("Lampiran")
    assert [file["file_id"] for file in bambang.chat.files[0].files] == ["id-1", "id-2", "id-3"]
    assert bambang.chat.last.text == f"📄 Laporan SW-2026-0001:\n{words}"


def test_a_reporter_gets_their_own_files_back_and_not_the_officials(
    office: Office, begins: Begins, photos: Callable[[int], list[FileRecord]]
) -> None:
    mine, theirs = photos(2)
    number = begins(files=(mine,))
    to_rina(office, number)
    office["rina"].does(number, lambda proceeding, task, by: proceeding.attach(task, [theirs], by=by))
    budi = office["budi"]
    token = asks_for(office, "budi", number, Touch.ATTACHMENTS)
    budi.presses(token, budi.chat.last.message_id)
    assert [file["file_id"] for sent in budi.chat.files for file in sent.files] == [mine["file_id"]]
    office["rina"].taps("Lampiran")
    assert [len(sent.files) for sent in office["rina"].chat.files] == [1, 1]


def test_a_case_without_files_says_so(office: Office, begins: Begins) -> None:
    number = begins()
    token = asks_for(office, "budi", number, Touch.ATTACHMENTS)
    toast = office["budi"].presses(token, office["budi"].chat.last.message_id)
    assert toast == "SW-2026-0001 tidak memiliki lampiran."


def test_the_files_of_a_confidential_case_are_not_for_its_watchers(office: Office, begins: Begins) -> None:
    number = begins("Kata sandi pejabat bocor", confidential=True)
    office["andi"].sends("/status 1", status.command)
    token = asks_for(office, "andi", number, Touch.ATTACHMENTS)
    toast = office["andi"].presses(token, office["andi"].chat.last.message_id)
    assert toast == "Laporan SW-2026-0001 tidak ditemukan, atau bukan untuk Anda."


def test_an_official_who_left_reads_their_own_words_and_none_that_were_said_since(
    office: Office, begins: Begins
) -> None:
    number = begins("Kata sandi bocor", confidential=True)
    forwards(office, "bambang", number)
    forwards(office, "siti", number, note="Catatan Siti.")
    office.work(
        lambda records: appointment.relieve(records, records.session.get_one(Person, office["siti"].id), "kadiv")
    )
    forwards(office, "hendra", number, note="Catatan Hendra.")
    siti = office["siti"]
    siti.sends(f"/status {number}", status.command)
    assert "Kata sandi" not in siti.chat.last.text
    siti.taps("Riwayat")

    assert "Catatan Siti." in siti.chat.last.text
    assert "Catatan Hendra." not in siti.chat.last.text
    assert "Kata sandi" not in siti.chat.last.text


def test_a_watcher_sees_where_a_confidential_case_stands_but_not_what_it_says(office: Office, begins: Begins) -> None:
    number = begins("Kata sandi pejabat bocor", confidential=True)
    andi = office["andi"]
    andi.sends("/status 1", status.command)
    assert number in andi.chat.last.text
    assert "sandi" not in andi.chat.last.text
    andi.taps("Riwayat")
    assert "Budi Santoso (pelapor) melaporkan" in andi.chat.last.text
    assert "sandi" not in andi.chat.last.text


def test_the_holder_is_warned_and_then_told_that_it_is_late(office: Office, begins: Begins) -> None:
    begins()
    bambang = office["bambang"]
    card = bambang.chat.last.message_id
    office.passes(timedelta(minutes=24))
    chases(office)
    warned = bambang.chat.last
    assert warned.text == "⏰ SW-2026-0001 jatuh tempo Sen 23 Nov 09.00 WITA."
    assert warned.reply_to == card
    office.passes(timedelta(minutes=6, seconds=30))
    chases(office)
    assert bambang.chat.last is warned, "he was reminded a moment ago"
    office.passes(timedelta(minutes=23, seconds=30))
    chases(office)
    assert bambang.chat.last.text == "⚠️ SW-2026-0001 lewat batas waktu Sen 23 Nov 09.00 WITA (mutu baku 30 menit)."
    assert warned not in bambang.chat.messages
    bambang.taps("Buka kartu")
    assert bambang.chat.last.text.startswith("📋 DISPOSISI SW-2026-0001")


def test_superiors_and_watchers_learn_where_it_is_held_up(office: Office, begins: Begins) -> None:
    number = begins()
    forwards(office, "bambang", number)
    office.passes(timedelta(minutes=60))
    chases(office)
    told = "⚠️ SW-2026-0001 tertahan di Kadiv sejak Sen 23 Nov 08.30 WITA, lewat batas waktu Sen 23 Nov 09.00 WITA."
    for name in ("bambang", "maria", "rina", "andi"):
        assert office[name].chat.last.text == told
        assert office[name].chat.last.labels == ["🔎 Status"]
    office["andi"].taps("Status")
    assert number in office["andi"].chat.last.text
    assert office["siti"].chat.last.labels == ["📋 Buka kartu", "🔎 Status", "📝 Alasan keterlambatan"]


def test_a_chase_of_a_step_measured_in_days_counts_days(office: Office, begins: Begins) -> None:
    number = begins()
    to_rina(office, number)
    office.passes(timedelta(days=3, hours=2))
    chases(office)
    assert office["rina"].chat.last.text == "⚠️ SW-2026-0001 lewat batas waktu Rab 25 Nov 09.06 WITA (mutu baku 2 hari)."


def test_after_downtime_one_summary_names_everything_that_is_late(office: Office, begins: Begins) -> None:
    for index in range(10):
        begins(f"Masalah {index}")
    office.passes(timedelta(days=1))
    chases(office)
    bambang = office["bambang"]
    summary = bambang.chat.last
    assert summary.text.startswith(
        "⏰ Selamat pagi. 10 disposisi menunggu Anda, 10 lewat batas waktu.\n"
        "⚠️ SW-2026-0001 · Masalah 0 · lewat batas waktu"
    )
    assert len([shown for shown in bambang.chat.messages if "ewat batas waktu" in shown.text and shown.keyboard]) == 11
    bambang.taps("Berikutnya", on=summary)
    assert "Masalah 9" in summary.text
    bambang.taps("0010", on=summary)
    assert bambang.chat.last.text.startswith("📋 DISPOSISI SW-2026-0010")
    assert office["andi"].chat.last.labels[0] == "🔎 0001"


def test_the_digest_leaves_out_what_was_decided_meanwhile(office: Office, begins: Begins) -> None:
    first, second = begins("Pertama"), begins("Kedua")
    office.passes(timedelta(days=1))
    office.work(daily_round)
    forwards(office, "bambang", first)
    digest = office["andi"].chat.last
    assert digest.text.startswith("📋 Ringkasan hari ini: 1 langkah terlambat\n")
    assert f"{second} · Kedua · pada Kakanwil · lewat batas waktu Sen 23 Nov 09.00 WITA" in digest.text
    assert digest.silent


def test_a_queue_button_of_a_task_decided_meanwhile_says_by_whom(office: Office, begins: Begins) -> None:
    number = begins()
    bambang = office["bambang"]
    bambang.sends("/tugas", status.tasks)
    forwards(office, "bambang", number)
    assert "oleh Bambang Wijaya" in bambang.taps("0001")
    assert bambang.chat.find("Tidak ada yang menunggu").labels == ["🏖 Cuti / tidak di tempat"]


def test_a_button_of_somebody_else_does_nothing(office: Office, begins: Begins) -> None:
    begins()
    office["bambang"].sends("/tugas", status.tasks)
    key = office["bambang"].chat.last.keys[0]
    toast = office["siti"].presses(key.token or "", office["bambang"].chat.last.message_id)
    assert "tidak berlaku" in toast
