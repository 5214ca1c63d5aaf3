"""A case as it is looked at from outside: its timeline and its place in the SOP, as far as the reader may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers.screens.raised import Raised
from handlers.screens.span import deadline, measured
from handlers.screens.timeline import Actor, Happening, Place, PositionView, StepLine, TimelineView
from handlers.texts.shorten import length
from handlers.views.lateness import reason_read_by
from models.case.attachment import Attachment
from models.case.case import Case, CaseState
from models.case.journey import FELLOW, REPORTER
from models.case.sight import Sight
from models.case.standing import ADMINS, Standing
from models.case.task import Task
from models.case.verdict import Rating
from models.office.person import Person
from models.office.seating import Because
from models.office.tenure import ActingAs
from models.queries import timeline
from models.queries.consultations import sight_in
from models.queries.timeline import Event
from models.repository.reader import Reader
from models.rules.actions import ACTIONS, Action, ActionRules
from models.rules.ladder import RungKind
from models.rules.sop import Step
from models.rules.urgency import Urgency

_BY_ITSELF = frozenset(
    {
        *("undelivered", "remind", "pause", "resume", "pause-lasts", "rehome", "overrun"),
        *("pass-over-file", "erase-file", "erase"),
    }
)
"""What the program does by itself, beside climbing a rung, and tells on the timeline."""

_OF_ANOTHER = frozenset({Action.JOIN, Action.PART})
"""What an official does with the case of another reporter, told with its number."""

_PARTS = frozenset({Action.JOIN, Action.LEAVE, Action.PART})
"""What makes a person a reporter of a case beside the first one, or no longer."""

_TOLD_ABOVE = frozenset({RungKind.ESCALATE.value, "overrun"})
"""What is told to others than those who may decide: the timeline names them."""

_NAMES = 3
"""Names listed of those who may decide a step."""

_RESCHEDULED = "reschedule"
"""The action of the entry of a deadline that moved with the calendar."""


def timeline_view(reader: Reader, standing: Standing, *, person: Person) -> TimelineView:
    """Return the case's timeline with the words that `person` may read, their own among them.

    Refused attempts are left to the journal.
    """
    happenings: list[Happening] = []
    sight = sight_in(reader, standing, person)
    reporters = [standing.case.reporter_id]
    for event in timeline.timeline(reader, standing.case):
        _follow(reporters, event)
        code = _code(event)
        if code is None:
            continue
        one = _happening(reader, standing, event, code, readable=_readable(event, sight, person))
        if one.actor.capacity is not None:
            one = replace(one, actor=replace(one.actor, own=event.actor_id in reporters))
        if happenings and _continues(one, happenings[-1]):
            one = replace(one, at=happenings[-1].at, count=one.count + happenings[-1].count)
            happenings.pop()
        happenings.append(one)
    return TimelineView(standing.case.number, happenings, official=_is_official(reader, person))


def _follow(reporters: list[int], event: Event) -> None:
    """Let the reporters of a case be those that they are from this entry on, each as often as they have a part in it.

    What was done while a case was somebody's own stays told so, also after their report was parted.
    """
    person_id = event.body.get("person", event.actor_id)
    if event.action not in _PARTS or person_id is None:
        return
    if event.action == Action.JOIN:
        reporters.append(person_id)
    elif place := max((place for place, one in enumerate(reporters) if one == person_id), default=0):
        del reporters[place]


def _is_official(reader: Reader, person: Person) -> bool:
    return person.is_admin or bool(reader.office().posts_of(person))


def at_length(reader: Reader, case: Case, *, above: int) -> list[tuple[str, str]]:
    """Return what was said in a case at a `length` above `above`, with who said it; the report itself is not."""
    events = (
        event for event in timeline.timeline(reader, case) if event.action != Action.REPORT and not event.restricted
    )
    return [(event.actor, words) for event in events if length(words := _said(event)) > above]


def brought_with(
    reader: Reader, case: Case, files: Sequence[Attachment]
) -> list[tuple[dict[str, Any] | None, list[Attachment]]]:
    """Return the files of a case in their order, those together that came with the same.

    Each group is told by the `name` of the person who brought it, their `action`, and `at` which instant; None where
    the journal does not say. Files that were attached one after the other are one group.
    """
    events = [one for one in timeline.timeline(reader, case) if "files" in one.body]
    groups = list[tuple[dict[str, Any] | None, list[Attachment]]]()
    for file in files:
        event = next((one for one in events if _brings(one, file)), None)
        said = None if event is None else {"name": event.actor, "action": event.action, "at": event.at}
        if groups and _alike(said, groups[-1][0]):
            groups[-1][1].append(file)
        else:
            groups.append((said, [file]))
    return groups


def _brings(event: Event, file: Attachment) -> bool:
    came = (event.actor_id, event.at) == (file.added_by_id, file.added_at)
    return came and event.action != Action.DETACH and file.file_unique_id in event.body["files"]


def _alike(said: dict[str, Any] | None, earlier: dict[str, Any] | None) -> bool:
    if said is None or earlier is None or said["action"] != Action.ATTACH:
        return said == earlier
    return (said["name"], said["action"]) == (earlier["name"], earlier["action"])


def _continues(one: Happening, earlier: Happening) -> bool:
    """Whether files were attached one after the other, as the parts of an album are."""
    return one.code == Action.ATTACH and (one.code, one.actor, one.day) == (earlier.code, earlier.actor, earlier.day)


def _code(event: Event) -> str | None:
    """Return what the entry is called on the timeline, None for what does not belong there."""
    if event.action == Action.FEEDBACK:
        return "helped" if event.body.get("helped") else "not-helped"
    if event.action == Action.RATE:
        return _rating(event)
    if event.action == Action.APPRAISE:
        # What a superior says of the work is for them and the person who did it: it stands in /rekap.
        return None
    if event.action in ACTIONS:
        return _as_action(event)
    if event.action == "chase" and event.body.get("kind") in set(RungKind):
        # What the message of a later rung told of was never said by itself.
        return str(event.body["kind"]) if "within" not in event.body else None
    if event.action == _RESCHEDULED:
        return event.action if "due" in event.body else None
    return event.action if event.action in _BY_ITSELF else None


def _as_action(event: Event) -> str:
    """Return what an action is called: by what its entry tells, where that makes it another thing for a reader."""
    if event.action == Action.REPORT and event.body.get("previous"):
        return "continued"
    if event.action == Action.JOIN and "from" in event.body:
        # Not the person who acts reports the same: an official merged the case of another with this one.
        return "taken-in"
    return event.action


def _rating(event: Event) -> str:
    """Return what the reporter said of a result that helped."""
    told = {rating for rating in Rating if event.body.get(rating.column) is rating.good}
    return next(rating.value for rating in Rating if rating in told)


def _readable(event: Event, sight: Sight, person: Person) -> bool:
    """Whether a person with this sight of the case may read what an entry says."""
    if event.actor_id == person.id:
        return True
    if event.restricted:
        return False
    if sight is Sight.WHOLE:
        return True
    return sight is Sight.OWN and _rules(event).public


def _happening(reader: Reader, standing: Standing, event: Event, code: str, *, readable: bool) -> Happening:
    calendar = reader.calendar
    task = event.closed
    return Happening(
        at=event.at,
        day=event.at.astimezone(calendar.zone).date(),
        code=code,
        actor=_actor(standing, event),
        to=_to(standing, event) if code != "continued" else reader.case_number(event.body["previous"]),
        words=_said(event) if readable else "",
        taken=measured(calendar, task.counted_from(calendar), event.at) if task else None,
        standard=task.time_standard if task else None,
        late=bool(task and task.was_late(calendar, at=event.at)),
        count=event.body.get("visits") or len(event.body.get("files", ())) or 1,
        moved=event.body["because"] if code == _RESCHEDULED else None,
        due=_moved_to(reader, standing, event) if code == _RESCHEDULED else None,
        raised=_raised(standing, event.body) if code == "rehome" else None,
        told=event.told if readable and code in _TOLD_ABOVE else (),
        sequence=event.sequence,
    )


def _moved_to(reader: Reader, standing: Standing, event: Event) -> datetime:
    """Return the deadline that a changed calendar led to, as people are told of it."""
    standard = standing.sop.step(event.body["step"]).standard_for(Urgency(standing.case.urgency))
    return deadline(reader.calendar, datetime.fromisoformat(event.body["due"]), standard)


def _actor(standing: Standing, event: Event) -> Actor:
    acting = ActingAs.parse(event.capacity)
    if acting is None:
        return Actor(event.actor if event.capacity in {REPORTER, FELLOW} else "", None, "")
    raised = _raised(standing, event.body) if event.action != "rehome" else None
    return Actor(event.actor, acting.capacity, standing.office.file.short_of(acting.post), raised=raised)


def _raised(standing: Standing, body: Mapping[str, Any]) -> Raised | None:
    """Return in whose place a task was decided by what an entry says, or a part of it; None where in none."""
    told = body.get("raised")
    if told is None:
        return None
    return Raised(standing.office.file.short_of(told["from"]), Because(told["because"]))


def _desk(standing: Standing, told: Mapping[str, Any]) -> str:
    """Return the desk to which an entry says that a task went: a post, or the admins in its place."""
    left_to_admins = (told.get("raised") or {}).get("from") == told["post"]
    return ADMINS if left_to_admins else standing.office.file.short_of(told["post"])


def _to(standing: Standing, event: Event) -> str:
    """Return whom the entry is addressed to: the role that got the case, or that is reminded; or the new number."""
    sop, office = standing.sop, standing.office
    opened: dict[str, Any] = event.body.get("opened") or {}
    step = opened.get("step") or (
        event.body.get("step") if event.action in {"chase", "remind-late", _RESCHEDULED} else None
    )
    if event.action == "rehome":
        return _desk(standing, event.body)
    if event.action in _OF_ANOTHER and "number" in event.body:
        return str(event.body["number"])
    if "raised" in opened:
        return _desk(standing, opened)
    if step and "not_by" in opened and opened["post"] in office.above(office.post_of(sop.step(step))):
        return office.file.short_of(opened["post"])
    if step:
        return sop.role(sop.step(step).role).title
    to = event.body.get("to") or event.body.get("span") or event.body.get("extension", {}).get("span", "")
    missed = f"⚠️ {event.body['missed']}" if event.body.get("missed") else ""
    return ", ".join(filter(None, (str(to), missed)))


def _said(event: Event) -> str:
    found = (event.body.get(name) for name in _rules(event).words)
    return ", ".join(", ".join(one) if isinstance(one, list) else str(one) for one in found if one)


def _rules(event: Event) -> ActionRules:
    """Return what is known of an entry's action; what the program does by itself says nothing."""
    return Action(event.action).rules if event.action in ACTIONS else ActionRules()


def position_view(reader: Reader, standing: Standing, *, person: Person) -> PositionView:
    """Return where the case stands among the steps of its SOP now, as `person` reads it."""
    case, sop = standing.case, standing.sop
    whole = sight_in(reader, standing, person) is Sight.WHOLE
    lines = [_step_line(reader, standing, step, person=person, whole=whole) for step in sop.steps]
    official = _is_official(reader, person)
    return PositionView(number=case.number, title=sop.title, round=case.round, steps=lines, official=official)


def _step_line(reader: Reader, standing: Standing, step: Step, *, person: Person, whole: bool) -> StepLine:
    case, calendar = standing.case, reader.calendar
    place = _place(standing, step)
    task = next((one for one in reversed(case.tasks) if one.step == step.number), None)
    names: list[str] = []
    span, due, waiting, late, why = None, None, None, False, ""
    if task is not None and place is not Place.AHEAD:
        waiting, late = task.waiting_since, task.was_late(calendar, at=reader.at)
        why = reason_read_by(person.id, standing, task, whole=whole)
        if task.closed_at is not None:
            span = measured(calendar, task.counted_from(calendar), task.closed_at)
            names = [task.decided_by.name] if task.decided_by else []
        else:
            due = deadline(calendar, task.due_at, task.measure)
            names = [person.name for person in standing.holders(task)[:_NAMES]]
    role = standing.sop.role(step.role).title
    standard = task.time_standard if task is not None else step.standard_for(Urgency(case.urgency))
    return StepLine(step.number, step.short, role, names, place, span, due, late, standard, reader.at, waiting, why)


def _place(standing: Standing, step: Step) -> Place:
    case = standing.case
    if case.state == CaseState.CLOSED:
        return Place.DONE
    current: Task = case.open_task or case.tasks[-1]
    if step.number == current.step:
        return Place.HERE if case.state == CaseState.OPEN else Place.ENDED
    return Place.DONE if step.number < current.step else Place.AHEAD
