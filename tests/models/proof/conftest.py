"""The record of an office that has lived through much, made once for each module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.models.proof.forgery import Record

if TYPE_CHECKING:
    from tests.models.bureau import Bureau


@pytest.fixture(scope="module")
def images() -> list[Record]:
    """The record of this module's office, once it is made."""
    return []


@pytest.fixture
def record(images: list[Record], bureau: Bureau) -> Record:
    if not images:
        bureau.lives_through_much()
        images.append(Record.of(bureau.engine))
    return images[0]
