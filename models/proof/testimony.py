"""What people said and handed in beside deciding, told again from the journal: questions, answers, remarks, files.

Entries written before the journal told which question an answer is for, and what a file is beyond its identifier, say
less; then less is held against the rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.case.attachment import file_digest
from models.journal.chain import Entry
from models.proof.account import Row, Told, paired

_UNKNOWN = "of another case"
"""Stands for a task that is none of the case's."""


@dataclass(frozen=True, slots=True)
class Exhibits:
    """The rows of one case beside its tasks, each kind in the order in which they were added."""

    questions: Sequence[Row]
    remarks: Sequence[Row]
    files: Sequence[Row]


@dataclass(slots=True)
class Testimony:
    """What the journal of one case tells of them. `task` is the place of a task among those of the case, from 0."""

    questions: list[Told] = field(default_factory=list)
    answers: list[Told] = field(default_factory=list)
    remarks: list[Told] = field(default_factory=list)
    files: list[Told] = field(default_factory=list)

    def asked(self, entry: Entry, body: Mapping[str, Any], *, task: int) -> None:
        """Take in that the reporter was asked."""
        said = {"text": body.get("text", ""), "asked_by_id": entry.actor_id, "asked_at": entry.at, "task": task}
        self.questions.append(Told(entry.sequence, said))

    def answered(self, entry: Entry, body: Mapping[str, Any]) -> None:
        """Take in that the reporter answered, with files or without."""
        if len(self.answers) == len(self.questions):
            raise ValueError("there are more answers than questions")
        said = {"answer": body.get("text", ""), "answered_at": entry.at}
        if "question" in body:
            said["id"] = body["question"]
        self.answers.append(Told(entry.sequence, said))
        self.attached(entry, body)

    def remarked(self, entry: Entry, body: Mapping[str, Any], *, task: int) -> None:
        """Take in that a note was added."""
        said = {"text": body.get("text", ""), "by_id": entry.actor_id, "capacity": entry.capacity, "at": entry.at}
        self.remarks.append(Told(entry.sequence, {**said, "task": task}))

    def attached(
        self, entry: Entry, body: Mapping[str, Any], *, task: int | None = None, revision: int | None = None
    ) -> None:
        """Take in that files were added: to the case, or to a revision of the Laporan Evaluasi that `task` is about."""
        names = body.get("files", [])
        digests = body.get("attached", [None] * len(names))
        for name, digest in zip(names, digests, strict=True):
            said = {"file_unique_id": name, "added_by_id": entry.actor_id, "added_at": entry.at}
            said |= {"task": task, "revision": revision} | ({} if digest is None else {"digest": digest})
            self.files.append(Told(entry.sequence, said))

    def mismatches(self, exhibits: Exhibits, *, tasks: Sequence[Row], last: int) -> Iterator[tuple[int, str]]:
        """Go through what the rows say differently: the entry concerned, or `last` for what no entry tells, and why."""
        places = {None: None} | {row["id"]: place for place, row in enumerate(tasks)}

        def placed(rows: Sequence[Row]) -> list[Row]:
            return [{**row, "task": places.get(row["task_id"], _UNKNOWN)} for row in rows]

        answered = [row for row in exhibits.questions if (row["answer"], row["answered_at"]) != (None, None)]
        files = [{**row, "digest": file_digest(row)} for row in placed(exhibits.files)]
        yield from _compared("question", self.questions, placed(exhibits.questions), last)
        yield from _compared("answer", self.answers, answered, last)
        yield from _compared("note", self.remarks, placed(exhibits.remarks), last)
        yield from _compared("file", self.files, files, last)


def _compared(kind: str, told: Sequence[Told], rows: Sequence[Row], last: int) -> Iterator[tuple[int, str]]:
    for one, row in paired(told, rows):
        if one is None:
            yield last, f"there is a {kind} that the journal does not know"
        elif row is None:
            yield one.sequence, f"the {kind} told here is missing"
        else:
            for column in one.differences(row):
                yield one.sequence, f"the {kind} told here: its {column} is not what the journal tells"
