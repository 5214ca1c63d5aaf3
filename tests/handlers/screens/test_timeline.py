"""The position of a case in an SOP of any length, with names of any length: one caption, and the case in it."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from handlers.screens.span import Span
from handlers.screens.timeline import Place, PositionView, StepLine, position
from handlers.texts.catalogue import Texts
from handlers.texts.shorten import visible
from models.rules.standard import Standard

SAY = Texts.load(ZoneInfo("Asia/Makassar")).say("id")
CAPTION = 1024
"""What Telegram allows under a picture, in UTF-16 code units."""

ONE_DAY = Standard.parse("1 hari")


def steps(count: int, *, here: int, names: int = 0) -> PositionView:
    """Return a case at step `here` of `count`, each step behind it done by so many people with long names."""
    lines = []
    for number in range(1, count + 1):
        place = Place.HERE if number == here else Place.DONE if number < here else Place.AHEAD
        begun = place is not Place.AHEAD
        who = [f"Nama Yang Panjang {index} " + "Sekali " * 10 for index in range(names)] if begun else []
        span = Span(1, 3600) if begun else None
        line = StepLine(number, f"Langkah {number}", "Peran", who, place, span, due=None, late=False, standard=ONE_DAY)
        lines.append(line)
    return PositionView(number="SW-2026-0001", title="CONTOH", round=1, steps=lines)


def test_names_are_left_out_where_they_do_not_fit() -> None:
    text = position(steps(15, here=15, names=3), SAY).text
    assert visible(text) <= CAPTION
    assert "Nama Yang Panjang" not in text
    assert all(f"Langkah {number} " in text for number in range(1, 16))
    assert "Nama Yang Panjang" in position(steps(5, here=5, names=1), SAY).text


@pytest.mark.parametrize("here", [1, 150, 300])
def test_of_very_many_steps_those_around_the_case_are_shown(here: int) -> None:
    text = position(steps(300, here=here), SAY).text
    assert visible(text) <= CAPTION
    assert f"▶️ {here}." in text
    shown = sum(f"Langkah {number} " in text for number in range(1, 301))
    assert f"… {300 - shown} langkah lain" in text
    assert shown > 10


def test_each_place_has_a_sign_of_its_own() -> None:
    view = steps(3, here=2)
    first, second, third = view.steps
    declined = replace(view, steps=[first, replace(second, place=Place.ENDED), third])
    for shown, sign in ((view, "▶️"), (declined, "⛔")):
        text = position(shown, SAY).text
        assert [place in text for place in ("✅ 1.", f"{sign} 2.", "○ 3.")] == [True, True, True]
