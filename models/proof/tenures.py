"""What acts make of tenures: each begins and ends by an entry that says so, and each Plh. by who is away."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from models.office.standing_in import Away, StandsIn, standing_in
from models.office.tenure import Capacity
from models.proof.acts import ABSENCES, NAMED_PLH, TENURES, Act, Change, Work, is_own
from models.proof.authority import NoAuthority
from models.proof.mandates import OVER
from models.repository.told import Row

APPOINTED, ACTING, RELIEVED, ENDED, UNDONE = "appoint", "appoint-plt", "relieve", "end-tenure", "undo-relieve"
"""The actions of entries of the office's journal that begin and end tenures, beside those of mandates."""

_NO_DECREE = {"decree_number": None, "decree_day": None}


def check_tenures(work: Work) -> None:
    """Raise `NoAuthority` where an entry begins or ends another tenure than is told, or a tenure becomes another.

    A row that no entry leads to is not looked for: only what the program has written itself is told.
    """
    begun, ended = list(_begun(work)), [act for act in work.acts if act.action in {ENDED, OVER}]
    for change in work.changes(TENURES):
        after = change.after
        if after is None:
            continue
        if change.before is None:
            begun = _without(begun, after)
        elif any(change.before.get(name, value) != value for name, value in after.items() if name not in _ENDING):
            raise NoAuthority("a tenure is another than it was")
        if after["ends_at"] != (change.before or {}).get("ends_at"):
            ended = _without_ending(ended, after)
        if after["ended_by_id"] != _ended_by(work, change, after):
            raise NoAuthority("a tenure was ended by another person than the entries say")
    if begun or ended:
        raise NoAuthority("an entry begins or ends a tenure otherwise than it is told")


def check_holders(work: Work, several: Collection[str] | None) -> None:
    """Raise `NoAuthority` where people hold a post otherwise than the last entry about it leaves it.

    `several` are the posts that several people hold, None where no entry has told them yet: then nothing is held.
    """
    last = {act.body["post"]: act for act in work.acts if act.action in _HOLDING} if several is not None else {}
    for post, act in last.items():
        own = [one for one in work.own_tenures(post) if one["ends_at"] is None]
        person_id = act.entry.actor_id if act.action == APPOINTED else act.body["person"]
        others = [one for one in own if one["person_id"] != person_id]
        if act.action == RELIEVED:
            beside = [one for one in own if one["person_id"] == person_id]
        elif act.action == ACTING or post not in (several or ()):
            beside = others
        else:
            replaced = act.body.get("replaces")
            beside = [one for one in others if one["capacity"] == Capacity.PLT.value or one["person_id"] == replaced]
        if beside:
            raise NoAuthority("somebody holds a post still that was given to another, or taken from them")


_HOLDING = {APPOINTED, ACTING, RELIEVED}
"""The acts that say who holds a post themselves."""

_ENDING = {"ends_at", "ended_by_id"}


def check_standing_in(work: Work) -> None:
    """Raise `NoAuthority` where people stand in otherwise than follows from who holds which post and who is away."""
    away = _away(work)
    if away is None:
        return
    held = [(person_id, post) for person_id in away for post in work.own_posts(person_id, entries=work.until)]
    present = {key: row for key in work.known.standing_in if (row := work.after(TENURES, key)) is not None}
    found = [StandsIn(one["post"], one["person_id"], one["stands_for_id"]) for one in present.values()]
    if len(set(found)) != len(found) or set(found) != standing_in(held, {one: it[0] for one, it in away.items()}):
        raise NoAuthority("somebody stands in, or does not, otherwise than follows from who is away")
    for change in work.changes(TENURES):
        if change.before is None and (row := present.get(change.key)) is not None:
            _check_decree(row, away[row["stands_for_id"]][1], work)


def _away(work: Work) -> dict[int, tuple[Away, Row]] | None:
    """Return who is away after this work, each with the absence; None where somebody is in two at once."""
    found = dict[int, tuple[Away, Row]]()
    for key in work.known.away:
        absence = work.after(ABSENCES, key)
        if absence is None:
            continue
        if absence["person_id"] in found:
            return None
        rows = (work.after(NAMED_PLH, one) for one in work.known.of_absence(NAMED_PLH, key[0]))
        named = {row["post"]: row["plh_id"] for row in rows if row is not None and row["plh_id"] is not None}
        begins, ends = absence["starts_at"], absence["ends_at"]
        away = Away(
            absence["person_id"],
            absence["plh_id"],
            datetime.fromisoformat(begins),
            datetime.fromisoformat(ends) if ends is not None else None,
            named,
        )
        found[absence["person_id"]] = away, absence
    return found


def _check_decree(tenure: Row, absence: Row, work: Work) -> None:
    """Raise `NoAuthority` where the time of a Plh. names another SK than the absence does for that post."""
    keys = work.known.of_absence(NAMED_PLH, absence["id"])
    rows = [row for key in keys if (row := work.after(NAMED_PLH, key)) is not None and row["post"] == tenure["post"]]
    alone = next((row for row in rows if row["plh_id"] is not None), absence)
    if any(tenure[name] != alone[name] for name in _NO_DECREE):
        raise NoAuthority("somebody stands in by another SK than was told")


def _begun(work: Work) -> Iterator[dict[str, Any]]:
    """Go through the tenures that the entries of this work begin, with the columns that follow from each."""
    for act in work.acts:
        match act.action:
            case "appoint":
                yield _own(act, act.entry.actor_id, act.body["post"], act.entry.capacity) | _NO_DECREE
            case "appoint-plt":
                decree = {"decree_number": act.body["decree"], "decree_day": act.body["decree_day"]}
                yield _own(act, act.body["person"], act.body["post"], Capacity.PLT.value) | decree
            case "stand-in":
                yield {
                    **_own(act, act.body["person"], act.body["post"], Capacity.PLH.value),
                    "stands_for_id": act.body["stands_for"],
                    "given_in": act.entry.sequence,
                }
            case "undo-relieve":
                yield from _again(act, work)
            case _:
                continue


def _own(act: Act, person_id: int | None, post: str, capacity: str) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "post": post,
        "capacity": capacity,
        "starts_at": act.at,
        "stands_for_id": None,
        "given_in": None,
    }


def _again(act: Act, work: Work) -> Iterator[dict[str, Any]]:
    """Go through the tenures that begin again where the end of others is undone."""
    _check_together(act, work)
    for number in act.body["tenures"]:
        ended = work.before(TENURES, (number,))
        if ended is None or ended["ends_at"] is None or ended["ended_by_id"] is None:
            raise NoAuthority("the end of a tenure is undone that was not ended")
        if is_own(ended):
            decree = {name: ended[name] for name in _NO_DECREE}
            yield _own(act, ended["person_id"], ended["post"], ended["capacity"]) | decree


def _check_together(act: Act, work: Work) -> None:
    """Raise `NoAuthority` where the end of a tenure is undone, but not of all that ended with it."""
    every = {key[0]: row for key in work.office.rows.get(TENURES, {}) if (row := work.before(TENURES, key)) is not None}
    undone = {number: every[number] for number in act.body["tenures"]}
    ends = {tuple(row[name] for name in _TOGETHER) for row in undone.values()}
    together = {
        number
        for number, row in every.items()
        if row["ended_by_id"] is not None and tuple(row[name] for name in _TOGETHER) in ends
    }
    if together != undone.keys():
        raise NoAuthority("the end of a tenure is undone, and not that of the others that ended with it")


_TOGETHER = ("person_id", "post", "ends_at")
"""What tenures have in common that one relief has ended."""


def _without(begun: list[dict[str, Any]], row: Row) -> list[dict[str, Any]]:
    """Return `begun` without the tenure that a row is."""
    found = [one for one in begun if all(row.get(name, value) == value for name, value in one.items())]
    return [one for one in begun if one not in found[:1]]


def _without_ending(ended: list[Act], row: Row) -> list[Act]:
    """Return `ended` without the entry that ends the tenure that a row is."""
    found = [act for act in ended if row["ends_at"] == act.at and _is_of(act, row)]
    return [act for act in ended if act not in found[:1]]


def _is_of(act: Act, row: Row) -> bool:
    if not is_own(row):
        return act.action == OVER and act.body.get("since") == row["given_in"]
    told = (act.entry.actor_id, act.body.get("post"), act.entry.capacity)
    return act.action == ENDED and told == (row["person_id"], row["post"], row["capacity"])


def _ended_by(work: Work, change: Change, row: Row) -> object:
    """Return who must be told to have ended a tenure: the admin who relieved its holder, None for anybody else."""
    told: Mapping[str, Any] = change.before or {"ended_by_id": None}
    for act in work.acts:
        if act.action == RELIEVED and (act.body["person"], act.body["post"]) == (row["person_id"], row["post"]):
            return act.entry.actor_id
    return told["ended_by_id"]
