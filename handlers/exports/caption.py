"""The words under a register that is sent in chat: of what it is, how much is in it, and who was late."""

from datetime import timedelta

from markupsafe import Markup

from handlers.exports.notes import period_words
from handlers.exports.tally import Tally
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.queries.register.wanted import Wanted

_NAMED = 5
_NAME = 60


def caption(tally: Tally, wanted: Wanted, say: Say) -> Markup:
    """Return the words under the file: of what it is, how much is in it, and who was late."""
    said = say("register-caption-late" if wanted.late else "register-caption", period=period_words(wanted.period, say))
    lines = [said, say("register-counted", cases=tally.cases, stays=tally.stays, late=tally.late)]
    late = tally.late_ones
    lines += [
        say(
            "register-late-line",
            post=one.post,
            name=shortened(one.person, _NAME) or "–",
            count=one.late,
            span=_hours(one.late_by),
        )
        for one in late[:_NAMED]
    ]
    if len(late) > _NAMED:
        lines.append(say("register-late-more", count=len(late) - _NAMED))
    elif wanted.late and not late:
        lines.append(say("register-nobody-late"))
    return Markup("\n").join(lines)


def _hours(seconds: int) -> str:
    """Return a duration in hours and minutes of office time, rounded down."""
    minutes = timedelta(seconds=seconds) // timedelta(minutes=1)
    return f"{minutes // 60}:{minutes % 60:02d}"
