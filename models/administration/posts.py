"""The posts that the record knows, kept in step with the office file."""

from models.office.tenure import Post
from models.repository.records import Records


def adopt_posts(records: Records) -> None:
    """Let each post of the office file be known under its present title; a post that left the file stays known."""
    for post in records.rules.office.posts:
        records.session.merge(Post(code=post.code, title=post.title, short=post.short))
    records.session.flush()
