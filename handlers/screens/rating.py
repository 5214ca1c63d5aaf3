"""The two taps after 👍, which nobody has to make: how fast the result came, and whether it was plain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.screens.screen import Button, Touch
from handlers.texts.catalogue import Say
from models.case.verdict import Heard, Rating


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reporter said beside 👍: None where nothing. `until` is until when they may; None without a 👍."""

    quick: bool | None
    clear: bool | None
    until: datetime | None

    def has(self, rating: Rating) -> bool:
        """Whether the reporter has said this."""
        return {"quick": self.quick, "clear": self.clear}[rating.column] is rating.good

    @property
    def words(self) -> Sequence[Rating]:
        """All that the reporter has said."""
        return [rating for rating in Rating if self.has(rating)]

    def asks(self, now: datetime) -> bool:
        """Whether the reporter may still say something, or change it."""
        return self.until is not None and now <= self.until


UNSAID = Verdict(None, None, None)

_SEPARATOR = " · "

_ROWS = ((Rating.QUICK, Rating.SLOW), (Rating.CLEAR, Rating.UNCLEAR))


def asking(verdict: Verdict, say: Say, *, now: datetime) -> list[Markup]:
    """Return the line that asks for the two taps, with what was said once they may not be changed any more."""
    if verdict.until is None:
        return []
    if verdict.asks(now):
        return [say("rating-ask", until=say.time.stamp(verdict.until))]
    return [say("rating-said", words=_words(verdict.words, say))] if verdict.words else []


def rows(verdict: Verdict, say: Say, *, now: datetime) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons of the two taps, while they can be made."""
    if not verdict.asks(now):
        return ()
    return tuple(tuple(_button(rating, verdict, say) for rating in row) for row in _ROWS)


def said(verdict: Verdict, say: Say) -> Markup:
    """Return what a reporter said beside 👍, to go on after the line that has it; nothing where they said nothing."""
    return say("rating-beside", words=_words(verdict.words, say)) if verdict.words else Markup()


def of_reporters(helped: bool | None, verdict: Verdict, heard: Heard, say: Say) -> Markup | None:  # noqa: FBT001
    """Return what the reporters of a case said, None where nobody said anything.

    `helped` and `verdict` are the words of a single reporter; of several it is told how many said so.
    """
    if heard.reporters > 1 and heard.verdicts:
        counts = {"given": heard.verdicts, "reporters": heard.reporters}
        line = say("status-heard", helped=heard.helped, **{"not": heard.not_helped}, **counts)
        words = [say.plain("rating-count", label=_label(one, say), count=str(count)) for one, count in heard.rated]
        return line + say("rating-beside", words=_SEPARATOR.join(words)) if words else line
    if helped is None:
        return None
    return say("status-helped" if helped else "status-not-helped") + said(verdict, say)


def _words(ratings: Sequence[Rating], say: Say) -> str:
    return _SEPARATOR.join(_label(rating, say) for rating in ratings)


def _label(rating: Rating, say: Say) -> str:
    return say.plain(f"button-rating-{rating.value}")


def _button(rating: Rating, verdict: Verdict, say: Say) -> Button:
    label = _label(rating, say)
    chosen = say.plain("rating-chosen", label=label) if verdict.has(rating) else label
    return Button(chosen, Touch.RATE, rating.value)
