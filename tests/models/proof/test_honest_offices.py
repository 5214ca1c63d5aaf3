"""Offices that change as they may, in ways that are easily taken for something forged: `verify` finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.proof.verification import verify
from tests.models.administration import leave
from tests.models.administration.test_seams import relieves_in_chat, undoes
from tests.models.proof.test_works import prepares

if TYPE_CHECKING:
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("sqlite")


def holds(bureau: Bureau) -> None:
    found = bureau.work(lambda records: verify(records.session))
    assert [(one.subject, one.sequence, one.reason) for one in found.breaches] == []


def test_a_plh_is_relieved_and_reinstated_while_who_is_away_has_filed_a_later_leave(bureau: Bureau) -> None:
    prepares(bureau)
    leave.leaves_to(bureau, "hendra", "maria", leave.MON, leave.TUE)
    later = leave.files(bureau, "hendra", leave.FRI, leave.FRI)
    relieves_in_chat(bureau, "maria", "kabag-p2l")
    holds(bureau)

    undoes(bureau, "maria", "kabag-p2l")
    holds(bureau)
    assert bureau.work(lambda records: leave.found(records, later).plh_id) is None, "nobody asked her about that one"
