"""What a sentence says of an absence: whose it is, on which days, at which posts, and who was asked."""

from collections.abc import Sequence

from models.office.absence import ALL_POSTS, Absence, Answer
from models.office.person import Person, unique
from models.repository.absences import own_posts, requests_of
from models.repository.records import Records


def missing(records: Records, absence: Absence) -> dict[str, object]:
    """Return what is told where nobody stands in: whose absence it is, and who was asked and has not answered."""
    waiting = awaited(records, absence)
    begun = "yes" if absence.begun_at is not None else "no"
    asked = ", ".join(one.name for one, _ in waiting)
    whose = about(records, absence, lacking(records, absence))
    return {**whose, "asked": asked, "begun": begun, "count": len(waiting)}


def awaited(records: Records, absence: Absence) -> list[tuple[Person, list[str]]]:
    """Return who was asked and has not answered, each once, with the posts."""
    waiting = [one for one in requests_of(records, absence) if one.answer is Answer.AWAITED]
    posts: dict[int, list[str]] = {}
    for one in waiting:
        posts.setdefault(one.person_id, []).extend(_meant(records, absence, one.post))
    return [(person, posts[person.id]) for person in unique(one.person for one in waiting)]


def _meant(records: Records, absence: Absence, post: str) -> list[str]:
    """Return the posts at which somebody would stand in by a request."""
    return [post] if post != ALL_POSTS else own(records, absence)


def own(records: Records, absence: Absence) -> list[str]:
    """Return the posts that the person holds themselves."""
    return own_posts(records.lock_office(), absence.person)


def lacking(records: Records, absence: Absence) -> list[str]:
    """Return the posts of the person at which nobody stands in."""
    return [post for post in own(records, absence) if absence.acts_at(post) is None]


def covered_by(records: Records, absence: Absence, plh: Person) -> list[str]:
    """Return the posts of the person at which `plh` stands in."""
    acting = {post: absence.acts_at(post) for post in own(records, absence)}
    return [post for post, one in acting.items() if one is not None and one.id == plh.id]


def days_of(absence: Absence) -> list[str | None]:
    """Return the days of an absence as a notice keeps them: the first and the last, None for an open end."""
    return [absence.first.isoformat(), absence.last.isoformat() if absence.last is not None else None]


def about(records: Records, absence: Absence, posts: Sequence[str]) -> dict[str, object]:
    """Return whose absence it is, the posts for which somebody stands in, and the days, as a notice keeps them."""
    return {"name": absence.person.name, "posts": named(records, posts), "days": days_of(absence)}


def named(records: Records, posts: Sequence[str]) -> str:
    """Return the short names of posts, in the order of the office file."""
    return ", ".join(post.short for post in records.rules.office.posts if post.code in posts)
