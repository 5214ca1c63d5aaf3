"""A list of steps beside their figures, read on a phone."""

from collections import Counter
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from handlers.screens import phone
from handlers.screens.paging import Page
from handlers.screens.statistics import FiguresView, Group, Heading, figures, groups, numbers
from handlers.texts.catalogue import Texts
from models.case.verdict import Count
from models.rules.period import Period
from models.statistics.cells import Sums
from models.statistics.figures import Came, Figures, OpenNow

SAY = Texts.load(ZoneInfo("Asia/Makassar")).say("id")
STEPS = (
    "1. Menugaskan Kadiv",
    "2. Menugaskan Kabag",
    "3. Menugaskan Kasubbag",
    "4. Menyampaikan ke JFT Prakom",
    "5. Identifikasi dan penanganan",
    "6. Koreksi laporan (Kasubbag)",
)


def test_each_step_says_who_has_it_and_a_phone_shows_them_all() -> None:
    times = (9, 9, 9, 9, 209, 8)
    found = [
        Group(name, f"step:{number}", Figures(Sums(stays=13, late_stays=1), Counter({minutes: 13})))
        for number, (name, minutes) in enumerate(zip(STEPS, times, strict=True), start=1)
    ]
    screen = groups(Heading(Period(date(2026, 11, 1), date(2026, 11, 30)), "Seluruh kantor"), found, Page(0, 9), SAY)
    assert phone.fits(screen)
    assert "<b>3. Menugaskan Kasubbag</b>: 92 % dari 13" in screen.text
    assert screen.text.endswith("½ dan 9/10: waktu bagi separuhnya dan 9 dari 10.</i>")


def test_few_have_no_times_and_no_legend_of_them() -> None:
    few = [Group(STEPS[0], "step:1", Figures(Sums(stays=4, late_stays=1), Counter({9: 4})))]
    screen = groups(Heading(Period(date(2026, 11, 1), date(2026, 11, 30)), "Seluruh kantor"), few, Page(0, 1), SAY)
    assert "<b>1. Menugaskan Kadiv</b>: 3 dari 4" in screen.text
    assert "½" not in screen.text


def shown(**about: Any) -> FiguresView:
    heading = Heading(Period(date(2026, 11, 1), date(2026, 11, 30)), "Seluruh kantor")
    given: dict[str, Any] = {"figures": Figures(), "came": Came(), "open": OpenNow(), "verdicts": None} | about
    return FiguresView(heading, **given)


def test_what_takes_less_than_a_minute_is_said_in_words_alone() -> None:
    """It read “separuhnya ≤ kurang dari semenit”."""
    done = Figures(Sums(stays=9), Counter({0: 8, 90: 1}))
    text = figures(shown(figures=done), SAY).text
    assert "separuhnya <b>kurang dari semenit</b>, 9 dari 10 <b>≤ 1 jam 30 menit</b>" in text
    group = groups(shown().heading, [Group(STEPS[0], "step:1", done)], Page(0, 1), SAY)
    assert "½ kurang dari semenit, 9/10 ≤ 1 jam 30 menit" in group.text


def test_the_button_of_reminders_counts_times_and_its_list_tasks() -> None:
    screen = numbers(shown(figures=Figures(Sums(stays=9, reminders=6))), SAY)
    assert "Diingatkan 6 kali" in [button.label for row in screen.rows for button in row]


def test_verdicts_of_those_who_reported_the_same_are_told_apart() -> None:
    alone, together = (shown(verdicts=Count(helped=2, not_helped=1, fellows=fellows)) for fellows in (0, 2))
    assert figures(alone, SAY).text.count("Kata pelapor: 👍 2 · 👎 1\n") == 1
    assert "Kata pelapor: 👍 2 · 👎 1 · termasuk 2 dari yang ikut melapor" in figures(together, SAY).text
