"""Checks an export of the record without the program that made it: `python verifier.py DIR --key FILE`.

It needs Python 3.11 and the package `cryptography`. FILE has the office's public keys, one a line, from somebody you
trust. docs/export-format.md has the format. Ends with 0: proved; 3: but for what was erased; 1: wrong; 2: misuse.
"""

import argparse
import base64
import json
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import reduce
from hashlib import file_digest, sha256
from itertools import zip_longest
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Line = dict[str, Any]
FORMAT, UNSAID = "disposisi/export/2", {"disposisi/export/2": (), "disposisi/export/1": ("fellows", "merged_into")}
ALLOWANCE = timedelta(minutes=5)  # Work may begin before a sealing and end after it.
NEWER, ERASED = "of them newer than the newest checkpoint", "of them with words that were erased"
PARTS = ("findings", "cause", "action", "result", "recommendation")


def fields_hash(*fields: bytes) -> bytes:
    """Return SHA-256 over the fields, each after its length as eight bytes, the highest first."""
    return sha256(b"".join(len(one).to_bytes(8, "big") + one for one in fields)).digest()


def entry_hash(line: Line) -> bytes:
    """Return the hash that a line of journal.jsonl must bear."""
    actor = "" if line["actor"] is None else str(line["actor"])
    place = f"disposisi/entry/{line['version']}", line["chain"], str(line["seq"])
    told = (one.encode() for one in (*place, line["at"], actor, line["capacity"], line["action"]))
    return fields_hash(*told, bytes.fromhex(line["digest"]), bytes.fromhex(line["prev"]))


def root_by_path(leaf: str, position: int, size: int, path: list[str]) -> bytes:
    """Return the root of a tree of `size` leaves to which an audit path leads (RFC 6962, section 2.1.1)."""
    if (position, size, path) == (0, 1, []):
        return sha256(b"\0" + leaf.encode()).digest()
    half, beside = 1 << (size - 1).bit_length() - 1, bytes.fromhex(path[-1])
    is_left = position < half
    below = root_by_path(leaf, *((position, half) if is_left else (position - half, size - half)), path[:-1])
    return sha256(b"\1" + (below + beside if is_left else beside + below)).digest()


def signed_by(note: str, key: str) -> bool:
    """Return whether a key signed a note (https://c2sp.org/signed-note). Raises ValueError where either is unsound."""
    name, given, material = key.split("+", 2)
    raw = base64.b64decode(material, validate=True)
    own = sha256(name.encode() + b"\n" + raw).digest()[:4]
    if raw[:1] != b"\1" or own.hex() != given:
        raise ValueError(f"{key} is no public key, or a letter of it was mistyped")
    text, blank, below = note.rpartition("\n\n")
    for one in below.removesuffix("\n").split("\n"):
        dash, signer, encoded = one.split(" ")
        signature = base64.b64decode(encoded, validate=True)
        if not blank or dash != "\u2014" or base64.b64encode(signature).decode() != encoded:
            raise ValueError("this is no signed note")
        if (signer, signature[:4]) == (name, own):
            try:
                Ed25519PublicKey.from_public_bytes(raw[1:]).verify(signature[4:], f"{text}\n".encode())
            except InvalidSignature:
                raise ValueError(f"the signature of {name} does not fit the text") from None
            return True
    return False


def instant(text: str) -> str:
    """Return an instant as journal.jsonl writes its own: in UTC, with microseconds."""
    return datetime.fromisoformat(text).astimezone(UTC).isoformat(timespec="microseconds")


def attached_digest(file: Line) -> str:
    """Return the digest by which the journal names all that is kept of an attachment."""
    kept = [file[name] for name in ("kind", "file_id", "file", "name", "size", "caption")]
    return sha256(json.dumps(kept + [file["seconds"]] * (file["seconds"] is not None)).encode()).hexdigest()


def register_line(case: Line) -> Line:
    """Return the line of register.jsonl for a line of cases.jsonl. It says nothing that the case does not."""
    done = [one["late_by"] or 0 for one in case["tasks"] if one["closed_at"] is not None]
    same = ("case", "sop", "urgency", "confidential", "reporter", "fellows", "state", "merged_into", "opened_at")
    counted = {"steps": len(done), "late": sum(map(bool, done)), "late_by": sum(done)}
    return {name: case[name] for name in (*same, "closed_at", "helped") if name in case} | counted


def retell(told: Line, line: Line, body: Line) -> None:
    """Take over into `told`, a line of cases.jsonl, what the next entry of its chain says of who did what and when."""
    action, at, tasks = line["action"], line["at"], told.setdefault("tasks", [])
    if action == "report":
        secret = body["classification"] == "rahasia" if "classification" in body else body["confidential"]
        told |= {"reporter": line["actor"], "opened_at": at, "text": body.get("text", ""), "confidential": secret}
        told |= {"urgency": body.get("urgency") or ("biasa" if secret else body["classification"])}
        told |= dict.fromkeys(("closed_at", "helped", "merged_into")) | {"evaluations": [], "files": [], "fellows": []}
        told |= {"previous": body.get("previous"), "state": "open", **({"sop": body["sop"]} if "sop" in body else {})}
    elif action == "feedback" and line["capacity"] == "reporter":
        told["helped"] = body["helped"]
    elif "outcome" in body:
        tasks[-1] |= {"closed_at": at, "outcome": body["outcome"], "late_by": body.get("late_by")}
        tasks[-1] |= {"decided_by": line["actor"], "decided_as": line["capacity"], "note": body.get("note", "")}
        tasks[-1]["instructions"] = body.get("instructions", [])
        if "opened" not in body:
            state = body["outcome"] if body["outcome"] in {"declined", "moved", "withdrawn", "merged"} else "closed"
            told |= {"state": state, "closed_at": at, "merged_into": body["to"] if state == "merged" else None}
    elif action in {"start", "reschedule", "grant-extension", "resume"}:
        tasks[-1] |= {"started_at": at} if action == "start" else {"due_at": instant(body["due"])}
    elif action in {"join", "leave", "part"}:  # An official names the person whose report it is.
        fellows = told["fellows"]
        (fellows.append if action == "join" else fellows.remove)(body.get("person", line["actor"]))
        fellows.sort()
    if action == "submit":
        said = {"author": line["actor"], "submitted_at": at, "submitted_as": line["capacity"]}
        said |= {"revision": body["revision"]} | body.get("evaluation", dict.fromkeys(PARTS, ""))
        told["evaluations"].append(said)
    if "opened" in body and (action in {"report", "reopen"} or "outcome" in body):
        task = {name: body["opened"][name] for name in ("step", "round", "standard") if name in body["opened"]}
        told |= {"round": task["round"], "state": "open", "closed_at": None, "merged_into": None}
        task |= dict.fromkeys(("started_at", "closed_at", "outcome", "decided_by", "decided_as", "late_by"))
        tasks.append(task | {"opened_at": at, "due_at": instant(body["opened"]["due"]), "note": "", "instructions": []})
    files, names, gone = told["files"], body.get("files"), action == "erase"
    for name, digest in zip_longest(names, body.get("attached", [])) if isinstance(names, list) and not gone else ():
        if action == "detach":
            del files[~[(one["file"], one["digest"]) for one in reversed(files)].index((name, digest))]
        else:
            said = {"added_by": line["actor"], "added_at": at, "keeping": "waiting", "sha256": None}
            files.append({"file": name, "digest": digest, **said})
    for one in (names or []) if gone else [body] if "added" in body else []:
        keeping = {"keep-file": "kept", "pass-over-file": body.get("because")}.get(action, "erased")
        rows = [(row["file"], row["added_at"], "name" in row if gone else row["keeping"] == keeping) for row in files]
        row = files[rows.index((one["file"], instant(one["added"]), False))]
        empty = {"name": "", "caption": "", "file_id": "", "digest": None}
        row |= {"keeping": keeping, **(empty if gone else {"sha256": body.get("content")})}


class Audit:
    """One reading of an export: `faults` are sentences, each with file and line, `counts` what was read."""

    def __init__(self, folder: Path, keys: list[str], kept: str | None = None) -> None:
        self.folder, self.keys, self.kept, self.people = folder, keys, kept, dict[int, Any]()
        self.faults, self.ties = list[str](), list[tuple[str, str, int]]()
        self.counts = dict.fromkeys(("cases", "chains", "entries", NEWER, ERASED, "files", "checkpoints"), 0)
        self.logs, self.roots, self.newest = dict[str, str](), dict[str, dict[int, set[str]]](), (0, "")
        self.heads, self.seals = dict[str, dict[str, list[Any]]](), dict[str, list[datetime]]()
        self.contents, self.erased_files, self.seen, self.chain = set[str](), set[str](), set[str](), ""

    @contextmanager
    def at(self, place: str) -> Iterator[None]:
        """Let what is wrong inside be a fault at `place`."""
        try:
            yield
        except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError, OSError) as error:
            why = str(error) if type(error) is ValueError else f"it cannot be read ({type(error).__name__}: {error})"
            self.faults.append(f"{place}: {why}")

    def each(self, name: str, work: Callable[[Any], None]) -> None:
        """Do `work` with what each line of a file holds."""
        with (self.folder / name).open(encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            for number, text in enumerate(file, start=1):
                with self.at(f"{name}, line {number}"):
                    work(json.loads(text))

    def run(self) -> "Audit":
        """Check everything."""
        with self.at(str(self.folder)):
            self._folder()
            self.each("checkpoints/keys.jsonl", self._key)
            # Never to and fro: a stolen old key could else hand over to a key of the thief.
            later = reduce(lambda near, tie: [*near, tie[1]] if tie[0] in near else near, self.ties, self.keys)
            earlier = reduce(lambda near, tie: [*near, tie[0]] if tie[1] in near else near, self.ties[::-1], self.keys)
            after, until = {new: size for _, new, size in self.ties}, {old: size for old, _, size in self.ties}
            self.spans = {key: (after.get(key, 0), until.get(key, sys.maxsize)) for key in (*later, *earlier)}
            self.each("checkpoints/notes.jsonl", lambda line: self._note(line["note"]))
            if self.kept is not None:
                self._note(self.kept)
            if not self.roots:
                raise ValueError("no checkpoint is signed by the key that is trusted")
            for log in self.roots:
                self._log(log) if self.whole else self.each("checkpoints/proofs.jsonl", self._proof)
            with (self.folder / "cases.jsonl").open() as cases, (self.folder / "register.jsonl").open() as register:
                self.rows = enumerate(zip_longest(cases, register, fillvalue="null"), start=1)
                self.each("journal.jsonl", self._entry)
                self._end()
                self.faults += [f"cases.jsonl, line {number}: no chain tells of it" for number, _ in self.rows]
            self.faults += [f"{one}: it was sealed, and nothing is left of it" for one in self.heads]
            if self.whole and self.people:
                self.each("office/people.jsonl", self._person)
                left = [key for key, told in self.people.items() if told]
                self.faults += [f"office/people.jsonl: person {one} is missing, of whom a chain tells" for one in left]
            missing = self.contents - self.erased_files - self.files if self.manifest["files"] else set()
            self.faults += [f"files/{one}: the journal says that it is kept, and it is not here" for one in missing]
            self.faults += [f"files/{one}: no journal tells of it" for one in self.files - self.contents]
        self.status = 1 if self.faults else 3 if self.counts[ERASED] else 0
        return self

    def _folder(self) -> None:
        raw = (self.folder / "manifest.json").read_bytes()
        if (self.folder / "manifest.sha256").read_bytes() != f"{sha256(raw).hexdigest()}  manifest.json\n".encode():
            self.faults.append("manifest.json: it was changed, or manifest.sha256 was")
        self.manifest = json.loads(raw)
        if self.manifest["format"] not in UNSAID:
            raise ValueError(f"manifest.json is of another format; this reads {FORMAT}")
        told, self.whole = self.manifest["contents"], self.manifest["whole"]
        here = [one.relative_to(self.folder).as_posix() for one in self.folder.rglob("*") if not one.is_dir()]
        for name in sorted({*here, *told} - {"manifest.json", "manifest.sha256"}):
            with self.at(name), (self.folder / name).open("rb") as file:
                digest = told.get(name, {}).get("sha256", name.removeprefix("files/"))
                if (self.folder / name).is_symlink() or file_digest(file, "sha256").hexdigest() != digest:
                    raise ValueError("it was changed, or does not belong to the export")
        self.files = {name.removeprefix("files/") for name in here if name.startswith("files/")}
        self.counts["files"] = len(self.files)

    def _key(self, line: Line) -> None:
        self.logs[line["key"].partition("+")[0]] = str(line["log"])
        if line["handover"] is not None:
            first, old, new, _, _, size, _ = line["handover"].partition("\n\n")[0].split("\n")
            if first != "disposisi key hand-over 1" or not all(signed_by(line["handover"], key) for key in (old, new)):
                raise ValueError("the hand-over is not signed by both keys")
            self.ties.append((old, new, int(size)))

    def _note(self, note: str) -> None:  # A checkpoint of a log with which no trusted key has to do is passed over.
        origin, size, root = note.partition("\n\n")[0].split("\n")[:3]
        own = [key for key in self.spans if key.startswith(f"{origin}+")]
        if any(self.spans[key][0] < int(size) <= self.spans[key][1] and signed_by(note, key) for key in own):
            self.roots.setdefault(self.logs[origin], {}).setdefault(int(size), set()).add(root)
            self.counts["checkpoints"] += 1
            self.newest = int(size), root
        elif own or note is self.kept:
            raise ValueError("the checkpoint is not signed by a key that is trusted and was in use then")

    def _leaf(self, log: str, leaf: str) -> None:
        kind, first, second, third, _ = leaf.split("\n")
        if kind == "disposisi/head/1":
            heads = self.heads.setdefault(first, {}).setdefault(log, [])
            head, last = (int(second), base64.b64decode(third).hex()), heads[-1][:2] if heads else (0, "")
            if head[0] < last[0] or (head[0] == last[0] and head[1] != last[1]):
                raise ValueError(f"{first} was sealed before with more entries, or with others")
            heads += [(*head, len(self.seals.get(log, [])))] if head != last else []
        elif kind == "disposisi/seal/1":
            self.seals.setdefault(log, []).append(datetime.fromisoformat(second))

    def _log(self, log: str) -> None:  # Grow its tree leaf by leaf: at each checkpoint it must have the root.
        edge, wanted, size = list[bytes](), dict(self.roots[log]), 0

        def grow(leaf: str) -> None:
            nonlocal size
            added, full, size = sha256(b"\0" + leaf.encode()).digest(), size, size + 1
            while full & 1:
                added, full = sha256(b"\1" + edge.pop() + added).digest(), full >> 1
            edge.append(added)
            self._leaf(log, leaf)
            if size in wanted:
                root = reduce(lambda right, left: sha256(b"\1" + left + right).digest(), reversed(edge))
                if {base64.b64encode(root).decode()} != wanted.pop(size):
                    raise ValueError(f"up to here the leaves are not those that the checkpoint of {size} leaves seals")

        self.each(f"checkpoints/leaves-{log}.jsonl", grow)
        if wanted or size not in self.roots[log]:
            raise ValueError(f"log {log} has {size} leaves, not as many as its newest checkpoint: one of them is older")

    def _proof(self, line: Line) -> None:  # A head and the seal after it are in the tree of the one checkpoint.
        (size, root), head, seal = self.newest, line["head"], line["seal"]
        for one in (head, seal):
            reached = root_by_path(one["leaf"], one["position"], size, one["path"])
            if base64.b64encode(reached).decode() != root or seal["position"] <= head["position"]:
                raise ValueError("the leaf is not in the tree of the checkpoint")
            self._leaf(head["leaf"], one["leaf"])

    def _entry(self, line: Line) -> None:  # After the first fault of a chain nothing more is said of it.
        self.counts["entries"] += 1
        if line["chain"] != self.chain:
            self._end()
            self.chain, self.seq, self.clear, self.told = line["chain"], 0, True, Line()
            self.gone, self.told_gone = dict[int, list[Any]](), dict[int, list[Any]]()
            self.previous = "" if self.chain in self.seen else bytes(32).hex()
            self.seen.add(self.chain)
            self.counts["chains"] += 1
        self.seq += 1
        clear, self.clear, name = self.clear, False, f"{self.chain}, entry {self.seq}"
        previous, self.previous = self.previous, line["hash"]
        if line["seq"] != self.seq or line["prev"] != previous:
            self.seq = line["seq"]
            raise ValueError(f"{name} is missing, or does not follow the one before it")
        if line["hash"] != entry_hash(line).hex():
            raise ValueError(f"{name} was changed")
        self._sealed(line, name)
        body = self._legible(line, name)
        if line["action"] in {"keep-file", "erase-file"}:
            (self.contents if line["action"] == "keep-file" else self.erased_files).add(body["content"])
        elif line["action"] == "erase":
            for one in body["entries"]:
                keys = self.told_gone.get(one["sequence"], ["", set()])[1] | set(one["keys"])
                self.told_gone[one["sequence"]] = [one["hash"], keys, one.get("rest")]
            self.erased_files |= {one["content"] for one in body["files"] if "content" in one}
        if clear and self.chain.startswith("case:"):
            retell(self.told, line, body)
        elif clear and line["action"] in {"stock", "state"}:
            told = [(key, columns) for table, (key, *_), columns in body["rows"] if table == "people"]
            self.people |= {key: columns and (self.people.get(key) or {}) | columns for key, columns in told}
        self.clear = clear

    def _person(self, line: Line) -> None:  # Their words must fit the digests that the office told last.
        told, salt = self.people.pop(line["person"]), bytes.fromhex(line["salt"] or "")
        for name in ("name", "nip", "unit"):
            text = json.dumps([name, line[name]], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
            if told[name] != (None if line[name] is None else sha256(salt + text).hexdigest()):
                raise ValueError(f"the {name} of {line['person']} is not the one that the office's chain tells")

    def _legible(self, line: Line, name: str) -> Line:  # Returns the payload without what was erased from it.
        body, words, version = json.loads(line["payload"]), line["words"] or {}, line["version"]
        emptied = [key for key, one in body.items() if isinstance(one, dict) and [*one] in (["sealed"], ["erased"])]
        salt, payload, gone = bytes.fromhex(line["salt"]), line["payload"].encode(), set(emptied) - words.keys()
        rest = fields_hash(b"disposisi/rest/1", payload).hex() if gone and version in {1, 2} else None
        if not rest and fields_hash(f"disposisi/payload/{version}".encode(), salt, payload).hex() != line["digest"]:
            raise ValueError(f"the payload of {name} was changed")
        for key, (secret, text) in words.items():
            seal = fields_hash(b"disposisi/seal/3", bytes.fromhex(secret), key.encode(), text.encode()).hex()
            if body[key] != {"sealed": seal}:
                raise ValueError(f"the payload of {name} was changed: its {key}")
            body[key] = json.loads(text)
        self.gone |= {self.seq: [line["hash"], gone, rest]} if gone else {}
        return {key: value for key, value in body.items() if key not in gone}

    def _sealed(self, line: Line, name: str) -> None:  # Also its time lies between the sealings around it.
        newer = True
        for log, heads in self.heads.get(self.chain, {}).items():
            at, seals = datetime.fromisoformat(line["at"]), self.seals[log]
            first = bisect_left(heads, self.seq, key=lambda head: head[0])
            length, digest, place = heads[first] if first < len(heads) else (0, "", len(seals))
            newer = newer and not length
            if length == self.seq and digest != line["hash"]:
                raise ValueError(f"{name} is not the one that was sealed: the chain was written again")
            if (place and at < seals[place - 1] - ALLOWANCE) or (place < len(seals) and at > seals[place] + ALLOWANCE):
                raise ValueError(f"{name} bears the time {at}, which is not between the sealings around it")
        self.counts[NEWER] += newer

    def _end(self) -> None:
        if not self.chain:
            return
        most = max((heads[-1][0] for heads in self.heads.pop(self.chain, {}).values()), default=0)
        wrong = {"nothing proves that it was sealed": not self.whole and not most}
        wrong |= {f"cut off: {most} entries were sealed, and {self.seq} are here": self.seq < most}
        wrong |= {"it lacks other words than its entries tell that were erased": self.gone != self.told_gone}
        self.faults += [f"{self.chain}: {why}" for why, is_so in wrong.items() if is_so]
        self.counts[ERASED] += len(self.gone)
        if self.chain.startswith("case:"):
            number, pair = next(self.rows, (0, ("null", "null")))
            with self.at(f"cases.jsonl, line {number}"):
                self._case(*map(json.loads, pair))

    def _case(self, stored: Line | None, register: Line | None) -> None:
        self.counts["cases"] += 1
        if stored is None or f"case:{stored['case']}" != self.chain:
            raise ValueError(f"this is not {self.chain}, whose turn it is by the journal")
        if register != register_line(stored):
            self.faults.append(f"register.jsonl, line {self.counts['cases']}: it is not what cases.jsonl says")
        sop = stored["sop"]["digest"]
        if self.manifest["contents"].get(f"sops/{sop}.toml", {}).get("sha256") != sop:
            self.faults.append(f"sops/{sop}.toml: the SOP of {self.chain} is missing, or was changed")
        if self.clear:
            stored["files"] = [one | {"digest": attached_digest(one)} for one in stored["files"]]
            for name in ("tasks", "evaluations", "files"):
                pairs = zip_longest(self.told[name], stored[name], fillvalue=Line())
                told = [(kept, {key: one for key, one in row.items() if key != "digest" or one}) for row, kept in pairs]
                self.told[name] = [row and kept | row for kept, row in told]
            stored = {name: self.told[name] for name in UNSAID[self.manifest["format"]]} | stored
            if differ := [name for name in self.told if self.told[name] != stored[name]]:
                raise ValueError(f"{', '.join(differ)} of {self.chain}: not what the journal tells")

    def said(self) -> list[str]:
        """Return what was found, line by line."""
        until = max((one[-1] for one in self.seals.values()), default=None)
        found = f"NOT PROVED: {len(self.faults)} faults" if self.faults else f"proved as it was sealed until {until}"
        return [*self.faults, ", ".join(f"{number} {name}" for name, number in self.counts.items()), found]


def main(arguments: list[str]) -> int:
    """Check the export that was named, say what was found, and return the exit status."""
    parser = argparse.ArgumentParser(description="Checks an export of the record of disposisi.")
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--key", type=Path, required=True, help="the office's public keys, from somebody you trust")
    parser.add_argument("--against", type=Path, help="a checkpoint that you kept: the export must follow from it")
    given = parser.parse_args(arguments)
    kept = given.against and given.against.read_text(encoding="utf-8")
    audit = Audit(given.folder, given.key.read_text(encoding="utf-8").split(), kept).run()
    sys.stdout.writelines(f"{line}\n" for line in audit.said())
    return audit.status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
