"""The office at a glance, however much there is to see: one message with as many buttons as Telegram takes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.screens.people import (
    Administering,
    AdministrationView,
    CandidateLine,
    PostLine,
    TenureLine,
    Unreachable,
    administration_card,
)
from handlers.texts.catalogue import Texts
from handlers.texts.shorten import visible
from models.office.person import Obstacle
from models.office.tenure import Capacity

NOW = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
TEXTS = Texts.load(ZoneInfo("Asia/Makassar"))
LONG = "R&D " + "n" * 96
BUTTONS = 100


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("posts", [9, 60, 90])
@pytest.mark.parametrize("waiting", [0, 1, 10, 40])
@pytest.mark.parametrize("lost", [0, 1, 20, 60])
@pytest.mark.parametrize("face", list(Administering))
def test_a_large_office_fits_one_message(
    language: str, posts: int, waiting: int, lost: int, face: Administering
) -> None:
    view = AdministrationView(
        face=face,
        office="Kantor Wilayah Kementerian Hukum Sulawesi Utara",
        posts=tuple(PostLine(f"jabatan-{one}", LONG * 2, LONG, (LONG, LONG)) for one in range(posts)),
        candidates=tuple(CandidateLine(one, LONG) for one in range(waiting)),
        unreachable=tuple(Unreachable(LONG, NOW, Obstacle.NOT_STARTED) for _ in range(lost)),
        tenures=tuple(TenureLine(one, LONG, LONG, Capacity.PLH) for one in range(posts * 2)),
        now=NOW,
    )
    screen = administration_card(view, TEXTS.say(language))

    assert visible(screen.text) <= 4096
    assert sum(map(len, screen.rows)) <= BUTTONS
    assert face is Administering.RELIEVING or screen.text.count("•") >= 3


def test_a_small_office_is_shown_whole() -> None:
    view = AdministrationView(
        face=Administering.MAIN,
        office="Kantor",
        posts=tuple(PostLine(str(one), f"Jabatan {one}", f"J{one}", ("Budi",)) for one in range(9)),
        candidates=tuple(CandidateLine(one, f"Pendaftar {one}") for one in range(10)),
        unreachable=tuple(Unreachable(f"Pegawai {one}", NOW, Obstacle.UNKNOWN) for one in range(20)),
        tenures=(),
        now=NOW,
    )
    screen = administration_card(view, TEXTS.say("id"))

    assert screen.text.count("•") == 39
    assert "lagi" not in screen.text
