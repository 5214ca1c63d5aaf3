"""While much is imported nothing is collected; afterwards collecting goes on as before, beside what was imported."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.loading import without_collecting

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    collects = gc.isenabled()
    yield
    gc.unfreeze()
    (gc.enable if collects else gc.disable)()


@pytest.mark.parametrize("collects", [True, False])
def test_nothing_is_collected_within_and_it_goes_on_as_before(*, collects: bool) -> None:
    (gc.enable if collects else gc.disable)()
    with without_collecting():
        assert not gc.isenabled()
    assert gc.isenabled() is collects


def test_what_was_made_within_is_not_looked_through_later() -> None:
    gc.unfreeze()
    with without_collecting():
        made = [[number] for number in range(1000)]
    assert gc.get_freeze_count() >= len(made)


def test_an_import_that_fails_lets_collecting_go_on() -> None:
    gc.enable()
    with pytest.raises(ImportError), without_collecting():
        raise ImportError("on purpose")
    assert gc.isenabled()


IMPORTING_HTTPX = """
import sys
from bot.cli.loading import without_the_client_s_command_line
with without_the_client_s_command_line():
    import httpx
print(httpx.get.__module__, *sys.modules)
import pygments
"""


def test_httpx_brings_no_command_line_and_what_it_did_without_is_there_afterwards() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", IMPORTING_HTTPX], cwd=ROOT, capture_output=True, text=True, check=True
    )
    imported = ended.stdout.split()
    assert imported[0] == "httpx"
    assert not {"pygments", "rich", "httpx._main"} & set(imported)
