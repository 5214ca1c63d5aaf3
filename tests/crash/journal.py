"""I2 and I6 from the journal alone: the chains hold, and tell a legal story that ends where the rows stand."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.crash import sop_facts
from tests.crash.record import Record, Row, lasts, waited_for
from tests.crash.violation import Violation

_VERSIONS = (1, 2, 3)
"""The versions of entries that are known."""

_OF_HOLDERS = {"start", "ask", "note", "extend", "consult", "explain"}
"""What the holder of the open row does without deciding it."""

_ENDINGS = {"decline": "declined", "withdraw": "withdrawn", "merge": "merged"}

_AFTERWARDS = frozenset(
    {"feedback", "rate", "appraise", "refuse", "undelivered", "issue-paper"}
    | {"keep-file", "pass-over-file", "erase-file", "erase", "read", "explain"}
)
"""What may be written about a case that has ended."""


def check(kept: Record) -> Iterator[Violation]:
    """Recompute every chain, and tell every case again from its own."""
    chains = {chain["id"]: chain for chain in kept.chains}
    for chain in kept.chains:
        yield from _chain(chain, kept.entries.get(chain["id"], []))
    for chain_id in kept.entries.keys() - chains.keys():
        yield Violation("I6", f"chain {chain_id}", "has entries and no head")
    for case in kept.cases:
        subject = chains[case["chain_id"]]["subject"]
        if subject != f"case:{case['number']}":
            yield Violation("I6", case["number"], f"has the chain of {subject}")
        story = _Story(kept, case)
        for entry in kept.entries.get(case["chain_id"], []):
            story.tell(entry)
        yield from story.broken
        yield from _differences(kept, case, story)
        yield from _files(kept, case)


def _files(kept: Record, case: Row) -> Iterator[Violation]:
    """Hold what the archive keeps of the case's files against the entries: each is told once, and none untold."""
    entries = [entry for entry in kept.entries.get(case["chain_id"], []) if entry["action"] == "keep-file"]
    told = Counter((entry["body"]["file"], entry["body"]["content"]) for entry in entries)
    rows = [row for row in kept.attachments if row["case_id"] == case["id"] and row["content"] is not None]
    there = Counter((row["file_unique_id"], row["content"]) for row in rows)
    taken_out = any(entry["action"] == "detach" for entry in kept.entries.get(case["chain_id"], []))
    if there - told or (told - there and not taken_out):
        yield Violation("I6", case["number"], f"keeps the files {dict(there)}, the journal tells of {dict(told)}")


def _chain(chain: Row, entries: list[Row]) -> Iterator[Violation]:
    """Recompute a chain from the format that the record documents: SHA-256 over length-prefixed fields."""
    previous = bytes(32)
    for expected, entry in enumerate(entries, start=1):
        name = f"{chain['subject']} entry {entry['sequence']}"
        if entry["sequence"] != expected:
            yield Violation("I6", name, f"stands where entry {expected} should")
            return
        if entry["version"] not in _VERSIONS:
            yield Violation("I6", name, f"is of version {entry['version']}")
            return
        if _payload_digest(entry) != entry["digest"]:
            yield Violation("I6", name, "has another payload than its digest says")
        actor = "" if entry["actor_id"] is None else str(entry["actor_id"])
        tag = f"disposisi/entry/{entry['version']}"
        fields = (
            tag,
            chain["subject"],
            str(expected),
            _written(entry["at"]),
            actor,
            entry["capacity"],
            entry["action"],
        )
        own = _hashed(*(one.encode() for one in fields), entry["digest"], previous)
        if entry["previous"] != previous or entry["hash"] != own:
            yield Violation("I6", name, "does not hash to what is stored")
        previous = entry["hash"]
    if (chain["length"], chain["head"]) != (len(entries), previous):
        yield Violation("I6", chain["subject"], f"has {len(entries)} entries, its head counts {chain['length']}")


def _payload_digest(entry: Row) -> bytes:
    body = dict(entry["body"])
    for key, secret in (entry["secrets"] or {}).items():
        if key not in body:
            # A secret without its value: whatever the entry bears, it is not the digest of this.
            return b""
        seal = _hashed(b"disposisi/seal/3", bytes.fromhex(secret), key.encode(), _canonical(body[key]))
        body[key] = {"sealed": seal.hex()}
    return _hashed(f"disposisi/payload/{entry['version']}".encode(), entry["salt"] or b"", _canonical(body))


def _canonical(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON can say
    # Our payloads have keys in ASCII and no fractions: Python writes those as RFC 8785 does.
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _hashed(*fields: bytes) -> bytes:
    return hashlib.sha256(b"".join(len(one).to_bytes(8, "big") + one for one in fields)).digest()


def _written(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


@dataclass(slots=True)
class _Pass:
    """One task as the journal tells it."""

    step: int
    round: int
    post: str
    assignee: int | None
    opened_at: datetime
    closed_at: datetime | None = None
    outcome: str | None = None
    decided_by_id: int | None = None
    decided_as: str | None = None
    started: bool = False
    rungs: int = 0


@dataclass(slots=True)
class _Story:
    """A case as its journal tells it, and where that breaks the SOP's order or somebody's authority."""

    kept: Record
    case: Row
    passes: list[_Pass] = field(default_factory=list)
    state: str = "unborn"
    round: int = 1
    closed_at: datetime | None = None
    revisions: int = 0
    copies: list[tuple[int | None, str]] = field(default_factory=list)
    """Who got a copy that was not read yet, and when it was sent."""
    fellows: set[int | None] = field(default_factory=set)
    """The people whose reports are joined to the case."""
    broken: list[Violation] = field(default_factory=list)

    def tell(self, entry: Row) -> None:
        """Take in the next entry."""
        body: Mapping[str, Any] = entry["body"]
        action = entry["action"]
        if action == "reopen" and self.state == "merged":
            self.state, self.closed_at = "open", None
            self._opened(entry, body, expected=self._present.step)
            return
        if (action == "report") != (self.state == "unborn") or (
            self.state not in {"unborn", "open"} and action not in _AFTERWARDS
        ):
            self._break(entry, f"comes while the case is {self.state}")
            return
        if action == "report":
            self._reported(entry, body)
        elif action in sop_facts.OUTCOMES:
            self._decided(entry, body)
        elif action == "explain" and "closed" in body:
            self._explained(entry, body)
        else:
            self._beside(entry, body)

    def _beside(self, entry: Row, body: Mapping[str, Any]) -> None:
        """Take in an entry that neither reports nor decides."""
        match entry["action"]:
            case "transfer":
                self._handed_on(entry, body)
            case "advise":
                self._by_one_asked(entry, body)
            case "grant-extension" | "deny-extension":
                self._by_superior(entry)
            case "join" | "leave" if "person" not in body:
                # What an official merges with this case, and parts, is told by the other case's own journal.
                self._joined(entry)
            case "feedback" | "urge" | "add" if entry["actor_id"] in self.fellows:
                self._by_fellow(entry)
            case "answer" | "feedback" | "rate" | "urge" | "add":
                self._by_reporter(entry)
            case "copy":
                self._copied(entry, body)
            case "read":
                self._read(entry, body)
            case "chase":
                self._chased(entry, body)
            case "unclimb":
                self._present.rungs = body["rung"]
            case action if action in _OF_HOLDERS or (action in {"attach", "detach"} and "step" in body):
                self._by_holder(entry, body)

    @property
    def _present(self) -> _Pass:
        return self.passes[-1]

    def _reported(self, entry: Row, body: Mapping[str, Any]) -> None:
        self.state = "open"
        self._by_reporter(entry)
        if body.get("text") != self.case["text"]:
            self._break(entry, "reports other words than the case has")
        self._opened(entry, body, expected=1)

    def _decided(self, entry: Row, body: Mapping[str, Any]) -> None:
        if not self._by_whom_it_may_be(entry, body):
            return
        action, task = entry["action"], self._present
        to = sop_facts.following(task.step, action, (body.get("opened") or {}).get("step"))
        if to is None:
            self._break(entry, f"row {task.step} of the SOP does not know it")
            return
        task.closed_at, task.outcome = entry["at"], sop_facts.OUTCOMES[action]
        task.decided_by_id, task.decided_as = entry["actor_id"], entry["capacity"]
        if body.get("outcome") != task.outcome:
            self._break(entry, f"has the outcome {body.get('outcome')}")
        if action == "submit":
            self.revisions += 1
            if body.get("revision") != self.revisions:
                self._break(entry, f"hands in revision {body.get('revision')} after {self.revisions - 1}")
        self.round += action == "return"
        if to != sop_facts.ENDED:
            self._opened(entry, body, expected=to)
            return
        self.state, self.closed_at = _ENDINGS.get(action, "closed"), entry["at"]
        if "opened" in body:
            self._break(entry, "opens another row after the end")

    def _opened(self, entry: Row, body: Mapping[str, Any], *, expected: int) -> None:
        opened = body.get("opened") or {}
        if (opened.get("step"), opened.get("round"), opened.get("post")) != (
            expected,
            self.round,
            sop_facts.ROWS[expected].post,
        ):
            self._break(entry, f"opens {opened} instead of row {expected} in round {self.round}")
        self.passes.append(
            _Pass(expected, self.round, sop_facts.ROWS[expected].post, opened.get("assignee"), entry["at"])
        )

    def _by_whom_it_may_be(self, entry: Row, body: Mapping[str, Any]) -> bool:
        """Whether a decision is by somebody who may take it: reporter, sender, or holder of the task."""
        if entry["action"] == "withdraw":
            self._by_reporter(entry)
            return True
        if entry["action"] == "recall":
            sent, task = self.passes[-2], self._present
            if (entry["actor_id"], "forwarded") != (sent.decided_by_id, sent.outcome) or task.started:
                self._break(entry, f"by person {entry['actor_id']} recalls what {sent.decided_by_id} {sent.outcome}")
            return True
        return self._by_holder(entry, body)

    def _handed_on(self, entry: Row, body: Mapping[str, Any]) -> None:
        """Take in that a task went to a colleague: by its holder, in these tests."""
        self._by_holder(entry, body)
        holding = {one["person_id"] for one in self.kept.tenures if one["post"] == self._present.post}
        if body["assignee"] not in holding:
            self._break(entry, f"goes to {body['assignee']}, who does not hold the post")
        self._present.assignee = body["assignee"]

    def _by_holder(self, entry: Row, body: Mapping[str, Any]) -> bool:
        """Whether the entry is about the present task, by somebody who may act on it at that instant."""
        task = self._present
        if (body.get("step"), body.get("round")) != (task.step, task.round) or task.closed_at is not None:
            self._break(entry, f"is about row {body.get('step')}, round {body.get('round')}; {task.step} is open")
            return False
        at = entry["at"]
        there = [one for one in self.kept.tenures if one["post"] == task.post]
        holding = [one for one in there if lasts(one, at)]
        # The entry names by how many entries of the office's chain it was theirs: the end came after them.
        if "office" in body:
            waited = (one for one in there if waited_for(one, at))
            holding += [one for one in waited if self.kept.ended_after(one, body["office"])]
        entitled = {(one["person_id"], f"{one['capacity']}:{one['post']}") for one in holding}
        if (entry["actor_id"], entry["capacity"]) not in entitled:
            self._break(entry, f"by person {entry['actor_id']} as {entry['capacity']}, who did not hold the post")
        own = {one["person_id"] for one in holding} & {task.assignee}
        if own & self.kept.unbound(entry["at"]):
            # While whoever it was given to has no account, their colleagues may go on.
            own = set()
        if own and entry["actor_id"] not in own:
            self._break(entry, f"by person {entry['actor_id']}, but the task was given to {task.assignee}")
        if entry["action"] == "start":
            if task.started:
                self._break(entry, "begins what has begun")
            task.started, task.assignee = True, entry["actor_id"]
        return True

    def _by_one_asked(self, entry: Row, body: Mapping[str, Any]) -> None:
        """Take in an opinion of somebody who was asked in the open row, and holds the post that was."""
        asked = [one for one in self.kept.entries[self.case["chain_id"]] if one["action"] == "consult"]
        posts = {one["body"]["post"] for one in asked if one["body"]["step"] == body["step"]}
        holding = {one["person_id"] for one in self.kept.tenures if one["post"] in posts and lasts(one, entry["at"])}
        if entry["actor_id"] not in holding or entry["sequence"] < min(one["sequence"] for one in asked):
            self._break(entry, f"by person {entry['actor_id']}, whom nobody has asked")

    def _explained(self, entry: Row, body: Mapping[str, Any]) -> None:
        """Take in why a task that is decided was late: by the person who decided it."""
        closed_at = datetime.fromisoformat(body["closed"])
        decided = [one for one in self.passes if one.closed_at == closed_at]
        if not decided or (entry["actor_id"], entry["capacity"]) != (decided[-1].decided_by_id, decided[-1].decided_as):
            self._break(entry, f"by person {entry['actor_id']}, who did not decide what was late")

    def _copied(self, entry: Row, body: Mapping[str, Any]) -> None:
        """Take in that copies went out, with a decision and by the person who took it."""
        decided = [one for one in self.passes if one.closed_at == entry["at"]]
        if not decided or decided[-1].decided_by_id != entry["actor_id"]:
            self._break(entry, f"by person {entry['actor_id']}, who decided nothing then")
        self.copies += [(one["person"], entry["at"].isoformat()) for one in body["copies"]]

    def _read(self, entry: Row, body: Mapping[str, Any]) -> None:
        """Take in that a copy was read: by a person who got it, and once."""
        copy = (entry["actor_id"], body["sent"])
        if copy not in self.copies:
            self._break(entry, f"reads a copy that person {entry['actor_id']} did not get, or a second time")
        else:
            self.copies.remove(copy)

    def _by_superior(self, entry: Row) -> None:
        """Take in a decision of the official right above the one who has the task."""
        posts = [row.post for row in sop_facts.ROWS.values()]
        above = posts[posts.index(self._present.post) - 1]
        holding = {one["person_id"] for one in self.kept.tenures if one["post"] == above and lasts(one, entry["at"])}
        if entry["actor_id"] not in holding:
            self._break(entry, f"by person {entry['actor_id']}, who does not hold the post {above}")

    def _by_reporter(self, entry: Row) -> None:
        if entry["actor_id"] != self.case["reporter_id"] or entry["capacity"] != "reporter":
            self._break(entry, f"is by person {entry['actor_id']} as {entry['capacity']}, not by the reporter")

    def _joined(self, entry: Row) -> None:
        """Take in that a person joined the case, or left it, which only a person does who joined."""
        person = entry["actor_id"]
        if person == self.case["reporter_id"] or (person in self.fellows) != (entry["action"] == "leave"):
            self._break(entry, f"person {person} joins or leaves who cannot")
        self.fellows ^= {person}
        self._by_fellow(entry)

    def _by_fellow(self, entry: Row) -> None:
        if entry["capacity"] != "fellow-reporter":
            self._break(entry, f"is by a reporter who joined, as {entry['capacity']}")

    def _chased(self, entry: Row, body: Mapping[str, Any]) -> None:
        task = self._present
        # Repeats that nobody sent in time are left out; the first three rungs never are.
        follows = body["rung"] == task.rungs or body["rung"] > max(task.rungs, 2)
        if (body["step"], body["round"]) != (task.step, task.round) or not follows:
            self._break(entry, f"climbs rung {body['rung']} of row {body['step']} instead of {task.rungs}")
        task.rungs = body["rung"] + 1

    def _break(self, entry: Row, found: str) -> None:
        name = f"{self.case['number']} entry {entry['sequence']} ({entry['action']})"
        self.broken.append(Violation("I2", name, found))


def _differences(kept: Record, case: Row, story: _Story) -> Iterator[Violation]:
    """Hold the rows against the story."""
    told = (story.state, story.round, story.closed_at)
    if told != (case["state"], case["round"], case["closed_at"]):
        yield Violation("I6", case["number"], f"the journal tells {told}, the case is {case['state']}")
    tasks = kept.tasks_of[case["id"]]
    if len(tasks) != len(story.passes):
        yield Violation("I6", case["number"], f"has {len(tasks)} tasks, the journal tells of {len(story.passes)}")
    for task, one in zip(tasks, story.passes, strict=False):
        rows = [task[name] for name in _COLUMNS]
        journal = [getattr(one, name) for name in _COLUMNS]
        if rows != journal or task["assignee_id"] != one.assignee or task["rung"] != one.rungs:
            yield Violation("I6", f"{case['number']} task {task['id']}", f"is {rows}, the journal tells {journal}")
    submitted = [one["revision"] for one in kept.evaluations_of.get(case["id"], []) if one["submitted_at"]]
    if submitted != list(range(1, story.revisions + 1)):
        yield Violation("I6", case["number"], f"has revisions {submitted}, the journal tells of {story.revisions}")


_COLUMNS = ("step", "round", "post", "opened_at", "closed_at", "outcome", "decided_by_id", "decided_as")
