"""Office time in the words of the SOP."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import models
from handlers.screens.span import Span, measured, worded
from handlers.texts.catalogue import Texts
from models.rules.office_file import load_office

CALENDAR = load_office(Path(models.__file__).parent / "offices/sulawesi-utara.toml").calendar
TEXTS = Texts.load(ZoneInfo("Asia/Makassar"))


def wita(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of November 2026 on the office's clock; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Makassar")).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (wita(23, 8, 30), wita(23, 8, 56), "26 menit"),
        (wita(23, 11, 30), wita(23, 13, 30), "1 jam"),
        (wita(23, 8), wita(23, 9, 12), "1 jam 12 menit"),
        (wita(23, 15, 30), wita(24, 8), "1 jam"),
        (wita(23, 8, 30), wita(24, 8, 30), "1 hari"),
        (wita(23, 8, 30), wita(24, 10, 30), "1 hari 2 jam"),
        (wita(27, 15), wita(30, 15), "1 hari"),
        (wita(23, 8), wita(30, 8), "5 hari"),
        (wita(23, 8), wita(23, 8), "kurang dari semenit"),
        (wita(28, 8), wita(29, 8), "kurang dari semenit"),
        (wita(24, 8), wita(23, 8), "kurang dari semenit"),
    ],
)
def test_spans_are_told_as_the_office_counts_them(start: datetime, end: datetime, words: str) -> None:
    assert worded(measured(CALENDAR, start, end), TEXTS.say("id")) == words


def test_seconds_are_rounded_up_to_a_minute() -> None:
    assert worded(Span(0, 61), TEXTS.say("id")) == "2 menit"
    assert worded(Span(0, 3599), TEXTS.say("en")) == "1 hour"


def test_a_sum_of_many_cases_may_be_longer_than_any_standard() -> None:
    assert worded(Span(0, 56_661 * 3600 + 120), TEXTS.say("id")) == "56.661 jam 2 menit"
