"""While much is imported nothing is collected; afterwards collecting goes on as before, beside what was imported."""

import gc
from collections.abc import Iterator

import pytest

from bot.cli.loading import without_collecting


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
