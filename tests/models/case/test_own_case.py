"""Nobody corrects or approves what was done about their own report: the superior does, and at the top it is marked."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from models.chase.reminders import said_since
from models.mail.card import CardKind
from models.office.person import Person
from models.office.tenure import Capacity
from models.proof import verification
from models.queries.lists import next_for
from models.refusals.work import NotYourTask
from tests.models.administration.leave import MON, ends, leaves_to
from tests.models.reports_joined import joins, leaves

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau


@pytest.mark.parametrize(
    ("reporter", "step", "judge", "post"),
    [
        ("maria", 6, "hendra", "kabag-p2l"),
        ("hendra", 7, "siti", "kadiv"),
        ("siti", 8, "bambang", "kakanwil"),
        ("rina", 6, "maria", "kasubbag-humas"),
        ("bambang", 8, "siti", "kadiv"),
    ],
)
def test_the_superior_judges_the_case_of_one_who_judges(
    bureau: Bureau, reporter: str, step: int, judge: str, post: str
) -> None:
    case_id = bureau.begins(reporter)
    task = bureau.walks(case_id, until=step)
    assert (task.post, bureau.holders(case_id), bureau.live(task.id)) == (post, [judge], [judge])
    with pytest.raises(NotYourTask):
        bureau["budi" if reporter == judge else reporter].gives_back(case_id)
    case = bureau.finishes(case_id)
    assert case.tasks[step - 1].decided_as == f"definitive:{post}"
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_nor_what_was_done_about_a_report_that_they_joined(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    joins(bureau, "maria", case_id)
    task = bureau.walks(case_id, until=6)
    both = [bureau["budi"].id, bureau["maria"].id]
    assert (task.post, bureau.holders(case_id), task.not_by) == ("kabag-p2l", ["hendra"], both)
    with pytest.raises(NotYourTask):
        bureau["maria"].gives_back(case_id)
    assert bureau.walks(case_id, until=7).not_by == both, "whether they hold the post or may come to it"
    bureau.finishes(case_id)
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_nor_does_either_of_two_reporters_who_hold_one_post(bureau: Bureau) -> None:
    """Hendra reported, Yusuf joined, and both hold the post of step 7: the superior judges it, and neither of them."""
    bureau.hires("yusuf", "Yusuf Kolega").takes("kabag-p2l")
    case_id = bureau.begins("hendra")
    joins(bureau, "yusuf", case_id)
    task = bureau.walks(case_id, until=7)
    assert (task.post, bureau.holders(case_id), bureau.live(task.id)) == ("kadiv", ["siti"], ["siti"])
    for name in ("hendra", "yusuf"):
        assert case_id not in {one.case_id for one in bureau.queue(name)}
        with pytest.raises(NotYourTask):
            bureau[name].passes_on(case_id)
    bureau.finishes(case_id)
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_a_third_at_their_post_judges_it(bureau: Bureau) -> None:
    for name, full_name in (("yusuf", "Yusuf Kolega"), ("dewi", "Dewi Kolega")):
        bureau.hires(name, full_name).takes("kabag-p2l")
    case_id, other = bureau.begins("hendra"), bureau.begins("budi")
    joins(bureau, "yusuf", case_id)
    for one in (case_id, other):
        bureau.walks(one, until=7)
    task = bureau.task(case_id)
    assert (task.post, bureau.holders(case_id), bureau.live(task.id)) == ("kabag-p2l", ["dewi"], ["dewi"])

    tasks = {one: bureau.task(one).id for one in (case_id, other)}
    for name in ("hendra", "yusuf"):
        assert {one.case_id for one in bureau.queue(name)} == {other}
        assert bureau.work(partial(_next, person_id=bureau[name].id)) == tasks[other]
        with pytest.raises(NotYourTask):
            bureau[name].passes_on(case_id)
    assert {one.case_id for one in bureau.queue("dewi")} == {case_id, other}
    bureau.works(60)
    bureau.sweeps()
    assert bureau.work(lambda records: _named(records, bureau["yusuf"].id)) == {tasks[other]}
    assert bureau.work(lambda records: _named(records, bureau["dewi"].id)) == set(tasks.values())


def test_the_superior_does_not_judge_what_they_joined_themselves(bureau: Bureau) -> None:
    """Maria reported and Hendra, her superior, joined: what goes up from her goes past him."""
    case_id = bureau.begins("maria")
    joins(bureau, "hendra", case_id)
    task = bureau.walks(case_id, until=6)
    assert (task.post, bureau.holders(case_id), bureau.live(task.id)) == ("kadiv", ["siti"], ["siti"])
    with pytest.raises(NotYourTask):
        bureau["hendra"].gives_back(case_id)
    bureau.finishes(case_id)
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_who_joined_and_comes_to_the_post_alone_does_not_judge_it(bureau: Bureau) -> None:
    """Budi and Rina reported; while Hendra corrects, Rina takes his place: the case goes to the superior at once."""
    case_id = bureau.begins("budi")
    joins(bureau, "rina", case_id)
    task = bureau.walks(case_id, until=7)
    bureau["rina"].takes("kabag-p2l")
    bureau["hendra"].leaves("kabag-p2l")
    bureau.deals("kabag-p2l")
    moved = bureau.task(case_id)
    assert (moved.id, moved.post, bureau.holders(case_id)) == (task.id, "kadiv", ["siti"])
    assert bureau.live(task.id, CardKind.TASK) == ["siti"]


def test_at_the_top_two_reporters_keep_it(bureau: Bureau) -> None:
    """Nobody above is another person: it stays with both, and the card marks it."""
    bureau.hires("yusuf", "Yusuf Kolega").takes("kabag-p2l")
    for name, post in (("siti", "kadiv"), ("bambang", "kakanwil")):
        bureau[name].leaves(post)
        bureau["hendra"].takes(post, Capacity.PLT)
    case_id = bureau.begins("hendra")
    joins(bureau, "yusuf", case_id)
    task = bureau.walks(case_id, until=7)
    assert (task.post, set(bureau.holders(case_id))) == ("kabag-p2l", {"hendra", "yusuf"})
    for name in ("hendra", "yusuf"):
        assert case_id in {one.case_id for one in bureau.queue(name)}
    bureau["yusuf"].passes_on(case_id)


def test_who_has_left_a_case_judges_it_again(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    joins(bureau, "maria", case_id)
    leaves(bureau, "maria", case_id)
    assert bureau.walks(case_id, until=6).post == "kasubbag-humas"
    bureau.finishes(case_id)
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_it_goes_past_everybody_whose_own_case_it_is(bureau: Bureau) -> None:
    """Hendra is Plt. of Kadiv too, and nobody else holds that post: Bambang corrects in his place."""
    bureau["siti"].leaves("kadiv")
    bureau["hendra"].takes("kadiv", Capacity.PLT)
    case_id = bureau.begins("hendra")
    for step in (7, 8):
        assert bureau.walks(case_id, until=step).post == "kakanwil"


def test_a_colleague_at_the_post_is_nearer_than_the_superior(bureau: Bureau) -> None:
    bureau.hires("yusuf", "Yusuf Plh").takes("kabag-p2l", Capacity.PLH)
    case_id = bureau.begins("hendra")
    task = bureau.walks(case_id, until=7)
    assert (task.post, bureau.holders(case_id), bureau.live(task.id)) == ("kabag-p2l", ["yusuf"], ["yusuf"])
    assert case_id not in {one.case_id for one in bureau.queue("hendra")}
    with pytest.raises(NotYourTask):
        bureau["hendra"].passes_on(case_id)


def test_assigning_handling_and_receiving_ones_own_case_stay(bureau: Bureau) -> None:
    for reporter, step in (("bambang", 1), ("siti", 2), ("rina", 5), ("bambang", 9)):
        case_id = bureau.begins(reporter)
        bureau.walks(case_id, until=step)
        assert reporter in bureau.holders(case_id)


def test_at_the_top_nobody_is_above(bureau: Bureau) -> None:
    """Everybody above holds their post alone and is the reporter: it stays, and the card marks it."""
    for name, post in (("siti", "kadiv"), ("bambang", "kakanwil")):
        bureau[name].leaves(post)
        bureau["hendra"].takes(post, Capacity.PLT)
    case_id = bureau.begins("hendra")
    task = bureau.walks(case_id, until=7)
    assert (task.post, bureau.holders(case_id)) == ("kabag-p2l", ["hendra"])
    bureau["hendra"].passes_on(case_id)


def test_one_who_comes_to_the_post_alone_does_not_judge_their_own_case(bureau: Bureau) -> None:
    """Budi reported; while Hendra corrects, Budi takes the place of Hendra: the case goes to the superior at once."""
    case_id = bureau.begins("budi")
    task = bureau.walks(case_id, until=7)
    bureau["budi"].takes("kabag-p2l")
    bureau["hendra"].leaves("kabag-p2l")
    bureau.deals("kabag-p2l")

    moved = bureau.task(case_id)
    assert (moved.id, moved.post, bureau.holders(case_id)) == (task.id, "kadiv", ["siti"])
    assert bureau.live(task.id, CardKind.TASK) == ["siti"]
    assert bureau.entries(case_id)[-1].action == "rehome"
    bureau.finishes(case_id)
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_what_went_to_the_superior_comes_back_when_another_takes_the_post(bureau: Bureau) -> None:
    case_id = bureau.begins("hendra")
    bureau.walks(case_id, until=7)
    assert bureau.holders(case_id) == ["siti"]
    bureau.hires("yusuf", "Yusuf Baru").takes("kabag-p2l")
    bureau["hendra"].leaves("kabag-p2l")
    bureau.deals("kabag-p2l")
    assert bureau.holders(case_id) == ["siti"], "what is on a desk stays there"


def test_a_plh_judges_the_case_of_the_one_who_is_away(bureau: Bureau) -> None:
    """Hendra reported and is away: Maria corrects as his Plh. Once he is back alone, it goes to his superior."""
    case_id = bureau.begins("hendra")
    bureau.walks(case_id, until=6)
    absence_id = leaves_to(bureau, "hendra", "maria", MON, None)
    task = bureau.walks(case_id, until=7)
    assert (task.post, bureau.holders(case_id), bureau.live(task.id)) == ("kabag-p2l", ["maria"], ["maria"])

    ends(bureau, absence_id, "hendra")

    assert (bureau.task(case_id).post, bureau.holders(case_id)) == ("kadiv", ["siti"])
    assert bureau.live(task.id) == ["siti"]
    bureau.finishes(case_id)
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_a_plh_does_not_judge_their_own_case(bureau: Bureau) -> None:
    """Hendra is away and Maria stands in for him: what she reported herself goes to his superior."""
    leaves_to(bureau, "hendra", "maria", MON, None)
    case_id = bureau.begins("maria")
    task = bureau.walks(case_id, until=7)
    assert (task.post, bureau.holders(case_id), bureau.live(task.id)) == ("kadiv", ["siti"], ["siti"])


def test_ones_own_case_for_others_to_judge_is_in_no_list_and_no_reminder(bureau: Bureau) -> None:
    bureau.hires("yusuf", "Yusuf Kolega").takes("kabag-p2l")
    own, other = bureau.begins("hendra"), bureau.begins("budi")
    for case_id in (own, other):
        bureau.walks(case_id, until=7)
    tasks = {case_id: bureau.task(case_id).id for case_id in (own, other)}

    assert bureau.work(lambda records: _next(records, bureau["hendra"].id)) == tasks[other]
    assert bureau.work(lambda records: _next(records, bureau["yusuf"].id)) == tasks[own]
    bureau.works(60)
    bureau.sweeps()
    assert bureau.work(lambda records: _named(records, bureau["hendra"].id)) == {tasks[other]}
    assert bureau.work(lambda records: _named(records, bureau["yusuf"].id)) == set(tasks.values())


def _next(records: Records, person_id: int) -> int | None:
    found = next_for(records.reader, records.session.get_one(Person, person_id))
    return found.task_id if found is not None else None


def _named(records: Records, person_id: int) -> set[int]:
    """Return the tasks that the reminders of a person named."""
    person = records.session.get_one(Person, person_id)
    return said_since(records, [person], records.at - timedelta(days=1)).get(person_id, set())
