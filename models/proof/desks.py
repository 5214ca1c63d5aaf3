"""At whose desk a task is: where it goes follows from its own post, and what is told at a desk is told at its desk."""

from collections.abc import Mapping
from typing import Any

from models.journal.chain import Entry
from models.office.seating import Because
from models.proof.account import Account
from models.proof.authority import NoAuthority
from models.proof.capacities import raised_columns
from models.proof.office import OfficeHistory
from models.proof.renames import Renames


def rehomed(
    task: Account, entry: Entry, body: Mapping[str, Any], renames: Renames, history: OfficeHistory
) -> dict[str, Any]:
    """Return the columns of a task that goes to another desk, as an entry tells it.

    Raises `ValueError` or `NoAuthority` where its own post does not lead there. A task that its reporters must not
    decide may be at another desk and tell no reason. A holder who could not be reached was told to be so at some time,
    and a post that was vacant about then. At the same desk a task is taken from the one who was given it alone, once it
    is late, and only where it was told at some time that they could not do it.
    """
    before = task.columns
    post = renames.present(body["post"], told_at=entry.at)
    raised = raised_columns(body.get("raised"), renames, told_at=entry.at)
    told = {"post": post, "assignee_id": body.get("assignee"), **raised}
    if all(before[name] == value for name, value in told.items()):
        raise ValueError("a task goes to where it was")
    if told["assignee_id"] not in {None, before["assignee_id"]}:
        raise ValueError("a task that goes to another desk is given to another person")
    tells = not history.began_after(entry)
    stays = all(before[name] == told[name] for name in ("post", "raised_from", "raised_because"))
    if stays and tells and not _was_left_alone(before, entry, history):
        raise NoAuthority("a task is taken from somebody who could do it")
    if before["not_by"]:
        return told
    home = told["raised_from"] or post
    if (before["raised_from"] or before["post"]) != home:
        raise ValueError("a task is decided in the place of another post than its own")
    because = told["raised_because"]
    if because is Because.UNREACHABLE and tells and not history.was_ever_out_of_reach(home):
        raise NoAuthority("a task goes up because of people who could be reached")
    if because is Because.VACANT and tells and not history.was_vacant(home, entry.at):
        raise NoAuthority("a task goes up because of a post that was not vacant")
    return told


def _was_left_alone(task: Mapping[str, Any], entry: Entry, history: OfficeHistory) -> bool:
    """Whether a task was late, and given to somebody who may have been unable to do it."""
    return task["due_at"] < entry.at and history.could_ever_fail(task["assignee_id"], task["post"])


def check_desk(task: Account, entry: Entry, body: Mapping[str, Any], renames: Renames) -> None:
    """Raise `ValueError` where a chase is told at another desk than the task is at.

    Entries from before chases named it tell no post.
    """
    if "post" in body and renames.present(body["post"], told_at=entry.at) != task.columns["post"]:
        raise ValueError("a chase is told at another desk than the task is at")
