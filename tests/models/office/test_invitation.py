"""Invites serve whom they should, once and in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from models.office.invitation import Invite, InviteKind, code_digest, issue
from models.refusals.registration import InviteInvalid

AT = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
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


@pytest.mark.parametrize("kind", InviteKind)
def test_an_invite_of_a_clock_that_was_ahead_does_not_serve_until_that_time(kind: InviteKind) -> None:
    invite, _ = issue(kind, at=AT + timedelta(days=365))
    with pytest.raises(InviteInvalid):
        invite.claim(1001, at=AT)
    soon, _ = issue(kind, at=AT + timedelta(hours=1))
    soon.claim(1001, at=AT)


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
