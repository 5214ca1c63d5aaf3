"""A screen's text is Telegram HTML by its type: text that nobody escaped does not type-check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mypy import api

import handlers

ROOT = Path(handlers.__file__).parents[1]

SCREENS = """
from markupsafe import Markup

from handlers.delivery.plan import Edit, Send, SendFiles
from handlers.screens.screen import Screen


def drawn(words: str, markup: Markup) -> None:
    Screen(markup)
    Screen(Markup("<b>{}</b>").format(words))
    Screen(Markup("\\n").join((markup, words)))
    Screen(markup + words)
    Screen(words)  # refused
    Screen(f"<b>{markup}</b>")  # refused
    Screen("\\n".join((markup, markup)))  # refused
    Send(1, markup)
    Send(1, words)  # refused
    Edit(1, [2], markup)
    Edit(1, [2], words)  # refused
    SendFiles(1, caption=markup)
    SendFiles(1, caption=words)  # refused
"""


def test_text_that_is_not_escaped_does_not_type_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snippet = tmp_path / "drawing_by_hand.py"
    snippet.write_text(SCREENS, encoding="utf-8")
    monkeypatch.setenv("MYPYPATH", str(ROOT))
    options = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(tmp_path), "--no-error-summary"]

    told, trouble, _ = api.run([*options, str(snippet)])

    lines = SCREENS.splitlines()
    refused = [number for number, line in enumerate(lines, start=1) if line.endswith("# refused")]
    assert trouble == ""
    assert [int(number) for number in re.findall(r"^\S+?:(\d+): error: .*\[arg-type\]$", told, re.MULTILINE)] == refused
    assert told.count("error:") == len(refused)
