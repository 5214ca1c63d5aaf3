"""The picture of a case's way: as wide as a phone needs, for any SOP, whatever stands in it."""

import struct
from datetime import UTC, datetime

import pytest

from bot.papers.arranging import stretches
from bot.papers.typesetting import digest, typeset
from handlers.papers.flow import TEMPLATE, FlowPicture, FlowStep, Return, State, Verdict, Visit
from handlers.papers.paper import Paper, Sheet
from handlers.papers.sop_form import decides
from tests.bot.papers.random_sops import random_sop
from tests.bot.papers.test_routing import along
from tests.bot.papers.test_typesetting import HOSTILE

AT = datetime(2026, 11, 24, 5, 10, tzinfo=UTC)


def picture(
    seed: int, *, steps: int | None = None, roles: int | None = None, words: str = "Rina Contoh"
) -> FlowPicture:
    """Return the picture of a case of a random SOP in which every way back was walked."""
    sop = random_sop(seed, steps=steps, roles=roles)
    lanes = {role.code: lane for lane, role in enumerate(sop.roles)}
    visit = Visit("Ke-1", words, "3 jam", "2 hari", Verdict.LATE, (words,))
    return FlowPicture(
        number="SW-2026-0147",
        subject=words,
        tone=State.NOW_LATE,
        answer=("Langkah 2 dari 9", words),
        heading="Langkah",
        roles=tuple(role.title for role in sop.roles),
        steps=tuple(
            FlowStep(one.number, words[:60], lanes[one.role], decides(one), state, words, (visit,))
            for one, state in zip(sop.steps, [*State] * 3, strict=False)
        ),
        returns=tuple(
            Return(one.number - 1, sop.return_target(one).number - 1, 2) for one in sop.steps if decides(one)
        ),
        legend=("tepat waktu", "lewat", "berjalan"),
        foot="Keadaan",
        language="id",
    )


def paper(content: FlowPicture, *, at: datetime = AT) -> Paper:
    return Paper(TEMPLATE, content, told_at=at, sheet=Sheet.PNG)


@pytest.mark.parametrize(("steps", "roles"), [(3, 2), (15, 8), (15, 2), (9, 5)])
def test_it_is_1080_pixels_wide_for_the_smallest_and_the_largest_sop(steps: int, roles: int) -> None:
    png = typeset(paper(picture(steps * roles, steps=steps, roles=roles)))
    assert struct.unpack(">I", png[16:20]) == (1080,)


def test_whatever_people_wrote_it_is_drawn() -> None:
    png = typeset(paper(picture(3, steps=6, roles=4, words=" ".join(HOSTILE))))
    assert struct.unpack(">I", png[16:20]) == (1080,)


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_no_way_that_was_walked_leads_through_a_step_or_along_another_way(first: int) -> None:
    for seed in range(first, first + 50):
        shown = picture(seed)
        taken: dict[frozenset[tuple[int, int]], int] = {}
        symbols = {(step.lane * 5 + 4, row * 5 + 4): row for row, step in enumerate(shown.steps)}
        for line in stretches(shown):
            for a, b in along(line.points):
                assert taken.setdefault(frozenset({a, b}), line.end) == line.end, (seed, line)
                assert symbols.get(b, line.end) == line.end, (seed, line)


def test_the_same_state_is_one_picture_whenever_it_is_told() -> None:
    content = picture(5)
    later = paper(content, at=datetime(2026, 11, 25, tzinfo=UTC))
    assert digest(paper(content)) == digest(later)
    assert typeset(paper(content)) == typeset(later)
