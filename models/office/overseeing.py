"""Who looks over the office: its head, those who keep the SOP, the admins; and superiors, over the posts below them."""

from dataclasses import dataclass
from datetime import datetime

from models.office.office import Office
from models.office.person import Person, includes
from models.office.tenure import Tenure


@dataclass(frozen=True, slots=True)
class Scope:
    """Over which posts a person looks: over all of them with `everything`, else over `posts`, by their codes."""

    posts: frozenset[str]
    everything: bool = False


def oversees_everything(office: Office, person: Person) -> bool:
    """Whether `person` looks over the whole office: as its head, as one who keeps the SOP, or as an admin."""
    return office.administers(person) or includes((*office.watchers(), *office.heads()), person.id)


def posts_below(office: Office, person: Person) -> frozenset[str]:
    """Return the posts that have one above them, however far, in which `person` acts: those of `Office.overseeing`."""
    superiors = {post.code: post.superior for post in office.file.posts}
    mine = {post for post in office.posts_of(person) if includes(office.holders(post), person.id)}

    def is_below(post: str) -> bool:
        passed, superior = {post}, superiors[post]
        while superior is not None and superior not in passed:
            if superior in mine:
                return True
            passed.add(superior)
            superior = superiors[superior]
        return False

    return frozenset(filter(is_below, superiors)) if mine else frozenset()


def scope_of(office: Office, person: Person) -> Scope | None:
    """Return over which posts `person` looks; None for somebody who looks over none."""
    if oversees_everything(office, person):
        return Scope(frozenset(post.code for post in office.file.posts), everything=True)
    below = posts_below(office, person)
    return Scope(below) if below else None


def tenure_over(office: Office, person: Person, post: str, *, at: datetime) -> Tenure | None:
    """Return the tenure by which `person` looks over what lies at `post`; None where they do not.

    That is the nearest post above that they act in, then one that heads the office or keeps the SOP. An admin who has
    none of these acts as an admin.
    """
    tops = [one.code for one in office.file.posts if one.superior is None]
    overseeing = [*office.above(post), *tops, *office.file.watchers]
    if office.file.deputy is not None and includes(office.heads(), person.id):
        overseeing.append(office.file.deputy)
    for code in overseeing:
        tenure = office.tenure(person, code) if includes(office.holders(code), person.id) else None
        if tenure is not None:
            return tenure
    return Tenure.of_admin(person, post, at=at) if office.administers(person) else None
