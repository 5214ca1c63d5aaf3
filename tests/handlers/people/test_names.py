"""What a newcomer gives of themselves: a NIP or another number, and a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.office.invitation import InviteKind
from tests.handlers.people.joining import NIP, code_for, expects, joins, opens

if TYPE_CHECKING:
    from tests.handlers.conftest import Office, Stranger


@pytest.mark.parametrize(
    "words",
    [
        "197001011995032002 Siti R., M.Si.",
        "19700101 199503 2 002\nSiti R., M.Si.",
        "NIP. 19700101.199503.2.002\nNama: Siti R., M.Si.",
        "Siti R., M.Si., 19700101 199503 2 002",
        "Nama lengkap: Siti R., M.Si.\nNIP: 19700101-199503-2-002",
    ],
)
def test_nip_and_name_may_come_together(office: Office, stranger: Stranger, words: str) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    stranger.writes(words)

    assert "19700101 199503 2 002 · Siti R., M.Si." in stranger.chat.last.text


def test_what_cannot_be_a_nip_is_asked_for_again(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    for words, what in (
        ("Siti", "memuat 0 angka"),
        ("1970010119950320021 Siti", "memuat 19 angka"),
        ("19701301 199503 2 002 Siti", "bukan tanggal"),
        ("197001011995 Siti 032002", "tulisan lain"),
        ("", "memuat 0 angka"),
    ):
        stranger.writes(words)
        assert what in stranger.chat.last.text
    stranger.writes(NIP)

    assert "nama lengkap" in stranger.chat.last.text


def test_an_employee_by_contract_comes_in_by_their_own_number(office: Office, stranger: Stranger) -> None:
    expects(office, "199009132025242014")
    joins(stranger, code_for(office, InviteKind.OFFICE), "19900913 202524 2 014 Eka Sumual")

    assert stranger.person.nip == "199009132025242014"


def test_an_unusual_nip_is_questioned_and_waits_for_an_admin(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom", nip=None))
    stranger.writes("19700101 199503 2 000 Eka Sumual")
    assert "Excel membulatkan" in stranger.chat.last.text
    assert "Menunggu" in stranger.taps("Benar, ini saya")

    card = office["dewi"].chat.last
    assert "Excel membulatkan" in card.text
    assert "cocokkan dengan surat keputusannya" in card.text
    office["dewi"].taps("Terima")
    assert stranger.person.nip == "197001011995032000"


def test_a_name_that_looks_like_somebody_elses_waits_for_an_admin_who_is_warned(
    office: Office, stranger: Stranger
) -> None:
    assert "Menunggu" in joins(stranger, code_for(office, InviteKind.ADMIN, nip=None), f"{NIP} Sit1 Rahmawati, S.H.")

    assert "serupa dengan Siti Rahmawati" in office["dewi"].chat.last.text
    assert stranger.known is None


def test_a_chosen_name_that_looks_like_somebody_elses_waits_though_the_nip_is_named_or_expected(
    office: Office, stranger: Stranger, another: Stranger
) -> None:
    assert "Menunggu" in joins(stranger, code_for(office, InviteKind.POST, "kadiv"), f"{NIP} B\u1d00mbang Wijaya")
    assert "serupa dengan Bambang Wijaya" in office["dewi"].chat.last.text
    expects(office, "197001011995032003")
    assert "Menunggu" in joins(another, code_for(office, InviteKind.OFFICE), "197001011995032003 \ua4ee\ua4e0\ua4f2")
    assert "huruf Latin" in office["dewi"].chat.last.text


def test_a_name_that_the_offices_own_list_gives_is_not_questioned(office: Office, stranger: Stranger) -> None:
    expects(office, "197001011995032003", "Siti Rahmawati")
    joins(stranger, code_for(office, InviteKind.OFFICE), "197001011995032003 Siti")
    assert stranger.person.name == "Siti Rahmawati"


def test_a_newcomer_who_takes_the_name_of_somebody_expected_waits(office: Office, stranger: Stranger) -> None:
    expects(office, "197001011995032003", "Fajar Lasut, S.H.")
    expects(office, "197001011995032002")
    assert "Menunggu" in joins(stranger, code_for(office, InviteKind.OFFICE), f"{NIP} Fajar Lasut")
    assert "serupa dengan Fajar Lasut, S.H." in office["dewi"].chat.last.text


def test_a_name_of_two_scripts_is_refused_with_what_is_wrong(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    stranger.writes(f"{NIP} S\u0456ti Rahmawati")
    assert "lebih dari satu aksara" in stranger.chat.messages[-2].text


def test_a_name_that_cannot_be_read_does_not_cost_the_nip(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    stranger.writes(f"{NIP} X")
    assert "Nama tidak dapat dibaca" in stranger.chat.messages[-2].text
    stranger.writes("8")
    assert "Nama tidak dapat dibaca" in stranger.chat.last.text
    stranger.writes("Eka Sumual")

    assert f"{NIP} · Eka Sumual" in stranger.chat.last.text


def test_nobodys_nip_and_name_are_as_long_as_a_story(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    stranger.writes(f"{NIP} a{' ' * 4000}b")
    assert "tulisan lain" in stranger.chat.last.text
    stranger.writes(NIP)
    stranger.writes(f"Eka{' ' * 4000}Sumual")
    assert "Nama tidak dapat dibaca" in stranger.chat.last.text
    stranger.writes("Eka Sumual")

    assert f"{NIP} · Eka Sumual" in stranger.chat.last.text


def test_what_was_given_can_be_changed_until_it_is_confirmed(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom", nip="197001021995032002"))
    stranger.writes(f"{NIP} Eka Sumula")
    stranger.writes("ya benar")
    assert "Ketuk tombol pada kartu" in stranger.chat.last.text
    stranger.writes(f"{NIP} Eka Sumual")
    assert [one.labels for one in stranger.chat.messages if one.labels] == [["✅ Benar, ini saya", "✏️ Ubah"]]
    stale = stranger.chat.last

    assert "Kirim NIP dan nama lagi" in stranger.taps("Ubah")
    assert stranger.chat.last.labels == []
    stranger.writes("19700102 199503 2 002 Eka Sumual")
    stranger.writes("19700102 199503 2 002")

    assert stale.labels == []
    assert stranger.taps("Benar, ini saya")
    assert stranger.person.nip == "197001021995032002"


def test_a_card_that_was_replaced_registers_nobody(office: Office, stranger: Stranger) -> None:
    opens(stranger, code_for(office, InviteKind.POST, "jft-prakom"))
    stranger.writes(f"{NIP} Eka Sumual")
    token = stranger.chat.last.keys[0].token or ""
    stranger.taps("Ubah")

    assert "Keadaan sudah berubah" in stranger.presses(token, stranger.chat.last.message_id)
    assert stranger.known is None
