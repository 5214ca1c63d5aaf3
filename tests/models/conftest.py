"""Offices with a database of their own, on either kind of database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from models.office import Rules
from models.office_file import load_office
from models.sop import load_sops, parse_sop
from tests.models.bureau import HARDWARE, SOFTWARE, Bureau

if TYPE_CHECKING:
    from tests.conftest import ReadyMade

PACKAGED = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="session")
def packaged_rules() -> Rules:
    """The office and its SOPs as packaged, and a related SOP, so that a case can be moved."""
    sops = load_sops(PACKAGED / "sops")
    text = sops[SOFTWARE].text.replace(f'code = "{SOFTWARE}"', f'code = "{HARDWARE}"', 1).replace('"SW"', '"HW"', 1)
    related = parse_sop(text, source="hardware.toml")
    return Rules(office=load_office(PACKAGED / "offices/sulawesi-utara.toml"), sops={**sops, related.code: related})


@pytest.fixture
def open_bureau(ready_made: ReadyMade, packaged_rules: Rules) -> Callable[[], Bureau]:
    """Open offices, each with a database of its own."""

    def open_one() -> Bureau:
        engine = ready_made("bureau", lambda empty: Bureau.founds(empty, packaged_rules))
        return Bureau(engine, packaged_rules)

    return open_one


@pytest.fixture
def bureau(open_bureau: Callable[[], Bureau]) -> Bureau:
    return open_bureau()
