"""`disposisi statistics`: what was counted is held against the record, and can be counted again."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

from bot.cli.commands import app
from bot.rules import load_rules
from bot.settings import Settings
from models.statistics.counting import count_some
from tests.bot.cli.command_line import make_tables
from tests.models.bureau import Bureau

RUN = CliRunner()


@pytest.fixture
def counted(tmp_path: Path) -> str:
    """A record with a few cases that are counted."""
    url = f"sqlite:///{tmp_path / 'disposisi.db'}"
    make_tables(tmp_path)
    engine = create_engine(url)
    rules = load_rules(Settings.load(None))
    Bureau.founds(engine, rules)
    bureau = Bureau(engine, rules)
    bureau.lives_through_much()
    bureau.work(count_some)
    engine.dispose()
    return url


def changes(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_figures_that_agree_with_the_record_are_said_to(counted: str) -> None:
    result = RUN.invoke(app, ["statistics", "--database", counted])

    assert result.exit_code == 0
    assert "agree" in result.output


@pytest.mark.parametrize(
    ("forged", "said"),
    [
        ("UPDATE stretches SET late = late + 60 WHERE task_id = 1", "task 1: its stretches"),
        ("UPDATE stretches SET person_id = 3 WHERE task_id = 2", "task 2: its stretches"),
        ("DELETE FROM stretches WHERE task_id = 3", "task 3: its stretches"),
        ("UPDATE tallies SET stays = stays + 1 WHERE span = 202611 AND basis = 'closed'", "202611, tasks that were c"),
    ],
)
def test_a_figure_that_was_changed_is_named_and_counting_again_mends_it(counted: str, forged: str, said: str) -> None:
    changes(counted, forged)

    result = RUN.invoke(app, ["statistics", "--database", counted])
    assert result.exit_code == 1
    assert said in result.output

    assert RUN.invoke(app, ["statistics", "--recount", "--database", counted]).exit_code == 0
    assert "wait to be counted" in RUN.invoke(app, ["statistics", "--database", counted]).output
