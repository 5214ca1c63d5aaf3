"""`disposisi person away`, `back` and `acting`: who stands in for whom, by decree."""

from datetime import date

import typer

from bot.cli import console, surroundings
from bot.rules import load_rules
from models.administration import absence as absences
from models.administration.appointment import act_for_vacant
from models.administration.posts import adopt_posts
from models.office.absence import ALL_POSTS, Decree, Stage
from models.office.person import Person
from models.queries.people import person_with_nip
from models.refusals.absences import (
    AlreadyAway,
    DaysInvalid,
    NothingToStandInFor,
    OwnPlh,
    PlhAway,
    PlhCircle,
    PlhUnreachable,
)
from models.refusals.administration import PostHeld
from models.refusals.refusal import Refusal
from models.repository.absences import open_absences
from models.repository.records import Records

_DAYS = {
    "past": "The first day is over. Name today or a later day.",
    "reversed": "The last day lies before the first.",
}
_SENTENCES: dict[type[Refusal], str] = {
    AlreadyAway: "{name} is away already on some of these days. First: disposisi person back NIP",
    NothingToStandInFor: "{name} holds no post, so nobody need stand in.",
    OwnPlh: "Nobody stands in for themselves.",
    PlhAway: "{name} is away on some of these days, and nobody stands in for them.",
    PlhUnreachable: "{name} has no Telegram account at the bot.",
    PlhCircle: "They would stand in for each other in a circle: {names}.",
    PostHeld: "{post} is not vacant: {holder} holds it.",
}
"""What is said of each refusal; its own data are put in."""


def away(
    nip: str, first: date, last: date | None, *, plh: str | None, number: str | None, day: date | None, post: str | None
) -> None:
    """Write down that a person is away, and who stands in by which decree, at one post or all, if anybody does."""
    decree = Decree(number, day) if number is not None and day is not None else None
    if len({one is None for one in (plh, number, day)}) > 1:
        raise typer.BadParameter("A Plh. is named by --plh, --sk and --sk-date together.", param_hint="--plh")
    digits, standing_in = surroundings.nip(nip), surroundings.nip(plh) if plh is not None else None
    if post is not None and plh is None:
        raise typer.BadParameter("A post is named together with the Plh.", param_hint="--post")
    settings = surroundings.settings()
    at = surroundings.post_named(post, load_rules(settings)).code if post is not None else ALL_POSTS
    try:
        with surroundings.records(settings) as records:
            adopt_posts(records)
            person = _known(records, digits)
            filing = absences.filed if post is not None else absences.file
            filed = filing(records, person, first, last, by=None)
            if standing_in is not None and decree is not None:
                absences.name(records, filed, _known(records, standing_in), decree=decree, by=None, post=at)
            acting = filed.plh_of(at)
            begun, named = filed.stage is Stage.LASTING, acting.name if acting is not None else ""
    except Refusal as refusal:
        console.fail(_reason(refusal))
        raise typer.Exit(1) from None
    until = f"until {last:%d-%m-%Y}" if last is not None else "without a last day"
    console.succeed(f"{person.name} is away from {first:%d-%m-%Y} {until}.")
    if not named:
        console.note("Nobody stands in yet: the cards stay with them. They may ask somebody in chat: /cuti")
    else:
        console.say(f"{named} stands in{' now' if begun else ' from the first day on'}.")


def back(nip: str) -> None:
    """Let a person be back, or call off what has not begun: the earliest absence of theirs."""
    digits, name, stage = surroundings.nip(nip), "", None
    with surroundings.records(surroundings.settings()) as records:
        person = _known(records, digits)
        name = person.name
        found = open_absences(records, of=person)
        if found:
            stage = absences.end(records, found[0], by=None)
    match stage:
        case Stage.OVER:
            console.succeed(f"{name} is back. The cards of their posts are with them again.")
        case Stage.CALLED_OFF:
            console.succeed(f"The absence of {name} is called off before it began.")
        case _:
            console.fail(f"{name} is not away, and no absence of theirs lies ahead.")
            raise typer.Exit(1)


def acting(nip: str, post: str, *, number: str, day: date) -> None:
    """Let a person act for a vacant post as Plt."""
    digits, settings = surroundings.nip(nip), surroundings.settings()
    spec = surroundings.post_named(post, load_rules(settings))
    try:
        with surroundings.records(settings) as records:
            adopt_posts(records)
            person = _known(records, digits)
            act_for_vacant(records, person, spec.code, decree=Decree(number, day))
    except Refusal as refusal:
        console.fail(_reason(refusal))
        raise typer.Exit(1) from None
    console.succeed(f"{person.name} is Plt. {spec.title} now, until the post is filled.")


def _known(records: Records, nip: str) -> Person:
    person = person_with_nip(records, nip)
    if person is None:
        console.fail(f"Nobody with the NIP {nip} is registered. See: disposisi person list")
        raise typer.Exit(1)
    return person


def _reason(refusal: Refusal) -> str:
    """Return why something is refused, in a sentence."""
    if isinstance(refusal, DaysInvalid):
        return _DAYS.get(refusal.fault, "Too far: an absence begins within a year and lasts five years at most.")
    sentence = _SENTENCES.get(type(refusal), "This is refused: {code}.")
    return sentence.format(code=refusal.code, **refusal.data)
