"""The card of `/register`: which periods it offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.screens.screen import Button, Screen, Touch
from handlers.texts.catalogue import Say
from models.rules.period import Period, month_before

LATE = "late"
"""What stands behind the period on a button for those who were late."""

_MONTHS, _ACROSS = 12, 3


@dataclass(frozen=True, slots=True)
class RegisterView:
    """What the card offers, as seen from `today` on the office's clock; with `months` each of the last twelve."""

    today: date
    months: bool


def register_card(view: RegisterView, say: Say) -> Screen:
    """Return the card that offers periods. Each button names its month: the card may stand there for long."""
    this, last = Period.month(view.today), month_before(view.today)
    if view.months:
        found = [_month(one, say) for one in _latest(this)]
        rows = [tuple(found[place : place + _ACROSS]) for place in range(0, len(found), _ACROSS)]
        back = Button(say.plain("button-back"), Touch.REGISTER_MONTHS, "none")
        return Screen(say("register-months"), rows=(*rows, (back,)))
    named = {"this": say.time.month_of(this.first), "last": say.time.month_of(last.first)}
    year = Period.year(view.today)
    return Screen(
        say("register-card"),
        rows=(
            (Button(say.plain("button-register-late", month=named["last"]), Touch.TAKE_REGISTER, f"{last} {LATE}"),),
            (
                Button(say.plain("button-register-this-month", month=named["this"]), Touch.TAKE_REGISTER, str(this)),
                Button(say.plain("button-register-last-month", month=named["last"]), Touch.TAKE_REGISTER, str(last)),
            ),
            (
                Button(say.plain("button-register-this-year", year=str(year)), Touch.TAKE_REGISTER, str(year)),
                Button(say.plain("button-register-months"), Touch.REGISTER_MONTHS),
            ),
        ),
    )


def _latest(this: Period) -> Sequence[Period]:
    """Return the last twelve months, the present one first."""
    found = [this]
    while len(found) < _MONTHS:
        found.append(month_before(found[-1].first))
    return found


def _month(month: Period, say: Say) -> Button:
    return Button(say.time.month_of(month.first), Touch.TAKE_REGISTER, str(month))
