"""What people said and attached without deciding, as the journal has it: questions, answers, remarks, files.

Older entries do not say which question an answer is for, nor anything of a file but its identifier. The rows are then
compared with the little that they say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.case.attachment import Keeping, file_digest
from models.case.journey import FELLOW, REPORTER
from models.journal.chain import Entry
from models.proof.account import Account, Row, pair_with_rows

_UNKNOWN = "of another case"
"""Stands for a task that does not belong to the case."""

_REPORTING = frozenset({REPORTER, FELLOW})
"""The capacities of those who report: what they say is no act of an official."""

UNSAID = ("helped", "helped_at", "quick", "clear")
"""The columns that hold the word of a reporter, empty until they say one."""

_OF_AN_OPINION = ("answer", "answered_at", "answered_by_id", "answered_as")
"""The columns of a consultation that are empty until it is answered."""


@dataclass(frozen=True, slots=True)
class Exhibits:
    """The rows of one case that hold what people said and attached, each kind in the order in which it was added."""

    questions: Sequence[Row]
    remarks: Sequence[Row]
    extensions: Sequence[Row]
    consultations: Sequence[Row]
    files: Sequence[Row]
    copies: Sequence[Row] = ()
    chases: Sequence[Row] = ()
    joined: Sequence[Row] = ()


@dataclass(slots=True)
class Testimony:
    """The journal's accounts of those rows. `task` is the place of a task among those of the case, from 0."""

    questions: list[Account] = field(default_factory=list)
    answers: list[Account] = field(default_factory=list)
    remarks: list[Account] = field(default_factory=list)
    extensions: list[Account] = field(default_factory=list)
    consultations: list[Account] = field(default_factory=list)
    opinions: list[Account] = field(default_factory=list)
    files: list[Account] = field(default_factory=list)
    copies: list[Account] = field(default_factory=list)
    joined: list[Account] = field(default_factory=list)

    def asked(self, entry: Entry, body: Mapping[str, Any], *, task: int) -> None:
        """Take over that the reporter was asked."""
        said = {"text": body.get("text", ""), "asked_by_id": entry.actor_id, "asked_at": entry.at, "task": task}
        said["asked_as"] = entry.capacity if "mandate" in body else None
        self.questions.append(Account(entry.sequence, said))

    def answered(self, entry: Entry, body: Mapping[str, Any]) -> None:
        """Take over that the reporter answered, with files or without."""
        if len(self.answers) == len(self.questions):
            raise ValueError("there are more answers than questions")
        said = {"answer": body.get("text", ""), "answered_at": entry.at}
        if "question" in body:
            said["id"] = body["question"]
        self.answers.append(Account(entry.sequence, said))
        self.attached(entry, body)

    def remarked(self, entry: Entry, body: Mapping[str, Any], *, task: int) -> None:
        """Take over that a note was added, with files or without; `assignee` is the person who got the task with it."""
        said = {"text": body.get("text", ""), "by_id": entry.actor_id, "capacity": entry.capacity, "at": entry.at}
        self.remarks.append(Account(entry.sequence, {**said, "task": task, "to_id": body.get("assignee")}))
        self.attached(entry, body)

    def joins(self, entry: Entry, *, person_id: int | None, from_case_id: int | None) -> None:
        """Take over that a report was joined to the case. Raises `ValueError` for one that is a part already."""
        if from_case_id is None and self.part_of(person_id) is not None:
            raise ValueError("somebody joins a case twice")
        told = {"person_id": person_id, "from_case_id": from_case_id, "joined_at": entry.at, "parted_at": None}
        self.joined.append(Account(entry.sequence, told | dict.fromkeys(UNSAID)))

    def parts(self, entry: Entry, *, person_id: int | None, from_case_id: int | None) -> None:
        """Take over that a report stops being a part of the case. Raises `ValueError` for one that is none."""
        wanted = {"person_id": person_id, "from_case_id": from_case_id, "parted_at": None}
        joined = next((one for one in self.joined if not Account(0, wanted).differences(one.columns)), None)
        if joined is None:
            raise ValueError("a report is parted that is no part of the case")
        joined.add(entry.sequence, parted_at=entry.at)

    def part_of(self, person_id: int | None) -> Account | None:
        """Return the report of a person that is a part of the case beside the first one, None where there is none."""
        present = (one for one in self.joined if one.columns["parted_at"] is None)
        return next((one for one in present if one.columns["person_id"] == person_id), None)

    def fellows(self) -> set[int | None]:
        """Return the persons whose reports are a part of the case beside the first one."""
        return {one.columns["person_id"] for one in self.joined if one.columns["parted_at"] is None}

    def copied(self, entry: Entry, *, post: str, person_id: int | None, task: int) -> None:
        """Take over that a copy of what decided `task` went to a person, or to nobody where the post had none."""
        told = {"post": post, "person_id": person_id, "sent_at": entry.at, "read_at": None}
        self.copies.append(Account(entry.sequence, {**told, "task": task}))

    def read(self, entry: Entry, *, sent_at: datetime) -> int:
        """Take over that a copy was read by the person who got it at the instant `sent_at`. Raises `ValueError`.

        Returns the place of the task whose decision it is of, from 0.
        """
        wanted = {"person_id": entry.actor_id, "sent_at": sent_at, "read_at": None}
        copy = next((one for one in self.copies if not Account(0, wanted).differences(one.columns)), None)
        if entry.actor_id is None or copy is None:
            raise ValueError("a copy is read that was not sent, or was read before")
        copy.add(entry.sequence, read_at=entry.at)
        return int(copy.columns["task"])

    def extension_asked(self, entry: Entry, body: Mapping[str, Any], *, task: int) -> None:
        """Take over that more time was asked for. Raises `ValueError` where a request for the task waits already."""
        if self._asking(task) is not None:
            raise ValueError("more time is asked for twice")
        said = {"text": body.get("text", ""), "by_id": entry.actor_id, "capacity": entry.capacity, "span": body["span"]}
        undecided = {"granted": None, "decided_at": None, "decided_by_id": None, "decided_as": None, "note": ""}
        account = Account(entry.sequence, {**said, **undecided, "asked_at": entry.at, "task": task})
        self.extensions.append(account)
        self.attached(entry, body)

    def extension_decided(self, entry: Entry, body: Mapping[str, Any], *, task: int) -> None:
        """Take over what was decided about more time. Raises `ValueError` for what nobody, or the same one, asked."""
        asked, extension = self._asking(task), body.get("extension")
        if asked is None or asked.columns["by_id"] == entry.actor_id:
            raise ValueError("more time is decided for which nobody else has asked")
        if extension is not None and extension["span"] != asked.columns["span"]:
            raise ValueError("another time is granted than was asked for")
        said = {"decided_at": entry.at, "decided_by_id": entry.actor_id, "decided_as": entry.capacity}
        asked.add(entry.sequence, granted=extension is not None, note=body.get("text", ""), **said)

    def consulted(self, entry: Entry, body: Mapping[str, Any], *, task: int, post: str) -> None:
        """Take over that somebody was asked for an opinion: who holds `post`, or the person named."""
        said = {"text": body.get("text", ""), "by_id": entry.actor_id, "capacity": entry.capacity, "post": post}
        said |= {"to_id": body.get("person"), "standard": body["standard"], "asked_at": entry.at, "task": task}
        self.consultations.append(Account(entry.sequence, said))
        self.attached(entry, body)

    def advised(self, entry: Entry, body: Mapping[str, Any], *, task: int) -> None:
        """Take over an opinion. Raises `ValueError` for one that nobody else has asked for."""
        asked = [one for one in self.consultations if one.columns["task"] == task]
        given = [one for one in self.opinions if one.columns["task"] == task]
        others = [one for one in asked if one.columns["by_id"] != entry.actor_id]
        if len(given) == len(asked) or not others:
            raise ValueError("there is an opinion that nobody else has asked for")
        said = {"answered_at": entry.at, "answered_by_id": entry.actor_id, "answered_as": entry.capacity}
        known = {"id": body["consultation"], "answer": body.get("text", ""), "task": task}
        self.opinions.append(Account(entry.sequence, {**known, **said}))
        self.attached(entry, body)

    def _asking(self, task: int) -> Account | None:
        """Return the request for more time of the task at this place that nobody has decided."""
        waiting = (one for one in self.extensions if one.columns["task"] == task and one.columns["granted"] is None)
        return next(waiting, None)

    def attached(
        self, entry: Entry, body: Mapping[str, Any], *, task: int | None = None, revision: int | None = None
    ) -> None:
        """Take over that files were attached: to the case, or during `task` to a `revision` of its Laporan Evaluasi."""
        names = body.get("files", [])
        digests = body.get("attached", [None] * len(names))
        for name, digest in zip(names, digests, strict=True):
            said = {"file_unique_id": name, "added_by_id": entry.actor_id, "added_at": entry.at}
            said |= {"keeping": Keeping.WAITING, "content": None}
            said |= {"task": task, "revision": revision} | ({} if digest is None else {"digest": digest})
            self.files.append(Account(entry.sequence, said))

    def detached(self, body: Mapping[str, Any], *, task: int, revision: int) -> None:
        """Take over that files were taken out again; of several alike it is the one that came last.

        Raises `ValueError` for a file that was not there.
        """
        for name, digest in zip(body["files"], body["attached"], strict=True):
            said = {"file_unique_id": name, "task": task, "revision": revision, "digest": digest}
            places = [place for place, one in enumerate(self.files) if not one.differences({**one.columns, **said})]
            if not places:
                raise ValueError("a file is taken out that was not there")
            del self.files[places[-1]]

    def settled(
        self, entry: Entry, body: Mapping[str, Any], *, before: Keeping, now: Keeping, content: str | None
    ) -> Account:
        """Take over what became of a file in the archive, and return it.

        Raises `ValueError` where no such file was there `before`.
        """
        wanted = {"file_unique_id": body["file"], "added_at": datetime.fromisoformat(body["added"]), "keeping": before}
        if before is Keeping.KEPT:
            wanted["content"] = content
        found = next((one for one in self.files if not one.differences({**one.columns, **wanted})), None)
        if found is None:
            raise ValueError("no such file was there")
        found.add(entry.sequence, keeping=now, content=content)
        return found

    def erased(self, entry: Entry, files: Sequence[Mapping[str, Any]]) -> set[str]:
        """Take over that files were erased together with their names, and return the digests of those that go.

        Raises `ValueError` for a file that was not there.
        """
        for one in files:
            wanted = {"file_unique_id": one["file"], "added_at": datetime.fromisoformat(one["added"])}
            there = (file for file in self.files if "name" not in file.columns)
            found = next((file for file in there if not file.differences({**file.columns, **wanted})), None)
            if found is None:
                raise ValueError("no such file was there")
            found.columns.pop("digest", None)
            found.add(entry.sequence, name="", caption="", file_id="", keeping=Keeping.ERASED)
        return {one["content"] for one in files if one.get("content")}

    def tells_of(self, *, task: int) -> bool:
        """Whether the holder of a task has noted, asked or attached something there."""
        noted = [
            one for one in self.remarks if one.columns["to_id"] is None and one.columns["capacity"] not in _REPORTING
        ]
        return any(one.columns["task"] == task for one in (*noted, *self.questions, *self.consultations, *self.files))

    def mismatches(self, exhibits: Exhibits, *, tasks: Sequence[Row], last: int) -> Iterator[tuple[int, str]]:
        """Yield every difference: the entry that it concerns, and what differs. An added row concerns entry `last`."""
        places = {None: None} | {row["id"]: place for place, row in enumerate(tasks)}

        def placed(rows: Sequence[Row]) -> list[Row]:
            return [{**row, "task": places.get(row["task_id"], _UNKNOWN)} for row in rows]

        answered = [row for row in exhibits.questions if (row["answer"], row["answered_at"]) != (None, None)]
        files = [{**row, "digest": file_digest(row)} for row in placed(exhibits.files)]
        yield from _compared("question", self.questions, placed(exhibits.questions), last)
        yield from _compared("answer", self.answers, answered, last)
        yield from _compared("note", self.remarks, placed(exhibits.remarks), last)
        yield from _compared("request for more time", self.extensions, placed(exhibits.extensions), last)
        yield from _compared("consultation", self.consultations, placed(exhibits.consultations), last)
        given = [row for row in placed(exhibits.consultations) if any(row[name] is not None for name in _OF_AN_OPINION)]
        yield from _compared("given opinion", self.opinions, given, last)
        yield from _compared("file", self.files, files, last)
        yield from _compared("joined report", self.joined, exhibits.joined, last)
        yield from _compared("copy", self.copies, placed(exhibits.copies), last)


def waits_otherwise(task: Row, questions: Sequence[Row]) -> Iterator[str]:
    """Yield the columns by which a task waits for other answers than its questions tell.

    An open one waits since one of them was asked, and not since later than the oldest that has no answer.
    """
    own = [row for row in questions if row["task_id"] == task["id"]]
    unanswered = [row["asked_at"] for row in own if row["answered_at"] is None] if task["closed_at"] is None else []
    if task["waiting_for"] != len(unanswered):
        yield "waiting_for"
    since = task["waiting_since"]
    if not unanswered:
        if since is not None:
            yield "waiting_since"
    elif since not in [row["asked_at"] for row in own] or since > min(unanswered):
        yield "waiting_since"


def _compared(kind: str, accounts: Sequence[Account], rows: Sequence[Row], last: int) -> Iterator[tuple[int, str]]:
    for account, row in pair_with_rows(accounts, rows):
        if account is None:
            yield last, f"there is a {kind} that the journal does not know"
        elif row is None:
            yield account.sequence, f"the {kind} told here is missing"
        else:
            for column in account.differences(row):
                yield account.sequence, f"the {kind} told here: its {column} is not what the journal tells"
