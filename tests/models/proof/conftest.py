"""The record of an office that has lived through much, made once for each module."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.models.proof.forgery import Record

if TYPE_CHECKING:
    from tests.models.bureau import Bureau


@pytest.fixture(scope="module")
def images() -> list[bytes]:
    """The record of this module's office, once it is made."""
    return []


@pytest.fixture
def record(images: list[bytes], bureau: Bureau) -> Record:
    if not images:
        bureau.lives_through_much()
        with closing(bureau.engine.raw_connection()) as raw:
            assert isinstance(raw.driver_connection, sqlite3.Connection)
            images.append(raw.driver_connection.serialize())
    return Record(images[0])
