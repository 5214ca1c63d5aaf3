"""The picture of the rooms says what the import contracts say, and every room of the code is in a contract."""

import re
import tomllib
from typing import Any

import pytest

from tests.docs import rooms

_DRAWN = re.compile(r'<text class="(floor|name)" [^>]*>([^<]*)</text>')


def contracts() -> dict[str, Any]:
    return tomllib.loads((rooms.ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def layers(project: dict[str, Any], beginning: str) -> list[str]:
    """Return the layers of the contract whose name begins so."""
    found = project["tool"]["importlinter"]["contracts"]
    layers: list[str] = next(one["layers"] for one in found if one["name"].startswith(beginning))
    return layers


def test_the_picture_is_the_one_that_the_contracts_give() -> None:
    drawn = rooms.PICTURE.read_text(encoding="utf-8")
    assert drawn == rooms.picture(), "draw it again: python -m tests.docs.rooms"


def test_the_picture_shows_the_rooms_of_the_contracts_in_their_order() -> None:
    project, expected = contracts(), list[str]()
    for floor in layers(project, "Imports run down only"):
        expected.append(f"{floor}/")
        for layer in layers(project, f"The rooms of {floor}:"):
            named = [room.strip().removeprefix(f"{floor}.") for room in layer.split("|")]
            # The contract of bot places every module; its packages are the rooms.
            expected += [name for name in named if floor != "bot" or (rooms.ROOT / floor / name).is_dir()]

    shown = [name for _, name in _DRAWN.findall(rooms.PICTURE.read_text(encoding="utf-8"))]

    assert shown == ["One tap", "Telegram", *expected, "SQLite or PostgreSQL"]


@pytest.mark.parametrize("floor", rooms.FLOORS)
def test_every_room_of_the_code_is_in_the_contract_of_its_floor(floor: str) -> None:
    held = {room for row in _floor(floor).rows for room in row}
    packages = {f"{floor}.{init.parent.name}" for init in (rooms.ROOT / floor).glob("*/__init__.py")}
    assert packages <= held


def _floor(name: str) -> rooms.Floor:
    return next(floor for floor in rooms.floors(contracts()) if floor.name == name)


def test_a_room_that_is_added_to_a_contract_must_be_said_to_be_for_something() -> None:
    project = contracts()
    layers(project, "The rooms of models:").insert(0, "models.archive")

    with pytest.raises(KeyError, match=r"models\.archive"):
        rooms.drawn(rooms.floors(project))


def test_rooms_that_change_places_change_the_picture() -> None:
    project = contracts()
    layers(project, "The rooms of models:").reverse()

    assert rooms.drawn(rooms.floors(project)) != rooms.picture()


def test_what_is_said_of_rooms_that_are_gone_is_gone_too() -> None:
    held = {room for floor in rooms.floors(contracts()) for row in floor.rows for room in row}
    assert set(rooms.ROOMS) == held
    assert set(rooms.STATIONS) <= held


@pytest.mark.parametrize("floor", rooms.FLOORS)
def test_a_package_says_in_one_line_what_it_is_for_and_hands_nothing_on(floor: str) -> None:
    for init in (rooms.ROOT / floor).glob("**/__init__.py"):
        (line,) = init.read_text(encoding="utf-8").splitlines()
        assert line.startswith('"""'), init
        assert line.endswith('"""'), init
