"""The board: what is open, who has it, how late it is by the office's clock; who sees what of it, at what cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from models.administration import absence, appointment
from models.case.sight import Sight, sight_of
from models.case.task import Task
from models.office.overseeing import posts_below, scope_of, tenure_over
from models.office.person import Obstacle, Person
from models.office.seating import Because
from models.office.tenure import Capacity
from models.queries.board import reading
from models.queries.board.reading import Board, Choices
from models.repository.records import Records
from models.rules.board_filters import StepOfSop, UnreadableWish, Wanted
from models.rules.urgency import Urgency
from tests.models.bureau import HARDWARE, Bureau
from tests.models.test_cost import lookups

EVERYTHING = Wanted()


def person_of(records: Records, bureau: Bureau, name: str) -> Person:
    return records.session.get_one(Person, bureau[name].id)


def seen(bureau: Bureau, name: str, wanted: Wanted = EVERYTHING, *, page: int = 0, size: int = 5) -> Board:
    def look(records: Records) -> Board:
        person = person_of(records, bureau, name)
        scope = scope_of(records.reader.office(), person)
        assert scope is not None
        return reading.board(records.reader, person, scope, wanted, page=page, size=size)

    return bureau.work(look)


def numbers(board: Board) -> list[str]:
    return [line.number for line in board.lines]


def offered(bureau: Bureau, name: str, wanted: Wanted = EVERYTHING) -> Choices:
    def look(records: Records) -> Choices:
        person = person_of(records, bureau, name)
        scope = scope_of(records.reader.office(), person)
        assert scope is not None
        return reading.choices(records.reader, person, scope, wanted)

    return bureau.work(look)


def looks_over(bureau: Bureau, name: str) -> set[str] | None:
    """Return the posts over which somebody looks; None where they look over none."""

    def look(records: Records) -> set[str] | None:
        scope = scope_of(records.reader.office(), person_of(records, bureau, name))
        return set(scope.posts) if scope is not None else None

    return bureau.work(look)


def test_what_is_late_for_longest_comes_first_and_what_pauses_last(bureau: Bureau) -> None:
    oldest = bureau.begins("budi", "Pertama")
    bureau.works(20)
    bureau.begins("budi", "Kedua", urgency=Urgency.VERY_URGENT)
    bureau.works(40)
    bureau.begins("budi", "Ketiga")
    bureau.begins("budi", "Keempat", urgency=Urgency.URGENT)
    board = seen(bureau, "bambang")
    assert [line.subject for line in board.lines] == ["Pertama", "Kedua", "Keempat", "Ketiga"]
    assert [line.late for line in board.lines] == [30 * 60, 10 * 60, 0, 0]
    assert (board.total, board.late, board.page) == (4, 2, 0)
    bureau.work(
        lambda records: records.session.execute(
            update(Task).where(Task.case_id == oldest).values(paused_at=bureau.at, waiting_since=bureau.at)
        )
    )
    board = seen(bureau, "bambang")
    assert [line.subject for line in board.lines] == ["Kedua", "Keempat", "Ketiga", "Pertama"]
    assert (board.late, board.lines[-1].late) == (1, 0), "nothing of what pauses is late"


def test_lateness_stands_still_through_lunch_and_night(bureau: Bureau) -> None:
    bureau.begins("budi")
    bureau.works(60)
    late = seen(bureau, "bambang").lines[0].late
    # Until 12.00 there is office time, and from then on none until 13.00.
    noon = bureau.rules.office.calendar.opening(bureau.at).replace(hour=4, minute=0)
    bureau.at = noon
    at_noon = seen(bureau, "bambang").lines[0].late
    bureau.passes(timedelta(minutes=59))
    assert seen(bureau, "bambang").lines[0].late == at_noon > late


def test_a_line_tells_who_has_the_case_and_as_what(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="rina")
    (line,) = seen(bureau, "bambang").lines
    assert (line.step, line.steps, line.post) == (5, 9, "jft-prakom")
    assert [(one.name, one.capacity) for one in line.holders] == [("Rina Mokoginta", Capacity.DEFINITIVE)]
    assert (line.raised_from, line.by_admins, line.mine) == (None, False, False)
    assert seen(bureau, "rina").lines[0].mine


def test_where_the_post_is_vacant_the_line_names_who_decides_and_why(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=3)
    bureau.work(lambda records: appointment.relieve(records, person_of(records, bureau, "hendra"), "kabag-p2l"))
    (line,) = seen(bureau, "bambang").lines
    assert [one.name for one in line.holders] == ["Siti Rahmawati"]
    assert (line.post, line.raised_from, line.because) == ("kadiv", "kabag-p2l", Because.VACANT)


def test_a_plh_is_named_as_one_and_who_is_away_or_cannot_be_reached_as_such(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=2)

    def goes(records: Records) -> None:
        siti, hendra = (person_of(records, bureau, name) for name in ("siti", "hendra"))
        lasting = absence.file(records, siti, records.at.date(), None, by=siti)
        absence.ask(records, lasting, hendra, by=siti)
        absence.answer(records, lasting, by=hendra, accepts=True)

    bureau.work(goes)
    (line,) = seen(bureau, "bambang").lines
    assert [(one.name, one.capacity) for one in line.holders] == [("Hendra Lumi", Capacity.PLH)]

    def is_lost(records: Records) -> None:
        hendra = person_of(records, bureau, "hendra")
        hendra.unreachable_since, hendra.unreachable_because = records.at, Obstacle.BLOCKED

    bureau.work(is_lost)
    assert [one.hears for one in seen(bureau, "bambang").lines[0].holders] == [False]


def test_who_looks_over_what(bureau: Bureau) -> None:
    everything = {post.code for post in bureau.rules.office.posts}
    found = {name: looks_over(bureau, name) for name in ("bambang", "siti", "hendra", "maria", "rina", "dewi", "budi")}
    assert found == {
        "bambang": everything,
        "siti": {"kabag-p2l", "kasubbag-humas", "jft-prakom"},
        "hendra": {"kasubbag-humas", "jft-prakom"},
        "maria": everything,
        "rina": everything,
        "dewi": everything,
        "budi": None,
    }


def test_posts_below_are_those_that_have_the_person_among_their_superiors(bureau: Bureau) -> None:
    def differing(records: Records) -> list[str]:
        office = records.reader.office()
        return [
            f"{name} {post.code}"
            for name in ("bambang", "siti", "hendra", "maria", "rina", "budi")
            for post in office.file.posts
            if (post.code in posts_below(office, person_of(records, bureau, name)))
            != any(one.id == bureau[name].id for one in office.overseeing(post.code))
        ]

    assert bureau.work(differing) == []


def test_a_superior_sees_what_lies_below_and_what_waits_for_them(bureau: Bureau) -> None:
    cases = [bureau.begins("budi", f"Langkah {step}") for step in range(1, 6)]
    for step, case_id in enumerate(cases, start=1):
        bureau.walks(case_id, until=step)
    assert sorted(line.step for line in seen(bureau, "siti").lines) == [2, 3, 4, 5]
    assert sorted(line.step for line in seen(bureau, "hendra").lines) == [3, 4, 5]
    assert sorted(line.step for line in seen(bureau, "maria").lines) == [1, 2, 3, 4, 5]


def sees(bureau: Bureau, name: str, case_id: int) -> Sight:
    return bureau.work(lambda records: sight_of(records.reader.case(case_id), person_of(records, bureau, name)))


def test_who_sees_a_line_may_open_it(bureau: Bureau) -> None:
    """Also where a Plh. forwarded the case, so that the superior had no hand in it."""
    bureau.hires("tono", "Tono Contoh").takes("kadiv")
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=2)
    bureau["siti"].forwards(case_id)
    bureau.walks(case_id, until=5)
    secret = bureau.begins("budi", "Sandi bocor", confidential=True)
    bureau.walks(secret, until=5)
    for name in ("bambang", "siti", "tono", "hendra", "maria", "rina", "dewi"):
        for line in seen(bureau, name).lines:
            sight = sees(bureau, name, line.case_id)
            assert sight is not Sight.NOTHING, (name, line.number)
            assert sight is Sight.WHOLE or not line.subject, (name, line.number)


def test_of_a_confidential_case_the_board_shows_no_word_and_no_urgency(bureau: Bureau) -> None:
    bureau.begins("budi", "Sandi bocor", urgency=Urgency.VERY_URGENT, confidential=True)
    (own,) = seen(bureau, "bambang").lines
    assert (own.subject, own.urgency) == ("", Urgency.VERY_URGENT), "its holder knows how urgent it is"
    (line,) = seen(bureau, "maria").lines
    assert (line.subject, line.urgency) == ("", Urgency.ORDINARY)
    assert numbers(seen(bureau, "maria", Wanted(urgent=True))) == [], "nor does a filter tell it"
    assert len(numbers(seen(bureau, "bambang", Wanted(urgent=True)))) == 1


def test_each_filter_leaves_what_it_names(bureau: Bureau) -> None:
    first = bureau.begins("budi", "Lama")
    bureau.at = bureau.rules.office.calendar.opening(bureau.at + timedelta(days=9))
    urgent = bureau.begins("budi", "Segera", urgency=Urgency.URGENT)
    third = bureau.begins("budi", "Biasa", sop=HARDWARE)
    bureau.walks(urgent, until=2)
    case = {key: bureau.case(key).number for key in (first, urgent, third)}
    found = {
        "late": numbers(seen(bureau, "maria", Wanted(late=True))),
        "urgent": numbers(seen(bureau, "maria", Wanted(urgent=True))),
        "month": numbers(seen(bureau, "maria", Wanted(month=True))),
        "step": numbers(seen(bureau, "maria", Wanted(step=StepOfSop("HW", 1)))),
        "post": numbers(seen(bureau, "maria", Wanted(post="kadiv"))),
        "two": numbers(seen(bureau, "maria", Wanted(urgent=True, post="kakanwil"))),
    }
    assert found == {
        "late": [case[first]],
        "urgent": [case[urgent]],
        "month": [case[urgent], case[third]],
        "step": [case[third]],
        "post": [case[urgent]],
        "two": [],
    }


def test_the_choices_tell_how_much_is_where_under_the_other_filters(bureau: Bureau) -> None:
    urgent = bureau.begins("budi", urgency=Urgency.URGENT)
    bureau.begins("budi")
    bureau.begins("budi", sop=HARDWARE)
    bureau.walks(urgent, until=2)
    found = offered(bureau, "maria", Wanted(step=StepOfSop("SW", 2), post="kadiv"))
    assert found.steps == ((StepOfSop("SW", 2), 1),), "what is at the post"
    assert found.posts == (("kadiv", 1),), "what is at the step"
    every = offered(bureau, "maria")
    assert every.steps == ((StepOfSop("HW", 1), 1), (StepOfSop("SW", 1), 1), (StepOfSop("SW", 2), 1))
    assert every.posts == (("kakanwil", 2), ("kadiv", 1))


def test_pages_follow_each_other_and_the_last_one_stands_in_for_those_after_it(bureau: Bureau) -> None:
    for _ in range(7):
        bureau.begins("budi")
        bureau.works(1)
    pages = [numbers(seen(bureau, "maria", page=page, size=3)) for page in range(3)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({number for page in pages for number in page}) == 7
    beyond = seen(bureau, "maria", page=9, size=3)
    assert (numbers(beyond), beyond.page, beyond.total) == (pages[2], 2, 7)


@pytest.mark.parametrize("name", ["bambang", "siti", "rina"])
def test_the_board_costs_the_same_for_any_number_of_cases_open_or_over(bureau: Bureau, name: str) -> None:
    costs = []
    for _ in range(2):
        for _ in range(4):
            bureau.walks(bureau.begins("budi"), until=3)
        bureau.finishes(bureau.begins("budi"))
        with lookups(bureau) as found:
            seen(bureau, name)
        costs.append(len(found))
    assert costs[0] == costs[1] <= 6


TENURES: dict[str, tuple[str, str]] = {
    "bambang": ("jft-prakom", "definitive:kakanwil"),
    "siti": ("jft-prakom", "definitive:kadiv"),
    "maria": ("jft-prakom", "definitive:kasubbag-humas"),
    "rina": ("kakanwil", "definitive:jft-prakom"),
    "dewi": ("kadiv", "admin:kadiv"),
}


@pytest.mark.parametrize("name", TENURES)
def test_who_looks_over_a_post_does_so_in_a_capacity(bureau: Bureau, name: str) -> None:
    post, acts_as = TENURES[name]

    def find(records: Records) -> str:
        tenure = tenure_over(records.reader.office(), person_of(records, bureau, name), post, at=records.at)
        return tenure.acts_as if tenure is not None else ""

    assert bureau.work(find) == acts_as


def test_who_looks_over_nothing_has_no_capacity_for_it(bureau: Bureau) -> None:
    found = bureau.work(
        lambda records: tenure_over(
            records.reader.office(), person_of(records, bureau, "hendra"), "kadiv", at=records.at
        )
    )
    assert found is None


LONG = "jabatan-" + "x" * 56
WISHES = [
    Wanted(),
    Wanted(late=True, urgent=True, month=True, step=StepOfSop("SW", 9), post="kasubbag-humas"),
    Wanted(month=True, post=LONG),
    Wanted(step=StepOfSop("ABCDE", 999)),
]


@pytest.mark.parametrize("wanted", WISHES, ids=str)
def test_a_button_keeps_what_is_wanted(wanted: Wanted) -> None:
    assert len(f"{wanted.kept}/999") <= 64, "a button has room for no more"
    assert Wanted.read(wanted.kept, posts=["kadiv", "kasubbag-humas", LONG]) == wanted


@pytest.mark.parametrize("kept", ["", "x//", "l/", "l/SW/", "l/SW.x/", "l/9/", "l//a/b"])
def test_what_no_button_keeps_is_refused(kept: str) -> None:
    with pytest.raises(UnreadableWish):
        Wanted.read(kept, posts=[])


def test_a_post_that_the_office_has_no_longer_leaves_nothing_out() -> None:
    assert Wanted.read(Wanted(post="kadiv").kept, posts=["kakanwil"]) == Wanted()
