"""The program is killed while reminders of questions and consultations follow a changed calendar, with their tasks.

The first task follows with the tap, the others in portions: in each of them a reporter owes an answer, in the last one
a colleague an opinion as well. Whatever dies, everybody is reminded once, by the calendar in force.
"""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from models.case.consultation import Consultation
from models.case.question import Question
from tests.crash import record
from tests.crash.repeating import SEED, repeatable, wanted
from tests.crash.scripted_case import Act, says, taps
from tests.crash.smaller import portions_of_one
from tests.crash.stage import Fresh, Nursery, Stage, stage
from tests.crash.test_exhaustive import again, numbers
from tests.crash.test_portions import CHANGE, ENTERED, begins, deadlines, holds_its_promises

SCRIPT = "questions"

ON_MONDAY = datetime(2026, 11, 23, 5, 15, tzinfo=UTC)
"""13.15 WITA: half a working day after 08.30."""
ON_TUESDAY = datetime(2026, 11, 24, 3, 15, tzinfo=UTC)
"""11.15 WITA: half a working day after the office opens at 07.30."""
OPINION_ON_MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
"""15.30 WITA: four fifths of a working day after 08.30."""
OPINION_ON_TUESDAY = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
"""14.30 WITA: four fifths of it after 07.30."""
OPENED = datetime(2026, 11, 23, 23, 31, tzinfo=UTC)
"""A minute after the office opens on Tuesday: who is to be reminded by the former calendar would be so now."""


REPORTS = {
    "Andi": "Jaringan di lantai dua terputus.",
    "Budi": "Surel dinas tidak terkirim sejak kemarin.",
    "Wati": "Printer di ruang rapat tidak menyala.",
}


def _asked(reporter: str, words: str) -> tuple[Act, ...]:
    """Let a report come to Rina, who asks its reporter something."""
    onward = (taps(name, "Teruskan ke") for name in ("Kakanwil", "Kadiv", "Kabag", "Kasubbag"))
    return (
        says(reporter, words),
        taps(reporter, "Kirim"),
        *onward,
        taps("Kasubbag", "Rina Contoh"),
        taps("Rina", "Mulai tangani"),
        taps("Rina", "Tanya pelapor"),
        says("Rina", "Sejak kapan?"),
    )


BEFORE: tuple[Act, ...] = (
    says("Andi", REPORTS["Andi"]),
    taps("Andi", "Kirim"),
    *_asked("Budi", REPORTS["Budi"]),
    *_asked("Wati", REPORTS["Wati"]),
    taps("Rina", "Lainnya"),
    taps("Rina", "Minta pendapat"),
    taps("Rina", "Kabag P2L"),
    says("Rina", "Perlu vendor?"),
    *ENTERED,
)


async def plays(nest: Nursery, url: str, run: str, *, fatal: int | None) -> list[str]:
    """Play it with a death at the boundary `fatal` of the change, and hold the end. Returns where it died."""
    async with stage(nest, url, sabotage=(portions_of_one.__name__,)) as place:
        place.deaths.recovery = again(SEED, run)
        await begins(place, BEFORE)
        assert _planned(url) == ([ON_MONDAY, ON_MONDAY], [OPINION_ON_MONDAY])
        await place.armed(fatal)
        await CHANGE.play(place)
        await place.settles()
        await place.armed(None)
        assert len(deadlines(url)) == 3, "no task waits for its calendar"
        assert _planned(url) == ([ON_TUESDAY, ON_TUESDAY], [OPINION_ON_TUESDAY]), "all reminders have moved"
        heard = []
        for at in (OPENED, ON_TUESDAY, OPINION_ON_TUESDAY):
            await place.comes(at + timedelta(seconds=1))
            await place.settles()
            heard.append(_reminded(place))
        assert heard == [Counter(), Counter(Budi=1, Wati=1), Counter(Budi=1, Wati=1, Kabag=1)]
        holds_its_promises(place, {words: place[name].account.account_id for name, words in REPORTS.items()})
    return place.deaths.boundaries


def _planned(url: str) -> tuple[list[datetime | None], list[datetime | None]]:
    """Return when somebody is to be reminded of each question, and of each consultation."""
    engine = create_engine(url)
    with Session(engine) as session:
        questions = session.scalars(select(Question.remind_at).order_by(Question.id)).all()
        opinions = session.scalars(select(Consultation.remind_at).order_by(Consultation.id)).all()
    engine.dispose()
    return list(questions), list(opinions)


def _reminded(place: Stage) -> Counter[str]:
    """Count the reminders of questions and of opinions that were owed so far, by the name of who gets them."""
    kept = record.read(place.url)
    cards = {card["id"] for card in kept.cards if card["kind"] == "reminder"}
    return Counter(
        kept.person[owed["person_id"]]["name"].removesuffix(" Contoh")
        for owed in kept.outbox
        if (owed["kind"] == "card" and owed["card_id"] in cards) or owed["body"].get("code") == "opinion-awaited"
    )


async def test_a_death_at_some_boundary(nest: Nursery, fresh: Fresh, database_kind: str) -> None:
    """The short form: one boundary, drawn from the seed, among those of the tap and of the first portion."""
    fatal = random.Random(f"{SEED}/{SCRIPT}/{database_kind}").randint(3, 10)
    run = f"{SCRIPT}-{fatal}"
    with fresh() as url, repeatable(nest):
        assert await plays(nest, url, run, fatal=fatal)


@pytest.mark.crash
@pytest.mark.timeout(0)
async def test_a_death_at_every_boundary(nest: Nursery, fresh: Fresh) -> None:
    for fatal in numbers(SCRIPT):
        run = f"{SCRIPT}-{fatal}"
        with fresh() as url, repeatable(nest, run=run):
            died = await plays(nest, url, run, fatal=fatal)
        if not died:
            break
    assert fatal > 6 or wanted(SCRIPT) is not None, "two boundaries for each portion, at least"
