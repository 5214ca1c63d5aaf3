"""`disposisi invite` and `disposisi person`: who may come in, who is expected, who is there."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from sqlalchemy import func, select

from bot.cli import console, surroundings
from bot.roster import read_roster, summary
from bot.rules import load_rules
from bot.stopped import Stopped
from models.administration.admission import invite as issue_invite
from models.administration.appointment import Relieved, relieve
from models.administration.appointment import dismiss_admin as take_right
from models.administration.appointment import unbind as take_account
from models.office.invitation import ExpectedPerson, InviteKind
from models.office.nip import parse_nip
from models.office.person import Person, reachable
from models.office.tenure import Post
from models.refusals import LastAdmin, NipInvalid, NotAdmin, NotHolding
from models.repository.records import Records
from models.rules.document import nearest
from models.rules.office_file import PostSpec
from models.rules.rules import Rules

app = typer.Typer(no_args_is_help=True, help="The people of the office: who is expected, who is registered.")


def add_to(parent: typer.Typer) -> None:
    """Add the commands of this module."""
    parent.command()(invite)
    parent.add_typer(app, name="person")


def invite(
    post: Annotated[str | None, typer.Argument(metavar="POST_OR_ROLE", help="Such as kadiv or jft-prakom.")] = None,
    *,
    admin: Annotated[bool, typer.Option("--admin", help="Invite an admin, the first one too.")] = False,
    office: Annotated[bool, typer.Option("--office", help="One link for the whole office, for 30 days.")] = False,
) -> None:
    """Print an invite link for a post, an admin or the whole office.

    A link for a post or an admin serves once, within 24 hours. Whoever uses the office's link is accepted by an admin
    with one tap, or at once when their NIP was imported. The code is shown now and kept nowhere.

    Examples:  [bold]disposisi invite --admin[/bold]   [bold]disposisi invite kadiv[/bold]   \
[bold]disposisi invite --office[/bold]
    """
    if sum((post is not None, admin, office)) != 1:
        raise typer.BadParameter("Name one of: a post, --admin, --office.", param_hint="POST_OR_ROLE")
    settings = surroundings.settings()
    spec = _post_named(post, load_rules(settings)) if post is not None else None
    kind = InviteKind.ADMIN if admin else InviteKind.OFFICE if office else InviteKind.POST
    name, trouble = "", ""
    try:
        name = surroundings.account(settings)
    except Stopped as error:
        trouble = str(error)
    with surroundings.records(settings) as records:
        if spec is not None:
            _tell_holders(records, spec)
            records.session.merge(Post(code=spec.code, title=spec.title, short=spec.short))
            records.session.flush()
        issued = issue_invite(records, kind, post=spec.code if spec else None)
        code = issued.renew()
        until = issued.expires_at.astimezone(records.rules.office.calendar.zone)
    what = spec.title if spec else {InviteKind.ADMIN: "an admin"}.get(kind, "the whole office")
    console.succeed(f"Invite for {what}, valid until {until:%d-%m-%Y %H.%M %Z}.")
    if name:
        console.say(f"https://t.me/{name}?start={code}")
        console.say(f"or, in the chat with @{name}:  /start {code}")
    else:
        console.say(f"In the chat with the bot:  /start {code}")
        console.note(f"There is no link, because the bot's name is not known: {trouble}")


@app.command("import")
def import_people(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="Columns nip, name, unit; or nip, nama, unit kerja.")
    ],
    *,
    partial: Annotated[bool, typer.Option("--partial", help="Import the good rows although others are bad.")] = False,
) -> None:
    """Read the list of people who are accepted without a tap when they use the office's link.

    Every bad row is named, and then nothing is imported, unless --partial is given. People on the list already get
    the name and unit of the file.

    Example:  [bold]disposisi person import pegawai.csv[/bold]
    """
    roster = read_roster(file)
    for line in summary(roster.bad):
        console.fail(f"{file}: {line}")
    if roster.people and (partial or not roster.bad):
        with surroundings.records(surroundings.settings()) as records:
            for person in roster.people:
                records.session.merge(ExpectedPerson(nip=person.nip, name=person.name, unit=person.unit))
            records.office_chain.append(
                "expect", actor_id=None, capacity="system", payload={"people": len(roster.people)}, at=records.at
            )
        expected = console.counted(len(roster.people), "person is", "people are")
        console.succeed(f"{expected} expected. Give them the link of: disposisi invite --office")
    elif not roster.people and not roster.bad:
        console.fail(f"{file}: there is nobody on this list.")
    else:
        bad = console.counted(len(roster.bad), "bad row", "bad rows")
        console.fail(f"Nothing was imported: {bad}. Correct and try again, or use --partial.")
    if roster.bad or not roster.people:
        raise typer.Exit(1)


@app.command("list")
def list_people() -> None:
    """List the registered people, the posts they hold, and whether the bot can reach them.

    Example:  [bold]disposisi person list[/bold]
    """
    table = Table("Name", "NIP", "Unit", "Posts", "Telegram", header_style="bold")
    with surroundings.records(surroundings.settings()) as records:
        people = list(records.session.scalars(select(Person).order_by(Person.name)))
        for person in people:
            table.add_row(person.name, person.nip, person.unit, _posts_of(records, person), _reach(person))
        registered = select(Person.nip)
        waiting = select(func.count()).select_from(ExpectedPerson).where(ExpectedPerson.nip.not_in(registered))
        expected = records.session.scalar(waiting) or 0
    if people:
        console.show(table)
    present = console.counted(len(people), "person is", "people are")
    console.say(f"{present} registered, {expected} more expected.")


@app.command()
def unbind(
    nip: Annotated[str, typer.Argument(metavar="NIP", help="The 18 digits; spaces are allowed in quotation marks.")],
) -> None:
    """Take the Telegram account from a person, as when a phone is lost: nothing in that chat has force any more.

    What was begun there is forgotten, and invites told or opened there serve no more. A new invite lets them come back
    with another account, by the same NIP. An admin is asked in chat first, except where the invite is for the one post
    that they hold, or is --admin while there is no other admin.

    Example:  [bold]disposisi person unbind 198001012005012001[/bold]
    """
    digits, way, note = _nip(nip), "", ""
    with surroundings.records(surroundings.settings()) as records:
        person = records.session.scalar(select(Person).where(Person.nip == digits, Person.account_id.is_not(None)))
        if person is not None:
            take_account(records, person)
            way, note = _way_back(records, person)
    if person is None:
        console.fail("Nobody with this NIP has a Telegram account bound. See: disposisi person list")
        raise typer.Exit(1)
    console.succeed(f"{person.name} is unbound. To let them back in: disposisi invite {way}")
    if note:
        console.note(note)


@app.command("end-tenure")
def end_tenure(
    nip: Annotated[str, typer.Argument(metavar="NIP", help="The 18 digits; spaces are allowed in quotation marks.")],
    post: Annotated[str, typer.Argument(metavar="POST_OR_ROLE", help="Such as kadiv or jft-prakom.")],
) -> None:
    """End a person's time in a post now, with nobody in their place, as when they retire, move, or stand in no longer.

    Cards that wait for them lose their force and go to whoever may act for the post now. Where there is nobody, the
    admins, the superiors and the watchers are told, and the cards wait for the next holder. The person keeps their
    account and every other post. To replace somebody, an invite is enough: disposisi invite POST.

    Example:  [bold]disposisi person end-tenure 198001012005012001 kadiv[/bold]
    """
    digits, settings = _nip(nip), surroundings.settings()
    spec = _post_named(post, load_rules(settings))
    with surroundings.records(settings) as records:
        person = records.session.scalar(select(Person).where(Person.nip == digits))
        if person is None:
            console.fail("Nobody with this NIP is registered. See: disposisi person list")
            raise typer.Exit(1)
        try:
            relieved = relieve(records, person, spec.code)
        except NotHolding as refusal:
            console.fail(_not_holding(records, person, refusal))
            raise typer.Exit(1) from None
    _tell_relieved(person, spec, relieved)


@app.command("dismiss-admin")
def dismiss_admin(
    nip: Annotated[str, typer.Argument(metavar="NIP", help="The 18 digits; spaces are allowed in quotation marks.")],
) -> None:
    """Take the right of an admin from a person; the posts they hold and their account stay theirs.

    Invites that they made and nobody used serve no more. The last admin with a Telegram account cannot be dismissed.

    Example:  [bold]disposisi person dismiss-admin 198001012005012001[/bold]
    """
    digits, recalled = _nip(nip), 0
    try:
        with surroundings.records(surroundings.settings()) as records:
            person = records.session.scalar(select(Person).where(Person.nip == digits))
            if person is not None:
                recalled = take_right(records, person)
    except LastAdmin:
        console.fail("This is the last admin who has an account. First: disposisi invite --admin")
        raise typer.Exit(1) from None
    except NotAdmin:
        person = None
    if person is None:
        console.fail("No admin has this NIP. See: disposisi person list")
        raise typer.Exit(1)
    console.succeed(f"{person.name} is an admin no longer.")
    if recalled:
        console.note(
            f"{console.counted(recalled, 'invite', 'invites')} of theirs serve no more; make new ones if needed."
        )


def _nip(text: str) -> str:
    try:
        return parse_nip(text)
    except NipInvalid:
        raise typer.BadParameter("A NIP has 18 digits.", param_hint="NIP") from None


def _post_named(name: str, rules: Rules) -> PostSpec:
    """Return the post with this code or name, or the one that fills the role with this code."""
    wanted = " ".join(name.lower().split())
    for post in rules.office.posts:
        if wanted in {post.code, post.short.lower(), post.title.lower(), *post.roles}:
            return post
    known = [post.code for post in rules.office.posts]
    raise typer.BadParameter(
        f"The office has no post “{name}”. {nearest(wanted, known)} Posts: {', '.join(known)}.",
        param_hint="POST_OR_ROLE",
    )


def _tell_holders(records: Records, spec: PostSpec) -> None:
    holders = [person.name for person in records.office.holders(spec.code)]
    if holders and not spec.several:
        console.note(f"{spec.short} is held by {', '.join(holders)}, whose time ends when the invite is used.")


def _not_holding(records: Records, person: Person, refusal: NotHolding) -> str:
    if refusal.ended_at is not None:
        until = refusal.ended_at.astimezone(records.rules.office.calendar.zone)
        return f"{person.name} held {refusal.post} until {until:%d-%m-%Y %H.%M %Z}; that is over already."
    held = _posts_of(records, person)
    return f"{person.name} does not hold {refusal.post}{f', but: {held}' if held else ', and no other post either'}."


def _tell_relieved(person: Person, spec: PostSpec, relieved: Relieved) -> None:
    """Tell what became of the post and of the cards that waited there."""
    cards = console.counted(relieved.waiting, "open card", "open cards")
    if not relieved.waiting:
        what = "No open card was theirs."
    elif relieved.reachable:
        be = "is" if relieved.waiting == 1 else "are"
        what = f"Their {cards} {be} now with {', '.join(one.name for one in relieved.reachable)}."
    else:
        what = f"Their {cards} {'has' if relieved.waiting == 1 else 'have'} no force any more."
    console.succeed(f"{person.name} no longer holds {spec.short}. {what}")
    if not relieved.reachable:
        recipients = console.counted(relieved.told, "person", "people") if relieved.told else "nobody"
        stuck = f" What waits there waits for the next holder; {recipients} who can mend it will be told in chat."
        console.note(f"Nobody who can be reached holds {spec.short} now.{stuck if relieved.waiting else ''}")
        console.note(f"Next: disposisi invite {spec.code}")


def _way_back(records: Records, person: Person) -> tuple[str, str]:
    """Return the invite by which somebody without an account comes back, and a sentence on who is asked before."""
    held = records.office.posts_of(person)
    admins = reachable(records.office.admins)
    if person.is_admin:
        return "--admin", _asked(admins) if admins else ""
    if len(held) == 1 and held[0] in {post.code for post in records.rules.office.posts}:
        return held[0], ""
    return "--office", _asked(admins) if admins else "An admin is asked, and there is none: disposisi invite --admin"


def _asked(admins: Sequence[Person]) -> str:
    """Return which admins are asked in chat, and what to do where none of them may read it."""
    names = " or ".join(admin.name for admin in admins)
    asked = f"{names} is asked in chat before they are in again, since others may know their NIP."
    if any(admin.unreachable_since is None for admin in admins):
        return asked
    return f"{asked} But the bot cannot write there: take that account too (person unbind), then invite an admin."


def _posts_of(records: Records, person: Person) -> str:
    tenures = [one for one in records.office.tenures if one.person_id == person.id and one.lasts]
    known = {post.code: post.short for post in records.rules.office.posts}
    held = [f"{known.get(one.post, one.post)} ({one.capacity.value})" for one in tenures]
    return ", ".join([*held, *(["admin"] if person.is_admin else [])])


def _reach(person: Person) -> str:
    if person.account_id is None:
        return "not bound"
    if person.unreachable_since is not None:
        return f"unreachable since {person.unreachable_since:%d-%m-%Y}"
    return "bound"
