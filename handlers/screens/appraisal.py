"""The card that asks a superior how the work on a finished case was done: one tap, or none."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.screens import rating
from handlers.screens.rating import Verdict
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.screens.span import Span, worded
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.case.verdict import Appraisal, Heard
from models.rules.standard import Standard

_SUBJECT = 300


@dataclass(frozen=True, slots=True)
class AppraisalView:
    """A finished case as the superior of `handler` sees it.

    `subject` is empty where the case is confidential, or not the superior's to read. `took` is the office time of the
    last pass of the handling, against `standard`. `helped` and `verdict` are the words of the first reporter, `heard`
    those of all. `well` is the feedback, None before it was given, by `given_by`;
    `until` is until when it can be changed. `asks` is whether the reader may give it or change it now.
    """

    now: datetime
    case_id: int
    number: str
    handler: str
    subject: str
    took: Span
    standard: Standard
    late: bool
    helped: bool | None
    verdict: Verdict
    heard: Heard
    well: bool | None
    given_by: str
    until: datetime | None
    asks: bool


def appraisal_card(view: AppraisalView, say: Say) -> Screen:
    """Return the card. It makes no sound: nothing waits for the reader."""
    blocks = [say("appraisal-title", number=view.number, name=view.handler)]
    if view.subject:
        blocks.append(say("appraisal-subject", subject=shortened(view.subject, _SUBJECT)))
    time = {"span": worded(view.took, say), "standard": say.time.standard(view.standard)}
    blocks.append(say("appraisal-late" if view.late else "appraisal-in-time", **time))
    blocks.append(reporters_said(view.helped, view.verdict, view.heard, say))
    blocks.append(_feedback(view, say))
    rows = (buttons(view.well, say),) if view.asks else ()
    return Screen(Markup("\n").join(blocks), rows, silent=True)


def withdrawn(number: str, say: Say) -> Screen:
    """Return the card of a reader who is the superior no more."""
    return Screen(say("appraisal-withdrawn", number=number), silent=True)


def reporters_said(helped: bool | None, verdict: Verdict, heard: Heard, say: Say) -> Markup:  # noqa: FBT001
    """Return the line with the verdicts of the reporters, as `rating.of_reporters` words them."""
    return rating.of_reporters(helped, verdict, heard, say) or say("appraisal-reporter-silent")


def buttons(well: bool | None, say: Say, *, number: str = "", case_id: str = "") -> tuple[Button, ...]:  # noqa: FBT001
    """Return the two buttons of the feedback, with the `number` of the case where the card shows several."""
    return tuple(
        Button(
            _label(one, say, chosen=well is (one is Appraisal.WELL), number=number),
            Touch.APPRAISE,
            f"{one.value} {case_id}".strip(),
            style=Style.GREEN if one is Appraisal.WELL else None,
        )
        for one in Appraisal
    )


def _label(one: Appraisal, say: Say, *, chosen: bool, number: str) -> str:
    label = say.plain(f"button-appraisal-{one.value}")
    named = say.plain("appraisal-of", number=number, label=label) if number else label
    return say.plain("rating-chosen", label=named) if chosen else named


def _feedback(view: AppraisalView, say: Say) -> Markup:
    if view.well is None or view.until is None:
        return say("appraisal-ask", name=view.handler)
    said = say.plain("button-appraisal-well" if view.well else "button-appraisal-improve")
    line = say("appraisal-given", said=said, name=view.given_by)
    return line + say("appraisal-until", until=say.time.stamp(view.until)) if view.asks else line
