"""What is offered as a start for a Laporan Evaluasi fits a phone, however much was written."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.screens import phone
from handlers.screens.offering import offered_list, offered_one
from handlers.screens.screen import Touch
from handlers.texts.catalogue import Say, Texts
from models.case.evaluation import Offered, Part

CLOSED = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture(scope="module", params=["id", "en"])
def say(request: pytest.FixtureRequest) -> Say:
    return Texts.load(ZoneInfo("Asia/Makassar")).say(request.param)


@pytest.mark.parametrize("words", ["Sesi penuh.", "kata " * 4000, "<b>" * 3000, ""])
def test_one_fits_a_phone(say: Say, words: str) -> None:
    screen = offered_one("SW-2026-0147", _view(1, words), tuple(Part), say)
    assert phone.fits(screen)
    assert [button.touch for row in screen.rows for button in row] == [Touch.TAKE_OFFERED, Touch.OFFERED]
    assert screen.rows[0][0].argument == "1"


@pytest.mark.parametrize("words", ["Sesi penuh.", "kata " * 4000, "<b>" * 3000, ""])
def test_three_fit_a_phone(say: Say, words: str) -> None:
    screen = offered_list("SW-2026-0147", [_view(number, words) for number in (1, 2, 3)], say)
    assert phone.fits(screen)
    assert [row[0].argument for row in screen.rows] == ["1", "2", "3", ""]


def test_nothing_is_taken_where_nothing_is_empty(say: Say) -> None:
    screen = offered_one("SW-2026-0147", _view(1, "Sesi penuh."), (), say)
    assert [button.touch for row in screen.rows for button in row] == [Touch.OFFERED]


def test_where_none_is_left_the_list_says_so_and_leads_back(say: Say) -> None:
    screen = offered_list("SW-2026-0147", [], say)
    assert [button.touch for row in screen.rows for button in row] == [Touch.EVALUATION]
    assert say("offered-none") in screen.text


def _view(number: int, words: str) -> Offered:
    return Offered(number, f"SW-2026-000{number}", CLOSED, dict.fromkeys(Part, words))
