"""The next authority up: who decides what nobody can decide at its own chair, against a naive recomputation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.office.seating import Because, Chair, Need, Seat, seat_of

LINE = ("prakom", "kasubbag", "kabag", "kadiv", "kakanwil")
PEOPLE = range(1, 7)
ADMINS = (5, 6, 7)

numbers = st.frozensets(st.sampled_from(PEOPLE), max_size=2)


@st.composite
def chairs(draw: Callable[[st.SearchStrategy[object]], object]) -> list[Chair]:
    """Return five chairs whose people may be missing, away, stood in for, and out of reach."""
    raw = draw(st.tuples(*(st.tuples(numbers, numbers, numbers, numbers) for _ in LINE)))
    assert isinstance(raw, tuple)
    return [_chair(post, *drawn) for post, drawn in zip(LINE, raw, strict=True)]


def _chair(post: str, own: frozenset[int], away: frozenset[int], plh: frozenset[int], lost: frozenset[int]) -> Chair:
    stood_in = plh - own if own & away else frozenset[int]()
    acting = (own - away) | stood_in if stood_in else own
    able = frozenset(one for one in acting if one not in lost and one not in away)
    return Chair(post, own=own, away=(own | acting) & away, acting=acting, able=able)


needs = st.builds(
    Need, mandate=st.booleans(), other_than=st.frozensets(st.sampled_from(PEOPLE), max_size=3), overdue=st.booleans()
)


def naively(line: list[Chair], need: Need, deputy: Chair | None) -> Seat:
    """Return the seat by the words of the rule, one clause after the other."""
    own, *above = line
    others = {one for one in (own.acting if need.mandate else own.own) if one not in need.other_than}
    because: Because | None = None
    if not own.own:
        because = Because.VACANT
    elif not need.mandate and not own.there:
        because = Because.MANDATE
    elif not others:
        pass
    elif need.overdue and not _serve(own, need):
        away = all(one in own.away for one in others)
        because = Because.ABSENT if away else Because.UNREACHABLE
    else:
        return Seat(own.post)
    home = own.post if because else None
    for chair in above:
        if _serve(chair, need):
            return Seat(chair.post, home, because)
    if because is None:
        held = [one.post for one in above if set(one.acting if need.mandate else one.own) - need.other_than]
        return Seat(held[0] if held else own.post)
    if because is not Because.MANDATE:
        if deputy is not None and deputy.post not in {one.post for one in line} and _serve(deputy, need):
            return Seat(deputy.post, home, because)
        if set(ADMINS) - need.other_than:
            return Seat(own.post, own.post, because)
    return Seat(own.post)


def _serve(chair: Chair, need: Need) -> list[int]:
    return [
        one
        for one in chair.able
        if one not in need.other_than and (need.mandate or (one in chair.own and one in chair.there))
    ]


@given(line=chairs(), need=needs, start=st.integers(0, 4), deputised=st.booleans())
@settings(max_examples=600, deadline=None)
def test_the_next_authority_up_is_that_of_a_naive_recomputation(
    line: list[Chair], need: Need, start: int, *, deputised: bool
) -> None:
    deputy = line[3] if deputised else None
    found = seat_of(line[start:], need, deputy=lambda: deputy, admins=lambda: ADMINS)
    assert found == naively(line[start:], need, deputy)
    assert (found.raised_from is None) is (found.because is None)


@given(line=chairs(), need=needs, start=st.integers(0, 4))
@settings(max_examples=300, deadline=None)
def test_nobody_sits_there_who_may_not_decide_or_cannot_be_reached(line: list[Chair], need: Need, start: int) -> None:
    """What goes up goes to somebody who can decide it; and a chair that can serve keeps its tasks."""
    found = seat_of(line[start:], need, deputy=lambda: None, admins=lambda: ())
    by_post = {chair.post: chair for chair in line}
    if found.because is not None:
        assert not found.admins
        assert need.served_by(by_post[found.post])
        between = line[start + 1 : LINE.index(found.post)]
        assert not any(need.served_by(chair) for chair in between)
    if need.served_by(line[start]):
        assert found == Seat(line[start].post)


def _same(chair: Chair | None) -> Chair | None:
    return chair


ONE, TWO, NOBODY = frozenset({1}), frozenset({2}), frozenset[int]()


@pytest.mark.parametrize(
    ("own", "because"),
    [
        (Chair("kabag", NOBODY, NOBODY, NOBODY, NOBODY), Because.VACANT),
        (Chair("kabag", ONE, NOBODY, ONE, NOBODY), Because.UNREACHABLE),
        (Chair("kabag", ONE, ONE, ONE, NOBODY), Because.ABSENT),
        (Chair("kabag", ONE, ONE, frozenset({3}), NOBODY), Because.UNREACHABLE),
        (Chair("kabag", ONE, frozenset({1, 3}), frozenset({3}), NOBODY), Because.ABSENT),
    ],
)
def test_the_reason_is_told(own: Chair, because: Because) -> None:
    above = Chair("kadiv", TWO, NOBODY, TWO, TWO)
    found = seat_of([own, above], Need(overdue=True), deputy=lambda: None, admins=lambda: ())
    assert found == Seat("kadiv", "kabag", because)
    if because is not Because.VACANT:
        in_time = seat_of([own, above], Need(), deputy=lambda: None, admins=lambda: ())
        assert in_time == Seat("kabag"), "until the standard is over, it waits"


def test_at_the_top_the_deputy_decides_and_at_last_the_admins() -> None:
    head = Chair("kakanwil", NOBODY, NOBODY, NOBODY, NOBODY)
    deputy = Chair("kadiv", TWO, NOBODY, TWO, TWO)
    assert seat_of([head], Need(), deputy=lambda: deputy, admins=lambda: (9,)) == Seat(
        "kadiv", "kakanwil", Because.VACANT
    )
    for absent in (None, Chair("kadiv", TWO, NOBODY, TWO, NOBODY)):
        left = seat_of([head], Need(), deputy=partial(_same, absent), admins=lambda: (9,))
        assert left == Seat("kakanwil", "kakanwil", Because.VACANT)
        assert left.admins


def test_what_no_plh_may_do_passes_every_plh_and_waits_where_there_is_nobody_else() -> None:
    away = Chair("kabag", ONE, ONE, frozenset({3}), frozenset({3}))
    stood_in = Chair("kadiv", TWO, TWO, frozenset({4}), frozenset({4}))
    there = Chair("kakanwil", frozenset({5}), NOBODY, frozenset({5}), frozenset({5}))
    need = Need(mandate=False)
    assert seat_of([away, stood_in, there], need, deputy=lambda: None, admins=lambda: (9,)) == Seat(
        "kakanwil", "kabag", Because.MANDATE
    )
    assert seat_of([away, stood_in], need, deputy=lambda: there, admins=lambda: (9,)) == Seat("kabag")
