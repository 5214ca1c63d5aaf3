"""The words by which a register explains itself to its reader: a label and what stands beside it, line by line."""

from datetime import date, datetime

from handlers.exports.heading import Confidential, Heading
from handlers.exports.tally import Tally
from handlers.texts.catalogue import Say
from models.rules.period import Period


def notes(heading: Heading, tally: Tally, say: Say) -> list[tuple[str, str]]:
    """Return what a register says of itself, the office first."""
    wanted, sealed = heading.wanted, heading.checkpoint
    offset = heading.local(heading.made_at).strftime("%z")
    if sealed is None:
        checkpoint = say.plain("register-note-no-checkpoint")
    else:
        at = _instant(heading, say, sealed.at)
        checkpoint = say.plain(
            "register-note-checkpoint", number=str(sealed.number), at=at, size=str(sealed.size), root=sealed.root
        )
    told = [
        (say.plain("register-title"), heading.office),
        (say.plain("register-label-period"), period_words(wanted.period, say)),
        (say.plain("register-label-post"), heading.post or say.plain("register-every-post")),
        (say.plain("register-label-sop"), heading.sop or say.plain("register-every-sop")),
        (say.plain("register-label-only"), say.plain("register-only-late" if wanted.late else "register-only-none")),
        (say.plain("register-label-maker"), heading.maker),
        (say.plain("register-label-made"), _instant(heading, say, heading.made_at)),
        (say.plain("register-label-checkpoint"), checkpoint),
        (
            say.plain("register-label-zone"),
            say.plain("register-note-zone", zone=heading.zone.key, offset=f"UTC{offset[:3]}:{offset[3:]}"),
        ),
        (
            say.plain("register-label-rows"),
            say.plain(
                "register-note-rows",
                cases=tally.cases,
                stays=tally.stays,
                late=tally.late,
                chases=tally.chases,
                tenures=tally.tenures,
            ),
        ),
        (say.plain("register-label-confidential"), say.plain(_CONFIDENTIAL[heading.confidential])),
    ]
    rules = ("period", "used", "waited", "late", "extension", "calendar", "personal")
    return [*told, *((say.plain(f"register-rule-{rule}"), say.plain(f"register-rule-{rule}-words")) for rule in rules)]


_CONFIDENTIAL = {
    Confidential.WHOLE: "register-confidential-whole",
    Confidential.MAKERS: "register-confidential-makers",
    Confidential.POSITION: "register-confidential-position",
}


def period_words(period: Period | None, say: Say) -> str:
    """Return a period in words: a month or a year by its name, anything else by its first and its last day."""
    if period is None:
        return say.plain("register-every-time")
    if period == Period.month(period.first):
        return say.time.month(period.first)
    if period == Period.year(period.first):
        return str(period.first.year)
    return _between(period.first, period.last, say)


def _between(first: date, last: date, say: Say) -> str:
    if first == last:
        return say.time.long_date(first)
    return f"{say.time.long_date(first)} – {say.time.long_date(last)}"


def _instant(heading: Heading, say: Say, at: datetime) -> str:
    local = heading.local(at)
    return f"{say.time.long_date(local.date())}, {say.time.clock(at)}"
