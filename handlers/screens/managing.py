"""`/kelola`: the office at a glance, and its lists."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.screens import phone
from handlers.screens.paging import LABEL, ROOMS, Listed, Page, paged
from handlers.screens.registration import grouped
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.office.person import Obstacle

GLANCED = 2
"""Candidates that the first page names; of the people who cannot be reached it names one."""

UNREACHED = 4
"""People on one page of those who cannot be reached: of each there is much to say."""

_TITLE = 120


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A candidate in a list: the Telegram account that waits, and the name that the candidate gave."""

    account_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Unreached:
    """A person to whom the bot cannot write, since when, why, how much waits for them, and when it was last tried.

    `trying` is whether a message is on its way that tries it.
    """

    person_id: int
    name: str
    since: datetime
    obstacle: Obstacle
    waiting: int
    tried_at: datetime | None
    trying: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """The office at a glance. The lists hold the first few, beside how many there are."""

    office: str
    candidates: Sequence[CandidateLine]
    candidate_count: int
    unreached: Sequence[Unreached]
    unreached_count: int
    posts: int
    vacant: int
    people: int
    expected: int
    admins: int
    now: datetime
    invites: int = 0


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post and the names of its holders; a post without holders is vacant."""

    code: str
    title: str
    short: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a list, with the short names of their posts, and whether they are an admin."""

    person_id: int
    name: str
    posts: tuple[str, ...]
    unit: str = ""
    admin: bool = False


@dataclass(frozen=True, slots=True)
class ExpectedLine:
    """Somebody on the office's list who has not registered."""

    nip: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class PeopleView:
    """A page of people, of all or of those whom `searched` words fit."""

    lines: Sequence[PersonLine]
    page: Page
    searched: str


@dataclass(frozen=True, slots=True)
class ExpectedView:
    """A page of the office's list, of all or of those whom `searched` words fit."""

    lines: Sequence[ExpectedLine]
    page: Page
    searched: str


def glance(view: Glance, say: Say) -> Screen:
    """Return the first page: what waits for an admin, and the way to each list."""
    rows = tuple(_glance_rows(view, say))
    counts = {"posts": view.posts, "vacant": view.vacant, "people": view.people, "admins": view.admins}

    def drawn(room: int) -> Screen:
        lines = [say("administration", office=shortened(view.office, 2 * room))]
        if view.candidate_count:
            lines.append(say("administration-candidates"))
            lines += [say("administration-line", name=shortened(one.name, room)) for one in view.candidates]
        if view.unreached_count:
            lines.append(say("administration-unreachable"))
            lines += [_unreached(one, say, room, now=view.now) for one in view.unreached]
        lines.append(say("administration-counts", **counts, expected=view.expected))
        return Screen(Markup("\n").join(lines), rows=rows)

    return phone.roomiest(ROOMS, drawn, phone.fits)[1]


def posts(lines: Sequence[PostLine], page: Page, say: Say, *, searched: str) -> Screen:
    """Return a page of the posts with their holders."""

    def listed(room: int) -> list[Listed]:
        return [Listed(_post(one, say, room), Button(_label(one.short), Touch.OPEN_POST, one.code)) for one in lines]

    heading = _heading("posts", searched, page, say)
    return paged(heading, listed, page, say, more=_list_rows("posts", page, searched, say))


def people(view: PeopleView, say: Say) -> Screen:
    """Return a page of the people."""

    def listed(room: int) -> list[Listed]:
        return [Listed(_person(one, say, room), _opening(one)) for one in view.lines]

    heading = _heading("people", view.searched, view.page, say)
    return paged(heading, listed, view.page, say, more=_list_rows("people", view.page, view.searched, say))


def admins(lines: Sequence[PersonLine], page: Page, say: Say) -> Screen:
    """Return a page of the admins, and how somebody becomes one."""

    def listed(room: int) -> list[Listed]:
        return [Listed(_person(one, say, room), _opening(one)) for one in lines]

    more = ((Button(say.plain("button-people"), Touch.OPEN_LIST, "people"),), _home(say))
    return paged(_heading("admins", "", page, say), listed, page, say, more=more, foot=say("admins-how"))


def expected(view: ExpectedView, say: Say) -> Screen:
    """Return a page of the people whom the office expects."""

    def listed(room: int) -> list[Listed]:
        return [
            Listed(_expected(one, say, room), Button(_label(one.name or one.nip), Touch.OPEN_EXPECTED, one.nip))
            for one in view.lines
        ]

    add = (Button(say.plain("button-expect"), Touch.WRITE, "expect"),)
    more = (add, *_list_rows("expected", view.page, view.searched, say))
    return paged(_heading("expected", view.searched, view.page, say), listed, view.page, say, more=more)


def expected_one(line: ExpectedLine | None, say: Say) -> Screen:
    """Return one expected person, whom an admin may take off the list; None for somebody who is not on it any more."""
    back = (Button(say.plain("button-back"), Touch.OPEN_LIST, "expected"),)
    if line is None:
        return Screen(say("expected-gone"), rows=(back,))
    text = say("expected-one", name=line.name or "–", nip=grouped(line.nip), unit=shortened(line.unit, _TITLE) or "–")
    return Screen(text, rows=((Button(say.plain("button-forget"), Touch.FORGET, line.nip, Style.RED),), back))


def candidates(lines: Sequence[CandidateLine], page: Page, say: Say) -> Screen:
    """Return a page of the candidates who wait for an admin."""

    def listed(room: int) -> list[Listed]:
        return [Listed(say("administration-line", name=shortened(one.name, room)), _look_at(one, say)) for one in lines]

    return paged(_heading("candidates", "", page, say), listed, page, say, more=(_home(say),))


def unreached(lines: Sequence[Unreached], page: Page, say: Say, *, now: datetime) -> Screen:
    """Return a page of the people to whom the bot cannot write, each with a button that tries again."""

    def listed(room: int) -> list[Listed]:
        return [Listed(_unreached(one, say, room, now=now), _trying(one, say)) for one in lines]

    foot = say("unreached-how") if lines else None
    return paged(_heading("unreached", "", page, say), listed, page, say, more=(_home(say),), foot=foot)


def asking(part: str, say: Say, *, about: str, back: Button) -> Screen:
    """Return the page that asks for words; `part` says for what, `about` names the person or the post."""
    return Screen(say(f"write-{part}", name=shortened(about, _TITLE)), rows=((back,),))


def _glance_rows(view: Glance, say: Say) -> Iterator[tuple[Button, ...]]:
    yield from ((_look_at(one, say),) for one in view.candidates)
    if view.candidate_count > len(view.candidates):
        yield (Button(say.plain("button-candidates", count=view.candidate_count), Touch.OPEN_LIST, "candidates"),)
    yield (
        Button(say.plain("button-posts"), Touch.OPEN_LIST, "posts"),
        Button(say.plain("button-people"), Touch.OPEN_LIST, "people"),
        Button(say.plain("button-admins"), Touch.OPEN_LIST, "admins"),
    )
    coming = [Button(say.plain("button-expected"), Touch.OPEN_LIST, "expected")]
    if view.invites:
        coming.append(Button(say.plain("button-open-invites", count=view.invites), Touch.OPEN_INVITES))
    yield tuple(coming)
    if view.unreached_count:
        yield (Button(say.plain("button-unreached", count=view.unreached_count), Touch.OPEN_LIST, "unreached"),)
    yield (Button(say.plain("button-absences"), Touch.ABSENCES),)
    yield (Button(say.plain("button-invite-office"), Touch.INVITE),)


def _list_rows(face: str, page: Page, searched: str, say: Say) -> tuple[tuple[Button, ...], ...]:
    """Return the rows below a list that can be searched: where it is long, and the way back."""
    search = Button(say.plain("button-search"), Touch.WRITE, f"search-{face}")
    if searched:
        return ((search, Button(say.plain("button-show-all"), Touch.OPEN_LIST, face)), _home(say))
    return ((search,), _home(say)) if page.pages > 1 else (_home(say),)


def _heading(face: str, searched: str, page: Page, say: Say) -> Markup:
    heading = say(f"list-of-{face}", count=page.total)
    if not searched:
        return heading
    return heading + Markup("\n") + say("list-searched", words=shortened(searched, LABEL), count=page.total)


def _home(say: Say) -> tuple[Button, ...]:
    return (Button(say.plain("button-back"), Touch.OPEN_LIST, "main"),)


def _post(line: PostLine, say: Say, room: int) -> Markup:
    title = shortened(line.title, room)
    if not line.holders:
        return say("administration-vacant", post=title)
    return say("administration-post", post=title, holders=shortened(say.time.join(list(line.holders)), 2 * room))


def _person(line: PersonLine, say: Say, room: int) -> Markup:
    said = [*line.posts, *([line.unit] if line.unit and not line.posts else [])]
    name, role = shortened(line.name, room), shortened(", ".join(said), room)
    return say("people-line", name=name, said=role or "none", admin="yes" if line.admin else "no")


def _expected(line: ExpectedLine, say: Say, room: int) -> Markup:
    name, unit = shortened(line.name or line.nip, room), shortened(line.unit, room)
    return say("expected-line", name=name, unit=unit or "none")


def _unreached(line: Unreached, say: Say, room: int, *, now: datetime) -> Markup:
    since = say.time.moment(line.since, now=now)
    told = say("administration-since", name=shortened(line.name, room), since=since, why=line.obstacle.value)
    if line.waiting:
        told += say("unreached-waiting", count=line.waiting)
    if line.trying:
        return told + say("unreached-trying")
    if line.tried_at is None:
        return told
    return told + say("unreached-tried", at=say.time.moment(line.tried_at, now=now))


def _opening(line: PersonLine) -> Button:
    return Button(_label(line.name), Touch.OPEN_PERSON, str(line.person_id))


def _trying(line: Unreached, say: Say) -> Button:
    return Button(say.plain("button-try-again", name=_label(line.name)), Touch.TRY_AGAIN, str(line.person_id))


def _look_at(line: CandidateLine, say: Say) -> Button:
    return Button(say.plain("button-look-at", name=_label(line.name)), Touch.LOOK_AT, str(line.account_id))


def _label(name: str) -> str:
    return shortened(name, LABEL)
