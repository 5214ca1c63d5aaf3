"""The reporter's cards: the draft, the receipt that later shows the status, and the result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never

from markupsafe import Markup

from handlers.screens import earlier as earlier_screens
from handlers.screens.moved import because
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.screens.urgency import sifat
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from handlers.texts.spoken import spoken
from models.case.case import CaseState
from models.case.sight import Sight
from models.mail.card import Face
from models.rules.standard import Standard
from models.rules.urgency import Urgency


@dataclass(frozen=True, slots=True)
class Position:
    """The step at which an open case stands. `late` is seconds of office time.

    `counts_from` is the next opening where the task came while the office was closed and its time has not begun.
    `holder` is empty until the task is given to a person or a person begins it. `moved` says why the deadline is
    another one than it was, None where it never moved. `waiting_since` is since when the reporter is asked, None while
    they are not; where the step is `paused` meanwhile, nothing of it is late.
    """

    role: str
    holder: str
    standard: Standard
    due: datetime
    late: int
    counts_from: datetime | None
    moved: Mapping[str, Any] | None = None
    waiting_since: datetime | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """The status of a case. `done` counts the finished steps of its SOP, of `steps` in all.

    `sight` is how much of the case the reader may see, and `own` whether the reader reported it. `subject`, `reason`
    and `result` are empty for a reader who may not read the words of the case. To such a reader a confidential case is
    an ordinary one.
    """

    now: datetime
    case_id: int
    number: str
    state: CaseState
    sight: Sight
    own: bool
    subject: str
    urgency: Urgency
    confidential: bool
    done: int
    steps: int
    round: int
    position: Position | None
    closed_at: datetime | None
    ended_at: str
    reason: str
    moved_to: str
    result: str
    helped: bool | None
    previous: str


_TEXT = 1500
_REASON = 500
_RESULT = 2500
_TITLE = 30


@dataclass(frozen=True, slots=True)
class DraftView:
    """A report before it is sent. `files` counts the files by kind; `sop` is empty where there is only one SOP.

    `subject` is what files without words are told by, empty where there are words or nothing.

    `questions` lists the open questions that the draft may answer: the question's id and the case's number. `notes`
    lists the open tasks of which it may become a note: the task's id and the case's number. `waits` is
    for a draft beyond the reports that an hour takes: their `limit`, and `at` which instant it can be sent.
    `removable` is whether files can be taken out or put back. `unsent` is whether it has lain so long that it says it
    is not sent; `silent` is whether it says so without a sound.
    """

    face: Face
    text: str
    subject: str
    files: Mapping[str, int]
    urgency: Urgency
    confidential: bool
    sop: str
    previous: str
    questions: Sequence[tuple[int, str]]
    notes: Sequence[tuple[int, str]]
    waits: Mapping[str, Any] | None
    removable: bool
    now: datetime
    unsent: bool = False
    silent: bool = False


def draft_card(view: DraftView, say: Say) -> Screen:
    """Return the draft with its buttons. Only the button to discard it loses words or files."""
    title = say("draft-title-linked", number=view.previous) if view.previous else say("draft-title")
    blocks = [title + _files(view.files, say)]
    if view.unsent and view.waits is None:
        blocks.append(say("draft-unsent"))
    if view.text:
        blocks.append(say("draft-text", text=shortened(view.text, _TEXT)))
    if view.face is Face.EXPECTS_REPORT_TEXT:
        back = Button(say.plain("button-back"), Touch.BACK)
        return Screen(Markup("\n").join((*blocks, say("draft-rewrite"))), ((back,),))
    if view.subject:
        blocks.append(say("draft-wordless", subject=view.subject))
    elif not view.text:
        blocks.append(say("draft-still-wrong" if view.previous else "draft-describe"))
    if view.sop and (view.text or view.files):
        blocks.append(say("draft-ask-sop", title=view.sop))
    if view.notes and (view.text or view.files):
        blocks.append(say("draft-ask-note"))
    if view.waits is not None:
        blocks.append(spoken(say, "draft-waits", view.waits, now=view.now))
    return Screen(Markup("\n").join(blocks), _draft_rows(view, say), silent=view.silent)


def _files(files: Mapping[str, int], say: Say) -> Markup:
    counted = [say.plain(f"count-{kind}", count=count) for kind, count in files.items() if count]
    return say("draft-files", files=say.time.join(counted)) if counted else Markup()


def _draft_rows(view: DraftView, say: Say) -> tuple[tuple[Button, ...], ...]:
    answers = [
        (Button(say.plain("button-as-answer", number=number), Touch.AS_ANSWER, str(question_id)),)
        for question_id, number in view.questions
    ]
    notes = [
        (Button(say.plain("button-as-note", number=number), Touch.AS_NOTE, str(task_id)),)
        for task_id, number in view.notes
    ]
    discard = Button(say.plain("button-discard"), Touch.DISCARD)
    removing = ((Button(say.plain("button-remove"), Touch.REMOVE),),) if view.removable else ()
    if not view.text and not view.files:
        return (*removing, (discard,))
    word = say.plain(f"urgency-{view.urgency.value}")
    secret = (
        Button(say.plain("button-confidential"), Touch.KEEP_OPEN)
        if view.confidential
        else Button(say.plain("button-not-confidential"), Touch.KEEP_CONFIDENTIAL)
    )
    rows: list[tuple[Button, ...]] = [
        (Button(say.plain("button-send-report"), Touch.SEND_REPORT, style=Style.GREEN),),
        (Button(say.plain("button-urgency", urgency=word), Touch.CHOOSE_URGENCY), secret),
    ]
    if view.sop:
        rows.append((Button(say.plain("button-choose-sop", title=shortened(view.sop, _TITLE)), Touch.CHOOSE_SOP),))
    rows.append((Button(say.plain("button-edit-report"), Touch.EDIT_REPORT), discard))
    return (*rows, *removing, *answers, *notes)


def draft_gone(face: Face, number: str, say: Say) -> Screen:
    """Return the text that replaces a draft: what it became, that it was discarded, or that it stands further down."""
    if face in {Face.SENT, Face.ANSWERED, Face.NOTED}:
        return Screen(say(f"draft-{face.value}", number=number))
    return Screen(say("draft-discarded-card" if face is Face.DISCARDED else "draft-replaced"))


def status_card(view: CaseView, say: Say) -> Screen:
    """Return the status of a case: the reporter's receipt, and the answer to others who may see the case."""
    blocks = [_status_title(view, say)]
    if view.subject:
        blocks.append(say("status-subject", subject=view.subject))
    if view.previous:
        blocks.append(say("status-previous", number=view.previous))
    if view.confidential or view.urgency is not Urgency.ORDINARY:
        blocks.append(say("status-sifat", words=sifat(view.urgency, say, confidential=view.confidential)))
    blocks.append(say("status-progress", dots=_dots(view), done=str(_reached(view)), steps=str(view.steps)))
    if view.round > 1 and view.position is not None:
        blocks.append(say("status-round", round=str(view.round)))
    if view.position is not None:
        blocks += _position(view, view.position, say)
    if view.reason:
        blocks.append(say("status-reason", reason=shortened(view.reason, _REASON)))
    if view.state is CaseState.CLOSED and view.helped is not None:
        blocks.append(say("status-helped" if view.helped else "status-not-helped"))
    position = Button(say.plain("button-position"), Touch.POSITION, str(view.case_id))
    timeline = Button(say.plain("button-timeline"), Touch.TIMELINE, str(view.case_id))
    before: list[tuple[Button, ...]] = []
    if view.previous and view.sight in {Sight.OWN, Sight.WHOLE}:
        before.append((earlier_screens.button(say, number=view.previous, case_id=str(view.case_id)),))
    return Screen(Markup("\n").join(blocks), (*before, (position, timeline)))


def _status_title(view: CaseView, say: Say) -> Markup:
    at = say.time.moment(view.closed_at, now=view.now) if view.closed_at else ""
    match view.state:
        case CaseState.OPEN:
            return say("status-received" if view.own else "status-title", number=view.number)
        case CaseState.CLOSED:
            return say("status-closed", number=view.number, time=at)
        case CaseState.DECLINED:
            return say("status-declined", number=view.number, role=view.ended_at, time=at)
        case CaseState.MOVED:
            return say("status-moved", number=view.number, to=view.moved_to, time=at)
        case _:
            assert_never(view.state)


def _reached(view: CaseView) -> int:
    return min(view.steps, view.done + 1) if view.position else view.done


def _dots(view: CaseView) -> str:
    """Return one dot for each step: full for a finished step, half for the present one, empty for a later one."""
    here = "◐" if view.position else ""
    return "●" * view.done + here + "○" * (view.steps - view.done - len(here))


def _position(view: CaseView, position: Position, say: Say) -> list[Markup]:
    holder = say("status-holder", name=position.holder) if position.holder else Markup()
    standard = say.time.standard(position.standard)
    lines = [say("status-position", role=position.role, holder=holder, standard=standard)]
    if position.waiting_since is not None:
        since = say.time.moment(position.waiting_since, now=view.now)
        lines.append(say("status-waiting-own" if view.own else "status-waiting", since=since))
    if position.paused:
        return [*lines, say("status-paused")]
    due = say.time.live(position.due, now=view.now)
    lines.append(say("status-late" if position.late else "status-due", due=due))
    if position.moved is not None:
        lines.append(say("card-moved", because=because(position.moved, say)))
    if position.counts_from is not None:
        lines.append(say("status-counts-from", time=say.time.moment(position.counts_from, now=view.now)))
    return lines


def result_card(view: CaseView, say: Say) -> Screen:
    """Return the result of a report, and the question whether it helped. The reporter can change the answer."""
    said = say("result-words", result=shortened(view.result, _RESULT)) if view.result else Markup()
    blocks = [say("result-title", said=said, number=view.number)]
    answers = {None: "result-ask", True: "result-helped", False: "result-not-helped"}
    blocks.append(say(answers[view.helped]))
    yes, no = ("button-helped", "button-not-helped")
    row = (
        Button(say.plain(f"{yes}-chosen" if view.helped else yes), Touch.HELPED, style=Style.GREEN),
        Button(say.plain(f"{no}-chosen" if view.helped is False else no), Touch.NOT_HELPED, style=Style.RED),
    )
    return Screen(Markup("\n").join(blocks), (row,))
