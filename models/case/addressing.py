"""To whom a copy of a decision may go: posts, and the people of a post that several hold.

An addressee is kept as a word: the code of a post, such as `kabag-tu`, or a person of a post, such as `kabag-tu@12`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from models.case.standing import Standing
from models.case.task import Task
from models.office.office import Office
from models.office.person import Person, includes, reachable, unique
from models.refusals.work import NoCopy

AT = "@"
"""What stands between the post and the person in the word for an addressee."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """A post that may get a copy, or one person of it. `people` are those who would get it now.

    `name` is the post's short name, or that of the person.
    """

    word: str
    name: str
    post: str
    people: tuple[Person, ...]


def offered(standing: Standing, task: Task, by: Person) -> list[Addressee]:
    """Return to whom `by` may send a copy of their decision, in the order of the office file.

    Those are left out who get it anyway: the next post, and those whom the SOP names. So is a post that nobody holds
    but `by` and reporters.
    """
    office = standing.office
    without = {by.id, *(person.id for person in standing.reporters)}
    passed_over = {_next_post(standing, task), *standing_posts(standing, task)}
    found: list[Addressee] = []
    for post in office.file.posts:
        own = office.own_holders(post.code)
        others = [person for person in own if person.id not in without]
        if post.code in passed_over or (own and not others):
            continue
        found.append(addressee(office, post.code))
        if len(own) > 1:
            found += [addressee(office, f"{post.code}{AT}{person.id}") for person in others]
    return found


def addressee(office: Office, word: str) -> Addressee:
    """Return who is meant by a word. A person who is away is replaced by their Plh.."""
    post, _, number = word.partition(AT)
    named = next((one for one in office.own_holders(post) if str(one.id) == number), None)
    if named is None:
        return Addressee(word, office.file.short_of(post), post, tuple(office.holders(post)))
    return Addressee(word, named.name, post, (office.stand_in(named.id, post) or named,))


def check_addressee(standing: Standing, task: Task, by: Person, word: str) -> Addressee:
    """Return who is meant by a word that `by` chooses.

    Raises `NoCopy`: for oneself, for a reporter, for a post that gets it anyway, and where nobody can be written to.
    """
    found = next((one for one in offered(standing, task, by) if one.word == word), None)
    if found is None:
        meant = addressee(standing.office, word)
        reports = any(includes(meant.people, person.id) for person in standing.reporters)
        why = "reporter" if reports else "anyway"
        raise NoCopy(meant.name, "self" if includes(meant.people, by.id) else why)
    if not reachable(found.people):
        raise NoCopy(found.name, "nobody")
    return found


def standing_posts(standing: Standing, task: Task) -> list[str]:
    """Return the posts to which the SOP sends a copy of what decides this step."""
    roles = standing.sop.step(task.step).copies
    return [standing.office.file.post_for_role(role).code for role in roles]


def receivers(standing: Standing, words: Iterable[str], *, without: Iterable[int]) -> list[tuple[str, Person | None]]:
    """Return who gets a copy, each person once, with the post; None where nobody of a post can be written to.

    The people with the numbers `without` get none.
    """
    got, found = set(without), list[tuple[str, Person | None]]()
    posts = {post.code for post in standing.office.file.posts}
    for word in dict.fromkeys(words):
        meant = addressee(standing.office, word)
        if meant.post not in posts:
            # The office file has lost it, or gave it another code, after it was named.
            continue
        people = reachable(unique(meant.people))
        if not people and (meant.post, None) not in found:
            found.append((meant.post, None))
        for person in people:
            if person.id not in got:
                got.add(person.id)
                found.append((meant.post, person))
    return found


def _next_post(standing: Standing, task: Task) -> str:
    following = standing.sop.after(standing.sop.step(task.step))
    return standing.office.post_of(following) if following is not None else ""
