"""The pages of one post and of one person in `/kelola`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.screens.paging import LABEL, Listed, Page, in_pairs, paged
from handlers.screens.registration import grouped
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.office.person import Obstacle
from models.office.tenure import Capacity

_TITLE = 70
_NAME, _RANK = 44, 34

_HELD = 3
"""Tenures of one person that their page names."""


@dataclass(frozen=True, slots=True)
class TenureLine:
    """A tenure: its number, whose it is, in which capacity, and the name of the person whose Plh. they are, or ""."""

    number: int
    person_id: int
    name: str
    capacity: Capacity
    stands_for: str = ""


@dataclass(frozen=True, slots=True)
class EndedLine:
    """A tenure that was ended a moment ago and can be given back until an instant."""

    number: int
    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class PostView:
    """One post: a page of the tenures in it, what was ended a moment ago, and how many `invites` for it are open."""

    code: str
    title: str
    short: str
    several: bool
    tenures: Sequence[TenureLine]
    page: Page
    ended: Sequence[EndedLine]
    now: datetime
    invites: int = 0

    @property
    def vacant(self) -> bool:
        """Whether nobody holds the post."""
        return self.page.total == 0


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person. `tenures` are theirs, each with the short name of its post.

    `bound` is whether they have a Telegram account, `own` whether they are the reader. `last_admin` is whether no other
    admin has an account, `restricted` whether what is shown of their words is restricted.
    """

    person_id: int
    name: str
    nip: str
    unit: str
    rank: str
    tenures: Sequence[tuple[TenureLine, str]]
    admin: bool
    last_admin: bool
    bound: bool
    own: bool
    since: datetime | None
    obstacle: Obstacle
    now: datetime
    restricted: bool = False


def post(view: PostView, say: Say) -> Screen:
    """Return one post with the people in it, and what an admin can do there."""

    def listed(room: int) -> list[Listed]:
        return [Listed(_tenure(one, say, room), _ending(one, say)) for one in view.tenures]

    heading = say("post-vacant" if view.vacant else "post", post=shortened(view.title, _TITLE))
    for one in view.ended[:1]:
        until = say.time.moment(one.until, now=view.now)
        heading += Markup("\n") + say("post-ended", name=shortened(one.name, LABEL), until=until)
    return paged(heading, listed, view.page, say, more=tuple(_post_rows(view, say)))


def choosing_replaced(view: PostView, say: Say) -> Screen:
    """Return the choice of whom of several holders an invite replaces, if anybody."""

    def listed(room: int) -> list[Listed]:
        return [Listed(_tenure(one, say, room), _replacing(one, say)) for one in view.tenures]

    adding = (Button(say.plain("button-replace-nobody"), Touch.REPLACE, "0"),)
    heading = say("inviting-choose", post=shortened(view.short, _TITLE))
    return paged(heading, listed, view.page, say, more=(adding, _to_the_post(view, say)))


def inviting(view: PostView, say: Say, *, replaces: str) -> Screen:
    """Return what an invite for a post is for. `replaces` names whose time it ends, "" where it ends nobody's."""
    back = _to_the_post(view, say)
    code = "inviting-replaces" if replaces else "inviting-adds"
    text = say(code, post=shortened(view.title, _TITLE), name=shortened(replaces, _TITLE))
    anybody = Button(say.plain("button-invite-anybody"), Touch.INVITE, view.code)
    named = Button(say.plain("button-invite-nip"), Touch.WRITE, "invite")
    return Screen(text, rows=((anybody,), (named,), back))


def _to_the_post(view: PostView, say: Say) -> tuple[Button, ...]:
    return (Button(say.plain("button-back"), Touch.OPEN_POST, view.code),)


def person(view: PersonView, say: Say) -> Screen:
    """Return one person: who they are, what they hold, and what an admin can do about it."""
    text = [say("person", name=view.name, nip=grouped(view.nip), unit=shortened(view.unit, _NAME) or "–")]
    if view.rank:
        text.append(say("person-rank", rank=shortened(view.rank, _RANK)))
    held = [
        say.plain(f"capacity-{one.capacity.value}", post=shortened(short, LABEL)) for one, short in view.tenures[:_HELD]
    ]
    text += [say("person-tenure", post=one) for one in held]
    if len(view.tenures) > _HELD:
        text.append(say("administration-more", count=len(view.tenures) - _HELD))
    if view.admin:
        text.append(say("person-admin"))
    if view.restricted:
        text.append(say("person-restricted"))
    if not view.bound:
        text.append(say("person-unbound"))
    elif view.since is not None:
        since = say.time.moment(view.since, now=view.now)
        text.append(say("person-unreachable-since", since=since, why=view.obstacle.value))
    return Screen(Markup("\n").join(text), rows=tuple(_person_rows(view, say)))


def unbinding(view: PersonView, say: Say, *, waiting: int) -> Screen:
    """Return what will happen if the account is taken from a person, with the button that does it."""
    kind = "own" if view.own else "admin" if view.admin else "other"
    text = say("unbinding", name=view.name, kind=kind, count=waiting)
    yes = Button(say.plain("button-unbind-now"), Touch.UNBIND, str(view.person_id), Style.RED)
    return Screen(text, rows=((yes,), (Button(say.plain("button-back"), Touch.OPEN_PERSON, str(view.person_id)),)))


def restricting(view: PersonView, say: Say) -> Screen:
    """Return what a restriction of a person's data means, or its end, with the button that does it."""
    text = say("restricting", name=view.name, restricted="yes" if view.restricted else "no")
    if view.own:
        text += Markup("\n") + say("restricting-own")
    code, touch = "button-restrict-now", Touch.RESTRICT
    if view.restricted:
        code, touch = "button-lift-restriction-now", Touch.LIFT_RESTRICTION
    back = Button(say.plain("button-back"), Touch.OPEN_PERSON, str(view.person_id))
    return Screen(text, rows=((Button(say.plain(code), touch, str(view.person_id)),), (back,)))


def naming_plh(name: str, person_id: int, posts: Sequence[tuple[str, str]], say: Say) -> Screen:
    """Return the choice of the post at which somebody is to stand in: `posts` by code and short name, or all."""
    text = say("naming-plh", name=shortened(name, _TITLE))
    everywhere = Button(say.plain("button-plh-everywhere"), Touch.NAME_PLH_AT)
    apart = [Button(say.plain("button-plh-at", post=_label(short)), Touch.NAME_PLH_AT, code) for code, short in posts]
    back = Button(say.plain("button-back"), Touch.OPEN_PERSON, str(person_id))
    return Screen(text, rows=((everywhere,), *in_pairs(apart), (back,)))


def _post_rows(view: PostView, say: Say) -> Iterator[tuple[Button, ...]]:
    undoing = [
        Button(say.plain("button-undo-relief", name=_label(one.name)), Touch.UNDO_RELIEF, str(one.number), Style.GREEN)
        for one in view.ended[:1]
    ]
    invite = "button-invite" if view.vacant or view.several else "button-invite-successor"
    row = [Button(say.plain(invite, post=_label(view.short)), Touch.INVITING, view.code)]
    if view.vacant:
        row.append(Button(say.plain("button-name-plt"), Touch.WRITE, "plt"))
    yield from in_pairs([*undoing, *row])
    if view.invites:
        yield (Button(say.plain("button-open-invites", count=view.invites), Touch.OPEN_INVITES, view.code),)
    yield (Button(say.plain("button-back"), Touch.OPEN_LIST, "posts"),)


def _person_rows(view: PersonView, say: Say) -> Iterator[tuple[Button, ...]]:
    yield from in_pairs(
        [
            Button(say.plain("button-relieve-of", name=_label(short)), Touch.RELIEVE_OF, str(one.number), Style.RED)
            for one, short in view.tenures[:_HELD]
        ]
    )
    code = "button-lift-restriction" if view.restricted else "button-restrict"
    rights = [Button(say.plain(code), Touch.RESTRICTING, str(view.person_id))]
    if any(not one.stands_for for one, _ in view.tenures):
        rights.insert(0, _plh_of(view, say))
    written = [
        Button(say.plain("button-write-unit"), Touch.WRITE, "unit"),
        Button(say.plain("button-write-rank"), Touch.WRITE, "rank"),
    ]
    if view.bound and view.since is not None:
        written.append(Button(say.plain("button-try-person-again"), Touch.TRY_AGAIN, str(view.person_id)))
    taken = []
    if not view.bound:
        taken.append(Button(say.plain("button-invite-back"), Touch.INVITE_BACK, str(view.person_id), Style.GREEN))
    if view.bound and not (view.admin and view.last_admin):
        taken.append(Button(say.plain("button-lost-phone"), Touch.UNBINDING, str(view.person_id), Style.RED))
    if view.admin and not view.last_admin:
        code = "button-resign-admin" if view.own else "button-dismiss-admin"
        taken.append(Button(say.plain(code), Touch.DISMISS_ADMIN, str(view.person_id), Style.RED))
    elif view.bound and not view.admin:
        taken.append(Button(say.plain("button-make-admin"), Touch.MAKE_ADMIN, str(view.person_id)))
    yield from (tuple(row) for row in (rights, written, taken) if row)
    yield (Button(say.plain("button-back"), Touch.OPEN_LIST, "people"),)


def _plh_of(view: PersonView, say: Say) -> Button:
    """Return what asks for a Plh.; of several posts it asks first for which."""
    label = say.plain("button-name-plh")
    if sum(not one.stands_for for one, _ in view.tenures) > 1:
        return Button(label, Touch.NAMING_PLH, str(view.person_id))
    return Button(label, Touch.WRITE, "plh")


def _tenure(line: TenureLine, say: Say, room: int) -> Markup:
    name = shortened(line.name, room)
    if line.stands_for:
        return say("tenure-stands-in", name=name, away=shortened(line.stands_for, room))
    return say(f"tenure-{line.capacity.value}", name=name)


def _ending(line: TenureLine, say: Say) -> Button:
    return Button(say.plain("button-relieve-of", name=_label(line.name)), Touch.RELIEVE_OF, str(line.number), Style.RED)


def _replacing(line: TenureLine, say: Say) -> Button:
    return Button(say.plain("button-replace", name=_label(line.name)), Touch.REPLACE, str(line.person_id))


def _label(name: str) -> str:
    return shortened(name, LABEL)
