"""`holders.py` on journals of a few lines, written by hand: each tells one rule of docs/export-format.md."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.export.holders import faults

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.export.verifier import Line

MORNING = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)

STRANGER, KADIV, KABAG, ADMIN = 1, 2, 3, 9

Row = list[Any]


def line(chain: str, minute: float, action: str, *, by: int | None = None, acts: str = "system", **body: Any) -> Line:
    at = (MORNING + timedelta(minutes=minute)).isoformat(timespec="microseconds")
    return {"chain": chain, "at": at, "actor": by, "capacity": acts, "action": action, "payload": json.dumps(body)}


def tells(minute: float, *rows: Row, action: str = "state") -> Line:
    return line("office", minute, action, rows=rows)


def renames(minute: float, former: str, code: str) -> Line:
    return line("office", minute, "rename-post", formerly=former, post=code)


def admins(minute: float, by: int) -> Line:
    return line("office", minute, "invite", by=by, acts="admin")


def person(number: int, *, is_admin: bool = False) -> Row:
    return ["people", [number], {"is_admin": is_admin}]


def holds(key: int, number: int, post: str, capacity: str = "definitive") -> Row:
    return ["tenures", [key], {"person_id": number, "post": post, "capacity": capacity, "ends_at": None}]


def leaves(key: int, minute: float) -> Row:
    return ["tenures", [key], {"ends_at": (MORNING + timedelta(minutes=minute)).isoformat()}]


STOCK = tells(
    0,
    person(STRANGER),
    person(ADMIN, is_admin=True),
    holds(1, KADIV, "kadiv"),
    holds(2, KABAG, "kabag"),
    action="stock",
)


def reported(minute: float, post: str, *, office: int = 1, **opened: Any) -> Line:
    sop = {"code": "contoh"}
    return line(
        "case:1",
        minute,
        "report",
        by=STRANGER,
        acts="reporter",
        sop=sop,
        office=office,
        opened={"post": post, **opened},
    )


def of_old(minute: float, post: str) -> Line:
    """Return a report from before entries named their SOP and their office."""
    return line("case:1", minute, "report", by=STRANGER, acts="reporter", opened={"post": post})


def decides(minute: float, by: int | None, acts: str, *, office: int | None = 1, action: str = "forward") -> Line:
    named = {} if office is None else {"office": office}
    return line("case:1", minute, action, by=by, acts=acts, outcome="forwarded", **named)


def does(minute: float, by: int, acts: str, action: str) -> Line:
    return line("case:1", minute, action, by=by, acts=acts)


def rehomes(minute: float, post: str, home: str, *, office: int = 1) -> Line:
    return line("case:1", minute, "rehome", post=post, raised={"from": home, "because": "vacant"}, office=office)


NOT_THEN, NEVER, UNNAMED = (
    "they did not hold that then",
    "they have never held that",
    "it does not name the office in which it was made",
)

STORIES: dict[str, tuple[Sequence[Line], str | None]] = {
    "who holds the post decides": ([STOCK, reported(1, "kadiv"), decides(2, KADIV, "definitive:kadiv")], None),
    "in another capacity": ([STOCK, reported(1, "kadiv"), decides(2, KADIV, "plt:kadiv")], NOT_THEN),
    "somebody else": ([STOCK, reported(1, "kadiv"), decides(2, STRANGER, "definitive:kadiv")], NOT_THEN),
    "nobody, as the program does": ([STOCK, reported(1, "kadiv"), decides(2, None, "definitive:kadiv")], None),
    "for another post than the task's": (
        [STOCK, reported(1, "kadiv"), decides(2, KABAG, "definitive:kabag")],
        "the task was at the post kadiv",
    ),
    "what was forwarded is called back by who forwarded it": (
        [STOCK, reported(1, "kadiv"), decides(2, KABAG, "definitive:kabag", action="recall")],
        None,
    ),
    "where nothing tells at which post the task is": (
        [STOCK, line("case:1", 1, "report", sop={}), decides(2, KABAG, "definitive:kabag")],
        None,
    ),
    "the task has gone up": (
        [STOCK, reported(1, "kabag"), rehomes(2, "kadiv", "kabag"), decides(3, KADIV, "definitive:kadiv")],
        None,
    ),
    "the task has gone up, and who had it decides": (
        [STOCK, reported(1, "kabag"), rehomes(2, "kadiv", "kabag"), decides(3, KABAG, "definitive:kabag")],
        "the task was at the post kadiv",
    ),
    "what is left to the admins": (
        [STOCK, reported(1, "kadiv"), rehomes(2, "kadiv", "kadiv"), decides(3, ADMIN, "admin:kadiv")],
        None,
    ),
    "what is opened for the admins": (
        [STOCK, reported(1, "kadiv", raised={"from": "kadiv"}), decides(3, ADMIN, "admin:kadiv")],
        None,
    ),
    "what is left to the admins, by one who is none": (
        [STOCK, reported(1, "kadiv"), rehomes(2, "kadiv", "kadiv"), decides(3, STRANGER, "admin:kadiv")],
        NOT_THEN,
    ),
    "what is left to the admins, by one of whom nothing is told": (
        [STOCK, reported(1, "kadiv"), rehomes(2, "kadiv", "kadiv"), decides(3, 77, "admin:kadiv")],
        NOT_THEN,
    ),
    "what is left to the admins, by the holder": (
        [STOCK, reported(1, "kadiv"), rehomes(2, "kadiv", "kadiv"), decides(3, KADIV, "definitive:kadiv")],
        "the task was left to the admins",
    ),
    "what is not left to the admins": (
        [STOCK, reported(1, "kadiv"), decides(3, ADMIN, "admin:kadiv")],
        "the task was not left to the admins",
    ),
    "the post got another code before": (
        [
            STOCK,
            renames(5, "kadiv", "kabid"),
            reported(6, "kabid", office=2),
            decides(7, KADIV, "definitive:kabid", office=2),
        ],
        None,
    ),
    "the post got another code before, and the former one is used": (
        [
            STOCK,
            renames(5, "kadiv", "kabid"),
            reported(6, "kabid", office=2),
            decides(7, KADIV, "definitive:kadiv", office=2),
        ],
        "the task was at the post kabid",
    ),
    "the post got another code while the task was open": (
        [STOCK, renames(5, "kadiv", "kabid"), reported(3, "kadiv"), decides(7, KADIV, "definitive:kabid", office=2)],
        None,
    ),
    "the post got another code in the instant of the decision": (
        [STOCK, renames(5, "kadiv", "kabid"), reported(3, "kadiv"), decides(5, KADIV, "definitive:kadiv")],
        None,
    ),
    "another post got another code": (
        [STOCK, renames(5, "kadiv", "kabid"), reported(6, "kabag"), decides(7, KABAG, "definitive:kabag", office=2)],
        None,
    ),
    "a post got another code whose holder's row was gone": (
        [
            STOCK,
            tells(1, ["tenures", [1], None]),
            renames(5, "kadiv", "kabid"),
            reported(6, "kabid", office=3),
            decides(7, KADIV, "definitive:kabid", office=3),
        ],
        NOT_THEN,
    ),
    "a row that was gone is told again": (
        [
            STOCK,
            tells(1, ["tenures", [1], None]),
            tells(2, holds(1, KADIV, "kadiv")),
            reported(6, "kadiv", office=3),
            decides(7, KADIV, "definitive:kadiv", office=3),
        ],
        None,
    ),
    "of whom something else has changed": (
        [
            STOCK,
            tells(1, ["tenures", [1], {"decree_number": "SK-7"}]),
            reported(8, "kadiv"),
            decides(9, KADIV, "definitive:kadiv"),
        ],
        None,
    ),
    "who has left": (
        [
            STOCK,
            tells(1, leaves(1, 1)),
            reported(2, "kadiv", office=2),
            decides(3, KADIV, "definitive:kadiv", office=2),
        ],
        NOT_THEN,
    ),
    "who left a moment ago, in work that had begun before": (
        [STOCK, tells(1, leaves(1, 1)), reported(2, "kadiv"), decides(6, KADIV, "definitive:kadiv")],
        None,
    ),
    "who left more than five minutes ago names the office of before": (
        [STOCK, tells(1, leaves(1, 1)), reported(2, "kadiv"), decides(6.1, KADIV, "definitive:kadiv")],
        NOT_THEN,
    ),
    "who comes later": (
        [
            STOCK,
            tells(9, holds(3, STRANGER, "kadiv")),
            reported(2, "kadiv"),
            decides(6, STRANGER, "definitive:kadiv"),
        ],
        NOT_THEN,
    ),
    "the clock was set back before they left": (
        [
            STOCK,
            tells(60, person(STRANGER)),
            tells(10, leaves(1, 10)),
            tells(11, person(STRANGER)),
            tells(12, person(STRANGER)),
            reported(19, "kadiv", office=2),
            decides(20, KADIV, "definitive:kadiv", office=2),
        ],
        None,
    ),
    "an office of which nothing is told": (
        [renames(0, "a", "b"), STOCK, reported(1, "kadiv"), decides(2, KADIV, "definitive:kadiv", office=1)],
        "nothing is told of the office that it names",
    ),
    "the first office of which something is told": (
        [renames(0, "a", "b"), STOCK, reported(1, "kadiv"), decides(2, KADIV, "definitive:kadiv", office=2)],
        None,
    ),
    "no office, although the case names its SOP": (
        [STOCK, reported(1, "kadiv"), decides(2, KADIV, "definitive:kadiv", office=None)],
        UNNAMED,
    ),
    "no office, of late files of an album": (
        [STOCK, reported(1, "kadiv"), does(2, KADIV, "definitive:kadiv", "attach")],
        None,
    ),
    "no office, of what decides nothing": (
        [STOCK, reported(1, "kadiv"), does(2, KADIV, "definitive:kadiv", "note")],
        UNNAMED,
    ),
    "a case of old, by who has held the post": (
        [STOCK, of_old(1, "kadiv"), decides(2, KADIV, "definitive:kadiv", office=None)],
        None,
    ),
    "a case of old, by who had left it by then": (
        [STOCK, tells(1, leaves(1, 1)), of_old(20, "kadiv"), decides(21, KADIV, "definitive:kadiv", office=None)],
        None,
    ),
    "a case of old, by who has never held the post": (
        [STOCK, of_old(1, "kadiv"), decides(2, KABAG, "definitive:kadiv", office=None)],
        NEVER,
    ),
    "a case of old, in a capacity that they have never had": (
        [STOCK, of_old(1, "kadiv"), decides(2, KADIV, "plt:kadiv", office=None)],
        NEVER,
    ),
    "a case of old, of a post that has another code since, and is told by that alone": (
        [
            renames(5, "kaur", "kabid"),
            tells(6, holds(1, KADIV, "kabid"), action="stock"),
            of_old(1, "kaur"),
            decides(2, KADIV, "definitive:kaur", office=None),
        ],
        None,
    ),
    "a case of old, by an admin": (
        [STOCK, of_old(1, "kadiv"), rehomes(2, "kadiv", "kadiv"), does(3, STRANGER, "admin:kadiv", "note")],
        None,
    ),
    "an admin changes the office": ([STOCK, admins(1, ADMIN)], None),
    "somebody changes the office who is no admin": ([STOCK, admins(1, STRANGER)], "they were no admin then"),
    "somebody makes themselves an admin": (
        [STOCK, {**tells(1, person(STRANGER, is_admin=True)), "actor": STRANGER, "capacity": "admin"}],
        "they were no admin then",
    ),
    "somebody who has become an admin": (
        [STOCK, tells(1, person(STRANGER, is_admin=True)), admins(2, STRANGER)],
        None,
    ),
    "an admin from before anything is told": ([admins(0, STRANGER), STOCK], None),
}
"""Journals, and what is found in the last entry that names somebody."""


def found(folder: Path, lines: Sequence[Line]) -> list[str]:
    counts = dict[str, int]()
    with (folder / "journal.jsonl").open("w", encoding="utf-8") as file:
        for one in lines:
            counts[one["chain"]] = number = counts.get(one["chain"], 0) + 1
            file.write(json.dumps({**one, "seq": number}) + "\n")
    return list(faults(folder))


@pytest.mark.parametrize("story", STORIES)
def test_who_could_act_and_who_could_not(tmp_path: Path, story: str) -> None:
    lines, why = STORIES[story]
    (*_, last) = (one for one in lines if one["actor"] is not None)
    number = sum(one["chain"] == last["chain"] for one in lines)
    place = f"journal.jsonl, line {len(lines)}: {last['chain']}, entry {number}"
    told = [f"{place}: person {last['actor']} acts as {last['capacity']}, and {why}"] if why is not None else []
    assert found(tmp_path, lines) == told


def test_a_line_that_cannot_be_read_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [STOCK, {**admins(1, ADMIN), "payload": "{"}, admins(2, STRANGER)]
    first, second = found(tmp_path, lines)
    assert first.startswith("journal.jsonl, line 2: it cannot be read (JSONDecodeError: ")
    assert second.startswith("journal.jsonl, line 3: office, entry 3: person 1 acts as admin")
