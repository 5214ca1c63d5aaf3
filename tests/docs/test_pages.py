"""What the pages point at is there: files, headings, and names in the code."""

from pathlib import Path

import pytest

from tests.docs import pages


def of_each(*found: Path) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", found, ids=[str(page.relative_to(pages.ROOT)) for page in found])


every_page = of_each(*pages.pages())
every_page_of_today = of_each(*(page for page in pages.pages() if page.name != "CHANGELOG.md"))


@every_page
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for link in pages.links(page):
        assert link.file.exists(), f"[{link.text}] leads to {link.file}, which is not there"
        if link.anchor:
            assert link.anchor in pages.anchors(link.file), f"{link.file.name} has no heading for #{link.anchor}"


@every_page
def test_a_link_by_a_name_leads_to_the_file_that_defines_it(page: Path) -> None:
    for link in pages.links(page):
        if link.name is not None:
            assert link.name in pages.names(link.file), f"{link.file.relative_to(pages.ROOT)} defines no {link.name}"


@every_page_of_today
def test_every_path_that_is_named_exists(page: Path) -> None:
    missing = {path for path in pages.paths(page) if not (pages.ROOT / path).exists()}
    assert not missing


def test_a_wrong_name_a_wrong_heading_and_a_wrong_path_are_seen(tmp_path: Path) -> None:
    page, code = tmp_path / "page.md", tmp_path / "code.py"
    code.write_text("class Card:\n    live: bool\n", encoding="utf-8")
    page.write_text(
        "# The life of a card\n[`Card.live`](code.py) [`Cart`](code.py) [up](#the-life-of-a-card) `models/gone.py`\n"
        "```\n[not a link](nowhere.md)\n```\n",
        encoding="utf-8",
    )

    found = list(pages.links(page))

    assert [link.name in pages.names(link.file) for link in found if link.name] == [True, False]
    assert [link.anchor in pages.anchors(link.file) for link in found if link.anchor] == [True]
    assert pages.paths(page) == {"models/gone.py"}
