"""What people write stays data: cleaned of what nobody types, shown as it was meant, read by nothing as a command."""

import json
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Update

from handlers.chat.incoming import cleaned, one_line
from handlers.texts.catalogue import Texts
from models.rules.rules import Rules
from tests.journeys.demo_office import PARTS, DemoOffice, Employee, demo_office

TRICKS = {
    "markup": "<b>tebal</b> <script> <a href='tg://user?id=1'>x</a> <i <blockquote </b> &lt;b&gt; &amp;amp; &#60;",
    "templates": '{ $x } { "{" } { -merek } {0} %s {t.__class__} ${HOME} *a* _b_ `c` [d](tg://user?id=1) ||e||',
    "commands": "'; DROP TABLE cases; -- =HYPERLINK('http://a.invalid') +1 -1 @SUM(A1) ../../etc/passwd C:\\x.bat",
    "scripts": "العربية עברית 日本語 ไทย e\u0301 👩\u200d👩\u200d👧 \U000e0041 \ue000\ue001\uf8ff \U000f0000",
}
"""Words that must reach whoever reads them exactly as they were written."""

MISCHIEF = "a\x00b\x1b[31mc\u202ed\u2066e\x85f\rg"
"""Words of which some characters must not be kept."""


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[DemoOffice]:
    async with demo_office(tmp_path) as place:
        yield place


async def arrives(office: DemoOffice, who: Employee, text: str) -> None:
    """Let an update arrive whose text no well-formed answer of Telegram could hold."""
    message_id = office.sandbox.world.next_message_id()
    at = int(office.clock.now().timestamp())
    user = {"id": who.person.user_id, "is_bot": False, "first_name": who.person.name}
    chat = {"id": who.person.user_id, "type": "private", "first_name": who.person.name}
    entities = [{"type": "bot_command", "offset": 0, "length": text.index(" ")}] if text.startswith("/") else []
    said = {"message_id": message_id + 1, "date": at, "chat": chat, "from": user, "text": text, "entities": entities}
    update = Update.de_json({"update_id": message_id, "message": said}, office.program.line)
    await office.program.application.process_update(update)
    await office.settle()


@pytest.mark.parametrize("trick", TRICKS)
async def test_every_free_text_of_a_case_arrives_as_it_was_written(office: DemoOffice, trick: str) -> None:
    words = TRICKS[trick]
    budi, kakanwil, kasubbag, rina = (office[name] for name in ("Budi", "Kakanwil", "Kasubbag", "Rina"))
    await office.report("Budi", f"{words[:60]}\n{words}")
    assert kakanwil.sees(words)
    assert kakanwil.sees(f"{words[:60]}\n")
    await kakanwil.taps("Instruksi & catatan")
    await kakanwil.taps("Tulis catatan")
    await kakanwil.says(f"catatan {words}")
    await kakanwil.taps("Teruskan ke")
    assert office["Kadiv"].sees(f"catatan {words}")
    await office["Kadiv"].taps("Kembalikan")
    await office["Kadiv"].taps("Tulis alasan")
    await office["Kadiv"].says(f"alasan {words}")
    assert kakanwil.sees(f"alasan {words}")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Tanya pelapor")
    await rina.says(f"tanya {words}")
    assert budi.sees(f"tanya {words}")
    await budi.taps("Jawab")
    await budi.says(f"jawab {words}")
    assert rina.sees(f"jawab {words}")
    await rina.taps("Laporan Evaluasi")
    for part in PARTS:
        await rina.taps(part)
        await rina.says(f"{part} {words}")
    await rina.taps("Pratinjau")
    await rina.taps("Ajukan")
    assert kasubbag.sees(f"Penyebab {words}")
    await kasubbag.taps("Kembalikan")
    await kasubbag.taps("Tulis koreksi" if kasubbag.sees("Tulis koreksi") else "Tulis alasan")
    await kasubbag.says(f"koreksi {words}")
    assert rina.sees(f"koreksi {words}")
    await rina.taps("Riwayat")
    await budi.says("/status 1")
    assert await office.verified()


async def test_what_nobody_types_is_taken_out_before_anything_is_kept(office: DemoOffice) -> None:
    await office.report("Budi", f"Layar {MISCHIEF} gelap")
    assert (await office.case()).text == "Layar ab[31mcdef\ng gelap"
    assert office["Kakanwil"].sees("Layar ab[31mcdef")


async def test_half_a_character_costs_nobody_a_report(office: DemoOffice) -> None:
    await arrives(office, office["Budi"], "Galat \ud83d pada layar")
    await office["Budi"].taps("Kirim")
    assert (await office.case()).text == "Galat � pada layar"
    for words in ("/start \udc00", "/status \udc00", "/bahasa \udc00\udc00", "/tidakada \udc00", "\udc00"):
        await arrives(office, office["Wati"], words)
    assert len(office["Wati"].person.received) == 5, office["Wati"].chat
    assert not any("gangguan" in one.words for one in office["Wati"].person.received), office["Wati"].chat


async def test_a_report_of_which_nothing_can_be_seen_is_none(office: DemoOffice) -> None:
    await office["Budi"].says("\u200b\u2060 \ufeff")
    assert office["Budi"].sees("jenis pesan ini tidak dapat disimpan")
    assert await office.cases() == []


async def test_a_name_in_a_group_does_not_turn_the_words_after_it(office: DemoOffice) -> None:
    stranger = office.sandbox.person(8123, "Eva\u202e\n</b>{ $x }", started=False)
    group = office.sandbox.group(-100200300, "Grup\u202e <i>Umum</i>", [office["Budi"].person, stranger])
    said = stranger.says("Printer <u>rusak</u>", into=group)
    await office["Budi"].says("/lapor", said, into=group)
    text = (await office.case()).text
    assert text == "Printer <u>rusak</u>\n(dari pesan Eva </b>{ $x } di grup Grup <i>Umum</i>)"
    assert office["Kakanwil"].sees("Printer <u>rusak</u>")


def test_long_words_cannot_be_multiplied_by_characters_that_stand_for_them(packaged_rules: Rules) -> None:
    say = Texts.load(packaged_rules.office.calendar.zone).say("id")
    short, long = "".join(map(chr, range(0xE000, 0xE3E8))), "panjang " * 200
    shown = say("words-said", number="SW-2026-0001", name=short[:500] + "\U000f0000", text=long)
    assert shown.count(long) == 1
    assert short[:500] in shown


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  dua\r\nbaris\t\n", "dua\nbaris"),
        ("nol\x00lebar\u200b tetap", "nollebar\u200b tetap"),
        ("\u202etxt.exe", "txt.exe"),
        ("\u200b\u200d", ""),
        ("\u115f\u1160\u3164 \uffa0\n\u2800", ""),
        ("\u034f\ufe0f\U000e0100", ""),
        ("\u3164Budi\u2800", "\u3164Budi\u2800"),
        ("\ud800", "�"),
        ("👩‍💻", "👩‍💻"),
        ("", ""),
    ],
)
def test_cleaning(written: str, kept: str) -> None:
    assert cleaned(written) == kept
    json.dumps(kept).encode()


@pytest.mark.parametrize("caption", ["\u3164", "\u2800\u115f", "/lapor \u3164"])
async def test_a_caption_of_which_nothing_can_be_seen_is_none(office: DemoOffice, caption: str) -> None:
    budi = office["Budi"]
    budi.person.sends_photo(caption)
    await office.settle()

    await budi.taps("Kirim")
    assert (await office.case()).text == "📷 Foto"


def test_a_name_is_one_line() -> None:
    assert one_line(" Surat\n\u202eedaran\tdua.pdf ") == "Surat edaran dua.pdf"


async def test_nothing_that_people_write_reaches_the_log(office: DemoOffice, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await office.report("Budi", "Rahasia-kenari\nERROR bot.updates.intake: baris palsu \x1b[2J")
    await office["Budi"].says("/status Rahasia-kenari")
    await office["Budi"].toast_of(office["Budi"].person.forges("Rahasia-kenari\nERROR"))
    ours = [
        record.getMessage() for record in caplog.records if record.name.split(".")[0] in {"bot", "handlers", "models"}
    ]
    assert ours
    assert not any(re.search("kenari|palsu|\x1b", line) for line in ours)
