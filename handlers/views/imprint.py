"""What the page of the figures says of itself: letterhead, period, who had it made and when, the newest checkpoint."""

from datetime import datetime

from handlers.papers.compliance import Imprint
from handlers.papers.official import letterhead
from handlers.papers.paper import Verbatim
from handlers.texts.catalogue import Say
from models.office.person import Person
from models.queries.register.sealed import newest_checkpoint
from models.repository.reader import Reader
from models.rules.period import Period


def imprint(reader: Reader, period: Period, sop: str, what: str, maker: Person, say: Say) -> Imprint:
    """Return what a page says that `maker` has made at the reader's instant.

    `sop` is the title of the SOP, `what` says whose figures they are. Raises what `Sealing.checkpoint` raises.
    """
    office = reader.office_file
    return Imprint(
        letterhead=letterhead(office.lines, office.name, office.address, office.logo),
        about=(
            (
                say.plain("register-label-period"),
                f"{say.time.long_date(period.first)} – {say.time.long_date(period.last)}",
            ),
            (say.plain("register-label-sop"), sop),
            (say.plain("compliance-scope"), what),
        ),
        made=(
            (say.plain("register-label-maker"), _named(reader, maker, say)),
            (say.plain("register-label-made"), _instant(reader, reader.at, say)),
        ),
        sealed=(say.plain("register-label-checkpoint"), Verbatim(_checkpoint(reader, say))),
    )


def _named(reader: Reader, person: Person, say: Say) -> str:
    """Return a name with the posts that the person acts for, each with the capacity."""
    office = reader.office()
    acting = [office.tenure(person, post) for post in office.posts_of(person)]
    posts = [
        say.plain(f"capacity-{one.capacity.value}", post=reader.office_file.short_of(one.post))
        for one in acting
        if one is not None
    ]
    return f"{person.name} ({', '.join(posts)})" if posts else person.name


def _checkpoint(reader: Reader, say: Say) -> str:
    sealed = newest_checkpoint(reader.session)
    if sealed is None:
        return say.plain("register-note-no-checkpoint")
    at = _instant(reader, sealed.at, say)
    return say.plain(
        "register-note-checkpoint", number=str(sealed.number), at=at, size=str(sealed.size), root=sealed.root
    )


def _instant(reader: Reader, at: datetime, say: Say) -> str:
    return f"{say.time.long_date(at.astimezone(reader.calendar.zone).date())}, {say.time.clock(at)}"
