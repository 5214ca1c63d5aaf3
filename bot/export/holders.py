"""Holds an export of the whole record against who held which post when: `python holders.py DIR`.

It needs Python 3.11 and nothing else. It believes the journal: let verifier.py prove that first. docs/export-format.md
has the rule. Ends with 0: all who acted for a post held it then; 1: somebody did not; 2: misuse, or nothing is told.
"""

import argparse
import json
import sys
from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

Line = dict[str, Any]
History = list[tuple[int, Any]]  # What a row was after which entry of the office's chain, None where it was gone.
ALLOWANCE = timedelta(minutes=5)  # Work may begin before the office changes and end after it.
UNREAD = (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError)


class NothingTold(Exception):
    """The export does not tell who held which post: it is an extract, or from before the office's chain told it."""


class Office:
    """Who held which post, and who was an admin, after each entry of the office's chain."""

    def __init__(self) -> None:
        self.people, self.tenures = dict[int, History](), dict[int, History]()
        self.of_person = dict[int, list[History]]()
        self.told, self.renamed = list[tuple[str, int]](), list[tuple[str, str, str]]()

    def take(self, line: Line, body: Line) -> None:
        """Take over what an entry tells of rows: of one that was there only what has changed; null where it is gone."""
        at, entry = line["at"], line["seq"]
        if line["action"] == "rename-post":
            former, code = body["formerly"], body["post"]
            self.renamed.append((at, former, code))
            for history in self.tenures.values():
                columns = history[-1][1]
                if columns is not None and columns["post"] == former:
                    history.append((entry, columns | {"post": code}))
        elif line["action"] in {"stock", "state"}:
            # Of what is told after a clock was set back the order in time is not known.
            self.told.append((max(at, self.told[-1][0] if self.told else at), entry))
            for table, (key, *_), columns in body["rows"]:
                if table in {"people", "tenures"}:
                    self._tell(entry, table, key, columns)

    def _tell(self, entry: int, table: str, key: int, columns: Line | None) -> None:
        history = (self.people if table == "people" else self.tenures).setdefault(key, [])
        before = (history[-1][1] or {}) if history else {}
        history.append((entry, None if columns is None else before | columns))
        if table == "tenures" and len(history) == 1:
            self.of_person.setdefault(history[0][1]["person_id"], []).append(history)

    def made_in(self, named: int, at: str) -> int:
        """Return after how many entries the office was in which an entry was made that names so many of them.

        It cannot have been made in one that was over by then: an office told more than five minutes before counts.
        """
        until = (datetime.fromisoformat(at) - ALLOWANCE).isoformat(timespec="microseconds")
        over = bisect_left(self.told, (until, 0))
        return max(named, self.told[over - 1][1]) if over else named

    def held(self, person: int, capacity: str, post: str, entries: int) -> bool:
        """Return whether a person held a post in a capacity after so many entries; as admin, whether they were one."""
        if capacity == "admin":
            found = after(self.people.get(person, []), entries)
            return found is not None and bool(found["is_admin"])
        wanted = {"person_id": person, "capacity": capacity, "post": post, "ends_at": None}
        tenures = (after(history, entries) for history in self.of_person.get(person, []))
        return any(one is not None and wanted.items() <= one.items() for one in tenures)

    def ever_held(self, person: int, capacity: str, posts: set[str]) -> bool:
        """Return whether a person held one of the posts in a capacity at some time."""
        tenures = (one for history in self.of_person.get(person, []) for _, one in history if one is not None)
        return any(one["capacity"] == capacity and one["post"] in posts for one in tenures)

    def present(self, post: str, at: str) -> str:
        """Return the code which the post has now that was told as `post` at an instant."""
        for renamed_at, former, code in self.renamed:
            post = code if post == former and renamed_at >= at else post
        return post


def after(history: History, entries: int) -> Line | None:
    """Return what a row was after so many entries of the office's chain; None where there was none."""
    return next((columns for entry, columns in reversed(history) if entry <= entries), None)


class Desk:
    """At which post the open task of a case is, and in the place of which post it is decided there.

    `names` says that each entry of the chain that is made for a post names the office it was made in.
    """

    def __init__(self) -> None:
        self.post, self.raised_from, self.since, self.names = "", None, "", False

    def take(self, line: Line, body: Line) -> None:
        """Take over where an entry puts the open task."""
        self.names = self.names or (line["action"] == "report" and "sop" in body)
        moved = body if line["action"] == "rehome" else body.get("opened") or {}
        if "post" in moved:
            self.post, self.raised_from = moved["post"], (moved.get("raised") or {}).get("from")
            self.since = line["at"]


def why_not(line: Line, body: Line, office: Office, desk: Desk) -> str | None:
    """Return why the person of an entry could not act as it says; None where they could, or act for no post."""
    if line["actor"] is None or not office.told:
        return None
    if line["chain"] == "office" and line["capacity"] == "admin":
        entries = line["seq"] - 1
        is_held = entries < office.told[0][1] or office.held(line["actor"], "admin", "", entries)
        return None if is_held else "they were no admin then"
    if ":" not in line["capacity"]:
        return None
    return why_not_there(line, body, office, desk) or why_not_then(line, body, office, desk)


def why_not_there(line: Line, body: Line, office: Office, desk: Desk) -> str | None:
    """Return why a decision could not be taken at the post for which it was taken."""
    if "outcome" not in body or line["action"] == "recall" or not desk.post:
        return None
    capacity, _, post = line["capacity"].partition(":")
    if office.present(post, line["at"]) != office.present(desk.post, desk.since):
        return f"the task was at the post {desk.post}"
    if (capacity == "admin") != (desk.raised_from == desk.post):
        return "the task was not left to the admins" if capacity == "admin" else "the task was left to the admins"
    return None


def why_not_then(line: Line, body: Line, office: Office, desk: Desk) -> str | None:
    """Return why a person could not act for a post when an entry was made."""
    person, (capacity, _, post) = line["actor"], line["capacity"].partition(":")
    if "office" in body:
        entries = office.made_in(body["office"], line["at"])
        if entries < office.told[0][1]:
            return "nothing is told of the office that it names"
        return None if office.held(person, capacity, post, entries) else "they did not hold that then"
    if line["action"] == "attach":  # Late files of an album are given in the capacity in which the first of them came.
        return None
    if desk.names:
        return "it does not name the office in which it was made"
    is_held = capacity == "admin" or office.ever_held(person, capacity, {post, office.present(post, line["at"])})
    return None if is_held else "they have never held that"


def faults(folder: Path) -> Iterator[str]:
    """Yield a sentence for each entry whose person could not act as it says. Raises `NothingTold` and OSError."""
    office, chain, desk = Office(), "office", Desk()
    with (folder / "journal.jsonl").open(encoding="utf-8", errors="surrogateescape", newline="\n") as journal:
        for number, text in enumerate(journal, start=1):
            place = f"journal.jsonl, line {number}"
            try:
                line = json.loads(text)
                body = json.loads(line["payload"])
                if line["chain"] != chain:
                    chain, desk = line["chain"], Desk()
                why = why_not(line, body, office, desk)
                (office if chain == "office" else desk).take(line, body)
            except UNREAD as error:
                yield f"{place}: it cannot be read ({type(error).__name__}: {error})"
            else:
                if why is not None:
                    acting = f"person {line['actor']} acts as {line['capacity']}"
                    yield f"{place}: {chain}, entry {line['seq']}: {acting}, and {why}"
    if not office.told:
        raise NothingTold("it does not tell who held which post: it is an extract, or older than that was told")


def main(arguments: list[str]) -> int:
    """Check the export that was named, say what was found, and return the exit status."""
    parser = argparse.ArgumentParser(description="Says who in an export acted for a post that they did not hold then.")
    parser.add_argument("folder", metavar="DIR", type=Path)
    try:
        found = list(faults(parser.parse_args(arguments).folder))
    except NothingTold as error:
        parser.error(str(error))
    except OSError as error:
        parser.error(f"{error.filename} cannot be read: {error.strerror}")
    said = f"NOT PROVED: {len(found)} faults" if found else "all who acted for a post held it then"
    sys.stdout.writelines(f"{one}\n" for one in (*found, said))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
