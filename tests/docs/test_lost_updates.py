"""What the page on updates says of python-telegram-bot is so, and its lines of code are those that were run."""

import re
from pathlib import Path

import pytest

from tests.docs import lost_updates, pages
from tests.docs.lost_updates import Toll, toll

PAGE = pages.ROOT / "docs" / "decisions" / "0001-updates-on-disk.md"

_CODE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_EXCEPTED = re.compile(r" +# noqa: .*")


def test_the_updater_loses_what_it_has_fetched_and_not_handled(tmp_path: Path) -> None:
    # It is killed after 50 at the earliest, and handling the rest would take it five seconds more.
    cost = toll("updater", tmp_path / "record.db", updates=1000, killed_after=50)
    assert cost.lost > 0


@pytest.mark.parametrize("way", ["own-loop", "inbox-queue"])
def test_what_is_committed_before_it_is_confirmed_is_handled_once(way: str, tmp_path: Path) -> None:
    assert toll(way, tmp_path / "record.db", updates=150, killed_after=50) == Toll(lost=0, twice=0)


def test_the_code_on_the_page_is_the_code_that_was_run() -> None:
    source = _EXCEPTED.sub("", Path(lost_updates.__file__).read_text(encoding="utf-8"))
    shown = _CODE.findall(PAGE.read_text(encoding="utf-8"))
    assert shown
    assert [code for code in shown if code not in source] == []
