"""Who did something for a post, held against who held it then, as the office's journal tells it."""

from collections.abc import Collection, Mapping
from typing import Any

from models.case.journey import REPORTER
from models.journal.chain import Entry
from models.office.seating import Because
from models.office.tenure import ActingAs, Capacity
from models.proof.capacities import told_not_by
from models.proof.office import OfficeHistory
from models.proof.renames import Renames
from models.rules.actions import Action

NAMED = "office"
"""The key under which an entry names how many entries of the office's journal told of the office it was made in."""


AS_ADMIN = "admin"
"""The capacity of an admin in the office's journal, where nobody acts for a post."""


class NoAuthority(ValueError):
    """Something was done for a post by somebody who, as the office's journal tells it, could not do it then."""


def check_authority(
    entry: Entry,
    body: Mapping[str, Any],
    history: OfficeHistory,
    renames: Renames,
    *,
    named: bool,
    reporters: Collection[int] = (),
) -> None:
    """Raise `NoAuthority` unless the person of an entry held, by then, the post in the capacity that it names.

    `named` says that every entry of this case that is made for a post names the office it was made in. Entries from
    before that are held against who has held the post at all. `reporters` are the persons who must not decide the task.
    """
    if history.unreadable is not None or entry.actor_id is None:
        return
    acting = ActingAs.parse(entry.capacity)
    if NAMED in body:
        entries = int(body[NAMED])
        if not history.tells_at(entries):
            if entry.capacity == REPORTER and history.began_after(entry):
                return
            raise NoAuthority("it names an office of which the office's journal does not tell")
        if acting is None and entry.capacity == REPORTER:
            # The report names the office because it opens a task there.
            return
        if acting is None or not history.held(entry.actor_id, acting, entries=entries):
            raise NoAuthority("somebody acts for a post that they did not hold then")
        if "raised" in body:
            _check_empty_chair(body["raised"], history, entries=entries, reporters=reporters)
    elif history.tells:
        if not history.knows(entry.actor_id):
            raise NoAuthority("somebody acts whom the office's journal does not know")
        _check_admin(entry, entry.actor_id, history)
        if acting is not None and entry.action != Action.ATTACH:
            # Files of an album that come late are given in the capacity in which the first of them came.
            _check_ever_held(entry, entry.actor_id, acting, history, renames, named=named)


def check_chair(entry: Entry, body: Mapping[str, Any], history: OfficeHistory, *, decided_by: int | None) -> None:
    """Raise `NoAuthority` where a task is opened in the place of a post that was not empty, or given to a stranger.

    `body` is what the entry says, `decided_by` who has decided the step before: what comes back goes to them, while
    they can. Entries that do not name their office are passed over.
    """
    opened = body["opened"]
    if NAMED not in body or not history.tells_at(int(body[NAMED])) or history.unreadable is not None:
        return
    entries = int(body[NAMED])
    if "raised" in opened:
        _check_empty_chair(opened["raised"], history, entries=entries, reporters=told_not_by(opened))
    elif opened["assignee"] is None:
        _check_returned(entry, opened, decided_by, history, entries=entries)
    elif not history.holds(opened["assignee"], opened["post"], entries=entries):
        raise NoAuthority("a task is given to somebody who did not hold its post then")


def _check_returned(
    entry: Entry, opened: Mapping[str, Any], decided_by: int | None, history: OfficeHistory, *, entries: int
) -> None:
    """Raise `NoAuthority` where what comes back is given to nobody, although the one who decided it could have it."""
    if entry.action not in {Action.RETURN, Action.SEND_BACK} or decided_by is None:
        return
    if _is_able(decided_by, opened["post"], history, entries=entries):
        raise NoAuthority("what comes back is not given to the person who decided it before")


def _is_able(person_id: int, post: str, history: OfficeHistory, *, entries: int) -> bool:
    """Whether a person held a post after so many entries, had an account, and was not away."""
    held = history.holds(person_id, post, entries=entries) and history.has_account(person_id, entries=entries)
    return held and person_id not in history.away(entries=entries)


def check_assignee(entry: Entry, body: Mapping[str, Any], task: Mapping[str, Any], history: OfficeHistory) -> None:
    """Raise `NoAuthority` where somebody decides or begins a task that was given to a colleague who could.

    That is who held the post, had an account, and was not away: for one who is away the Plh. decides, or a colleague.
    """
    given, acting = task["assignee_id"], ActingAs.parse(entry.capacity)
    if given in {None, entry.actor_id, *task["not_by"]} or NAMED not in body or history.unreadable is not None:
        return
    entries = int(body[NAMED])
    if acting is None or "mandate" in body or task["raised_from"] is not None:
        return
    if _is_able(given, acting.post, history, entries=entries):
        raise NoAuthority("somebody decides what was given to a colleague")


def _check_admin(entry: Entry, actor: int, history: OfficeHistory) -> None:
    """Raise `NoAuthority` where somebody changes the office as an admin who was none when the entry was made.

    Only entries of the office's own journal have that capacity: what was told before an entry is what was so then.
    """
    if entry.capacity != AS_ADMIN or not history.tells_at(entry.sequence - 1):
        return
    if not history.was_admin(actor, entries=entry.sequence - 1):
        raise NoAuthority("somebody acts as an admin who was none then")


def _check_ever_held(
    entry: Entry, actor: int, acting: ActingAs, history: OfficeHistory, renames: Renames, *, named: bool
) -> None:
    """Raise `NoAuthority` unless the person of an entry that names no office has held the post at some time."""
    if named:
        raise NoAuthority("it does not name the office in which it was made")
    posts = {acting.post, renames.present(acting.post, told_at=entry.at)}
    if acting.capacity is not Capacity.ADMIN and not history.ever_held(actor, acting, posts):
        raise NoAuthority("somebody acts for a post that they have never held")


def _check_empty_chair(
    raised: Mapping[str, Any], history: OfficeHistory, *, entries: int, reporters: Collection[int]
) -> None:
    """Raise `NoAuthority` where somebody decides in the place of a post that was not empty as the entry says.

    A holder who is among the `reporters` may be there, because they must not decide.
    """
    own = history.own_holders(raised["from"], entries=entries)
    match Because(raised["because"]):
        case Because.VACANT if own:
            raise NoAuthority("somebody decides in the place of a post that was not vacant")
        case Because.ABSENT | Because.MANDATE if not own or own - history.away(entries=entries) - set(reporters):
            raise NoAuthority("somebody decides in the place of one who was there")
        case _:
            return
