"""Offices that change as they may, in ways that are easily taken for something forged: nothing is found.

Neither `disposisi verify` finds anything, nor `holders.py` in an export.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.administration.appointment import appoint
from models.administration.files_in_force import tell_files
from models.administration.posts import adopt_posts, rename_posts
from models.proof.verification import verify
from tests.bot.export.holding import acted_without_holding
from tests.models.administration import leave
from tests.models.administration.test_seams import relieves_in_chat, undoes
from tests.models.proof.eventful import lives_through_everything
from tests.models.proof.test_works import prepares

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.repository.records import Records
    from models.rules.office_file import PostSpec
    from tests.models.bureau import Bureau


def holds(bureau: Bureau) -> None:
    found = bureau.work(lambda records: verify(records.session))
    assert [(one.subject, one.sequence, one.reason) for one in found.breaches] == []
    assert bureau.work(lambda records: acted_without_holding(records.session)) == []


def test_an_office_in_which_everything_happened_once(bureau: Bureau) -> None:
    lives_through_everything(bureau)
    holds(bureau)


def test_a_plh_is_relieved_and_reinstated_while_who_is_away_has_filed_a_later_leave(bureau: Bureau) -> None:
    prepares(bureau)
    leave.leaves_to(bureau, "hendra", "maria", leave.MON, leave.TUE)
    later = leave.files(bureau, "hendra", leave.FRI, leave.FRI)
    relieves_in_chat(bureau, "maria", "kabag-p2l")
    holds(bureau)

    undoes(bureau, "maria", "kabag-p2l")
    holds(bureau)
    assert bureau.work(lambda records: leave.found(records, later).plh_id) is None, "nobody asked her about that one"


def test_a_plh_of_a_plh_is_relieved_and_reinstated_in_one_instant(bureau: Bureau) -> None:
    prepares(bureau)
    bureau.walks(bureau.begins("budi"), until=3)
    leave.leaves_to(bureau, "hendra", "maria", leave.MON, leave.TUE)
    leave.leaves_to(bureau, "maria", "siti", leave.MON, leave.TUE)
    holds(bureau)
    for name in ("siti", "maria"):
        relieves_in_chat(bureau, name, "kabag-p2l")
        holds(bureau)
        undoes(bureau, name, "kabag-p2l")
        holds(bureau)


def test_a_post_is_renamed_while_a_task_waits_above_it(bureau: Bureau) -> None:
    prepares(bureau)
    bureau.walks(bureau.begins("budi"), until=3)
    relieves_in_chat(bureau, "hendra", "kabag-p2l")
    works_by(bureau, [renamed(one, "kabag-p2l", "kabag-pdh") for one in bureau.rules.office.posts])
    holds(bureau)
    appoints(bureau, "andi", "kabag-pdh")
    assert bureau.holders(bureau.only_case()) == ["andi"]
    holds(bureau)


def test_a_post_that_several_hold_is_held_by_one_again(bureau: Bureau) -> None:
    prepares(bureau)
    bureau.walks(bureau.begins("budi"), until=3)
    posts = bureau.rules.office.posts
    works_by(bureau, [replace(one, several=one.several or one.code == "kabag-p2l") for one in posts])
    appoints(bureau, "andi", "kabag-p2l")
    assert bureau.holders(bureau.only_case()) == ["hendra", "andi"]
    works_by(bureau, posts)
    holds(bureau)
    relieves_in_chat(bureau, "andi", "kabag-p2l")
    holds(bureau)
    appoints(bureau, "rina", "kabag-p2l")
    assert bureau.holders(bureau.only_case()) == ["rina"]
    holds(bureau)


def test_a_post_leaves_the_office_file_while_its_task_is_open(bureau: Bureau) -> None:
    prepares(bureau)
    bureau.walks(bureau.begins("budi"), until=3)
    posts = bureau.rules.office.posts
    below = [replace(one, superior="kadiv") if one.superior == "kabag-p2l" else one for one in posts]
    works_by(bureau, [one for one in below if one.code != "kabag-p2l"])
    relieves_in_chat(bureau, "siti", "kadiv")
    holds(bureau)


def works_by(bureau: Bureau, posts: Sequence[PostSpec]) -> None:
    """Start again with other posts in the office file."""
    office = bureau.rules.office
    bureau.rules = replace(bureau.rules, office=replace(office, posts=tuple(posts), digest=f"{office.digest}'"))

    def adopt(records: Records) -> None:
        adopt_posts(records)
        rename_posts(records)
        tell_files(records)

    bureau.work(adopt)


def renamed(post: PostSpec, former: str, code: str) -> PostSpec:
    """Return a post as it is in an office file in which one has another code."""
    if post.code == former:
        return replace(post, code=code, formerly=former)
    return replace(post, superior=code) if post.superior == former else post


def appoints(bureau: Bureau, name: str, post: str) -> None:
    bureau.work(lambda records: appoint(records, leave.person(records, bureau, name), post))
