"""Who stands in for whom, held against a naive recomputation: for every instant, and for any chains and overlaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from models.office.office import Office
from models.office.person import Person
from models.office.standing_in import Away, circle, standing_in, uncovered
from models.office.tenure import Capacity, Tenure
from models.rules.rules import Rules

PEOPLE = range(1, 7)
POSTS = ("a", "b", "c", "c", "d", "e")
"""The post of each person, of whom two hold the same one."""

HELD = list(zip(PEOPLE, POSTS, strict=True))
START = datetime(2026, 11, 23, tzinfo=UTC)

spans = st.tuples(st.integers(0, 9), st.one_of(st.none(), st.integers(1, 6)))
wishes = st.lists(st.tuples(st.sampled_from(PEOPLE), st.one_of(st.none(), st.sampled_from(PEOPLE)), spans), max_size=14)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def filed(wanted: list[tuple[int, int | None, tuple[int, int | None]]]) -> list[Away]:
    """File the wishes one after the other, as the office does: what is refused is left out."""
    known: list[Away] = []
    for person, plh, (first, length) in wanted:
        one = Away(person, plh, day(first), None if length is None else day(first + length))
        if any(other.person_id == person and other.meets(one) for other in known):
            continue
        if plh is not None and (plh == person or uncovered(known, plh, one) or circle(known, one)):
            one = replace(one, plh_id=None)
        known.append(one)
    return known


def naively(known: list[Away], at: datetime) -> dict[str, set[int]]:
    """Recompute who acts in each post: follow everybody from hand to hand until somebody is there."""
    acting: dict[str, set[int]] = {post: set() for post in POSTS}
    for person, post in HELD:
        for _ in PEOPLE:
            away = [one for one in known if one.person_id == person and one.plh_id is not None and _lasts(one, at)]
            if away:
                (absence,) = away
                assert absence.plh_id is not None
                person = absence.plh_id  # noqa: PLW2901 - the next hand
        acting[post].add(person)
    return acting


def _lasts(one: Away, at: datetime) -> bool:
    return one.starts_at <= at and (one.ends_at is None or at < one.ends_at)


def office(rules: Rules, known: list[Away], at: datetime, *, without_account: frozenset[int] = frozenset()) -> Office:
    """Return the office as its rows are at an instant."""
    people = {
        number: Person(id=number, name=str(number), account_id=None if number in without_account else number)
        for number in PEOPLE
    }
    away = {one.person_id: one for one in known if one.covers(at)}
    begin = partial(Tenure.begin, at=at)
    tenures = [begin(people[person], post, capacity=Capacity.DEFINITIVE) for person, post in HELD]
    for place, one in enumerate(sorted(standing_in(HELD, away), key=str), start=1):
        tenures.append(
            Tenure.mandated(people[one.person_id], one.post, stands_for_id=one.for_id, given_in=place, at=at)
        )
    return Office(rules=rules, tenures=tuple(tenures), find_admins=list)


@given(wanted=wishes)
@settings(max_examples=300, deadline=None)
def test_at_every_instant_each_post_has_the_deciders_of_a_naive_recomputation(
    packaged_rules: Rules, wanted: list[tuple[int, int | None, tuple[int, int | None]]]
) -> None:
    known = filed(wanted)
    for number in range(18):
        at = day(number)
        then = office(packaged_rules, known, at)
        acting = {post: {one.id for one in then.holders(post)} for post in POSTS}
        assert acting == naively(known, at)
        assert all(acting.values()), "no chair is empty"


@given(wanted=wishes)
@settings(max_examples=300, deadline=None)
def test_what_was_filed_never_makes_a_circle(wanted: list[tuple[int, int | None, tuple[int, int | None]]]) -> None:
    known = filed(wanted)
    for number in range(18):
        away = {one.person_id: one.plh_id for one in known if one.covers(day(number))}
        for person in PEOPLE:
            passed, current = [person], away.get(person)
            while current is not None:
                assert current not in passed, f"{passed} at day {number}"
                passed.append(current)
                current = away.get(current)


@given(wanted=wishes, lost=st.frozensets(st.sampled_from(PEOPLE)))
@settings(max_examples=200, deadline=None)
def test_nobody_without_an_account_acts_in_place_of_one_who_has_one(
    packaged_rules: Rules, wanted: list[tuple[int, int | None, tuple[int, int | None]]], lost: frozenset[int]
) -> None:
    known = filed(wanted)
    for number in range(0, 18, 3):
        then = office(packaged_rules, known, day(number), without_account=lost)
        for person, post in HELD:
            standing = then.stand_in(person, post)
            assert standing is None or standing.account_id is not None


def test_a_circle_is_named_from_the_one_who_would_close_it() -> None:
    known = [Away(2, 3, day(0), day(5)), Away(3, 1, day(4), None)]
    assert circle(known, Away(1, 2, day(0), day(4))) == ()
    assert circle(known, Away(1, 2, day(0), day(5))) == (1, 2, 3)
    assert circle(known, Away(1, 1, day(9), None)) == (1,)


def test_a_circle_among_others_is_nobody_elses() -> None:
    known = [Away(2, 3, day(0), None), Away(3, 2, day(0), None)]
    assert circle(known, Away(1, 2, day(0), None)) == ()
    assert standing_in([(1, "a")], {one.person_id: one for one in [Away(1, 2, day(0), None), *known]})


TWO_POSTS = [*HELD, (1, "f"), (2, "g")]
"""The first two people hold a second post."""

named_wishes = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.lists(st.tuples(st.sampled_from(["", "a", "b", "f", "g"]), st.sampled_from(PEOPLE)), max_size=3),
        spans,
    ),
    max_size=14,
)


def filed_by_post(wanted: list[tuple[int, list[tuple[str, int]], tuple[int, int | None]]]) -> list[Away]:
    """File absences with a Plh. for all posts or for one alone, as the office does: what is refused is left out."""
    known: list[Away] = []
    for person, names, (first, length) in wanted:
        one = Away(person, None, day(first), None if length is None else day(first + length))
        if any(other.person_id == person and other.meets(one) for other in known):
            continue
        for post, plh in names:
            asked = one.with_plh(post, plh)
            own = not post or (person, post) in TWO_POSTS
            if own and plh != person and not uncovered(known, plh, asked, post) and not circle(known, asked):
                one = asked
        known.append(one)
    return known


@given(wanted=named_wishes)
@settings(max_examples=300, deadline=None)
def test_each_post_of_a_person_goes_its_own_way_and_never_in_a_circle(
    wanted: list[tuple[int, list[tuple[str, int]], tuple[int, int | None]]],
) -> None:
    known = filed_by_post(wanted)
    for number in range(18):
        away = {one.person_id: one for one in known if one.covers(day(number))}
        expected = set()
        for person, post in TWO_POSTS:
            passed, current = [person], person
            while current in away and (following := away[current].named.get(post, away[current].plh_id)) is not None:
                assert following not in passed, f"{passed} at {post}, day {number}"
                expected.add((post, following, current))
                passed.append(following)
                current = following
        assert {(one.post, one.person_id, one.for_id) for one in standing_in(TWO_POSTS, away)} == expected


def test_a_circle_is_one_of_a_post() -> None:
    known = [Away(2, None, day(0), None, {"b": 1, "g": 3})]
    assert circle(known, Away(1, None, day(0), None, {"a": 2})) == ()
    assert circle(known, Away(1, 2, day(0), None)) == (1, 2)
    assert circle(known, Away(1, 3, day(0), None, {"b": 2})) == (1, 2)
    assert uncovered(known, 2, Away(1, 2, day(0), None))
    assert not uncovered(known, 2, Away(1, 2, day(0), None), "b")
