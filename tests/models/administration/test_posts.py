"""The posts that the record knows follow the office file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from models.administration.posts import adopt_posts
from models.office.tenure import Post

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
