"""A result that did not help: the next report carries the earlier case, and who closed it learns of it."""

from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.sandbox.chats import Message
from models.office.person import Person
from models.office.tenure import Capacity, Tenure
from models.repository.records import Records
from models.rules.urgency import Urgency
from tests.journeys.demo_office import DemoOffice, demo_office

FIRST, SECOND, THIRD = "SW-2026-0001", "SW-2026-0002", "SW-2026-0003"
RESULT = "SIMPEG dapat dibuka kembali."


def hand_over(records: Records, post: str, name: str) -> None:
    """Let another person hold a post alone from now on."""
    for tenure in records.lock_office().tenures:
        if tenure.post == post:
            tenure.ends_at = records.at
    person = records.session.scalars(select(Person).where(Person.name == name)).one()
    records.session.add(Tenure.begin(person, post, capacity=Capacity.DEFINITIVE, at=records.at))


def leaves(records: Records, name: str) -> None:
    """Let a person hold no post any more."""
    for tenure in records.lock_office().tenures:
        if tenure.person.name == name:
            tenure.ends_at = records.at


async def reports(office: DemoOffice, text: str, *, taps: str = "") -> None:
    """Let Budi report, after a tap on another button of the draft where one is named."""
    await office["Budi"].says(text)
    if taps:
        await office["Budi"].taps(taps)
    await office["Budi"].taps("Kirim")


async def reports_again(office: DemoOffice, text: str) -> None:
    """Let Budi say that the newest result did not help, and report what is still wrong."""
    await office["Budi"].taps("Masih bermasalah")
    await office["Budi"].says(text)
    await office["Budi"].taps("Kirim")


def card(office: DemoOffice, name: str, number: str) -> Message:
    """Return the newest card of the case with this number in somebody's chat."""
    return next(one for one in reversed(office[name].person.received) if f"{number} · langkah" in one.words)


def folds(message: Message) -> list[str]:
    """Return what a message shows folded; Telegram counts in UTF-16."""
    units = message.text.encode("utf-16-le")
    places = [
        (one["offset"] * 2, (one["offset"] + one["length"]) * 2)
        for one in message.entities
        if one["type"] == "expandable_blockquote"
    ]
    return [units[start:end].decode("utf-16-le") for start, end in places]


async def test_the_next_report_carries_the_earlier_case_on_every_card(office: DemoOffice) -> None:
    budi = office["Budi"]
    await reports(office, "SIMPEG tidak dapat dibuka.\nMuncul galat 500.", taps="Sifat")
    await office.walk(until=10)
    await budi.taps("Masih bermasalah")
    assert budi.message("Draf laporan lanjutan").buttons
    await budi.says("Masih galat 500.")
    assert budi.sees("Sifat: segera"), "it is as urgent as the earlier one"
    await budi.taps("Kirim")

    for step in range(1, 10):
        name = {5: "Rina", 1: "Kakanwil", 9: "Kakanwil", 2: "Kadiv", 8: "Kadiv", 3: "Kabag", 7: "Kabag"}.get(step)
        seen = card(office, name or "Kasubbag", SECOND)
        assert f"Lanjutan dari {FIRST}" in seen.words, step
        assert "Muncul galat 500." in seen.words, step
        assert f"Hasil: {RESULT}" in seen.words, step
        assert any("Muncul galat 500." in fold for fold in folds(seen)), "the story is folded"
        assert seen.button(f"🔎 {FIRST}"), step
        await office.walk(until=step + 1)

    assert (await office.case(SECOND)).urgency is Urgency.URGENT
    assert await office.verified()


async def test_the_earlier_case_opens_with_a_tap_and_stands_in_the_record(office: DemoOffice) -> None:
    budi, kakanwil = office["Budi"], office["Kakanwil"]
    await reports(office, "SIMPEG tidak dapat dibuka.")
    await office.walk(until=10)
    await reports_again(office, "Masih galat 500.")
    await kakanwil.taps(f"🔎 {FIRST}", card(office, "Kakanwil", SECOND))
    page = kakanwil.message(f"{SECOND} melanjutkan laporan sebelumnya")
    assert "SIMPEG tidak dapat dibuka." in page.words
    for part in ("Temuan", "Penyebab", "Tindakan", "Rekomendasi"):
        assert f"{part}: {part} telah dicatat." in page.words
    await kakanwil.taps(f"🔎 {FIRST}", page)
    assert kakanwil.message(f"Laporan {FIRST} selesai").button("Riwayat")

    await kakanwil.taps("Riwayat", card(office, "Kakanwil", SECOND))
    assert f"Budi Contoh (pelapor) melaporkan, lanjutan dari {FIRST}" in kakanwil.message("RIWAYAT").words
    receipt = budi.message(f"Laporan {SECOND} diterima")
    assert f"Lanjutan dari {FIRST}" in receipt.words
    await budi.taps(f"🔎 {FIRST}", receipt)
    told = budi.message(f"{SECOND} melanjutkan laporan sebelumnya").words
    assert RESULT in told
    assert "Penyebab" not in told, "of a Laporan Evaluasi the reporter reads the result"


async def test_the_one_who_closed_the_case_learns_that_it_did_not_help(office: DemoOffice) -> None:
    budi, kakanwil = office["Budi"], office["Kakanwil"]
    await reports(office, "SIMPEG tidak dapat dibuka.")
    await office.walk(until=10)
    assert not kakanwil.sees("belum teratasi")
    await budi.taps("Masih bermasalah")
    told = kakanwil.message("menurut pelapornya masalahnya belum teratasi")
    assert told.silent
    await kakanwil.taps(f"🔎 {FIRST}", told)
    assert kakanwil.sees("Pelapor: masih bermasalah")
    (entry,) = await office.journal("feedback", FIRST)
    assert len(entry["told"]) == 1

    await budi.says("Masih galat 500.")
    await budi.taps("Kirim")
    told = kakanwil.message("menurut pelapornya masalahnya belum teratasi")
    assert f"Ia melapor lagi: {SECOND}" in told.words
    assert told.button(f"🔎 {SECOND}")
    await budi.taps("Sudah teratasi")
    assert kakanwil.sees("kini menyatakan masalahnya sudah teratasi")
    assert len([one for one in kakanwil.person.received if one.button(f"🔎 {SECOND}") and "👍" in one.words]) == 1
    assert await office.verified()


async def test_a_second_result_that_did_not_help_tells_both_earlier_cases(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    await reports(office, "SIMPEG tidak dapat dibuka.")
    await office.walk(until=10)
    await reports_again(office, "Masih galat 500.")
    await office.walk(until=10)
    await reports_again(office, "Kini galat 404.")
    third = card(office, "Kakanwil", THIRD)
    assert f"Lanjutan dari {SECOND} dan {FIRST}" in third.words
    assert "Masih galat 500." in third.words
    await kakanwil.taps(f"🔎 {SECOND}", third)
    page = kakanwil.message(f"{THIRD} melanjutkan").words
    assert page.index("Masih galat 500.") < page.index("SIMPEG tidak dapat dibuka.")
    assert await office.verified()


async def test_a_confidential_case_stays_with_those_who_may_read_it(office: DemoOffice) -> None:
    budi, kadiv = office["Budi"], office["Kadiv"]
    await reports(office, "Gaji saya salah.", taps="Rahasia")
    await office.walk(until=10)
    await budi.taps("Masih bermasalah")
    await budi.says("Masih salah.")
    assert budi.message("Draf laporan lanjutan").button("Rahasia: ya")
    await budi.taps("Rahasia")
    await budi.taps("Kirim")
    assert not (await office.case(SECOND)).confidential
    await office.walk(until=2)
    assert "Gaji saya salah." in card(office, "Kadiv", SECOND).words, "the Kadiv had it in hand before"

    await office.asks(lambda records: hand_over(records, "kadiv", "Wati Contoh"))
    wati = office["Wati"]
    await wati.says("/tugas")
    await wati.taps("0002")
    seen = card(office, "Wati", SECOND)
    assert f"Lanjutan dari {FIRST}" in seen.words
    assert f"{FIRST} bersifat rahasia" in seen.words
    assert "Gaji saya salah." not in wati.chat
    await wati.taps(f"🔎 {FIRST}", seen)
    page = wati.message(f"{SECOND} melanjutkan")
    assert page.buttons == []
    assert "Gaji saya salah." not in wati.chat
    assert "Gaji saya salah." in kadiv.chat


@pytest.fixture
async def straight(tmp_path: Path, migrated_url: str) -> AsyncIterator[DemoOffice]:
    """An office whose SOP sends a report that follows a case straight to step 5."""
    folder = tmp_path / "sops"
    folder.mkdir()
    name = "penanganan-masalah-software.toml"
    text = files("models.sops").joinpath(name).read_text(encoding="utf-8")
    (folder / name).write_text(text.replace('prefix = "SW"', 'prefix = "SW"\nagain = 5'), encoding="utf-8")
    async with demo_office(tmp_path, database_url=migrated_url, sop_dir=folder) as place:
        yield place


async def test_an_sop_may_send_it_straight_to_the_one_who_handled_it(straight: DemoOffice) -> None:
    budi, rina = straight["Budi"], straight["Rina"]
    await reports(straight, "SIMPEG tidak dapat dibuka.")
    assert (await straight.task(FIRST)).step == 1, "a first report goes the whole way"
    await straight.walk(until=10)
    await reports_again(straight, "Masih galat 500.")

    task = await straight.task(SECOND)
    assert (task.step, task.assignee and task.assignee.name) == (5, "Rina Contoh")
    assert "Hasil: " + RESULT in card(straight, "Rina", SECOND).words
    assert not any(SECOND in one.words and "PENANGANAN" in one.words for one in straight["Andi"].person.received)
    assert "5/9" in budi.message(f"Laporan {SECOND} diterima").words
    await straight.walk(until=10)
    await reports_again(straight, "Kini galat 404.")
    assert (await straight.task(THIRD)).step == 5
    assert rina.sees(f"Lanjutan dari {SECOND} dan {FIRST}")
    await straight.walk(until=10)
    assert await straight.verified()


async def test_where_the_handler_has_left_the_colleagues_get_it(straight: DemoOffice) -> None:
    await reports(straight, "SIMPEG tidak dapat dibuka.")
    await straight.walk(until=10)
    await straight.asks(lambda records: leaves(records, "Rina Contoh"))
    await reports_again(straight, "Masih galat 500.")
    task = await straight.task(SECOND)
    assert (task.step, task.assignee_id) == (5, None)
    assert card(straight, "Andi", SECOND).button("Mulai tangani")
    await straight.walk(until=10, handler="Andi")
    assert await straight.verified()
