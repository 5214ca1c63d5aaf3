"""The posts that the record knows follow the office file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from models.administration.posts import adopt_posts, rename_posts
from models.office.seating import Because
from models.office.tenure import Post
from models.upkeep.indexing import index_more
from tests.models.case.test_empty_chairs import appoints, at_step, holds, relieves, sits

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau


def test_a_post_gets_its_new_title_and_one_that_left_the_file_stays_known(bureau: Bureau) -> None:
    office = bureau.rules.office
    gone, *others = office.posts
    renamed = [replace(post, title=f"{post.title} Baru") for post in others]
    bureau.rules = replace(bureau.rules, office=replace(office, posts=tuple(renamed)))
    bureau.work(adopt_posts)

    def titles(records: Records) -> dict[str, str]:
        return {post.code: post.title for post in records.session.scalars(select(Post))}

    assert bureau.work(titles) == {gone.code: gone.title} | {post.code: post.title for post in renamed}


def test_what_went_up_from_a_post_goes_along_when_the_post_is_renamed(bureau: Bureau) -> None:
    decided = at_step(bureau, 3)
    relieves(bureau, "hendra", "kabag-p2l")
    waiting = at_step(bureau, 3)
    bureau["siti"].forwards(decided)
    office = bureau.rules.office
    posts = [
        replace(
            post,
            code="kabag-umum" if post.code == "kabag-p2l" else post.code,
            formerly="kabag-p2l" if post.code == "kabag-p2l" else None,
            superior="kabag-umum" if post.superior == "kabag-p2l" else post.superior,
        )
        for post in office.posts
    ]
    bureau.rules = replace(bureau.rules, office=replace(office, posts=tuple(posts)))
    bureau.work(adopt_posts)
    bureau.work(rename_posts)
    assert sits(bureau, waiting) == ("kadiv", "kabag-umum", Because.VACANT)
    appoints(bureau, "hendra", "kabag-umum")
    assert sits(bureau, waiting) == ("kabag-umum", None, None)
    assert holds(bureau)
    bureau.work(index_more)
    assert holds(bureau), "the index names the post by its new code"
