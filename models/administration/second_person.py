"""When an admin needs a second person's tap to name a Plh. or a Plt., and whose word counts for that. Pure."""

from models.office.office import Office
from models.office.person import Person, includes, reachable, unique
from models.office.tenure import Capacity


def plh_needs_second(office: Office, away: Person, plh: Person, *, by: Person) -> bool:
    """Whether `by` may not name `plh` alone to stand in for `away`.

    Nobody names themselves. A person who stands in for the head of the office, or for another admin, has power over the
    admins: where another admin has an account, that admin agrees.
    """
    if plh.id == by.id:
        return True
    above = includes(own_heads(office), away.id) or (includes(office.admins, away.id) and away.id != by.id)
    return above and _another(office, plh, by=by)


def plt_needs_second(office: Office, post: str, plt: Person, *, by: Person) -> bool:
    """Whether `by` may not name `plt` alone to act for a vacant post: themselves, or for the head of the office."""
    if plt.id == by.id:
        return True
    return post in _top(office) and _another(office, plt, by=by)


def own_heads(office: Office) -> list[Person]:
    """Return who heads the office by their own post: no Plh. and no Plt., whom an admin may have named.

    Where nobody does, it is who holds the deputy's post so.
    """
    heads = unique(person for post in _top(office) for person in definitive(office, post))
    if heads or office.file.deputy is None:
        return heads
    return definitive(office, office.file.deputy)


def own_superiors(office: Office, post: str) -> list[Person]:
    """Return who holds the nearest superior post that somebody holds definitively: no Plh. and no Plt. of it."""
    above = (definitive(office, superior) for superior in office.above(post))
    return next((found for found in above if found), [])


def definitive(office: Office, post: str) -> list[Person]:
    """Return who holds a post definitively, whether or not they are away."""
    return unique(one.person for one in office.tenures_of(post) if one.capacity is Capacity.DEFINITIVE)


def _top(office: Office) -> list[str]:
    return [post.code for post in office.file.posts if post.superior is None]


def _another(office: Office, person: Person, *, by: Person) -> bool:
    """Whether there is an admin who could agree beside the two."""
    return any(one.id not in {by.id, person.id} for one in reachable(office.admins))
