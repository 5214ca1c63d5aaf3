"""A calculator of credits (angka kredit): predicate, level and months by buttons, and what they would come to."""

from dataclasses import dataclass, replace
from typing import Self

from handlers.screens.screen import Button, Screen, Touch
from handlers.texts.catalogue import Say
from models.rules.credit import YEAR, Level, Predicate, credit, rounded

_ACROSS = 6
"""Months in a row of buttons."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What is reckoned with."""

    predicate: Predicate = Predicate.BAIK
    level: Level = Level.AHLI_PERTAMA
    months: int = YEAR

    @classmethod
    def read(cls, words: str) -> Self:
        """Return what `kept` keeps. Raises ValueError for what is none."""
        predicate, level, months = words.split("/")
        if not 1 <= int(months) <= YEAR:
            raise ValueError(months)
        return cls(Predicate(predicate), Level(level), int(months))

    @property
    def kept(self) -> str:
        """What is reckoned with, as a button and a card keep it."""
        return f"{self.predicate.value}/{self.level.value}/{self.months}"


USUAL = Reckoning()
"""What the calculator opens with."""


def credit_card(one: Reckoning, say: Say) -> Screen:
    """Return the calculator. It says of itself that it is no official figure."""
    exact = credit(one.predicate, one.level, one.months)
    said = say(
        "credit-card",
        predicate=say.plain(f"predicate-{one.predicate.value}"),
        percent=str(one.predicate.percent),
        level=say.plain(f"level-{one.level.value}"),
        coefficient=_figure(str(one.level.coefficient), say),
        months=str(one.months),
        credit=_figure(str(rounded(exact)), say),
    )
    return Screen(said, (*_predicates(one, say), *_levels(one, say), *_months(one, say), (_back(say),)))


def _figure(figure: str, say: Say) -> str:
    """Return a figure with the mark for decimals of the reader's language."""
    return figure.replace(".", say.plain("decimal-mark"))


def _predicates(one: Reckoning, say: Say) -> list[tuple[Button, ...]]:
    buttons = [
        _button(say.plain(f"predicate-{each.value}"), replace(one, predicate=each), one, say) for each in Predicate
    ]
    return [tuple(buttons[:2]), tuple(buttons[2:3]), tuple(buttons[3:])]


def _levels(one: Reckoning, say: Say) -> list[tuple[Button, ...]]:
    buttons = [_button(say.plain(f"level-{each.value}"), replace(one, level=each), one, say) for each in Level]
    return [tuple(buttons[:4]), tuple(buttons[4:6]), tuple(buttons[6:])]


def _months(one: Reckoning, say: Say) -> list[tuple[Button, ...]]:
    buttons = [_button(str(each), replace(one, months=each), one, say) for each in range(1, YEAR + 1)]
    return [tuple(buttons[:_ACROSS]), tuple(buttons[_ACROSS:])]


def _button(label: str, leads_to: Reckoning, now: Reckoning, say: Say) -> Button:
    chosen = say.plain("credit-chosen", label=label) if leads_to == now else label
    return Button(chosen, Touch.RECAP_CREDIT, leads_to.kept)


def _back(say: Say) -> Button:
    return Button(say.plain("button-back"), Touch.RECAP_MONTH, "back")
