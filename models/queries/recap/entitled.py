"""Whose monthly list a person may see: their own, and those of the people in the posts below theirs."""

from collections.abc import Iterator

from models.office.office import Office
from models.office.person import Person, includes, unique


def may_see(office: Office, viewer: Person, person: Person) -> bool:
    """Whether `viewer` may see what `person` handled: it is their own, or they act in a post above one of theirs."""
    return viewer.id == person.id or any(_stands_above(office, viewer, post) for post in office.posts_of(person))


def below(office: Office, viewer: Person) -> list[Person]:
    """Return who holds a post that handles, below a post in which `viewer` acts; also who is away."""
    posts = [post for post in _handling(office) if _stands_above(office, viewer, post)]
    held = unique(person for post in posts for person in office.own_holders(post))
    return [person for person in held if person.id != viewer.id]


def handles(office: Office, person: Person) -> bool:
    """Whether a person holds a post that handles, away or not."""
    return any(includes(office.own_holders(post), person.id) for post in _handling(office))


def right_to_recap(office: Office, viewer: Person) -> bool:
    """Whether `/rekap` has something to offer to a person: they hold a post that handles, or one above it."""
    own = set(office.posts_of(viewer))
    return any(post in own or _stands_above(office, viewer, post) for post in _handling(office))


def _handling(office: Office) -> Iterator[str]:
    """Go through the posts that carry out a step in which the work is done, in any SOP that is loaded."""
    found = (office.post_of(step) for sop in office.sops.values() for step in sop.steps if step.kind.rules.handles)
    yield from dict.fromkeys(found)


def _stands_above(office: Office, viewer: Person, post: str) -> bool:
    if not any(known.code == post for known in office.file.posts):
        return False
    return any(includes(office.holders(above), viewer.id) for above in office.above(post))
