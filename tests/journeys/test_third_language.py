"""A third language is a folder of texts: `/bahasa` offers it, Telegram's menu has it, and it is spoken everywhere."""

import shutil
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from handlers.texts.catalogue import PACKAGED, Texts
from tests.journeys.demo_office import DemoOffice, Employee, demo_office

JAVANESE = {
    "language-name = English": "language-name = Basa Jawa",
    "🇬🇧 English chosen. Other languages:": "Basa Jawa kapilih. Basa liyane:",
    "button-send-report = 📨 Send": "button-send-report = 📨 Kirimna",
    "<b>Draft report</b>": "<b>Konsep laporan</b>",
    "✅ Report <b>{ $number }</b> received.": "✅ Laporan <b>{ $number }</b> ditampa.",
    "Welcome. This bot serves": "Sugeng rawuh. Bot iki kanggo",
    "command-lapor = Report a problem": "command-lapor = Laporna masalah",
}
"""What the Javanese folder says in words of its own; the rest is as in English."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The packaged texts with a folder for Javanese beside them."""
    folder = tmp_path / "texts"
    for language, copied in (("id", "id"), ("en", "en"), ("jv", "en")):
        shutil.copytree(PACKAGED / copied, folder / language)
    for file in (folder / "jv").iterdir():
        words = file.read_text(encoding="utf-8")
        for english, javanese in JAVANESE.items():
            words = words.replace(english, javanese)
        file.write_text(words, encoding="utf-8")
    return folder


@pytest.fixture
async def office(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DemoOffice]:
    monkeypatch.setattr(Texts, "load", partial(Texts.load, folder=folder))
    async with demo_office(tmp_path) as place:
        yield place


async def test_bahasa_offers_the_language_and_speaks_it(office: DemoOffice) -> None:
    budi = office["Budi"]
    await budi.says("/bahasa fr")
    assert budi.sees("/bahasa id (Bahasa Indonesia) · /bahasa en (English) · /bahasa jv (Basa Jawa)")
    await budi.says("/bahasa")
    assert budi.sees("English chosen. Other languages: /bahasa id (Bahasa Indonesia) · /bahasa jv (Basa Jawa)")

    await budi.says("/bahasa jv")

    assert budi.sees("Basa Jawa kapilih. Basa liyane: /bahasa id (Bahasa Indonesia) · /bahasa en (English)")
    await budi.says("SIMPEG tidak dapat dibuka")
    assert budi.sees("Konsep laporan")
    await budi.taps("Kirimna")
    assert budi.sees("Laporan SW-2026-0001 ditampa.")
    await budi.says("/bahasa")
    assert budi.sees("Bahasa Indonesia dipilih. Bahasa lain: /bahasa en (English) · /bahasa jv (Basa Jawa)")


async def test_a_stranger_is_greeted_in_the_language_of_their_account(office: DemoOffice) -> None:
    sri = Employee(office, office.sandbox.person(8123, "Sri", started=True, language_code="jv"))
    await sri.says("/start")
    assert sri.sees("Sugeng rawuh. Bot iki kanggo")


async def test_telegrams_menu_has_the_language(office: DemoOffice) -> None:
    menus = [call.params for call in office.sandbox.calls if call.method == "setMyCommands"]
    assert {menu.get("language_code") for menu in menus} == {None, "en", "jv"}
    await office["Budi"].says("/bahasa jv")
    own = [call.params for call in office.sandbox.calls if call.method == "setMyCommands"][len(menus) :]
    assert ["Laporna masalah" in str(menu["commands"]) for menu in own] == [True]
