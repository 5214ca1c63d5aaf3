"""Lists stay true while they are on the screen: edited when their cases move, together, and for one working day."""

from __future__ import annotations

from datetime import timedelta

from bot.freshener import FRESHENED_EVERY
from bot.sandbox.chats import Message
from tests.journeys.demo_office import DemoOffice, Employee


def edits(office: DemoOffice, message: Message) -> int:
    """Return how often a message was edited."""
    wanted = str(message.message_id)
    return sum(
        one.method == "editMessageText" and str(one.params["message_id"]) == wanted for one in office.sandbox.calls
    )


async def board_of(who: Employee) -> Message:
    await who.says("/papan")
    return who.message("PAPAN")


async def a_moment(office: DemoOffice) -> None:
    """Let so much time pass as lies between two drawings of a list."""
    await office.comes(office.clock.now() + FRESHENED_EVERY)


async def test_a_board_follows_its_cases_and_says_of_when_it_is(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    board = await board_of(office["Rina"])
    assert "1/9 Kakanwil" in board.words
    assert board.words.endswith("per 08.30, Sen 23 Nov")
    await office.passes(minutes=4)
    await office["Kakanwil"].taps("Teruskan ke")
    await a_moment(office)
    assert "2/9 Kadiv" in board.words
    assert board.words.endswith("per 08.34, Sen 23 Nov")
    await office.passes(minutes=1)
    await office.report("Wati", "Printer tidak mencetak")
    await a_moment(office)
    assert "2 berjalan" in board.words


async def test_what_happens_within_a_moment_becomes_one_edit(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    board = await board_of(office["Rina"])
    await a_moment(office)
    before = edits(office, board)
    await office["Kakanwil"].taps("Teruskan ke")
    await office["Kadiv"].taps("Teruskan ke")
    await office["Kabag"].taps("Teruskan ke")
    assert edits(office, board) <= before + 1
    await a_moment(office)
    assert "4/9 Kasubbag" in board.words
    assert edits(office, board) <= before + 2


async def test_a_list_of_which_nothing_has_moved_is_left_alone(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office["Kakanwil"].taps("Teruskan ke")
    kadiv = office["Kadiv"]
    await kadiv.says("/tugas")
    tasks = kadiv.message("1 menunggu Anda")
    await office.passes(minutes=2)
    await office.report("Wati", "Printer tidak mencetak")
    await a_moment(office)
    assert edits(office, tasks) == 0
    assert tasks.words.endswith("per 08.30, Sen 23 Nov")


async def test_what_comes_to_a_desk_comes_onto_the_list_of_its_tasks(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.says("/tugas")
    tasks = kakanwil.message("1 menunggu Anda")
    await office.passes(minutes=1)
    await office.report("Wati", "Printer tidak mencetak")
    await a_moment(office)
    assert "2 menunggu Anda" in tasks.words
    assert "Printer tidak mencetak" in tasks.words


async def test_the_list_of_an_employee_tells_where_their_reports_are(office: DemoOffice) -> None:
    budi = office["Budi"]
    for text in ("SIMPEG tidak dapat dibuka", "Printer tidak mencetak"):
        await office.report("Budi", text)
    await budi.says("/status")
    listed = budi.message("2 laporan")
    assert "▶️ SW-2026-0001 · SIMPEG tidak dapat dibuka · pada Kakanwil sejak 08.30" in listed.words
    await office.passes(minutes=3)
    await office["Kakanwil"].taps("Teruskan ke")
    await a_moment(office)
    assert "pada Kadiv sejak 08.33" in listed.words
    assert listed.words.endswith("per 08.33, Sen 23 Nov")


async def test_a_list_older_than_a_working_day_is_left_as_it_was_and_says_of_when_it_is(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    board = await board_of(office["Rina"])
    await office.passes(days=1, minutes=30)
    words = board.words
    await office["Kakanwil"].taps("Teruskan ke")
    await a_moment(office)
    assert board.words == words
    assert "1/9 Kakanwil" in words
    await office["Rina"].taps("Perbarui", board)
    assert "2/9 Kadiv" in board.words
    assert board.words.endswith("per 09.00, Sel 24 Nov")


async def test_after_a_restart_the_lists_go_on_being_kept_true(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    board = await board_of(office["Rina"])
    await office.stops()
    await office.starts()
    await office.comes(office.clock.now() + timedelta(minutes=1))
    await office["Kakanwil"].taps("Teruskan ke")
    await a_moment(office)
    assert "2/9 Kadiv" in board.words
    assert await office.verified()


async def test_what_moved_shortly_before_a_restart_stands_on_the_lists_after_it(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    board = await board_of(office["Rina"])
    kadiv, budi = office["Kadiv"], office["Budi"]
    await kadiv.says("/tugas")
    tasks = kadiv.message("Tidak ada")
    await office.report("Budi", "Printer tidak mencetak")
    await budi.says("/status")
    listed = budi.message("2 laporan")
    await a_moment(office)
    before = edits(office, tasks)
    await office.passes(minutes=2)
    await office["Kakanwil"].taps("Teruskan ke", office["Kakanwil"].message("SIMPEG tidak dapat dibuka"))
    await office.stops()
    assert "2/9 Kadiv" not in board.words
    await office.starts()
    await office.comes(office.clock.now() + timedelta(minutes=1))
    assert "2/9 Kadiv" in board.words
    assert "1 menunggu Anda" in tasks.words
    assert "pada Kadiv sejak" in listed.words
    assert edits(office, tasks) == before + 1


async def test_a_list_of_which_nothing_has_moved_is_not_edited_after_a_restart(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    board = await board_of(office["Rina"])
    await a_moment(office)
    before = edits(office, board)
    await office.passes(minutes=2)
    await office.stops()
    await office.starts()
    await office.comes(office.clock.now() + timedelta(minutes=1))
    assert edits(office, board) == before
    assert board.words.endswith("per 08.30, Sen 23 Nov")
