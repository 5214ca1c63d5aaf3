"""On whom a stretch of time is booked: handovers, transfers, Plh., absences, empty posts, and what went up the line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.statistics.cells import median, ninth_tenth
from models.statistics.figures import percent
from models.statistics.holding import Desk, Held, Hold, Lain, Leave, OfficeThen, Term, held

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)
MARIA, RINA, ANDI, SITI = 1, 2, 3, 4


def at(hours: float) -> datetime:
    return NINE + timedelta(hours=hours)


def booked(
    *desks: Desk,
    terms: list[Term],
    leaves: tuple[Leave, ...] = (),
    mandate: bool = True,
    not_by: frozenset[int] = frozenset(),
) -> list[object]:
    """Return how a task that lay from 0 to 8 was held, each stretch with the hour of its end."""
    lain = Lain(desks, at(0), at(8), mandate=mandate, not_by=not_by)
    found = held(lain, OfficeThen(terms, leaves))
    return [(one.how, one.person_id, (one.until - NINE) / timedelta(hours=1)) for one in found]


def term(person: int, since: float = -9, until: float | None = None, **more: int) -> Term:
    return Term("humas", person, at(since), at(until) if until is not None else None, **more)


DESK = Desk(at(0), "humas")


def test_a_handover_books_on_each_holder_what_passed_with_them() -> None:
    assert booked(DESK, terms=[term(MARIA, until=3), term(RINA, 3)]) == [(Hold.OWN, MARIA, 3), (Hold.OWN, RINA, 8)]


def test_a_transfer_books_on_the_one_who_got_it() -> None:
    given = Desk(at(5), "humas", RINA)
    assert booked(Desk(at(0), "humas", MARIA), given, terms=[term(MARIA), term(RINA)]) == [
        (Hold.OWN, MARIA, 5),
        (Hold.OWN, RINA, 8),
    ]


def test_what_changes_for_a_colleague_cuts_no_stretch_of_who_has_it() -> None:
    given, terms = Desk(at(0), "humas", MARIA), [term(MARIA), term(RINA, 2, 6), term(ANDI, 3)]
    found = held(Lain([given], at(0), at(8)), OfficeThen(terms, (Leave(RINA, at(4), at(5)),)))
    assert found == [Held(at(0), at(8), Hold.OWN, MARIA)]


def test_a_handover_at_the_instant_of_the_closing_books_nothing_on_the_new_holder() -> None:
    assert booked(DESK, terms=[term(MARIA, until=8), term(RINA, 8)]) == [(Hold.OWN, MARIA, 8)]


def test_a_case_of_their_own_is_held_by_the_colleague_and_by_themselves_where_there_is_none() -> None:
    own = frozenset({MARIA})
    assert booked(DESK, terms=[term(MARIA), term(RINA)], not_by=own) == [(Hold.OWN, RINA, 8)]
    assert booked(DESK, terms=[term(MARIA)], not_by=own) == [(Hold.OWN, MARIA, 8)]


def test_two_who_stand_in_for_each_other_hold_nothing_for_ever() -> None:
    terms = [term(MARIA), term(RINA, stands_for=MARIA), term(ANDI, stands_for=RINA), term(RINA, stands_for=ANDI)]
    assert booked(DESK, terms=terms) == [(Hold.PLH, ANDI, 8)]


def test_nobody_alone_holds_what_is_left_to_several() -> None:
    taken = Desk(at(2), "humas", RINA)
    assert booked(DESK, taken, terms=[term(MARIA), term(RINA)]) == [(Hold.SHARED, None, 2), (Hold.OWN, RINA, 8)]


def test_a_plh_holds_it_while_the_holder_is_away() -> None:
    terms = [term(MARIA), term(RINA, 2, 6, stands_for=MARIA)]
    away = (Leave(MARIA, at(2), at(6)),)
    assert booked(DESK, terms=terms, leaves=away) == [(Hold.OWN, MARIA, 2), (Hold.PLH, RINA, 6), (Hold.OWN, MARIA, 8)]
    assert booked(DESK, terms=terms, leaves=away, mandate=False)[1] == (Hold.ABSENT, None, 6)


def test_a_plh_of_a_plh_holds_it() -> None:
    terms = [term(MARIA), term(RINA, stands_for=MARIA), term(ANDI, 4, stands_for=RINA)]
    assert booked(DESK, terms=terms) == [(Hold.PLH, RINA, 4), (Hold.PLH, ANDI, 8)]


def test_an_absence_without_a_plh_and_an_empty_post_are_told_apart() -> None:
    terms = [term(MARIA, until=6)]
    assert booked(DESK, terms=terms, leaves=(Leave(MARIA, at(1), at(4)),)) == [
        (Hold.OWN, MARIA, 1),
        (Hold.ABSENT, None, 4),
        (Hold.OWN, MARIA, 6),
        (Hold.VACANT, None, 8),
    ]


def test_what_went_up_is_booked_as_such() -> None:
    up = Desk(at(3), "kadiv", raised=True)
    left = Desk(at(6), "humas", raised=True, left_to_admins=True)
    assert booked(DESK, up, left, terms=[term(MARIA), Term("kadiv", SITI, at(-9), None)]) == [
        (Hold.OWN, MARIA, 3),
        (Hold.RAISED, SITI, 6),
        (Hold.ADMINS, None, 8),
    ]


def test_a_task_closed_by_a_clock_that_was_set_back_has_one_stretch() -> None:
    lain = Lain([DESK], at(5), at(1))
    assert [one.how for one in held(lain, OfficeThen([term(MARIA)], ()))] == [Hold.OWN]


@pytest.mark.parametrize(
    ("values", "half", "most"),
    [([7], 7, 7), ([1, 2], 1, 2), ([1, 2, 3], 2, 3), (list(range(1, 11)), 5, 9), ([], None, None)],
)
def test_ranks_are_values_that_came(values: list[int], half: int | None, most: int | None) -> None:
    times = {one: values.count(one) for one in values}
    assert (median(times), ninth_tenth(times)) == (half, most)


def test_few_make_no_percentage() -> None:
    assert (percent(3, 4), percent(4, 5), percent(199, 200)) == (None, 80, 99)
