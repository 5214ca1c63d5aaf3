"""What an admin writes to name a Plh. or a Plt. by decree: who, for whom or which post, when, and by which SK."""

import re
from collections.abc import Mapping
from datetime import date

from handlers.chat.incoming import Incoming
from handlers.people import absence as screens
from handlers.people.days import parse_day, parse_days
from handlers.texts.shorten import length, shortened
from models.administration import absence as absences
from models.administration import appointment, seconding
from models.administration.second_person import plh_needs_second, plt_needs_second
from models.office.absence import ALL_POSTS, Decree
from models.office.nip import parse_identity
from models.office.person import Person
from models.office.proposal import ProposalKind
from models.queries.people import person_with_nip
from models.refusals.absences import DaysInvalid
from models.refusals.administration import (
    DecreeDayInvalid,
    DecreeMissing,
    NumberMissing,
    PersonUnknown,
    PltHasNoDays,
    PostUnknown,
)
from models.refusals.registration import NipInvalid
from models.refusals.reports import TextTooLong
from models.repository.records import Records
from models.rules.office_file import PostSpec
from models.rules.rules import Rules

_DECREE_LIMIT = 100
"""The `length` of the number of an SK."""

_NIP_DIGITS = re.compile(r"(?:\d[ ]?){18}(?= |$)|\S+")
_PARTS = 3
"""What an admin writes, separated by semicolons: who and when, the number of the SK, its date."""

_NOTHING = "none"
"""Stands in a refusal for words that were not written; a text can tell no empty value apart."""

_SAID = 60
"""The `length` to which words that are wrong are cut where a sentence names them: a message may hold 4,000."""

_POSTS_SHOWN = 40
"""Codes of posts in a sentence: an office may have hundreds."""


def name_by_decree(records: Records, message: Incoming, person: Person, words: list[str]) -> None:
    """Take `/kelola plh …` and `/kelola plt …` from an admin: who acts, for whom or which post, by which SK.

    Raises `NotAdmin`, `DecreeMissing`, `DecreeDayInvalid`, `TextTooLong`, `PostUnknown`, `NumberMissing`,
    `PersonUnknown`, `DaysInvalid`, `PltHasNoDays`, and what naming raises.
    """
    parts = [one.strip() for one in " ".join(words[1:]).split(";")]
    if len(parts) != _PARTS or not all(parts):
        raise DecreeMissing
    if length(parts[1]) > _DECREE_LIMIT:
        raise TextTooLong(length(parts[1]), _DECREE_LIMIT)
    today = screens.today_of(records)
    decree = Decree(parts[1], _decree_day(parts[2], today=today))
    if words[0].casefold() == "plt":
        _name_for_vacant(records, message, person, parts[0], decree)
        return
    away, rest = _taken(records, parts[0], whose="away")
    post = _post_that_begins(records.rules, rest)
    if post is None:
        _check_no_other_post(records, rest)
    plh, days = _taken(records, rest if post is None else rest[len(_named(rest, post)) :].strip(), whose="plh")
    at = post.code if post is not None else ALL_POSTS
    first, last = parse_days(days, today=today)
    if plh_needs_second(records.lock_office(), away, plh, by=person):
        until = last.isoformat() if last is not None else None
        data = {"away": away.id, "first": first.isoformat(), "last": until, "post": at, **_told(decree)}
        _propose(records, message, ProposalKind.NAME_PLH, plh, by=person, data=data)
        return
    # The person may have written down these very days by `/cuti`.
    filed = absences.filed(records, away, first, last, by=person)
    absences.name(records, filed, plh, decree=decree, by=person, post=at)
    screens.show(records, message.chat_id, person, filed)


def unknown_post(rules: Rules, said: str) -> PostUnknown:
    """Return the refusal of words that should have named a post of the office, and name none."""
    codes = [one.code for one in rules.office.posts]
    more = ["…"] if len(codes) > _POSTS_SHOWN else []
    return PostUnknown(shortened(said, _SAID) or _NOTHING, ", ".join([*codes[:_POSTS_SHOWN], *more]))


def _decree_day(said: str, *, today: date) -> date:
    try:
        return parse_day(said, today=today)
    except DaysInvalid as refusal:
        raise DecreeDayInvalid(shortened(said, _SAID), refusal.fault) from refusal


def _name_for_vacant(records: Records, message: Incoming, person: Person, said: str, decree: Decree) -> None:
    post = _post_that_begins(records.rules, said)
    if post is None:
        raise unknown_post(records.rules, _without_number(said))
    acting, rest = _taken(records, said[len(_named(said, post)) :].strip(), whose="plt")
    if rest:
        raise PltHasNoDays(shortened(rest, _SAID))
    if plt_needs_second(records.lock_office(), post.code, acting, by=person):
        data = {"post": post.code, **_told(decree)}
        _propose(records, message, ProposalKind.ACT_PLT, acting, by=person, data=data)
        return
    appointment.act_for_vacant(records, acting, post.code, decree=decree, by=person)
    records.say(message.chat_id, "acting-named", person=person, name=acting.name, post=post.title)


def _propose(
    records: Records,
    message: Incoming,
    kind: ProposalKind,
    person: Person,
    *,
    by: Person,
    data: Mapping[str, str | int | None],
) -> None:
    """Ask a second person for what an admin may not do alone."""
    asked = seconding.propose(records, kind, person, by=by, data=data)
    names = ", ".join(one.name for one in asked.people)
    code = "proposal-done" if not names else "proposed" if person.id == by.id else "proposed-for-another"
    records.say(message.chat_id, code, person=by, names=names)


def _told(decree: Decree) -> dict[str, str | int | None]:
    return {"decree": decree.number, "decree_day": decree.day.isoformat()}


def _post_that_begins(rules: Rules, said: str) -> PostSpec | None:
    """Return the post with whose code, short name or title the words begin, None where they name none."""
    return next((one for one in rules.office.posts if _named(said, one)), None)


def _named(said: str, post: PostSpec) -> str:
    """Return the code, short name or title of the post with which the words begin, "" where they do not."""
    names = sorted((post.title, post.short, post.code), key=len, reverse=True)
    return next((name for name in names if f"{said.casefold()} ".startswith(f"{name.casefold()} ")), "")


def _without_number(said: str) -> str:
    """Return the words before the first digit, all of them where they begin with one."""
    return re.split(r"\d", said, maxsplit=1)[0].strip() or said


def _check_no_other_post(records: Records, said: str) -> None:
    """Raise `PostUnknown` where the words begin with a word that names neither a post nor a person."""
    word = said.partition(" ")[0]
    if not word or any(one.isdigit() for one in word):
        return
    try:
        known = person_with_nip(records, parse_identity(word))
    except NipInvalid:
        known = None
    if known is None:
        raise unknown_post(records.rules, _without_number(said))


def _taken(records: Records, said: str, *, whose: str) -> tuple[Person, str]:
    """Return the person whose NIP or office number the words begin with, and the rest of the words.

    `whose` number it is says the refusal: of the person `away`, of the `plh`, or of the `plt`.
    """
    match = _NIP_DIGITS.match(said)
    if match is None:
        raise NumberMissing(whose, _NOTHING)
    try:
        nip = parse_identity(match[0])
    except NipInvalid as refusal:
        raise NumberMissing(whose, shortened(match[0].strip(), _SAID)) from refusal
    person = person_with_nip(records, nip)
    if person is None:
        raise PersonUnknown(nip)
    return person, said[match.end() :].strip()
