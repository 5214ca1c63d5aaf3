"""Posts, the people who hold them, and who may act for a post."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from models.office.person import Person, includes, unique
from models.office.seating import Chair, Need, Seat, seat_of
from models.office.tenure import Capacity, Tenure
from models.rules.office_file import OfficeFile
from models.rules.rules import Rules
from models.rules.sop import Sop, Step

_ORDER = tuple(Capacity)


@dataclass(frozen=True, slots=True)
class Office:
    """The office during one piece of work: its rules, the tenures that may matter, and a way to find the admins.

    `away` are the numbers of the persons who are away now, with a Plh. or without. `entries` counts the entries of the
    office's journal that tell of this office: what is decided names it, to be held against who held which post then.
    """

    rules: Rules
    tenures: tuple[Tenure, ...]
    find_admins: Callable[[], Iterable[Person]]
    away: frozenset[int] = frozenset()
    entries: int = 0
    _by_post: dict[str, list[Tenure]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def admins(self) -> tuple[Person, ...]:
        """The admins; looked up when asked for, which most work does not."""
        return tuple(self.find_admins())

    def administers(self, person: Person) -> bool:
        """Whether `person` is an admin now; the row of a person who was one when it was read is not trusted."""
        return person.is_admin and includes(self.admins, person.id)

    @property
    def file(self) -> OfficeFile:
        """The office as its file has it: posts, ladder, limits; and the calendar in force."""
        return self.rules.office

    @property
    def sops(self) -> Mapping[str, Sop]:
        """The SOPs loaded from file, by code."""
        return self.rules.sops

    def tenures_of(self, post: str) -> list[Tenure]:
        """Return who may act for `post`, the definitive holder first."""
        if not self._by_post:
            # Asked for many times in one piece of work, for several posts each.
            for tenure in sorted(self.tenures, key=lambda one: (_ORDER.index(Capacity(one.capacity)), one.id or 0)):
                self._by_post.setdefault(tenure.post, []).append(tenure)
        return [tenure for tenure in self._by_post.get(post, ()) if tenure.lasts]

    def own_holders(self, post: str) -> list[Person]:
        """Return the persons who hold `post` themselves, whether or not they are away, each once."""
        return unique(tenure.person for tenure in self.tenures_of(post) if tenure.stands_for_id is None)

    def ended_by_appointing(self, post: str, *, replaces: int | None = None) -> list[Tenure]:
        """Return the tenures in `post` that end as soon as somebody holds it definitively.

        Those are the earlier holder's where a post has one at a time, of several holders that of the person whose
        number is `replaces`, and always a Plt.'s, who acts while the post is vacant.
        """
        several = self.file.post(post).several
        return [
            tenure
            for tenure in self.tenures_of(post)
            if tenure.capacity is Capacity.PLT
            or (tenure.capacity is Capacity.DEFINITIVE and (not several or tenure.person_id == replaces))
        ]

    def holders(self, post: str) -> list[Person]:
        """Return the persons who may act for `post`, each once: its own holders, or the Plh. of one who is away."""
        there = self.tenures_of(post)
        own = unique(tenure.person for tenure in there if tenure.stands_for_id is None)
        if all(tenure.stands_for_id is None for tenure in there):
            # Mostly nobody is away; it is asked for scores of posts in each piece of work.
            return own
        return unique(self.stand_in(person.id, post) or person for person in own)

    def stand_in(self, person_id: int | None, post: str) -> Person | None:
        """Return the Plh. who acts in `post` for this holder now, None where the holder acts.

        A Plh. who is away has a Plh. too; then the last of them acts who has a Telegram account. Where none has one,
        the holder acts: nobody else could.
        """
        named: dict[int | None, Person] = {
            one.stands_for_id: one.person for one in self.tenures_of(post) if one.stands_for_id is not None
        }
        found, passed = None, {person_id}
        following = named.get(person_id)
        while following is not None and following.id not in passed:
            found = following if following.account_id is not None else found
            passed.add(following.id)
            following = named.get(following.id)
        return found

    def holding(self, post: str, *, mandate: bool) -> list[Person]:
        """Return the persons to whom a task of `post` falls that nobody was given, without `mandate` no Plh."""
        return self.holders(post) if mandate else self.own_holders(post)

    def among(self, holding: list[Person], post: str, assignee_id: int | None, *, mandate: bool) -> list[Person]:
        """Return those `holding` the post who decide a task that was given to this person: see `Task.deciders`."""
        stands_in = self.stand_in(assignee_id, post) if mandate else None
        given_to = stands_in.id if stands_in is not None else assignee_id
        own = [person for person in holding if person.id == given_to]
        if any(person.account_id is None for person in own):
            return [person for person in holding if person.account_id is not None] or own
        return own or holding

    def tenure(self, person: Person, post: str, *, given_to: int | None = None) -> Tenure | None:
        """Return the tenure by which `person` may act for `post`, or None.

        `given_to` is the person to whom a task was given. The person who stands in for them acts as their Plh., also
        where that person holds the post too.
        """
        own = [tenure for tenure in self.tenures_of(post) if tenure.person.id == person.id]
        standing = self.stand_in(given_to, post)
        if standing is not None and standing.id == person.id:
            own.sort(key=lambda tenure: tenure.stands_for_id is None)
        return own[0] if own else None

    def posts_of(self, person: Person) -> list[str]:
        """Return the codes of the posts that `person` holds."""
        return list(dict.fromkeys(t.post for t in self.tenures if t.person.id == person.id and t.lasts))

    def post_of(self, step: Step) -> str:
        """Return the code of the post that carries out `step`."""
        return self.file.post_for_role(step.role).code

    def superiors(self, post: str) -> list[Person]:
        """Return the holders of the nearest superior post that anybody holds; none above the head of the office."""
        superior = self.file.post(post).superior
        while superior is not None:
            if holders := self.holders(superior):
                return holders
            superior = self.file.post(superior).superior
        return []

    def heads(self) -> list[Person]:
        """Return the persons who act for the posts that have no superior; where nobody does, for the deputy's post."""
        top = [post.code for post in self.file.posts if post.superior is None]
        found = unique(person for post in top for person in self.holders(post))
        if found or self.file.deputy is None:
            return found
        return self.holders(self.file.deputy)

    def above(self, post: str) -> list[str]:
        """Return the posts above `post`, the nearest first."""
        found: list[str] = []
        superior = self.file.post(post).superior
        while superior is not None and superior not in found:
            found.append(superior)
            superior = self.file.post(superior).superior
        return found

    def acting(self, post: str) -> list[Person]:
        """Return those who act in `post` now and can be reached: of a holder who is away the Plh., if there is one."""
        return [person for person in self.holders(post) if person.hears and person.id not in self.away]

    def seat(self, post: str, need: Need) -> Seat:
        """Return where a task of `post` with this `need` is decided now: there, or by the next authority up."""
        return seat_of(self._line(post), need, deputy=self._deputy, admins=lambda: (one.id for one in self.able_admins))

    def chair(self, post: str) -> Chair:
        """Return who sits at a post now."""
        own = frozenset(person.id for person in self.own_holders(post))
        acting = frozenset(person.id for person in self.holders(post))
        able = frozenset(person.id for person in self.acting(post))
        return Chair(post, own=own, away=(own | acting) & self.away, acting=acting, able=able)

    def _line(self, post: str) -> Iterator[Chair]:
        """Go from the chair of `post` up the line; a post that left the office file has nobody above."""
        yield self.chair(post)
        if any(known.code == post for known in self.file.posts):
            yield from (self.chair(superior) for superior in self.above(post))

    def _deputy(self) -> Chair | None:
        return self.chair(self.file.deputy) if self.file.deputy is not None else None

    @property
    def able_admins(self) -> list[Person]:
        """The admins who can be reached and are not away."""
        return [admin for admin in self.admins if admin.hears and admin.id not in self.away]

    def desks_of(self, person: Person) -> list[str]:
        """Return the posts at which open tasks may wait for `person`: their own, and for an admin those nobody acts in.

        What is left to the admins waits at a post in which nobody can be reached.
        """
        empty = [post.code for post in self.file.posts if not self.acting(post.code)] if person.is_admin else []
        return list(dict.fromkeys([*self.posts_of(person), *empty]))

    def told_above(self, post: str, *, besides: Iterable[Person]) -> list[Person]:
        """Return who hears, above `post`, what is held up there by the people `besides`: at last the admins.

        Those are the persons who act in the nearest post above where one of them can be reached and is not `besides`.
        """
        late = {person.id for person in besides}
        for superior in self.above(post):
            if found := [person for person in self.acting(superior) if person.id not in late]:
                return found
        return [admin for admin in self.able_admins if admin.id not in late]

    def overseeing(self, post: str) -> list[Person]:
        """Return the superiors of `post`, all the way up, the nearest first: they may look at what lies there."""
        return unique(person for superior in self.above(post) for person in self.holders(superior))

    def watchers(self) -> list[Person]:
        """Return the persons who keep the SOP and are told when it is not kept."""
        return unique(person for post in self.file.watchers for person in self.holders(post))
