"""The glossary has each word once, a word for every table, and no word to come that has come."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.docs import pages

GLOSSARY = pages.ROOT / "docs" / "glossary.md"
TO_COME = "## Words to come"

_COLUMNS = 5
_TABLE = "(Base):"


def words() -> list[str]:
    return [cells[0] for cells in pages.tables(GLOSSARY) if len(cells) == _COLUMNS]


def code() -> Iterator[Path]:
    return (file for floor in ("models", "handlers", "bot") for file in (pages.ROOT / floor).rglob("*.py"))


def awaited() -> set[str]:
    """Return the classes of the words to come."""
    section = GLOSSARY.read_text(encoding="utf-8").partition(TO_COME)[2].partition("\n## ")[0]
    rows = [line.split("|") for line in section.splitlines() if line.startswith("| ")]
    return {row[3].strip(" `") for row in rows if "`" in row[3]}


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


def test_what_is_to_come_has_not_come_yet() -> None:
    assert awaited()
    come = {name: file for file in code() for name in pages.names(file) & awaited()}
    assert come == {}, "these are there now: move their rows up, each to its room, with a link to the file"
