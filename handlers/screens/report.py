"""The reporter's cards: the draft, the receipt that later shows the status, and the result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, assert_never

from markupsafe import Markup

from handlers.screens import earlier as earlier_screens
from handlers.screens import joining, phone, rating, transferring
from handlers.screens.joining import OfferView
from handlers.screens.moved import because
from handlers.screens.rating import UNSAID, Verdict
from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.screens.sheets import sheet_button
from handlers.screens.transferring import TransferView
from handlers.screens.urgency import sifat
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from handlers.texts.spoken import spoken
from models.case.case import CaseState
from models.case.sight import Sight
from models.case.verdict import Heard
from models.mail.card import Face
from models.rules.standard import Standard
from models.rules.step_kinds import StepKind
from models.rules.urgency import Urgency


@dataclass(frozen=True, slots=True)
class Position:
    """The step at which an open case stands. `late` is seconds of office time. `begun` is whether it is being handled.

    `counts_from` is the next opening where the task came while the office was closed and its time has not begun.
    `holder` is empty until the task is given to a person or a person begins it. `moved` says why the deadline is
    another one than it was, None where it never moved. `waiting_since` is since when the reporter is asked, None while
    they are not; where the step is `paused` meanwhile, nothing of it is late. `extended` is whether more time was
    granted than its standard, `awaits_return` whether it waits for who is away, because no Plh. may do it.
    """

    step: int
    kind: StepKind
    begun: bool
    role: str
    holder: str
    standard: Standard
    due: datetime
    late: int
    counts_from: datetime | None
    moved: Mapping[str, Any] | None = None
    waiting_since: datetime | None = None
    paused: bool = False
    extended: bool = False
    awaits_return: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """The status of a case. `done` counts the finished steps of its SOP, of `steps` in all.

    `sight` is how much of the case the reader may see, and `own` whether the reader reported it. `subject`, `reason`
    and `result` are empty for a reader who may not read the words of the case. To such a reader a confidential case is
    an ordinary one.

    `face` is what the card shows; `transfer` is None for a reader who can hand the open task to nobody. `withdrawable`
    is whether the reader may still withdraw the report, `urgeable` whether they may urge its holder; they did so last
    at `urged_at`; `open_to_more` whether they may add to it. `fellow` is whether the reader's report was joined to it;
    then `helped` and `verdict` are theirs. `heard` is what all reporters said, `reporters` counts them, and
    `parted` are the reports that the reader may part from it.
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
    face: Face = Face.MAIN
    transfer: TransferView | None = None
    withdrawable: bool = False
    urgeable: bool = False
    open_to_more: bool = False
    urged_at: datetime | None = None
    verdict: Verdict = UNSAID
    fellow: bool = False
    heard: Heard = field(default_factory=Heard)
    reporters: int = 1
    parted: Sequence[tuple[int, str]] = ()


_TEXT = 1500
_RESULT = 2500
_TITLE = 30
_ROOMS = (2000, 1000, 600, 400, 300, 200, 120, 80)
"""Characters of a subject, and of the reason of a decline: as many as the card has room for on a phone."""


@dataclass(frozen=True, slots=True)
class DraftView:
    """A report before it is sent. `files` counts the files by kind; `sop` is empty where there is only one SOP.

    `subject` is what files without words are told by, empty where there are words or nothing.

    `questions` lists the open questions that the draft may answer: the question's id and the case's number. `notes`
    lists the open tasks of which it may become a note: the task's id and the case's number. `waits` is
    for a draft beyond the reports that an hour takes: their `limit`, and `at` which instant it can be sent.
    `removable` is whether files can be taken out or put back. `unsent` is whether it has lain so long that it says it
    is not sent; `silent` is whether it says so without a sound. `offers` are the open reports that are like it.
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
    offers: Sequence[OfferView] = ()


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
    blocks += joining.offered(view.offers, say, now=view.now)
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
    return (*rows, *joining.rows(view.offers, say), *removing, *answers, *notes)


def draft_gone(face: Face, number: str, say: Say) -> Screen:
    """Return the text that replaces a draft: what it became, that it was discarded, or that it stands further down."""
    if face in {Face.SENT, Face.ANSWERED, Face.NOTED, Face.JOINED}:
        return Screen(say(f"draft-{face.value}", number=number))
    return Screen(say("draft-discarded-card" if face is Face.DISCARDED else "draft-replaced"))


def status_card(view: CaseView, say: Say) -> Screen:
    """Return the status of a case: the reporter's receipt, and the answer to others who may see the case."""
    return phone.roomiest(_ROOMS, lambda limit: _status(view, say, limit), phone.fits)[1]


def _status(view: CaseView, say: Say, limit: int) -> Screen:
    """Return the status with at most `limit` characters of the subject, and of the reason of a decline."""
    blocks = [_status_title(view, say)]
    if view.subject:
        blocks.append(say("status-subject", subject=shortened(view.subject, limit)))
    if view.previous:
        blocks.append(say("status-previous", number=view.previous))
    if view.confidential or view.urgency is not Urgency.ORDINARY:
        blocks.append(say("status-sifat", words=sifat(view.urgency, say, confidential=view.confidential)))
    if view.reporters > 1:
        blocks.append(say("status-reporters", count=view.reporters))
    blocks.append(say("status-progress", dots=_dots(view), done=str(_reached(view)), steps=str(view.steps)))
    if view.round > 1 and view.position is not None:
        blocks += _again(view, view.position, say)
    if view.position is not None:
        blocks += _position(view, view.position, say)
    if view.urged_at is not None and view.urgeable:
        blocks.append(say("status-urged", at=say.time.moment(view.urged_at, now=view.now)))
    if view.reason:
        blocks.append(say("status-reason", reason=shortened(view.reason, limit)))
    heard = rating.of_reporters(view.helped, view.verdict, Heard() if view.own else view.heard, say)
    if view.state is CaseState.CLOSED and heard is not None:
        blocks.append(heard)
    below, rows = _status_end(view, say)
    return Screen(Markup("\n").join((*blocks, *below)), rows)


def _status_end(view: CaseView, say: Say) -> tuple[list[Markup], tuple[tuple[Button, ...], ...]]:
    """Return the last lines of a status card and its buttons, as its face has them."""
    if view.transfer is not None and view.face in transferring.FACES:
        return [transferring.asking(view.transfer, view.face, say)], transferring.rows(view.transfer, view.face, say)
    if view.withdrawable and view.face is Face.WITHDRAWING:
        sure = Button(say.plain("button-withdraw-now"), Touch.WITHDRAW_NOW, style=Style.RED)
        back = Button(say.plain("button-back"), Touch.BACK)
        code = "prompt-leaving" if view.fellow else "prompt-withdrawing"
        return [say(code, number=view.number)], ((sure,), (back,))
    position = Button(say.plain("button-position"), Touch.POSITION, str(view.case_id))
    timeline = Button(say.plain("button-timeline"), Touch.TIMELINE, str(view.case_id))
    urge = Button(say.plain("button-urge"), Touch.URGE)
    withdraw = Button(say.plain("button-leave" if view.fellow else "button-withdraw"), Touch.WITHDRAW)
    own = (*((urge,) if view.urgeable else ()), *((withdraw,) if view.withdrawable else ()))
    transfer = (Button(say.plain("button-transfer"), Touch.TRANSFER),) if view.transfer is not None else ()
    before: tuple[Button, ...] = ()
    if view.previous and view.sight in {Sight.OWN, Sight.WHOLE}:
        before = (earlier_screens.button(say, number=view.previous, case_id=str(view.case_id)),)
    papers = (sheet_button(say, str(view.case_id)),) if view.sight in {Sight.OWN, Sight.WHOLE} else ()
    parting = joining.part_rows(view.parted, say)
    rows = tuple(row for row in (before, (position, timeline), papers, transfer, *parting, own) if row)
    return [say("status-how")] if view.open_to_more else [], rows


def _status_title(view: CaseView, say: Say) -> Markup:
    at = say.time.moment(view.closed_at, now=view.now) if view.closed_at else ""
    match view.state:
        case CaseState.OPEN if view.fellow:
            return say("status-received-joined", number=view.number)
        case CaseState.OPEN:
            return say("status-received" if view.own else "status-title", number=view.number)
        case CaseState.CLOSED:
            return say("status-closed", number=view.number, time=at)
        case CaseState.DECLINED:
            return say("status-declined", number=view.number, role=view.ended_at, time=at)
        case CaseState.WITHDRAWN:
            return say("status-withdrawn", number=view.number, time=at)
        case CaseState.MERGED:
            return say("status-merged", number=view.number, to=view.moved_to, time=at)
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
    standard, due = say.time.standard(position.standard), say.time.live(position.due)
    holder = say("status-holder", name=position.holder) if position.holder else Markup()
    where = say("status-position", role=position.role, holder=holder, standard=standard)
    lines = [_desk(view, position, say) if view.own else where]
    if position.awaits_return:
        lines.append(say("status-awaits-return"))
    if position.waiting_since is not None:
        since = say.time.moment(position.waiting_since, now=view.now)
        lines.append(say("status-waiting-own" if view.own else "status-waiting", since=since))
    if position.paused:
        return [*lines, say("status-paused")]
    late = "late" if position.late else "due"
    whose = ("status-own-extended" if position.extended else "status-own") if view.own else "status"
    lines.append(say(f"{whose}-{late}", due=due, standard=standard))
    if position.moved is not None:
        lines.append(say("card-moved", because=because(position.moved, say)))
    if position.counts_from is not None:
        lines.append(say("status-counts-from", time=say.time.stamp(position.counts_from)))
    return lines


def _again(view: CaseView, position: Position, say: Say) -> list[Markup]:
    """Return that the work came back with a correction; the reporter is told while it is being mended."""
    if not view.own:
        return [say("status-round", round=str(view.round))]
    return [say("status-own-round")] if position.kind.rules.handles else []


def _desk(view: CaseView, position: Position, say: Say) -> Markup:
    """Return, in the words of a person, where the report lies and what it waits for there."""
    holder = say("status-desk-holder", name=position.holder) if position.holder else Markup()
    code = "status-desk-begun" if position.begun else f"status-desk-{position.kind.value}"
    return say(code, role=position.role, holder=holder, step=str(position.step), steps=str(view.steps))


def result_card(view: CaseView, say: Say) -> Screen:
    """Return the result of a report, and the question whether it helped. The reporter can change the answer.

    A result that is too long for a phone's screen beside the question is folded.
    """
    return phone.roomiest(("result-words", "result-words-folded"), lambda code: _result(view, say, code), phone.fits)[1]


def _result(view: CaseView, say: Say, code: str) -> Screen:
    said = say(code, result=shortened(view.result, _RESULT)) if view.result else Markup()
    blocks = [say("result-title", said=said, number=view.number)]
    answers = {None: "result-ask", True: "result-helped", False: "result-not-helped"}
    blocks.append(say(answers[view.helped]))
    blocks += rating.asking(view.verdict, say, now=view.now)
    yes, no = ("button-helped", "button-not-helped")
    row = (
        Button(say.plain(f"{yes}-chosen" if view.helped else yes), Touch.HELPED, style=Style.GREEN),
        Button(say.plain(f"{no}-chosen" if view.helped is False else no), Touch.NOT_HELPED, style=Style.RED),
    )
    position = Button(say.plain("button-position"), Touch.POSITION, str(view.case_id))
    papers = () if view.fellow and view.sight is Sight.POSITION else (sheet_button(say, str(view.case_id)),)
    rows = (row, *rating.rows(view.verdict, say, now=view.now), (position, *papers))
    return Screen(Markup("\n").join(blocks), rows)
