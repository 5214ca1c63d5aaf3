"""The glossary has each word once, and a word for every table."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.docs import pages

GLOSSARY = pages.ROOT / "docs" / "glossary.md"

_COLUMNS = 5
_TABLE = "(Base):"


def words() -> list[str]:
    return [cells[0] for cells in pages.tables(GLOSSARY) if len(cells) == _COLUMNS]


def code() -> Iterator[Path]:
    return (file for floor in ("models", "handlers", "bot") for file in (pages.ROOT / floor).rglob("*.py"))


def test_each_word_is_there_once_and_has_all_its_cells() -> None:
    assert words()
    assert [word for word, times in Counter(map(str.lower, words())).items() if times > 1] == []


def test_every_table_of_the_database_has_its_word() -> None:
    tables = {
        line.split()[1].partition("(")[0]
        for file in code()
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith("class ") and line.endswith(_TABLE)
    }
    assert tables
    assert tables - {link.name for link in pages.links(GLOSSARY)} == set(), "these tables have no word"
