"""What a case goes on from: on its card folded, on a page of its own at length; and what came of a closed one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.screens.screen import Button, Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.case.evaluation import Part
from models.case.verdict import Heard

_FOLDED = 200
"""Characters of the report, and of each part of its Laporan Evaluasi, on the card of the case that goes on from it."""

_WHOLE = 3300
"""Characters of all that the page tells of the earlier cases."""

_TOLD = (Part.CAUSE, Part.ACTION, Part.RESULT)
"""The parts that the card tells of: what was wrong, what was done, and what came of it."""


@dataclass(frozen=True, slots=True)
class EarlierView:
    """A case from which another goes on. `text` and `parts` are empty where the reader may not read its words.

    `opens` is whether the reader may look at the case itself.
    """

    case_id: int
    number: str
    text: str
    parts: Mapping[Part, str]
    readable: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """A closed case as the one who closed it hears of it again: the reporters' words, and the report that follows it.

    `helped` is whether none of them says that it did not; `heard` is what each of several said.
    """

    case_id: int
    number: str
    helped: bool
    heard: Heard
    continued_as: str
    continued_id: int | None


def line(earlier: Sequence[EarlierView], say: Say) -> Markup:
    """Return the line of a card that names what the case goes on from; empty where there is nothing."""
    if not earlier:
        return Markup()
    return say("earlier-line", numbers=say.time.join([one.number for one in earlier]))


def folded(earlier: Sequence[EarlierView], say: Say) -> Markup:
    """Return the story of the latest earlier case, folded; empty where there is none, or none that may be read."""
    if not earlier:
        return Markup()
    latest = earlier[0]
    if not latest.readable:
        return say("earlier-confidential", number=latest.number)
    said = {part: latest.parts[part] for part in _TOLD if latest.parts.get(part, "").strip()}
    return say("earlier-folded", number=latest.number, lines=_lines(latest.text, said, _FOLDED, say))


def button(say: Say, *, number: str, case_id: str = "") -> Button:
    """Return the button that opens the page of the earlier cases."""
    return Button(say.plain("button-earlier", number=number), Touch.EARLIER, case_id)


def page(number: str, earlier: Sequence[EarlierView], say: Say) -> Screen:
    """Return what the case with this `number` goes on from, the latest first, and a button for each that opens."""
    room = _WHOLE // max(1, sum(1 + len(one.parts) for one in earlier))
    blocks = [say("earlier-title", number=number)]
    for one in earlier:
        if one.readable:
            lines = _lines(one.text, one.parts, room, say)
            blocks.append(say("earlier-told", number=one.number, lines=lines))
        else:
            blocks.append(say("earlier-confidential", number=one.number))
    rows = [
        (Button(say.plain("button-status-of", number=one.number), Touch.STATUS, str(one.case_id)),)
        for one in earlier
        if one.opens
    ]
    return Screen(text=Markup("\n\n").join(blocks), rows=tuple(rows), silent=True)


def _lines(text: str, parts: Mapping[Part, str], limit: int, say: Say) -> Markup:
    lines = [say("earlier-report", text=shortened(text.strip(), limit))]
    lines += [
        say("evaluation-report-part", part=say.plain(f"part-{part.value}"), text=shortened(words.strip(), limit))
        for part, words in parts.items()
        if words.strip()
    ]
    return Markup("\n").join(lines)


def feedback(view: FeedbackView, say: Say) -> Screen:
    """Return what the one who closed a case is told: it did not help, or now it did; and what follows it, if anything.

    It makes no sound: nothing waits for them.
    """
    blocks = [say("feedback-card-helped" if view.helped else "feedback-card-not-helped", number=view.number)]
    if view.heard.reporters > 1:
        said = {"given": view.heard.verdicts, "reporters": view.heard.reporters, "not": view.heard.not_helped}
        blocks.append(say("status-heard", helped=view.heard.helped, **said))
    row = [Button(say.plain("button-status-of", number=view.number), Touch.STATUS, str(view.case_id))]
    if view.continued_id is not None:
        blocks.append(say("feedback-card-continued", number=view.continued_as))
        label = say.plain("button-status-of", number=view.continued_as)
        row.append(Button(label, Touch.STATUS, str(view.continued_id)))
    return Screen(text=Markup("\n").join(blocks), rows=(tuple(row),), silent=True)
