"""The pages of one post and of one person in `/kelola`, and the list of posts."""

from collections.abc import Iterator, Sequence

from handlers.screens import managing, officials
from handlers.screens.managing import PersonLine, PostLine
from handlers.screens.officials import EndedLine, PersonView, PostView, TenureLine
from handlers.screens.paging import slice_of, within
from handlers.screens.screen import Screen
from handlers.texts.catalogue import Say
from models.administration.inviting import open_count
from models.administration.undoing import ended_lately, undoable_until
from models.mail.card import Card, Face
from models.office.office import Office
from models.office.person import Person, reachable, unique
from models.office.tenure import Capacity, Tenure
from models.queries import lists
from models.queries.people import matching
from models.refusals.administration import PostGone
from models.refusals.work import UnknownButton
from models.repository.finder import Finder
from models.repository.reader import Reader
from models.rules.office_file import PostSpec


def known_post(finder: Finder, code: str) -> PostSpec | None:
    """Return the post that has this code, or had it before another; None where the office has it no more."""
    posts = finder.rules.office.posts
    named = {post.formerly: post for post in posts if post.formerly} | {post.code: post for post in posts}
    return named.get(code)


def spec(finder: Finder, code: str) -> PostSpec:
    """Return the post that has this code, or had it before another. Raises `PostGone` where there is none any more."""
    found = known_post(finder, code)
    if found is None:
        raise PostGone
    return found


def person(finder: Finder, number: str) -> Person:
    """Return the person with this number. Raises `UnknownButton`."""
    found = finder.person_by_id(int(number)) if number.isdecimal() else None
    if found is None:
        raise UnknownButton
    return found


def draw(reader: Reader, card: Card, say: Say) -> Screen | None:
    """Draw the page of a post or of a person; None where there is no such thing any more."""
    subject = card.subject or ""
    if card.face in {Face.POST, Face.INVITING}:
        code, _, replaced = subject.partition(":")
        post = known_post(reader, code)
        if post is None:
            return None
        if card.face is Face.POST:
            return officials.post(_post_view(reader, post, page=card.page), say)
        return _inviting(reader, post, replaced, say, page=card.page)
    shown = reader.person_by_id(int(subject)) if subject.isdecimal() else None
    if shown is None:
        return None
    view = _person_view(reader, shown, own=shown.id == card.person_id)
    if card.face is Face.RESTRICTING:
        return officials.restricting(view, say)
    if card.face is Face.UNBINDING:
        return officials.unbinding(view, say, waiting=len(lists.queue(reader, shown)))
    return officials.person(view, say)


def _inviting(reader: Reader, post: PostSpec, replaced: str, say: Say, *, page: int | None) -> Screen:
    """Draw whose time an invite for a post ends; of several holders that is chosen first, `replaced` by number."""
    view = _post_view(reader, post, page=page, own=True)
    if post.several and not view.vacant and not replaced:
        return officials.choosing_replaced(view, say)
    chosen = int(replaced) if replaced.isdecimal() else None
    ending = unique(one.person for one in reader.office().ended_by_appointing(post.code, replaces=chosen))
    return officials.inviting(view, say, replaces=", ".join(one.name for one in ending))


def draw_posts(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw a page of the posts with their holders."""
    office, searched = reader.office(), card.subject or ""
    found = matching([_Post(post) for post in office.file.posts], searched)
    part = within(card.page, len(found))
    lines = [
        PostLine(one.spec.code, one.spec.title, one.spec.short, tuple(_holding(office, one.spec.code, say)))
        for one in found[slice_of(part)]
    ]
    return managing.posts(lines, part, say, searched=searched)


def person_line(reader: Reader, shown: Person) -> PersonLine:
    """Return a person for a list, with the posts that they hold."""
    office = reader.office()
    held = set(office.posts_of(shown))
    short = tuple(post.short for post in office.file.posts if post.code in held)
    return PersonLine(shown.id, shown.name, short, shown.unit, shown.is_admin)


class _Post:
    """A post as something that can be looked for."""

    def __init__(self, found: PostSpec) -> None:
        self.spec = found
        self.name = f"{found.title} {found.short} {found.code}"
        self.nip = ""


def _holding(office: Office, post: str, say: Say) -> Iterator[str]:
    """Go through the names of those who hold a post, each with the Plh. who acts for them now."""
    for holder in office.own_holders(post):
        plh = office.stand_in(holder.id, post)
        yield holder.name if plh is None else say.plain("administration-away", name=holder.name, plh=plh.name)


def _post_view(reader: Reader, post: PostSpec, *, page: int | None, own: bool = False) -> PostView:
    """Return a page of a post; with `own`, of those alone who hold it definitively, whom an invite may replace."""
    office = reader.office()
    tenures = office.tenures_of(post.code)
    if own:
        tenures = [one for one in tenures if one.capacity is Capacity.DEFINITIVE]
    part = within(page, len(tenures))
    return PostView(
        code=post.code,
        title=post.title,
        short=post.short,
        several=post.several,
        tenures=_lines(reader, tenures[slice_of(part)]),
        page=part,
        ended=[
            EndedLine(one.id, one.person.name, until)
            for one in ended_lately(reader, post)
            if (until := undoable_until(one)) is not None
        ],
        now=reader.at,
        invites=open_count(reader, post.code),
    )


def _person_view(reader: Reader, shown: Person, *, own: bool) -> PersonView:
    office = reader.office()
    short = {post.code: post.short for post in office.file.posts}
    tenures = [one for one in office.tenures if one.person_id == shown.id and one.lasts and one.post in short]
    others = [one for one in reachable(office.admins) if one.id != shown.id]
    return PersonView(
        person_id=shown.id,
        name=shown.name,
        nip=shown.nip,
        unit=shown.unit,
        rank=shown.rank,
        tenures=list(zip(_lines(reader, tenures), (short[one.post] for one in tenures), strict=True)),
        admin=office.administers(shown),
        last_admin=not others,
        bound=shown.account_id is not None,
        own=own,
        since=shown.unreachable_since,
        obstacle=shown.obstacle,
        now=reader.at,
        restricted=shown.restricted_in is not None,
    )


def _lines(reader: Reader, tenures: Sequence[Tenure]) -> list[TenureLine]:
    def away(one: Tenure) -> str:
        found = reader.person_by_id(one.stands_for_id)
        return found.name if found is not None else ""

    return [TenureLine(one.id, one.person_id, one.person.name, Capacity(one.capacity), away(one)) for one in tenures]
