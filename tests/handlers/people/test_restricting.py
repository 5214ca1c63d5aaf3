"""Restricting what is shown of a person's words from `/kelola`: by an admin, of one's own with a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.administration.restricting import LIFTED, ON_REQUEST, RESTRICTED
from models.office.person import Person
from tests.handlers.people.kelola import opens_person
from tests.handlers.people.test_seconding import journal, verified

if TYPE_CHECKING:
    from tests.handlers.conftest import Office, Pegawai


@pytest.fixture
def gita(office: Office) -> Pegawai:
    return office.hires("gita", "Gita Wowor", admin=True)


def is_restricted(office: Office, name: str) -> bool:
    return office.work(lambda records: records.session.get_one(Person, office[name].id).restricted_in) is not None


def test_an_admin_restricts_and_lifts_it_and_the_person_hears(office: Office) -> None:
    dewi, budi = office["dewi"], office["budi"]
    shown = opens_person(dewi, budi.person.name)
    assert "dibatasi" not in shown.text
    dewi.taps("Batasi pengolahan", on=shown)
    assert "Kasus yang berjalan tetap memuatnya" in shown.text
    assert "Tidak ada yang dihapus" in shown.text
    assert not is_restricted(office, "budi"), "the page does nothing yet"

    toast = dewi.taps("Batasi sekarang", on=shown)
    assert toast == f"🔏 Pengolahan data {budi.person.name} dibatasi."
    assert is_restricted(office, "budi")
    assert "Pengolahan datanya dibatasi" in shown.text
    assert "Pengolahan data pribadi Anda dibatasi" in budi.chat.last.text
    assert journal(office, RESTRICTED) == [{"person": budi.id, "because": ON_REQUEST}]

    dewi.taps("Cabut pembatasan", on=shown)
    assert dewi.taps("Cabut sekarang", on=shown) == f"🔏 Pembatasan data {budi.person.name} dicabut."
    assert not is_restricted(office, "budi")
    assert "Pembatasan data pribadi Anda dicabut" in budi.chat.last.text
    assert journal(office, LIFTED) == [{"person": budi.id}]
    assert verified(office)


def test_a_button_for_what_is_so_already_is_refused(office: Office) -> None:
    dewi, budi = office["dewi"], office["budi"]
    shown = opens_person(dewi, budi.person.name)
    dewi.taps("Batasi pengolahan", on=shown)
    stale = next(key.token or "" for key in shown.keys if "Batasi sekarang" in key.label)
    dewi.taps("Batasi sekarang", on=shown)
    dewi.presses(stale, shown.message_id)
    assert len(journal(office, RESTRICTED)) == 1


def test_an_admin_restricts_their_own_data_with_a_second_person(office: Office, gita: Pegawai) -> None:
    dewi = office["dewi"]
    shown = opens_person(dewi, dewi.person.name)
    dewi.taps("Batasi pengolahan", on=shown)
    assert "orang kedua menyetujuinya dahulu" in shown.text
    assert "Gita Wowor" in dewi.taps("Batasi sekarang", on=shown)
    assert not is_restricted(office, "dewi")
    assert "mengusulkan pengolahan data pribadinya sendiri dibatasi" in gita.chat.last.text
    gita.taps("Setujui")
    assert is_restricted(office, "dewi")
    assert journal(office, RESTRICTED) == [{"person": dewi.id, "because": ON_REQUEST, "agreed": gita.id}]

    shown = opens_person(dewi, dewi.person.name)
    dewi.taps("Cabut pembatasan", on=shown)
    dewi.taps("Cabut sekarang", on=shown)
    assert is_restricted(office, "dewi")
    gita.taps("Tolak")
    assert is_restricted(office, "dewi")
    assert verified(office)


def test_the_head_agrees_where_there_is_no_other_admin(office: Office) -> None:
    dewi = office["dewi"]
    shown = opens_person(dewi, dewi.person.name)
    dewi.taps("Batasi pengolahan", on=shown)
    dewi.taps("Batasi sekarang", on=shown)
    assert not is_restricted(office, "dewi")
    office["bambang"].taps("Setujui")
    assert is_restricted(office, "dewi")
