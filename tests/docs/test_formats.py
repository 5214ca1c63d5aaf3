"""The pages on the SOP file and on the office file say what the loaders do: every key, its default, what is refused."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from models.rules.document import Table
from models.rules.errors import InvalidDocument, InvalidOffice
from models.rules.office_file import parse_office
from models.rules.sop_file import parse_sop
from tests.docs import formats
from tests.docs.formats import Key
from tests.docs.pages import ROOT

OFFICE, SOP = ROOT / "docs" / "office-format.md", ROOT / "docs" / "sop-format.md"

LOADERS: dict[Path, Callable[[str], object]] = {
    OFFICE: lambda text: parse_office(text, source="office.toml"),
    SOP: lambda text: parse_sop(text, source="sop.toml"),
}

each_page = pytest.mark.parametrize("page", [OFFICE, SOP], ids=["office", "sop"])
each_key = pytest.mark.parametrize(
    ("page", "key"),
    [
        pytest.param(page, key, id=f"{page.stem}-{key.place}-{key.name}")
        for page in (OFFICE, SOP)
        for key in formats.keys(page)
    ],
)


def explained(page: Path) -> dict[str, set[str]]:
    """Return the keys that a page explains, by the table they stand in."""
    found: dict[str, set[str]] = defaultdict(set)
    for key in formats.keys(page):
        found[key.place].add(key.name)
    return found


@each_page
def test_a_page_explains_the_keys_that_its_loader_reads_and_no_others(page: Path) -> None:
    with formats.what_is_read() as read:
        LOADERS[page](formats.example(page))
    assert explained(page) == read


@each_page
def test_no_key_is_explained_twice(page: Path) -> None:
    told = [(key.place, key.name) for key in formats.keys(page)]
    assert len(told) == len(set(told))


@each_key
def test_the_example_of_a_key_is_read(page: Path, key: Key) -> None:
    LOADERS[page](formats.with_line(formats.example(page), key, key.example))


@each_key
def test_the_wrong_line_is_refused_in_these_words(page: Path, key: Key) -> None:
    with pytest.raises(InvalidDocument) as refusal:
        LOADERS[page](formats.with_line(formats.example(page), key, key.wrong))
    assert key.reason in [problem.reason for problem in refusal.value.problems]


@each_key
def test_a_file_without_the_key_is_refused_where_the_page_says_so(page: Path, key: Key) -> None:
    file = formats.without(formats.example(page), key)
    if not key.required:
        LOADERS[page](file)
        return
    with pytest.raises(InvalidDocument) as refusal:
        LOADERS[page](file)
    assert any(f"“{key.name}” is missing." in problem.reason for problem in refusal.value.problems)


def test_a_key_that_only_the_loader_knows_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = Table.optional_code

    def reads_more(self: Table, key: str) -> str | None:
        if key == "usual_sop":
            self.flag("open_on_holidays")
        return usual(self, key)

    monkeypatch.setattr(Table, "optional_code", reads_more)
    with formats.what_is_read() as read:
        LOADERS[OFFICE](formats.example(OFFICE))
    assert read[formats.AT_THE_TOP] - explained(OFFICE)[formats.AT_THE_TOP] == {"open_on_holidays"}


def test_a_key_that_only_the_page_knows_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "office-format.md"
    row = '| `open` | text | none | when | `open = "ya"` | `open = 1`: “open” is 1. |\n'
    text = OFFICE.read_text(encoding="utf-8")
    mark = "| `attachments_per_report`"
    page.write_text(text.replace(mark, row + mark), encoding="utf-8")
    assert explained(page)["[limits]"] - explained(OFFICE)["[limits]"] == {"open"}


def test_the_default_of_the_reports_an_hour_takes_is_the_one_of_the_page() -> None:
    (key,) = [one for one in formats.keys(OFFICE) if one.name == "reports_per_hour"]
    office = parse_office(formats.without(formats.example(OFFICE), key), source="office.toml")
    assert str(office.limits.reports_per_hour) == key.default


def test_what_is_no_toml_is_refused_with_its_place() -> None:
    with pytest.raises(InvalidOffice) as refusal:
        parse_office("code = kantor\n", source="office.toml")
    (problem,) = refusal.value.problems
    assert problem.row == "line 1"
    assert problem.reason.startswith("This is not valid TOML near column 8: ")
