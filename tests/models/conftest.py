"""Offices with a database of their own, on either kind of database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine

from models.rules.office_file import load_office
from models.rules.rules import Rules
from models.rules.sop_file import load_sops, parse_sop
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


OpenBureauAt = Callable[[str, Callable[[Bureau], object]], Bureau]
"""Opens an office brought somewhere by the function, which is called once for each name."""


@pytest.fixture
def open_bureau_at(
    ready_made: ReadyMade, packaged_rules: Rules, database_kind: str, memories: dict[tuple[str, str], datetime]
) -> OpenBureauAt:
    """Open offices, each with a database of its own, in which something has happened already."""

    def open_one(name: str, bring: Callable[[Bureau], object]) -> Bureau:
        def fill(empty: Engine) -> None:
            Bureau.founds(empty, packaged_rules)
            bureau = Bureau(empty, packaged_rules)
            bring(bureau)
            memories[database_kind, name] = bureau.at

        bureau = Bureau(ready_made(name, fill), packaged_rules)
        bureau.at = memories[database_kind, name]
        return bureau

    return open_one


@pytest.fixture
def open_bureau(open_bureau_at: OpenBureauAt) -> Callable[[], Bureau]:
    """Open offices, each with a database of its own."""
    return lambda: open_bureau_at("bureau", lambda _: None)


@pytest.fixture
def bureau(open_bureau: Callable[[], Bureau]) -> Bureau:
    return open_bureau()
