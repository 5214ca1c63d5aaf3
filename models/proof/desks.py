"""At whose desk a task is: where it goes follows from its own post, and what is told at a desk is told at its desk."""

from collections.abc import Collection, Mapping
from typing import Any

from models.journal.chain import Entry
from models.office.seating import Because, Need, Seat, why_not
from models.proof.account import Account
from models.proof.authority import NAMED, NoAuthority
from models.proof.capacities import raised_columns
from models.proof.chairs import Chairs
from models.proof.foreseen import Foreseen
from models.proof.office import OfficeHistory
from models.proof.renames import Renames


def rehomed(
    task: Account,
    entry: Entry,
    body: Mapping[str, Any],
    renames: Renames,
    *,
    history: OfficeHistory,
    foreseen: Foreseen,
) -> dict[str, Any]:
    """Return the columns of a task that goes to another desk, as an entry tells it.

    Raises `ValueError` or `NoAuthority` where its own post does not lead there. An entry that names the office it was
    made in is held against who sat at its own post then. Those from before are held less strictly: a holder who could
    not be reached was told to be so at some time, and a post that was vacant about then; at the same desk a task is
    taken from the one who was given it alone, once it is late, and only where it was told at some time that they could
    not do it. A task that its reporters must not decide may be at another desk and tell no reason.
    """
    before = task.columns
    post = renames.present(body["post"], told_at=entry.at)
    raised = raised_columns(body.get("raised"), renames, told_at=entry.at)
    told = {"post": post, "assignee_id": body.get("assignee"), **raised}
    if all(before[name] == value for name, value in told.items()):
        raise ValueError("a task goes to where it was")
    if told["assignee_id"] not in {None, before["assignee_id"]}:
        raise ValueError("a task that goes to another desk is given to another person")
    home = before["raised_from"] or before["post"]
    # What its reporters must not decide waits, for no reason that is told, with the next one up the line.
    if (told["raised_from"] or post) != home and (told["raised_from"] is not None or not before["not_by"]):
        raise ValueError("a task is decided in the place of another post than its own")
    if NAMED not in body:
        _check_about(before, told, entry, history)
    elif history.unreadable is None:
        seen = history.around(int(body[NAMED]), entry.at)
        offices = [Chairs(history, entries) for entries in seen if history.tells_at(entries)]
        if not offices and not history.began_after(entry):
            raise NoAuthority("it names an office of which the office's journal does not tell")
        stays, late = _stays(before, told), _was_late(before, foreseen, entry, body)
        then = {**before, "post": renames.former(before["post"] if stays else home, entries=int(body[NAMED]))}
        seat = Seat(body["post"], body["raised"]["from"] if "raised" in body else None, told["raised_because"])
        reasons = [
            _why_not_taken(then, office, late) if stays else _why_not_moved(then, seat, office, late)
            for office in offices
        ]
        if reasons and all(reasons):
            raise NoAuthority(reasons[-1])
    return told


def _stays(before: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether a task stays at its desk, and is only taken from the person to whom it was given."""
    return all(before[name] == told[name] for name in ("post", "raised_from", "raised_because"))


def _was_late(task: Mapping[str, Any], foreseen: Foreseen, entry: Entry, body: Mapping[str, Any]) -> Collection[bool]:
    """Return whether a task was late when an entry was made: both, where the calendar of then is not known."""
    seen, due = task["paused_at"] or entry.at, task["due_at"]
    # What brings a calendar into force moves tasks first, and tells of it then.
    calendars = [*foreseen.in_force(entry, body), *(one for told, one in foreseen.calendars if told.at == entry.at)]
    return {calendar.late(due, seen) > 0 for calendar in calendars} or {False, due < seen}


def _why_not_taken(task: Mapping[str, Any], office: Chairs, late: Collection[bool]) -> str | None:
    """Return why a task could not be taken from the person who was given it, as the office was; None where it could."""
    able = office.chair(task["post"]).able - set(task["not_by"])
    deciders = office.deciders(task["post"], task["assignee_id"], mandate=task["mandate"], other_than=task["not_by"])
    return None if True in late and able and not able & deciders else _TAKEN


def _why_not_moved(task: Mapping[str, Any], seat: Seat, office: Chairs, late: Collection[bool]) -> str | None:
    """Return why a task could not go to a desk as the office was; None where it could.

    Where no entry had told yet who is above a post, it is held only against who sat at its own.
    """
    chair, because = office.chair(task["post"]), seat.because
    needs = [Need(task["mandate"], frozenset(task["not_by"]), overdue) for overdue in late]
    found, seats = {why_not(chair, need) for need in needs}, office.seats(task["post"], needs)
    if because is not None and because not in found:
        return _UNFOUNDED[because]
    if seats is not None:
        return None if seat in seats else "a task goes to another desk than the next authority's"
    if because in found:
        return None
    # It waits where nobody can decide it if nobody else can: a Plh. may not, or there is no admin who could.
    waits = found <= {Because.MANDATE} or not office.able_admins - set(task["not_by"])
    return None if waits else "a task comes back to a post where nobody can decide it"


_TAKEN = "a task is taken from somebody who could do it"

_UNFOUNDED: Mapping[Because, str] = {
    Because.VACANT: "a task goes up because of a post that was not vacant",
    Because.UNREACHABLE: "a task goes up because of people who could be reached",
    Because.ABSENT: "a task goes up because of people who were there",
    Because.MANDATE: "a task goes up because of people who were there",
}


def _check_about(before: Mapping[str, Any], told: Mapping[str, Any], entry: Entry, history: OfficeHistory) -> None:
    """Raise `NoAuthority` where nothing leads a task to where it is told to have gone, as far as that is known."""
    if history.began_after(entry):
        return
    if _stays(before, told) and not _was_left_alone(before, entry, history):
        raise NoAuthority(_TAKEN)
    if before["not_by"]:
        return
    home, because = told["raised_from"] or told["post"], told["raised_because"]
    if because is Because.UNREACHABLE and not history.was_ever_out_of_reach(home):
        raise NoAuthority(_UNFOUNDED[because])
    if because is Because.VACANT and not history.was_vacant(home, entry.at):
        raise NoAuthority(_UNFOUNDED[because])


def _was_left_alone(task: Mapping[str, Any], entry: Entry, history: OfficeHistory) -> bool:
    """Whether a task was late, and given to somebody who may have been unable to do it."""
    return task["due_at"] < entry.at and history.could_ever_fail(task["assignee_id"], task["post"])


def check_desk(task: Account, entry: Entry, body: Mapping[str, Any], renames: Renames) -> None:
    """Raise `ValueError` where a chase is told at another desk than the task is at.

    Entries from before chases named it tell no post.
    """
    if "post" in body and renames.present(body["post"], told_at=entry.at) != task.columns["post"]:
        raise ValueError("a chase is told at another desk than the task is at")
