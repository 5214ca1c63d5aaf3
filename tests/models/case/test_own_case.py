"""Nobody corrects or approves what was done about their own report: the superior does, and at the top it is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.mail.card import CardKind
from models.office.tenure import Capacity
from models.proof import verification
from models.refusals import NotYourTask

if TYPE_CHECKING:
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
