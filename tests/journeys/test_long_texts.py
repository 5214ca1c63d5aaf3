"""Texts that a client cuts into several messages: they are one text, taken whole or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.journeys.demo_office import DemoOffice

LOG = "ORA-00018: maximum number of sessions exceeded\n"
GROUP = -100200300
ENDING = "AKHIR-LOG: baris terakhir saja"


def log(length: int) -> str:
    """Return a log of so many characters that ends with a line of its own."""
    return f"{(LOG * (length // len(LOG) + 1))[: length - len(ENDING) - 1]}\n{ENDING}"


async def handled_by_rina(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await office["Rina"].taps("Mulai tangani")


async def asked(office: DemoOffice) -> None:
    await handled_by_rina(office)
    await office["Rina"].taps("Tanya pelapor")
    await office["Rina"].says("Apa isi log-nya?")


async def answer(office: DemoOffice) -> str | None:
    return await office.asks(lambda records: records.question(1)[1].answer)


async def test_a_report_of_thirteen_thousand_characters_is_one_report(office: DemoOffice) -> None:
    budi, text = office["Budi"], log(13_000)
    sent = await budi.says_at_length(text)
    assert len(sent) == 4
    assert budi.chat.count("Draf laporan") == 1
    await budi.taps("Kirim")

    assert (await office.case()).text == text
    await office["Kakanwil"].taps("Lampiran")
    assert office["Kakanwil"].sees(ENDING), "the official reads it to the end"
    assert await office.verified()


async def test_a_text_without_a_blank_is_put_together_within_the_word(office: DemoOffice) -> None:
    await office["Budi"].says_at_length("a" * 4096 + "b" * 10)
    await office["Budi"].taps("Kirim")
    assert (await office.case()).text == "a" * 4096 + "b" * 10


async def test_an_answer_of_several_messages_reaches_the_handler_whole(office: DemoOffice) -> None:
    budi, rina = office["Budi"], office["Rina"]
    await asked(office)
    await budi.taps("Jawab")
    text = log(4126)
    await budi.says_at_length(text)

    assert await answer(office) == text
    assert rina.sees(ENDING)
    assert not budi.sees("Terlalu panjang")
    assert not budi.sees("Draf laporan")
    assert await office.verified()


async def test_an_answer_may_reply_to_its_question_with_the_first_message(office: DemoOffice) -> None:
    budi = office["Budi"]
    await asked(office)
    await budi.says_at_length(log(9000), budi.message("Apa isi log-nya?"))
    assert await answer(office) == log(9000)


async def test_a_part_of_the_evaluation_is_taken_whole(office: DemoOffice) -> None:
    rina, text = office["Rina"], log(4126)
    await handled_by_rina(office)
    await rina.taps("Laporan Evaluasi")
    await rina.taps("Temuan")
    await rina.says_at_length(text)

    draft = (await office.case()).evaluation_draft
    assert draft is not None
    assert draft.findings == text
    await rina.taps("Pratinjau")
    assert rina.sees(ENDING)


async def test_of_a_reason_that_is_too_long_nothing_is_taken_and_it_is_said_once(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    await office.report("Budi", "Kursi saya rusak")
    await kakanwil.taps("Tolak")
    await kakanwil.taps("Tulis alasan")
    await kakanwil.says_at_length(log(4126))

    assert (await office.task()).step == 1, "no decision is taken on the rest"
    assert kakanwil.chat.count("Terlalu panjang: 4.126 huruf, paling banyak 2.000.") == 1
    await kakanwil.says("Laporkan ke bagian rumah tangga.")
    assert office["Budi"].sees("Laporkan ke bagian rumah tangga.")


async def test_a_report_that_is_too_long_is_refused_whole_and_once(office: DemoOffice) -> None:
    budi = office["Budi"]
    await budi.says_at_length(log(21_000))
    assert budi.chat.count("Terlalu panjang: 21.000 huruf, paling banyak 20.000.") == 1
    assert not budi.sees("Draf laporan")


async def test_the_pieces_may_come_in_several_batches(office: DemoOffice) -> None:
    budi = office["Budi"]
    for piece in ("p" * 4096, "q" * 4096):
        budi.person.says(piece)
        await office.sandbox.drained()
        await office.program.quiet()
        assert not budi.sees("Draf laporan"), "it may go on"
        office.clock.advance(timedelta(seconds=1))
    await budi.says("r")
    await budi.taps("Kirim")
    assert (await office.case()).text == "p" * 4096 + "q" * 4096 + "r"


async def test_a_program_that_ends_between_two_pieces_takes_both(office: DemoOffice) -> None:
    budi = office["Budi"]
    budi.person.says("p" * 4096)
    await office.sandbox.drained()
    await office.program.quiet()
    await office.stops()
    budi.person.says("q")
    await office.starts()
    await budi.taps("Kirim")
    assert (await office.case()).text == "p" * 4096 + "q"


async def test_a_long_message_that_nothing_follows_is_taken_after_a_moment(office: DemoOffice) -> None:
    budi = office["Budi"]
    budi.person.says("p" * 4000)
    await office.sandbox.drained()
    await office.program.quiet()
    assert not budi.sees("Draf laporan")
    office.clock.advance(timedelta(seconds=1.5))
    await office.program.quiet()
    assert budi.sees("Draf laporan")


async def test_the_rest_of_a_text_that_comes_too_late_decides_nothing(office: DemoOffice) -> None:
    await office.report("Budi", "Kursi saya rusak")
    kakanwil = office["Kakanwil"]
    await kakanwil.taps("Tolak")
    await kakanwil.taps("Tulis alasan")
    await office.program.parts.intake.store([written(901, kakanwil.person.user_id, "p" * 4096)])
    await office.settle()
    assert kakanwil.sees("Terlalu panjang: 4.096 huruf")
    await office.program.parts.intake.store([written(902, kakanwil.person.user_id, ENDING)])
    await office.settle()

    assert (await office.task()).step == 1
    assert kakanwil.sees("datang terlambat, jadi tidak ikut disimpan")
    await kakanwil.says("Laporkan ke bagian rumah tangga.")
    assert office["Budi"].sees("Laporkan ke bagian rumah tangga.")


async def test_the_rest_of_a_report_that_comes_late_joins_its_draft(office: DemoOffice) -> None:
    budi = office["Budi"]
    for number, text in ((901, "p" * 4096), (902, ENDING)):
        await office.program.parts.intake.store([written(number, budi.person.user_id, text)])
        await office.settle()
    await budi.taps("Kirim")
    assert (await office.case()).text == "p" * 4096 + "\n" + ENDING


async def test_the_rest_of_a_report_in_a_group_that_comes_late_is_told_of_in_private(office: DemoOffice) -> None:
    budi = office["Budi"]
    group = {"id": GROUP, "type": "supergroup", "title": "Kepegawaian"}
    office.sandbox.group(GROUP, "Kepegawaian", [budi.person])
    command = {"entities": [{"type": "bot_command", "offset": 0, "length": 6}]}
    for number, text, more in ((901, "/lapor " + "p" * 4089, command), (902, ENDING, {}), (903, "Obrolan lain", {})):
        await office.program.parts.intake.store([written(number, budi.person.user_id, text, chat=group, **more)])
        await office.settle()

    assert (await office.case()).text.startswith("p" * 4089 + "\n")
    assert budi.sees("sepanjang satu pesan Telegram")
    assert budi.chat.count("menyusul laporannya tidak ikut disimpan") == 1


async def test_what_else_a_person_does_ends_the_waiting(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    budi.person.says("p" * 4096)
    press = budi.person.taps("Riwayat")
    await office.sandbox.drained()
    await office.program.quiet()
    assert (await press.answered()).endswith("lihat di bawah.")
    assert budi.sees("Draf laporan")


async def test_a_command_after_a_long_text_is_a_command(office: DemoOffice) -> None:
    budi = office["Budi"]
    budi.person.says("p" * 4096)
    await budi.says("/batal")
    assert budi.sees("dibatalkan")
    assert (await office.cases()) == []


async def test_an_edit_of_one_piece_changes_that_piece(office: DemoOffice) -> None:
    budi = office["Budi"]
    sent = await budi.says_at_length("p" * 4096 + "salah")
    budi.person.edits(sent[1], "benar")
    await office.settle()
    await budi.taps("Kirim")
    assert (await office.case()).text == "p" * 4096 + "benar"


async def test_two_long_messages_of_different_minutes_are_two(office: DemoOffice) -> None:
    await asked(office)
    budi = office["Budi"]
    await budi.taps("Jawab")
    budi.person.says("p" * 4096)
    office.clock.advance(timedelta(seconds=30))
    await budi.says("Laporan lain: printer macet")
    assert await answer(office) == "p" * 4096
    assert budi.message("Draf laporan").words.count("p" * 100) == 0


@pytest.mark.parametrize("authors", [(5, 5), (5, 6)], ids=["one text", "two texts"])
async def test_forwarded_messages_are_one_text_where_one_person_wrote_them_at_once(
    office: DemoOffice, authors: tuple[int, int]
) -> None:
    await asked(office)
    budi = office["Budi"]
    await budi.taps("Jawab")
    texts = ("p" * 4096, "q")
    await office.program.parts.intake.store(
        [
            forwarded(900 + number, budi.person.user_id, text, author)
            for number, (text, author) in enumerate(zip(texts, authors, strict=True))
        ]
    )
    await office.settle()
    text = "p" * 4096 + "q" if len(set(authors)) == 1 else "p" * 4096
    assert await answer(office) == f"{text}\n(diteruskan dari Joko)"


def written(number: int, account: int, text: str, **more: object) -> dict[str, object]:
    """Return a message in a private chat as Telegram writes it; all of them have one date."""
    message = {
        "message_id": number,
        "date": 1_795_000_000,
        "chat": {"id": account, "type": "private"},
        "from": {"id": account, "is_bot": False, "first_name": "Budi"},
        "text": text,
        **more,
    }
    return {"update_id": 800_000_000 + number, "message": message}


def forwarded(number: int, account: int, text: str, author: int) -> dict[str, object]:
    user = {"id": author, "is_bot": False, "first_name": "Joko"}
    return written(number, account, text, forward_origin={"type": "user", "date": 1_794_000_000, "sender_user": user})
