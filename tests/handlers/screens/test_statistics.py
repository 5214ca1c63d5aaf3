"""A list of steps beside their figures, read on a phone."""

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

from handlers.screens import phone
from handlers.screens.paging import Page
from handlers.screens.statistics import Group, Heading, groups
from handlers.texts.catalogue import Texts
from models.rules.period import Period
from models.statistics.cells import Sums
from models.statistics.figures import Figures

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
