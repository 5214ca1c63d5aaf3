"""Cards on a phone: how tall they stand by the estimate, and in a real browser where one is installed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup

from handlers.screens import phone
from handlers.screens.screen import Button, Screen
from tests.handlers.screens import browser
from tests.handlers.screens.played import SUBJECT, Seen, play

if TYPE_CHECKING:
    from tests.handlers.conftest import Office, OpenOfficeAt

pytestmark = pytest.mark.databases("sqlite")

TALL = "kata " * 2000


def screen(html: str, *rows: tuple[str, ...]) -> Screen:
    return Screen(Markup(html), tuple(tuple(Button(label) for label in row) for row in rows))  # noqa: S704 - ours


@pytest.fixture(scope="module")
def seen_once() -> dict[str, list[Seen]]:
    return {}


@pytest.fixture(params=[False, True], ids=["alone", "following"])
def seen(request: pytest.FixtureRequest, open_office_at: OpenOfficeAt, seen_once: dict[str, list[Seen]]) -> list[Seen]:
    """Everything that was seen while a case with much to say went through all its steps, also after an earlier one."""
    following = bool(request.param)
    name = f"office of a case with much to say, {'following' if following else 'alone'}"

    def bring(office: Office) -> None:
        seen_once[name] = play(office, following=following)

    if name not in seen_once:
        open_office_at(name, bring)
    return seen_once[name]


def cards(seen: list[Seen]) -> list[Seen]:
    """Return what can be tapped, and decided cards: not pages that are only read."""
    return [one for one in seen if one.keyboard or "langkah" in one.html]


def test_every_card_fits_a_phone_at_every_step(seen: list[Seen]) -> None:
    tall = {(one.after, one.reader): phone.height(one.screen) for one in cards(seen) if not phone.fits(one.screen)}
    assert tall == {}
    steps = {number for one in cards(seen) for number in range(1, 10) if f"langkah {number} dari 9" in one.html}
    assert steps == set(range(1, 10)), "every step was seen"


def test_the_flow_of_the_sop_is_one_tap_away_wherever_the_timeline_is(seen: list[Seen]) -> None:
    told = [one for one in seen if any("Riwayat" in label for label in one.labels)]
    assert any("Lampiran" in label for one in told for label in one.labels)
    without = [(one.after, one.reader) for one in told if not any("Alur SOP" in label for label in one.labels)]
    assert without == []
    assert all(len(row) <= 3 for one in told for row in one.keyboard), "no label is cut short by its neighbours"


def test_the_flow_of_the_sop_is_one_tap_away_from_a_question_to_the_reporter(seen: list[Seen]) -> None:
    asked = [one for one in seen if any(label == "✍️ Jawab" for label in one.labels)]
    assert asked
    assert all("🗺 Alur SOP" in one.labels for one in asked)


def test_subject_and_decision_stand_together_on_every_card_of_a_task(seen: list[Seen]) -> None:
    for one in seen:
        if "langkah" not in one.html or "LAPORAN EVALUASI SW" in one.html or one.reader == "budi":
            continue
        assert SUBJECT[:55] in one.html, one.after
        assert one.keyboard or "Ditangani oleh" in one.html or "tidak berlaku" in one.html, one.after


def test_questions_and_the_laporan_evaluasi_are_folded(seen: list[Seen]) -> None:
    card = next(one for one in reversed(seen) if one.reader == "hendra" and "Benar, teruskan" in str(one.labels))
    folded = "".join(part.partition("</blockquote>")[0] for part in card.html.split("<blockquote expandable>")[1:])
    assert "Tanya jawab dengan pelapor (2)" in folded
    assert "LAPORAN EVALUASI" in folded
    assert "Temuan pertama." in folded


@pytest.mark.parametrize("seen", [True], indirect=True, ids=["following"])
def test_all_that_a_card_may_say_was_seen_on_one(seen: list[Seen]) -> None:
    """The card of the revision, of a case that follows another, was urged, and whose deadline has moved."""
    said = ("Lanjutan dari", "mengingatkan", "Batas waktu berubah", "LAPORAN EVALUASI", "Tanya jawab", "kedua")
    full = [one for one in seen if one.reader == "maria" and all(words in one.html for words in said)]
    assert full
    assert max(phone.height(one.screen) for one in full) <= phone.SCREEN


def test_no_step_but_the_last_says_that_it_is_over(seen: list[Seen]) -> None:
    def says_so(one: Seen) -> bool:
        # Of the earlier case it was said, and the reporter disagreed.
        return "selesai" in f"{one.html} {one.labels}".lower().replace("dinyatakan selesai", "")

    first = next(index for index, one in enumerate(seen) if "langkah 9 dari 9" in one.html)
    assert [one.after for one in seen[:first] if says_so(one)] == []
    assert any(map(says_so, seen))


@browser.needed
def test_the_estimate_is_never_less_than_what_a_browser_draws(seen: list[Seen]) -> None:
    drawn = browser.heights([(one.html, [[key.label for key in row] for row in one.keyboard]) for one in seen])
    told = [(one, pixels, phone.height(one.screen)) for one, pixels in zip(seen, drawn, strict=True)]
    tappable = cards(seen)
    assert [(one.after, pixels) for one, pixels, _ in told if pixels > phone.SCREEN and one in tappable] == []
    assert [(one.after, pixels, guess) for one, pixels, guess in told if guess < pixels] == []
    assert [(one.after, pixels, guess) for one, pixels, guess in told if guess > pixels * 1.25 + 30] == []


@pytest.mark.parametrize(
    ("taller", "shorter"),
    [
        (screen("satu\ndua"), screen("satu dua")),
        (screen("kata " * 30), screen("kata " * 10)),
        (screen("<b>" + "kata " * 12 + "</b>"), screen("kata")),
        (screen("ya", ("Satu",), ("Dua",)), screen("ya", ("Satu", "Dua"))),
        (screen("ya", ("Tombol dengan tulisan yang panjang sekali", "Dua")), screen("ya", ("Satu", "Dua"))),
        (screen(f"<blockquote>{TALL}</blockquote>"), screen(f"<blockquote expandable>{TALL}</blockquote>")),
        (screen("x" * 200), screen("x" * 20)),
        (screen("W" * 60), screen("i" * 60)),
    ],
)
def test_what_takes_more_lines_is_taller(taller: Screen, shorter: Screen) -> None:
    assert phone.height(taller) > phone.height(shorter)


def test_a_fold_is_as_tall_however_much_it_holds() -> None:
    folds = [screen(f"<blockquote expandable>{'kata ' * count}</blockquote>") for count in (60, 600)]
    assert phone.height(folds[0]) == phone.height(folds[1])


@pytest.mark.parametrize("least", range(1, 12))
def test_the_roomiest_that_fits_is_taken(least: int) -> None:
    drawn: list[int] = []

    def draw(room: int) -> Screen:
        drawn.append(room)
        return screen("x\n" * room)

    fitting: Callable[[Screen], bool] = lambda one: str(one.text).count("x") <= 12 - least  # noqa: E731
    room, found = phone.roomiest(range(11, 0, -1), draw, fitting)
    assert room == max(1, 12 - least)
    assert str(found.text).count("x") == room
    assert len(drawn) <= 6
