"""`disposisi invite` and `disposisi person`: who may come in, who is there, who leaves."""

from collections.abc import Sequence

import typer
from rich.table import Table

from bot.cli import console, surroundings
from bot.rules import load_rules
from bot.stopped import Stopped
from models.administration import ranks
from models.administration.admission import invite as issue_invite
from models.administration.appointment import Relieved, relieve
from models.administration.appointment import dismiss_admin as take_right
from models.administration.appointment import unbind as take_account
from models.administration.posts import adopt_posts
from models.office.invitation import Invite, InviteKind
from models.office.person import RANK_LENGTH, Person, reachable
from models.queries.people import awaited, person_with_nip, registered
from models.refusals.administration import LastAdmin, NotAdmin, NotHolding
from models.refusals.reports import TextTooLong
from models.repository.records import Records
from models.rules.office_file import PostSpec


def invite(post: str | None, *, admin: bool, nip: str | None) -> None:
    """Print an invite for a post, for an admin, or, where neither is wanted, for the whole office.

    `nip` names the person whom it is for, None where it names nobody.
    """
    digits = surroundings.nip(nip) if nip is not None else None
    settings = surroundings.settings()
    spec = surroundings.post_named(post, load_rules(settings)) if post is not None else None
    kind = InviteKind.ADMIN if admin else InviteKind.POST if spec else InviteKind.OFFICE
    name, trouble = "", ""
    try:
        name = surroundings.account(settings)
    except Stopped as error:
        trouble = str(error)
    with surroundings.records(settings) as records:
        if spec is not None:
            _tell_holders(records, spec)
        adopt_posts(records)
        issued = issue_invite(records, kind, post=spec.code if spec else None, nip=digits)
        asked = _who_is_asked(records, issued)
        code = issued.renew()
        until = issued.expires_at.astimezone(records.calendar.zone)
    what = spec.title if spec else {InviteKind.ADMIN: "an admin"}.get(kind, "the whole office")
    console.succeed(f"Invite for {what}, valid until {until:%d-%m-%Y %H.%M %Z}.")
    if asked:
        console.note(asked)
    if name:
        console.say(f"https://t.me/{name}?start={code}")
        console.say(f"or, in the chat with @{name}:  /start {code}")
    else:
        console.say(f"In the chat with the bot:  /start {code}")
        console.note(f"There is no link, because the bot's name is not known: {trouble}")


def list_people() -> None:
    """Print the registered people, and how many more are expected."""
    table = Table("Name", "NIP", "Unit", "Posts", "Telegram", header_style="bold")
    with surroundings.records(surroundings.settings()) as records:
        present = registered(records)
        for person in present:
            table.add_row(person.name, person.nip, person.unit, _posts_of(records, person), _reach(person))
        more = awaited(records)
    if present:
        console.show(table)
    console.say(f"{console.counted(len(present), 'person is', 'people are')} registered, {more} more expected.")


def unbind(nip: str) -> None:
    """Take the Telegram account from a person, and say how they come back."""
    digits = surroundings.nip(nip)
    with surroundings.records(surroundings.settings()) as records:
        person = person_with_nip(records, digits)
        if person is None or person.account_id is None:
            console.fail("Nobody with this NIP has a Telegram account bound. See: disposisi person list")
            raise typer.Exit(1)
        take_account(records, person)
        way, note = _way_back(records, person)
    console.succeed(f"{person.name} is unbound. To let them back in: disposisi invite {way}")
    if note:
        console.note(note)


def end_tenure(nip: str, post: str) -> None:
    """End a person's time in a post, and say what becomes of the cards that wait there."""
    digits, settings = surroundings.nip(nip), surroundings.settings()
    spec = surroundings.post_named(post, load_rules(settings))
    with surroundings.records(settings) as records:
        person = person_with_nip(records, digits)
        if person is None:
            console.fail("Nobody with this NIP is registered. See: disposisi person list")
            raise typer.Exit(1)
        try:
            relieved = relieve(records, person, spec.code)
        except NotHolding as refusal:
            console.fail(_not_holding(records, person, refusal))
            raise typer.Exit(1) from None
    _tell_relieved(person, spec, relieved)


def rank(nip: str, text: str) -> None:
    """Write down the rank of a person, which papers print below the name."""
    digits = surroundings.nip(nip)
    with surroundings.records(surroundings.settings()) as records:
        person = person_with_nip(records, digits)
        if person is None:
            console.fail("Nobody with this NIP is registered. See: disposisi person list")
            raise typer.Exit(1)
        try:
            ranks.write_down(records, person, text)
        except TextTooLong as refusal:
            raise typer.BadParameter(f"A rank has {RANK_LENGTH} characters at most.", param_hint="RANK") from refusal
        said = f"{person.name}: {person.rank}" if person.rank else f"{person.name} has no rank on papers now"
    console.succeed(f"{said}.")


def dismiss_admin(nip: str) -> None:
    """Take the right of an admin from a person."""
    digits, recalled = surroundings.nip(nip), 0
    try:
        with surroundings.records(surroundings.settings()) as records:
            person = person_with_nip(records, digits)
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


def _tell_holders(records: Records, spec: PostSpec) -> None:
    holders = [person.name for person in records.lock_office().holders(spec.code)]
    if holders and not spec.several:
        console.note(f"{spec.short} is held by {', '.join(holders)}, whose time ends when the invite is used.")


def _not_holding(records: Records, person: Person, refusal: NotHolding) -> str:
    if refusal.ended_at is not None:
        until = refusal.ended_at.astimezone(records.calendar.zone)
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
    held = records.lock_office().posts_of(person)
    admins = reachable(records.lock_office().admins)
    if person.is_admin:
        return "--admin", _asked(admins) if admins else ""
    if len(held) == 1 and held[0] in {post.code for post in records.rules.office.posts}:
        return f"{held[0]} --for {person.nip}", ""
    return "--office", _asked(admins) if admins else "An admin is asked, and there is none: disposisi invite --admin"


def _who_is_asked(records: Records, issued: Invite) -> str:
    """Return who is asked before an invite that names nobody gives a post or the right of an admin, "" if nobody is."""
    admins = reachable(records.lock_office().admins)
    if issued.kind is InviteKind.OFFICE or issued.nip is not None or (issued.kind is InviteKind.ADMIN and not admins):
        return ""
    names = " or ".join(admin.name for admin in admins) or "An admin, and there is none yet,"
    return f"It names nobody: {names} is asked in chat before the person who uses it is in. To name them: --for NIP"


def _asked(admins: Sequence[Person]) -> str:
    """Return which admins are asked in chat, and what to do where none of them may read it."""
    names = " or ".join(admin.name for admin in admins)
    asked = f"{names} is asked in chat before they are in again, since others may know their NIP."
    if any(admin.unreachable_since is None for admin in admins):
        return asked
    return f"{asked} But the bot cannot write there: take that account too (person unbind), then invite an admin."


def _posts_of(records: Records, person: Person) -> str:
    tenures = [one for one in records.lock_office().tenures if one.person_id == person.id and one.lasts]
    known = {post.code: post.short for post in records.rules.office.posts}
    held = [f"{known.get(one.post, one.post)} ({one.capacity.value})" for one in tenures]
    return ", ".join([*held, *(["admin"] if person.is_admin else [])])


def _reach(person: Person) -> str:
    if person.account_id is None:
        return "not bound"
    if person.unreachable_since is not None:
        return f"unreachable since {person.unreachable_since:%d-%m-%Y}"
    return "bound"
