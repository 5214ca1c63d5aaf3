"""While the reporter is asked, the clock of a step that pauses stands still; elsewhere one sees who is awaited."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from sqlalchemy import select

from models.case.task import Chase
from models.mail.notice import Notice, NoticeKind
from tests.journeys.demo_office import DemoOffice, demo_office

SW = "SW-2026-0001"


def wita(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of November 2026 on the office's clock; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.fixture
async def patient(tmp_path: Path, migrated_url: str) -> AsyncIterator[DemoOffice]:
    """An office whose SOP lets step 5, of two days, pause while the reporter is asked."""
    folder = tmp_path / "sops"
    folder.mkdir()
    name = "penanganan-masalah-software.toml"
    text = files("models.sops").joinpath(name).read_text(encoding="utf-8")
    pausing = text.replace('standard = "2 hari"', 'standard = "2 hari"\npauses = true')
    (folder / name).write_text(pausing, encoding="utf-8")
    async with demo_office(tmp_path, database_url=migrated_url, sop_dir=folder) as place:
        yield place


async def handled(office: DemoOffice) -> None:
    """Let Budi report, and the report come to Rina, who begins to handle it at 09.00 on Monday."""
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await office.comes(wita(23, 9))
    await office["Rina"].taps("Mulai tangani")


async def asks(office: DemoOffice, question: str) -> None:
    await office["Rina"].taps("Tanya pelapor")
    await office["Rina"].says(question)


async def answers(office: DemoOffice, question: str, words: str) -> None:
    await office["Budi"].says(words, office["Budi"].message(question))


async def left(office: DemoOffice) -> int:
    """Return the office seconds from now until the deadline of the open task."""
    return office.program.rules.office.calendar.between(office.clock.now(), (await office.task()).due_at)


async def climbed(office: DemoOffice) -> int:
    """Return how many rungs of the open task were climbed."""
    task = await office.task()
    return await office.asks(
        lambda records: len(records.session.scalars(select(Chase).where(Chase.task_id == task.id)).all())
    )


async def test_the_board_says_that_a_step_waits_for_its_reporter_and_calls_it_late_no_more(
    patient: DemoOffice,
) -> None:
    await handled(patient)
    await patient.comes(wita(23, 10))
    await asks(patient, "Sejak kapan?")
    await patient.comes(wita(27, 9))
    kakanwil = patient["Kakanwil"]
    await kakanwil.says("/papan")
    words = kakanwil.message("PAPAN").words
    assert words.splitlines()[:3] == [
        "📊 PAPAN KANTOR · 1 berjalan, 0 terlambat",
        "⏸ SW-2026-0001 · SIMPEG tidak dapat dibuka",
        "5/9 JFT Prakom: Rina Contoh · menunggu pelapor sejak Sen 23 Nov 10.00 · umur 4 hari",
    ]
    assert kakanwil.message("PAPAN").button("Ingatkan semua") is None, "nobody is late"


async def test_what_was_left_at_the_question_is_left_after_the_answer(patient: DemoOffice) -> None:
    budi, rina = patient["Budi"], patient["Rina"]
    await handled(patient)
    await patient.comes(wita(23, 10))
    before = await left(patient)
    await asks(patient, "Sejak kapan?")
    assert rina.sees("Waktu langkah ini berhenti sampai dijawab")
    card = rina.message("PENANGANAN").words
    assert (
        "⏸ Waktu berhenti: menunggu pelapor sejak Sen 23 Nov 10.00 WITA (saat itu sisa 1 hari 6 jam kerja dari 2 hari)"
        in card
    )
    assert "Batas waktu:" not in card

    await patient.comes(wita(24, 15))
    await answers(patient, "Sejak kapan?", "Sejak pagi.")
    assert abs(await left(patient) - before) <= 60, "but for the seconds in which people read"
    assert "Batas waktu:" in rina.message("PENANGANAN").words
    assert budi.sees("Jawaban untuk SW-2026-0001 disampaikan")
    task = await patient.task()
    assert (task.paused_at, task.waiting_since, task.waiting_for, len(task.pauses)) == (None, None, 0, 1)
    assert task.chase_at is not None
    assert [set(one) for one in await patient.journal("resume")] == [{"step", "round", "pause", "due"}]
    assert await patient.verified()


async def test_nothing_is_late_while_it_pauses(patient: DemoOffice) -> None:
    budi, rina, kasubbag = patient["Budi"], patient["Rina"], patient["Kasubbag"]
    await handled(patient)
    await asks(patient, "Sejak kapan?")
    assert (await patient.task()).chase_at is None
    await patient.comes(wita(27, 10))
    assert await climbed(patient) == 0
    assert not kasubbag.sees("Ringkasan hari ini")
    assert not rina.sees("lewat batas waktu")
    await rina.says("/tugas")
    listed = rina.message("menunggu Anda")
    assert f"⏸ {SW}" in listed.words
    assert listed.button("menunggu pelapor")
    await budi.says("/status")
    status = budi.message("Menunggu jawaban Anda sejak").words
    assert "Waktu langkah ini berhenti" in status
    assert "Terlambat" not in status
    await rina.taps("Alur SOP", rina.message("PENANGANAN"))
    assert "menunggu pelapor sejak" in rina.message("POSISI").words
    assert await patient.verified()


async def test_of_several_questions_the_last_answer_lets_it_go_on(patient: DemoOffice) -> None:
    await handled(patient)
    before = await left(patient)
    await asks(patient, "Sejak kapan?")
    await asks(patient, "Di komputer mana?")
    await patient.comes(wita(23, 14))
    await answers(patient, "Pertanyaan tentang SW-2026-0001", "Komputer loket.")
    assert (await patient.task()).paused_at is not None
    await patient.comes(wita(24, 14))
    await answers(patient, "Sejak kapan?", "Sejak pagi.")
    assert (await patient.task()).paused_at is None
    assert abs(await left(patient) - before) <= 60
    assert len(await patient.journal("pause")) == len(await patient.journal("resume")) == 1

    await asks(patient, "Versi berapa?")
    await patient.comes(wita(26, 14))
    await answers(patient, "Versi berapa?", "Versi 3.")
    assert abs(await left(patient) - before) <= 120
    assert len((await patient.task()).pauses) == 2
    assert await patient.verified()


async def test_handing_in_without_the_answer_ends_the_pause(patient: DemoOffice) -> None:
    rina = patient["Rina"]
    await handled(patient)
    await asks(patient, "Sejak kapan?")
    await patient.comes(wita(26, 14))
    await patient.evaluate()
    task = (await patient.case()).tasks[4]
    calendar = patient.program.rules.office.calendar
    assert task.closed_at is not None
    assert calendar.late(task.due_at, task.closed_at) == 0
    assert (task.paused_at, len(task.pauses)) == (None, 1)
    await rina.says("/status 1")
    await rina.taps("Riwayat")
    told = rina.message("RIWAYAT").words
    assert told.index("Waktu langkah berhenti") < told.index("Waktu langkah berjalan lagi") < told.index("mengajukan")
    assert "⚠️" not in told
    await patient.walk(until=10)
    assert await patient.verified()


async def test_a_pause_that_lasts_is_told_to_those_who_look_after_the_task(patient: DemoOffice) -> None:
    budi, rina, kabag, kasubbag = (patient[name] for name in ("Budi", "Rina", "Kabag", "Kasubbag"))
    await handled(patient)
    await asks(patient, "Sejak kapan?")
    for day in (23, 24):
        await patient.comes(wita(day, 15))
        assert len([one for one in budi.person.received if "menunggu jawaban Anda" in one.words]) == 1
    assert not rina.sees("masih menunggu jawaban pelapor")
    await patient.comes(wita(25, 15))
    told = rina.message("masih menunggu jawaban pelapor sejak")
    assert told.silent
    assert told.button("Buka kartu")
    assert kasubbag.sees("menunggu jawaban pelapor sejak"), "the superior, who is a watcher too"
    assert not kabag.sees("menunggu jawaban pelapor sejak")
    await patient.comes(wita(27, 15))
    assert len([one for one in rina.person.received if "masih menunggu jawaban pelapor" in one.words]) == 1, "once"
    assert len(await patient.journal("pause-lasts")) == 1
    await answers(patient, "Pertanyaan tentang", "Sejak pagi.")
    assert not rina.sees("masih menunggu jawaban pelapor"), "it leaves the chats once the clock goes on"
    assert not kasubbag.sees("menunggu jawaban pelapor sejak")
    assert await patient.verified()


async def test_a_pause_outlives_a_restart_and_the_audit(patient: DemoOffice) -> None:
    await handled(patient)
    await asks(patient, "Sejak kapan?")
    await patient.stops()
    patient.clock.jump_to(wita(25, 10))
    await patient.starts()
    task = await patient.task()
    assert (task.chase_at, task.paused_at is not None) == (None, True)
    assert await climbed(patient) == 0
    assert await patient.verified()


async def test_where_no_step_pauses_one_sees_since_when_the_reporter_is_awaited(office: DemoOffice) -> None:
    budi, rina = office["Budi"], office["Rina"]
    await handled(office)
    due = (await office.task()).due_at
    await asks(office, "Sejak kapan?")
    assert rina.sees("Batas waktu tetap berjalan")
    card = rina.message("PENANGANAN").words
    assert "Batas waktu:" in card
    assert "Menunggu pelapor sejak" in card
    await rina.says("/tugas")
    assert "menunggu pelapor sejak" in rina.message("menunggu Anda").words
    assert "Menunggu jawaban Anda sejak" in budi.message("diterima").words
    await rina.taps("Alur SOP", rina.message("PENANGANAN"))
    assert "menunggu pelapor sejak" in rina.message("POSISI").words
    await answers(office, "Pertanyaan tentang", "Sejak pagi.")
    assert "Menunggu pelapor" not in rina.message("PENANGANAN").words
    assert "Menunggu jawaban" not in budi.message("diterima").words
    assert (await office.task()).due_at == due
    owed = await office.asks(lambda records: records.session.scalars(select(Notice.kind)).all())
    assert NoticeKind.ESCALATE not in owed
    assert await office.verified()
