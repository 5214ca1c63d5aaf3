"""What may be tapped instead of written: reasons and questions of the SOP file, or general ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.screens.card import task_card
from handlers.views.task import task_view
from models.mail.card import Face
from models.office.person import Person
from models.queries.cards import newest_task_card
from tests.reports import a_report

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office

pytestmark = pytest.mark.databases("sqlite")

SOP = "penanganan-masalah-software"


@pytest.fixture
def handled(office: Office) -> Office:
    """An office where a report lies with Rina."""

    def begin(records: Records) -> None:
        budi = records.session.get_one(Person, office["budi"].id)
        records.begin(a_report("SIMPEG mati"), reporter=budi, sop=SOP)

    office.work(begin)
    office.deliver()
    for name in ("bambang", "siti", "hendra"):
        office[name].taps("Teruskan ke")
    office["maria"].taps("Teruskan ke")
    office["maria"].taps("Rina")
    return office


def labels(office: Office, face: Face, *, of_the_sop: bool) -> list[str]:
    """Return what Rina's card offers with this face, with what the SOP file has or without."""

    def draw(records: Records) -> list[str]:
        rina = records.session.get_one(Person, office["rina"].id)
        task = records.case_numbered("SW-2026-0001").case.open_task
        assert task is not None
        card = newest_task_card(records.reader, task, rina)
        assert card is not None
        card.turn(face)
        view = task_view(records.reader, card)
        view = view if of_the_sop else replace(view, reasons=(), questions=())
        screen = task_card(view, office.texts.say("id"))
        card.turn(Face.MAIN)
        return [button.label for row in screen.rows for button in row]

    return office.work(draw)


def test_a_question_of_the_sop_is_asked_with_one_tap(handled: Office) -> None:
    rina, budi = handled["rina"], handled["budi"]
    rina.taps("Tanya pelapor")
    assert rina.chat.find("PENANGANAN").labels == [*handled.rules.sops[SOP].offered.questions, "« Kembali"]
    toast = rina.taps("Boleh kirim tangkapan layarnya?")
    assert toast == "❓ Pertanyaan untuk Budi Santoso (SW-2026-0001) dikirim. Batas waktu tetap berjalan."
    assert "“Boleh kirim tangkapan layarnya?”" in budi.chat.find("Pertanyaan tentang").text
    assert "❓ Menunggu pelapor sejak Sen 23 Nov 08.30 WITA" in rina.chat.find("PENANGANAN").text
    rina.writes("Ini laporan baru.")
    assert "Draf laporan" in rina.chat.last.text, "no question is awaited any more"


@pytest.mark.parametrize(
    ("face", "own", "general"),
    [
        (Face.REASONS_SEND_BACK, "Bukan kewenangan kami", "Bukan kewenangan kami"),
        (Face.REASONS_DECLINE, "Bukan masalah software", "Di luar lingkup SOP ini"),
        (Face.REASONS_RETURN, "Tindakan belum tepat", "Tindakan belum tepat"),
        (Face.EXPECTS_QUESTION, "Apa bunyi pesan galatnya?", "Apakah masih terjadi sampai sekarang?"),
    ],
)
def test_without_words_of_its_own_general_ones_are_offered(handled: Office, face: Face, own: str, general: str) -> None:
    assert own in labels(handled, face, of_the_sop=True)
    offered = labels(handled, face, of_the_sop=False)
    assert general in offered
    assert not any("software" in label for label in offered)


def test_every_general_word_fits_a_button_and_what_a_button_stands_for(handled: Office) -> None:
    faces = (Face.REASONS_SEND_BACK, Face.REASONS_DECLINE, Face.REASONS_RETURN, Face.EXPECTS_QUESTION)
    assert all(len(label) <= 60 for face in faces for label in labels(handled, face, of_the_sop=False))
