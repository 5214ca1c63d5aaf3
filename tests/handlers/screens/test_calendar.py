"""The calendar in chat fits one message, however much was entered; and the reasons why a deadline moved, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest

from handlers.screens.calendar import (
    CalendarView,
    ChangeView,
    DayOff,
    EntryLine,
    Moving,
    SeasonLine,
    calendar_card,
    confirming,
    removing,
)
from handlers.screens.moved import because
from handlers.texts.catalogue import Say, Texts
from models.rules.office_calendar import CalendarEntry, EntryKind
from models.rules.work_calendar import Period

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
HOURS = tuple(Period(time(hour, 15), time(hour + 1, 45)) for hour in (8, 11, 14))
WEEK = (HOURS, HOURS[:1], HOURS[:2], HOURS, HOURS[1:], HOURS[:1], ())


@pytest.fixture(scope="module", params=["id", "en"])
def say(request: pytest.FixtureRequest) -> Say:
    return Texts.load(ZoneInfo("Asia/Makassar")).say(request.param)


def entry(kind: EntryKind, number: int) -> CalendarEntry:
    first = TODAY + timedelta(days=number)
    reason = "Keputusan <Gubernur> & Sekretaris " * 9
    return CalendarEntry(number, kind, first, first, reason[:300], 1, NOW, periods=HOURS, week=WEEK)


def test_a_full_calendar_fits_one_message(say: Say) -> None:
    name = "Prof. Dr. Ir. " * 7
    view = CalendarView(
        today=TODAY,
        today_hours=(),
        today_reason="& " * 150,
        coming=[DayOff(TODAY + timedelta(days=number), "<Hari> " * 40) for number in range(90)],
        entries=[EntryLine(entry(kind, number), name) for number in range(30) for kind in EntryKind],
        seasons=[SeasonLine("Ramadan " * 30, TODAY, TODAY, WEEK)] * 9,
        undoable=7,
        admin=True,
    )
    for screen in (calendar_card(view, say), removing(view.entries, say)):
        assert len(unescape(screen.text)) <= 4096
        assert sum(map(len, screen.rows)) <= 100


@pytest.mark.parametrize("whole", [True, False])
def test_a_change_of_many_days_and_deadlines_fits_one_message(say: Say, *, whole: bool) -> None:
    view = ChangeView(
        adding=[entry(EntryKind.DAY_OFF, number) for number in range(40)],
        removing=[],
        unticked=frozenset({3}),
        passed_over=dict.fromkeys(("timed", "recurring", "cancelled", "unreadable", "known", "far", "beyond"), 1000),
        moving=[Moving(f"SW-2026-{number:04d}", NOW, NOW + timedelta(days=1)) for number in range(500)],
        past=True,
        now=NOW,
        whole=whole,
    )
    screen = confirming(view, say)
    assert len(unescape(screen.text)) <= 4096
    assert sum(map(len, screen.rows)) == 42


@pytest.mark.parametrize(
    ("count", "whole", "words"),
    [
        (0, True, "Tidak ada batas waktu yang berubah."),
        (2, True, "2 batas waktu berubah:"),
        (500, False, "Sekurang-kurangnya 500 batas waktu berubah"),
        (500, False, "… dan sekurang-kurangnya 492 lagi"),
        (0, False, "Di antara yang diperiksa, tidak ada batas waktu yang berubah; yang lain diperiksa sesudah"),
    ],
)
def test_a_change_says_how_many_deadlines_move_and_whether_more_do(count: int, whole: bool, words: str) -> None:  # noqa: FBT001
    moving = [Moving(f"SW-2026-{number:04d}", NOW, NOW + timedelta(days=1)) for number in range(count)]
    view = ChangeView([entry(EntryKind.DAY_OFF, 1)], [], frozenset(), {}, moving, past=False, now=NOW, whole=whole)
    assert words in unescape(confirming(view, Texts.load(ZoneInfo("Asia/Makassar")).say("id")).text)


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        ({"off": [["2026-11-26", "2026-11-26"]]}, "26 Nov diliburkan"),
        ({"off": [["2026-12-24", "2026-12-31"], ["2027-01-04", "2027-01-04"]]}, "24–31 Des, 4 Jan diliburkan"),
        ({"working": [["2026-12-05", "2026-12-05"]]}, "5 Des menjadi hari kerja"),
        ({"hours": [["2026-12-28", "2027-01-02"]]}, "jam kerja 28 Des–2 Jan berubah"),
        ({"zone": "Asia/Jakarta"}, "jam kantor kini menurut zona Asia/Jakarta"),
        (
            {"off": [["2026-11-26", "2026-11-26"]], "working": [["2026-12-05", "2026-12-05"]]},
            "26 Nov diliburkan; 5 Des menjadi hari kerja",
        ),
        ({}, "kalender kantor berubah"),
    ],
)
def test_why_a_deadline_moved(moved: dict[str, object], words: str) -> None:
    assert because(moved, Texts.load(ZoneInfo("Asia/Makassar")).say("id")) == words
