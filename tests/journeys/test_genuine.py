"""A paper in hand: genuine or not, current or what happened since; by the code on it, and by its file."""

import re

from bot.sandbox.files import FileKind, StoredFile
from models.repository.records import Records
from models.upkeep.forgetting import forget, go_on_with_all
from tests.bot.papers.reading import words_of
from tests.journeys.demo_office import DemoOffice, Employee
from tests.journeys.test_sheets import SW, takes

START = re.compile(r"/start (lembar-[A-Za-z0-9_-]{24})")


def start_on(paper: StoredFile) -> str:
    """Return the words to type that stand on a paper."""
    found = START.search(" ".join(words_of(paper.content).split()))
    assert found is not None
    return found[0]


async def hands_in(office: DemoOffice, person: Employee, content: bytes, caption: str = "/periksa") -> str:
    """Send a file to be checked; returns the newest message."""
    person.person.sends_document("lembar.pdf", "application/pdf", len(content), caption=caption, content=content)
    await office.settle()
    return person.person.received[-1].words


async def with_a_sheet(office: DemoOffice, *, until: int = 4) -> StoredFile:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=until)
    return await takes(office["Kakanwil"])


async def test_who_may_read_the_case_learns_that_a_paper_is_genuine_and_current(office: DemoOffice) -> None:
    paper = await with_a_sheet(office)
    await office["Kadiv"].says(start_on(paper))

    shown = office["Kadiv"].message("Asli dan terkini")
    assert f"Lembar Disposisi {SW}" in shown.words
    assert "SIMPEG tidak dapat dibuka" in shown.words
    assert await office["Kadiv"].taps("📄 Lembar Disposisi", shown) == f"{SW}: lihat di bawah."
    assert await office.verified()


async def test_of_an_older_paper_it_is_told_what_happened_since(office: DemoOffice) -> None:
    paper = await with_a_sheet(office)
    await office.walk(until=5)
    await office["Kadiv"].says(start_on(paper))

    shown = office["Kadiv"].message("Asli, tetapi lama").words
    assert "Sejak itu 1 kejadian" in shown
    assert "Kasubbag Humas" in shown
    newer = await takes(office["Kadiv"])
    assert start_on(newer) != start_on(paper)
    await office["Kadiv"].says(start_on(newer))
    assert office["Kadiv"].sees("Asli dan terkini")


async def test_a_stranger_learns_no_more_than_that_it_is_genuine(office: DemoOffice) -> None:
    paper = await with_a_sheet(office)
    await office.walk(until=5)
    stranger = office.newcomer("Tamu", 990_001)
    await stranger.says(start_on(paper))

    told = stranger.message("Asli.").words
    assert SW in told
    assert not any(one in stranger.chat for one in ("SIMPEG", "Budi", "Sejak itu", "langkah", "Kasubbag"))
    assert not any(key for key in stranger.message("Asli.").buttons)


async def test_strangers_who_ask_again_and_again_are_answered_once_a_minute(office: DemoOffice) -> None:
    paper = await with_a_sheet(office)
    stranger = office.newcomer("Tamu", 990_001)
    for _ in range(5):
        await stranger.says(start_on(paper))
    assert len([one for one in stranger.person.received if "Asli." in one.words]) == 1


async def test_an_altered_code_is_refused_to_everybody(office: DemoOffice) -> None:
    paper = await with_a_sheet(office)
    right = start_on(paper)
    for place in (-1, -12, -24):
        other = "A" if right[place] != "A" else "B"
        altered = right[:place] + other + (right[place + 1 :] if place != -1 else "")
        await office["Kadiv"].says(altered)
        assert "Tidak dikenal" in office["Kadiv"].person.received[-1].words
    stranger = office.newcomer("Tamu", 990_001)
    await stranger.says(right[:-1] + "!")
    assert stranger.sees("Tidak dikenal")
    assert not stranger.sees("Asli.")


async def test_the_file_itself_is_held_against_what_was_issued(office: DemoOffice) -> None:
    paper = await with_a_sheet(office)
    kadiv = office["Kadiv"]
    assert "Asli dan terkini" in await hands_in(office, kadiv, paper.content)

    place = paper.content.rindex(b"%%EOF")
    doctored = paper.content[:place] + b"%%EOG" + paper.content[place + 5 :]
    assert "Bukan berkas kami" in await hands_in(office, kadiv, doctored)
    assert "Bukan berkas kami" in await hands_in(office, kadiv, paper.content + b"\n"), "saved again by another program"
    assert await office.cases() == [SW], "a paper that is checked is no report"
    assert await office.verified()


async def test_a_reply_to_a_paper_checks_it_and_without_one_it_is_said_how(office: DemoOffice) -> None:
    await with_a_sheet(office)
    kakanwil = office["Kakanwil"]
    await kakanwil.says("/periksa", reply_to=kakanwil.message(f"Lembar Disposisi {SW}"))
    assert kakanwil.sees("Asli dan terkini")
    await kakanwil.says("/periksa")
    assert "dengan keterangan /periksa" in kakanwil.person.received[-1].words


async def test_a_person_who_may_not_read_the_case_learns_only_that_the_file_is_genuine(office: DemoOffice) -> None:
    paper = await with_a_sheet(office)
    other = office["Wati"]
    told = await hands_in(office, other, paper.content)
    assert told.startswith("✅ Asli. Berkas ini sama, byte demi byte")
    assert "SIMPEG" not in other.chat


async def test_files_of_strangers_are_not_fetched(office: DemoOffice) -> None:
    paper = await with_a_sheet(office)
    stranger = office.newcomer("Tamu", 990_001)
    told = await hands_in(office, stranger, paper.content)
    assert "Asli" not in told
    assert "Bukan berkas kami" not in told


async def test_the_sheet_of_an_erased_case_is_genuine_and_older_and_tells_nothing_of_its_words(
    office: DemoOffice,
) -> None:
    paper = await with_a_sheet(office, until=10)

    def erase(records: Records) -> None:
        forget(records, records.reader.case_numbered(SW).case.reporter, because="permintaan")

    await office.asks(erase)
    await office.asks(go_on_with_all)
    await office["Kakanwil"].says(start_on(paper))
    shown = office["Kakanwil"].message("Asli, tetapi lama").words
    assert "SIMPEG" not in shown
    assert "dihapus" in shown
    newer = await takes(office["Kakanwil"])
    assert "SIMPEG" not in words_of(newer.content)
    assert newer.kind is FileKind.DOCUMENT
    assert await office.verified()
