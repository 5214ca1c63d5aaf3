"""What a screen is drawn from: frozen values that the screen itself defines, no rows of the database."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import FrozenInstanceError, fields, is_dataclass
from types import ModuleType

import pytest

from handlers import screens
from models.base import Base

MODULES = [importlib.import_module(f"{screens.__name__}.{one.name}") for one in pkgutil.iter_modules(screens.__path__)]


def classes(module: ModuleType) -> dict[str, type]:
    return {name: one for name, one in vars(module).items() if isinstance(one, type)}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_screen_knows_no_row(module: ModuleType) -> None:
    assert [name for name, one in classes(module).items() if issubclass(one, Base)] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_what_a_screen_is_drawn_from_cannot_change(module: ModuleType) -> None:
    for name, one in classes(module).items():
        if is_dataclass(one) and one.__module__ == module.__name__:
            with pytest.raises(FrozenInstanceError):
                setattr(object.__new__(one), fields(one)[0].name, name)


def test_every_screen_is_looked_at() -> None:
    assert sum(is_dataclass(one) for module in MODULES for one in classes(module).values()) > len(MODULES)
