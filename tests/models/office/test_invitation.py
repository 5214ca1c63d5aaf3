"""Invites serve whom they should, once and in time; a NIP and a name are what they claim to be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.office.invitation import Invite, InviteKind, code_digest, issue
from models.office.nip import parse_name, parse_nip, split_nip
from models.refusals import InviteInvalid, NameInvalid, NipInvalid

AT = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
NIP = "197001011995032002"
SECOND = timedelta(seconds=1)


def test_a_code_is_long_and_random_and_only_its_digest_is_kept() -> None:
    (one, code), (other, other_code) = issue(InviteKind.ADMIN, at=AT), issue(InviteKind.ADMIN, at=AT)
    assert code != other_code
    assert len(code) >= 22, "128 bits in base64"
    assert one.digest == code_digest(code) != other.digest
    kept = {key: value for key, value in vars(one).items() if not key.startswith("_")}
    assert code not in str(kept)


def test_a_code_fits_a_deep_link() -> None:
    for _ in range(50):
        _, code = issue(InviteKind.POST, post="kadiv", at=AT)
        assert len(code) <= 64
        assert all(character.isascii() and (character.isalnum() or character in "_-") for character in code)


@pytest.mark.parametrize("kind", [InviteKind.POST, InviteKind.ADMIN])
def test_an_invite_serves_one_account_for_a_day(kind: InviteKind) -> None:
    invite, _ = issue(kind, at=AT)
    invite.claim(1001, at=AT + SECOND)
    assert (invite.claimed_by_account_id, invite.claimed_at) == (1001, AT + SECOND)
    with pytest.raises(InviteInvalid):
        invite.claim(1002, at=AT + SECOND)
    invite.claim(1001, at=AT + timedelta(hours=24) - SECOND)
    assert invite.claimed_at == AT + SECOND, "coming back does not make it a new claim"
    with pytest.raises(InviteInvalid):
        invite.claim(1001, at=AT + timedelta(hours=24))


def test_the_offices_link_serves_many_for_a_month() -> None:
    invite, _ = issue(InviteKind.OFFICE, at=AT)
    for account in (1001, 1002, 1003):
        invite.claim(account, at=AT + timedelta(days=29))
    assert invite.claimed_by_account_id is None
    with pytest.raises(InviteInvalid):
        invite.claim(1004, at=AT + timedelta(days=30))


def test_an_invite_that_was_spent_serves_nobody() -> None:
    invite, _ = issue(InviteKind.POST, post="kadiv", at=AT)
    invite.claim(1001, at=AT)
    invite.spend()
    with pytest.raises(InviteInvalid):
        invite.claim(1001, at=AT + SECOND)


@pytest.mark.parametrize("over", [Invite.spend, Invite.recall])
@pytest.mark.parametrize("set_right", [timedelta(hours=1), timedelta(0), timedelta(days=-1), timedelta(days=-400)])
def test_no_clock_that_is_set_right_revives_an_invite(over: Callable[[Invite], None], set_right: timedelta) -> None:
    invite, _ = issue(InviteKind.POST, post="kadiv", at=AT)
    invite.claim(1001, at=AT)
    over(invite)
    with pytest.raises(InviteInvalid):
        invite.claim(1001, at=AT + set_right)


def test_only_a_recall_ends_the_offices_link() -> None:
    invite, _ = issue(InviteKind.OFFICE, at=AT)
    invite.spend()
    invite.claim(1001, at=AT + SECOND)
    invite.recall()
    with pytest.raises(InviteInvalid):
        invite.claim(1001, at=AT + SECOND)


def test_a_renewed_invite_answers_to_its_new_code_only() -> None:
    invite, code = issue(InviteKind.OFFICE, at=AT)
    fresh = invite.renew()
    assert invite.digest == code_digest(fresh) != code_digest(code)


@pytest.mark.parametrize("text", [NIP, "19700101 199503 2 002", " 19700101.199503.2.002 ", "19700101-199503-2-002\n"])
def test_a_nip_may_be_written_as_on_the_card(text: str) -> None:
    assert parse_nip(text) == NIP


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1970010119950320",
        NIP + "0",
        "197001011995033002",
        "197013011995032002",
        "197002301995032002",
        "197001011995132002",
        "197001011995002002",
        "197001011970032002",
        "199503011994032002",
        "١٩٧٠٠١٠١١٩٩٥٠٣٢٠٠٢",
        "197001011995032OO2",
        "197001011995032002; DROP TABLE people",
        "000000000000000000",
    ],
)
def test_what_is_no_nip_is_refused(text: str) -> None:
    with pytest.raises(NipInvalid):
        parse_nip(text)


@given(st.text(max_size=30))
def test_whatever_is_sent_is_a_nip_of_18_digits_or_refused(text: str) -> None:
    try:
        nip = parse_nip(text)
    except NipInvalid:
        return
    assert len(nip) == 18
    assert nip.isascii()
    assert nip.isdigit()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Siti  Rahmawati,  M.Si.", "Siti Rahmawati, M.Si."),
        ("  Ny. Ma'rifah D'Souza-Øst ", "Ny. Ma'rifah D'Souza-Øst"),
        ("Bo", "Bo"),
        ("x" * 100, "x" * 100),
    ],
)
def test_a_name_keeps_its_letters_and_loses_its_spaces(text: str, name: str) -> None:
    assert parse_name(text) == name


@pytest.mark.parametrize(
    "text",
    ["", " ", "A", "12 34", "x" * 101, "Siti\nRahmawati", "Siti\x00", "Siti\u202eitis", "😀😀"]
    + [blank * 3 for blank in "\u115f\u1160\u3164\uffa0\u2800"]
    + ["Siti\u3164Rahmawati"],
)
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(NameInvalid):
        parse_name(text)


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        (f"{NIP} Siti R., M.Si.", "Siti R., M.Si."),
        (f"{NIP} Siti, - | ", "Siti"),
        (f"Siti R., M.Si., NIP. : {NIP}", "Siti R., M.Si."),
        (f"Nama lengkap: Siti\nNIP: {NIP}", "Siti"),
        (f"Siti Sinip {NIP}", "Siti Sinip"),
        (f"nip {NIP}", ""),
        (f"Siti{' ' * 300}{NIP}{' ,' * 300}", "Siti"),
        ("Siti Rahmawati", ""),
    ],
)
def test_the_words_beside_a_nip_are_free_of_labels_and_loose_ends(text: str, beside: str) -> None:
    assert split_nip(text)[1] == beside
