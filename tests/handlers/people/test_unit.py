"""A registered person is asked for their unit once, and it shows where units show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.people import registration
from models.office.invitation import InviteKind
from models.office.person import Person
from tests.handlers.people.joining import NIP, code_for, expects, joins

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.handlers.conftest import Office, Pegawai, Stranger


def questions(person: Pegawai) -> int:
    return len([one for one in person.chat.messages if "Di unit kerja mana" in one.text])


@pytest.fixture
def new(office: Office, stranger: Stranger) -> Stranger:
    """Somebody who has just registered."""
    joins(stranger, code_for(office, InviteKind.POST, "jft-prakom"), f"{NIP} Eka Sumual")
    return stranger


@pytest.fixture
def budi(office: Office) -> Pegawai:
    """Somebody who registered when nobody asked for units."""
    office.work(lambda records: setattr(records.session.get_one(Person, office["budi"].id), "unit_asked_at", None))
    return office["budi"]


def reports(person: Pegawai) -> None:
    person.writes("SIMPEG tidak dapat dibuka")
    person.taps("Kirim")


def test_a_newcomer_is_asked_and_taps_the_unit_of_a_colleague(office: Office, stranger: Stranger) -> None:
    units = {"andi": "Subbagian Umum", "rina": "Subbagian Umum", "maria": "Subbagian Humas"}

    def work_there(records: Records) -> None:
        for name, unit in units.items():
            records.session.get_one(Person, office[name].id).unit = unit

    office.work(work_there)
    joins(stranger, code_for(office, InviteKind.POST, "jft-prakom"), f"{NIP} Eka Sumual")
    card = stranger.chat.find("Di unit kerja mana")
    assert card.labels == ["Subbagian Umum", "Subbagian Humas", "✍️ Tulis…", "Lewati"]
    assert "Subbagian Humas" in stranger.taps("Subbagian Humas")
    assert stranger.person.unit == "Subbagian Humas"
    assert card.text == "🏢 Unit kerja Anda: Subbagian Humas"
    assert card.labels == []


def test_a_unit_is_written_and_shows_on_the_report(office: Office, new: Stranger) -> None:
    new.taps("Tulis…")
    new.writes("x" * 101)
    assert "101" in new.chat.last.text
    new.writes("  Subbagian  Kepegawaian ")
    assert new.person.unit == "Subbagian Kepegawaian"
    reports(new)
    assert "Eka Sumual, Subbagian Kepegawaian" in office["bambang"].chat.find("DISPOSISI").text
    assert questions(new) == 0


def test_who_passes_it_over_is_never_asked_again(new: Stranger) -> None:
    new.taps("Lewati")
    assert new.chat.find("Unit kerja tidak diisi").labels == []
    reports(new)
    new.sends("/start", registration.start)
    assert questions(new) == 0
    assert new.person.unit == ""


def test_who_does_not_answer_is_never_asked_again_and_reports_at_once(office: Office, new: Stranger) -> None:
    reports(new)
    new.sends("/start", registration.start)
    assert questions(new) == 1
    assert office.case().subject == "SIMPEG tidak dapat dibuka"


def test_who_registered_before_is_asked_with_the_next_report(budi: Pegawai) -> None:
    reports(budi)
    assert "Di unit kerja mana" in budi.chat.last.text
    budi.taps("Tulis…")
    budi.writes("Subbagian Umum")
    assert budi.person.unit == "Subbagian Umum"
    reports(budi)
    assert questions(budi) == 0


def test_whose_unit_is_on_the_offices_list_is_not_asked(office: Office, stranger: Stranger) -> None:
    expects(office, "197001011995032002", "Eka Sumual", "Subbagian Umum")
    joins(stranger, code_for(office, InviteKind.OFFICE), f"{NIP} Eka Sumual")
    assert stranger.person.unit == "Subbagian Umum"
    assert questions(stranger) == 0


def test_a_button_from_before_does_nothing(new: Stranger) -> None:
    card = new.chat.find("Di unit kerja mana")
    late = next(key.token or "" for key in card.keys if key.label == "Lewati")
    new.taps("Tulis…")
    new.writes("Subbagian Umum")
    assert "Keadaan sudah berubah" in new.presses(late, card.message_id)
    assert new.person.unit == "Subbagian Umum"
