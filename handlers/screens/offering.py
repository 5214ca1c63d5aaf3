"""The Laporan Evaluasi of alike closed cases, offered as a start for one that is being written."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.screens import phone
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.case.evaluation import Offered, Part

_BEGINNINGS = (160, 120, 80, 60, 40, 20)
"""Characters of the findings and of the result that a line of the list shows: as many as it has room for on a phone."""

_EXCERPTS = (600, 400, 300, 200, 140, 100, 70, 50, 30, 15)
"""Characters of each part of the one that is looked at."""


def offered_list(number: str, offered: Sequence[Offered], say: Say) -> Screen:
    """Return the alike cases of the one with this `number`, each with a button that shows its Laporan Evaluasi."""
    return phone.roomiest(_BEGINNINGS, lambda limit: _list(number, offered, say, limit), phone.fits)[1]


def _list(number: str, offered: Sequence[Offered], say: Say, limit: int) -> Screen:
    heading = say("offered-title", number=number)
    lines = [_line(one, say, limit) for one in offered] or [say("offered-none")]
    rows = [
        (Button(say.plain("button-offered-one", number=one.number), Touch.OFFERED_ONE, str(one.case_id)),)
        for one in offered
    ]
    back = (Button(say.plain("button-back"), Touch.EVALUATION),)
    return Screen(phone.stacked([heading, *lines]), (*rows, back), silent=True)


def _line(one: Offered, say: Say, limit: int) -> Markup:
    said = [
        say("offered-part", part=say.plain(f"part-{part.value}"), text=_beginning(one.parts[part], limit))
        for part in (Part.FINDINGS, Part.RESULT)
    ]
    return Markup("\n").join((say("offered-line", number=one.number, closed=say.time.day(one.closed_at)), *said))


def offered_one(number: str, one: Offered, missing: Sequence[Part], say: Say) -> Screen:
    """Return one Laporan Evaluasi, shortened, and which parts of the one of `number` it would fill."""
    return phone.roomiest(_EXCERPTS, lambda limit: _one(number, one, missing, say, limit), phone.fits)[1]


def _one(number: str, one: Offered, missing: Sequence[Part], say: Say, limit: int) -> Screen:
    parts = [
        say("offered-part", part=say.plain(f"part-{part.value}"), text=_beginning(text, limit))
        for part, text in one.parts.items()
    ]
    filled = say.time.join([say.plain(f"part-{part.value}") for part in missing])
    text = phone.stacked(
        [
            say("offered-line", number=one.number, closed=say.time.day(one.closed_at)),
            Markup("\n").join(parts),
            say("offered-fills", number=number, parts=filled) if missing else say("offered-fills-nothing"),
        ]
    )
    take = Button(say.plain("button-take-offered"), Touch.TAKE_OFFERED, str(one.case_id), style=Style.GREEN)
    back = (Button(say.plain("button-back"), Touch.OFFERED),)
    return Screen(text, ((take,), back) if missing else (back,), silent=True)


def _beginning(text: str, limit: int) -> str:
    return shortened(" ".join(text.split()), limit) or "–"
