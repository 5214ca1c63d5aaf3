"""Checks an export of the record without the program that made it: `python verifier.py DIR --key FILE`.

It needs Python 3.11 and the package `cryptography`. FILE has the office's public keys, one a line: take them from
somebody you trust, not from the export. docs/export-format.md describes what is read here. Ends with 0: proved;
3: proved but for what was erased; 1: something is wrong; 2: misuse.
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
from hashlib import file_digest as file_hash
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Line = dict[str, Any]
FORMAT = "disposisi/export/1"
ALLOWANCE = timedelta(minutes=5)  # Work may begin before a sealing and end after it.
NEWER, ERASED = "of them newer than the newest checkpoint", "with a payload that was erased"
ENDS = {"declined", "moved", "withdrawn"}


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
    """Return whether a signed note (https://c2sp.org/signed-note) is signed by a key.

    Raises ValueError where it says so and the signature does not fit, and for what is no note or no key.
    """
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


def file_digest(file: Line) -> str:
    """Return the digest by which the journal names all that is kept of an attachment."""
    kept = [file[name] for name in ("kind", "file_id", "file", "name", "size", "caption")]
    return sha256(json.dumps(kept + [file["seconds"]] * (file["seconds"] is not None)).encode()).hexdigest()


def register_line(case: Line) -> Line:
    """Return the line of register.jsonl for a line of cases.jsonl. It says nothing that the case does not."""
    done = [one["late_by"] for one in case["tasks"] if one["closed_at"] is not None]
    late = [one for one in done if one]
    same = ("case", "sop", "urgency", "confidential", "reporter", "state", "opened_at", "closed_at", "helped")
    return {name: case[name] for name in same} | {"steps": len(done), "late": len(late), "late_by": sum(late)}


def retell(told: Line, line: Line, body: Line) -> None:
    """Take over into `told`, a line of cases.jsonl, what the next entry of its chain says of who did what and when."""
    action, at, tasks = line["action"], line["at"], told.setdefault("tasks", [])
    if action == "report":
        secret = body["classification"] == "rahasia" if "classification" in body else body["confidential"]
        told |= {"reporter": line["actor"], "opened_at": at, "text": body.get("text", ""), "confidential": secret}
        told |= {"urgency": body.get("urgency") or ("biasa" if secret else body["classification"])}
        told |= {"previous": body.get("previous"), "closed_at": None, "helped": None, "evaluations": [], "files": []}
        told["state"] = "open"
    elif action == "feedback":
        told["helped"] = body["helped"]
    elif "outcome" in body:
        if (tasks[-1]["step"], tasks[-1]["round"], tasks[-1]["closed_at"]) != (body["step"], body["round"], None):
            raise ValueError("it decides another task than the open one")
        tasks[-1] |= {"closed_at": at, "outcome": body["outcome"], "late_by": body.get("late_by")}
        tasks[-1] |= {"decided_by": line["actor"], "decided_as": line["capacity"], "note": body.get("note", "")}
        tasks[-1]["instructions"] = body.get("instructions", [])
        if "opened" not in body:
            told |= {"state": body["outcome"] if body["outcome"] in ENDS else "closed", "closed_at": at}
    elif action == "start":
        tasks[-1]["started_at"] = at
    elif action in {"reschedule", "grant-extension", "resume"}:
        tasks[-1]["due_at"] = instant(body["due"])
    if action == "submit":
        said = {"author": line["actor"], "submitted_at": at, "submitted_as": line["capacity"]}
        told["evaluations"].append({"revision": body["revision"], **body["evaluation"], **said})
    if "opened" in body and (action == "report" or "outcome" in body):
        opened = {name: body["opened"][name] for name in ("step", "round", "standard") if name in body["opened"]}
        told["round"] = opened["round"]
        opened |= dict.fromkeys(("started_at", "closed_at", "outcome", "decided_by", "decided_as", "late_by"))
        opened |= {"opened_at": at, "due_at": instant(body["opened"]["due"]), "note": "", "instructions": []}
        tasks.append(opened)
    attach(told["files"], line, body)


def attach(files: list[Line], line: Line, body: Line) -> None:
    """Take over what the next entry says of attachments: that some came or were taken out, or what became of one."""
    action, at, names = line["action"], line["at"], body.get("files")
    for name, digest in zip_longest(names, body.get("attached", [])) if isinstance(names, list) else ():
        if action == "detach":
            del files[max(place for place, one in enumerate(files) if (one["file"], one["digest"]) == (name, digest))]
        else:
            said = {"file": name, "added_by": line["actor"], "added_at": at, "keeping": "waiting", "sha256": None}
            files.append(said | ({"digest": digest} if digest else {}))
    if "added" in body:
        wanted = (body["file"], instant(body["added"]), "kept" if action == "erase-file" else "waiting")
        place = [(one["file"], one["added_at"], one["keeping"]) for one in files].index(wanted)
        keeping = {"keep-file": "kept", "erase-file": "erased"}.get(action) or body["because"]
        files[place] |= {"keeping": keeping, "sha256": body.get("content")}


class Audit:
    """One reading of an export: `faults` are sentences, each with file and line, `counts` what was read."""

    def __init__(self, folder: Path, keys: list[str], kept: str | None = None) -> None:
        self.folder, self.keys, self.kept = folder, keys, kept
        self.faults, self.ties = list[str](), list[tuple[str, str, int]]()
        self.counts = dict.fromkeys(("cases", "chains", "entries", NEWER, ERASED, "files", "checkpoints"), 0)
        self.logs, self.roots, self.newest = dict[str, str](), dict[str, dict[int, str]](), (0, "")
        self.heads, self.seals = dict[str, dict[str, list[tuple[int, str, int]]]](), dict[str, list[datetime]]()
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
            self._trust()
            self.each("checkpoints/notes.jsonl", lambda line: self._note(line["note"]))
            if self.kept is not None:
                self._note(self.kept)
            if not self.roots:
                raise ValueError("no checkpoint is signed by the key that is trusted")
            for log in self.roots:
                self._log(log) if self.whole else self.each("checkpoints/proofs.jsonl", self._proof)
            with (self.folder / "cases.jsonl").open() as cases, (self.folder / "register.jsonl").open() as register:
                self.rows: Any = enumerate(zip_longest(cases, register, fillvalue="null"), start=1)
                self.each("journal.jsonl", self._entry)
                self._end()
                self._left_over()
        return self

    def _folder(self) -> None:
        raw = (self.folder / "manifest.json").read_bytes()
        if (self.folder / "manifest.sha256").read_bytes() != f"{sha256(raw).hexdigest()}  manifest.json\n".encode():
            self.faults.append("manifest.json: it was changed, or manifest.sha256 was")
        self.manifest = json.loads(raw)
        if self.manifest["format"] != FORMAT:
            raise ValueError(f"manifest.json is of another format; this reads {FORMAT}")
        told, self.whole = self.manifest["contents"], self.manifest["whole"]
        here = [one.relative_to(self.folder).as_posix() for one in self.folder.rglob("*") if not one.is_dir()]
        for name in sorted({*here, *told} - {"manifest.json", "manifest.sha256"}):
            with self.at(name), (self.folder / name).open("rb") as file:
                digest = told.get(name, {}).get("sha256", name.removeprefix("files/"))
                if (self.folder / name).is_symlink() or file_hash(file, "sha256").hexdigest() != digest:
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

    def _trust(self) -> None:
        """Trust also the keys that were handed over to from a trusted one, and those before it. Never to and fro."""
        later, earlier = list(self.keys), list(self.keys)
        for old, new, _ in self.ties:
            later += [new] if old in later else []
        for old, new, _ in reversed(self.ties):
            earlier += [old] if new in earlier else []
        after, until = {new: size for _, new, size in self.ties}, {old: size for old, _, size in self.ties}
        self.spans = {key: (after.get(key, 0), until.get(key, sys.maxsize)) for key in (*later, *earlier)}

    def _note(self, note: str) -> None:
        """Check who signed a checkpoint. One of a log with which no trusted key has to do is passed over."""
        origin, size, root = note.partition("\n\n")[0].split("\n")[:3]
        own = [key for key in self.spans if key.startswith(f"{origin}+")]
        if any(self.spans[key][0] < int(size) <= self.spans[key][1] and signed_by(note, key) for key in own):
            if self.roots.setdefault(self.logs[origin], {}).setdefault(int(size), root) != root:
                raise ValueError("there are two checkpoints of one size: the log was written again")
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

    def _log(self, log: str) -> None:
        """Grow the tree of a log leaf by leaf: at the size of each checkpoint it must have its root."""
        edge, wanted, size = list[bytes](), dict(self.roots[log]), 0

        def grow(leaf: str) -> None:
            nonlocal size
            added, full, size = sha256(b"\0" + leaf.encode()).digest(), size, size + 1
            while full & 1:
                added, full = sha256(b"\1" + edge.pop() + added).digest(), full >> 1
            edge.append(added)
            self._leaf(log, leaf)
            if size not in wanted:
                return
            root = reduce(lambda right, left: sha256(b"\1" + left + right).digest(), reversed(edge))
            if base64.b64encode(root).decode() != wanted.pop(size):
                raise ValueError(f"up to here the leaves are not those that the checkpoint of {size} leaves seals")

        self.each(f"checkpoints/leaves-{log}.jsonl", grow)
        if wanted or size not in self.roots[log]:
            raise ValueError(f"log {log} has {size} leaves, not as many as its newest checkpoint: one of them is older")

    def _proof(self, line: Line) -> None:
        """Check that a head and the seal after it are leaves of the tree of an extract's one checkpoint."""
        (size, root), head, seal = self.newest, line["head"], line["seal"]
        for one in (head, seal):
            reached = root_by_path(one["leaf"], one["position"], size, one["path"])
            if base64.b64encode(reached).decode() != root or seal["position"] <= head["position"]:
                raise ValueError("the leaf is not in the tree of the checkpoint")
            self._leaf(head["leaf"], one["leaf"])

    def _entry(self, line: Line) -> None:
        """Check one entry. After the first fault of a chain nothing more is said of that chain."""
        self.counts["entries"] += 1
        if line["chain"] != self.chain:
            self._end()
            self.chain, self.seq, self.sound, self.gap, self.told = line["chain"], 0, True, False, Line()
            self.previous = "" if self.chain in self.seen else bytes(32).hex()
            self.seen.add(self.chain)
            self.counts["chains"] += 1
        self.seq += 1
        if not self.sound:
            return
        self.sound, name = False, f"{self.chain}, entry {self.seq}"
        if line["seq"] != self.seq or line["prev"] != self.previous:
            raise ValueError(f"{name} is missing, or does not follow the one before it")
        if line["hash"] != entry_hash(line).hex():
            raise ValueError(f"{name} was changed")
        self._sealed(line, name)
        if line["payload"] is None:
            self.counts[ERASED] += 1
            self.gap = True
        else:
            salt, kind = bytes.fromhex(line["salt"]), f"disposisi/payload/{line['version']}"
            if fields_hash(kind.encode(), salt, line["payload"].encode()).hex() != line["digest"]:
                raise ValueError(f"the payload of {name} was changed")
            body = json.loads(line["payload"])
            if line["action"] in {"keep-file", "erase-file"}:
                (self.contents if line["action"] == "keep-file" else self.erased_files).add(body["content"])
            if self.chain.startswith("case:") and not self.gap:
                retell(self.told, line, body)
        self.sound, self.previous = True, line["hash"]

    def _sealed(self, line: Line, name: str) -> None:
        """Hold an entry against the heads of its chain, and its time against the sealings around it."""
        newer = True
        for log, heads in self.heads.get(self.chain, {}).items():
            first = bisect_left(heads, self.seq, key=lambda head: head[0])
            newer = newer and first == len(heads)
            if first < len(heads) and heads[first][0] == self.seq and heads[first][1] != line["hash"]:
                raise ValueError(f"{name} is not the one that was sealed: the chain was written again")
            place = heads[first][2] if first < len(heads) else len(self.seals[log])
            at, seals = datetime.fromisoformat(line["at"]), self.seals[log]
            if (place and at < seals[place - 1] - ALLOWANCE) or (place < len(seals) and at > seals[place] + ALLOWANCE):
                raise ValueError(f"{name} bears the time {at}, which is not between the sealings around it")
        self.counts[NEWER] += newer

    def _end(self) -> None:
        """End a chain: nothing may be cut off, and its case must be what it tells."""
        longest = [heads[-1][0] for heads in self.heads.pop(self.chain, {}).values()]
        if self.chain and not self.whole and not longest:
            self.faults.append(f"{self.chain}: nothing proves that it was sealed")
        if self.chain and self.seq < max(longest, default=0):
            self.faults.append(f"{self.chain}: cut off: {max(longest)} entries were sealed, and {self.seq} are here")
        if self.chain.startswith("case:") and self.rows is not None:
            number, (case, register) = next(self.rows, (0, ("null", "null")))
            with self.at(f"cases.jsonl, line {number}"):
                self._case(json.loads(case), json.loads(register))

    def _case(self, stored: Line | None, register: Line | None) -> None:
        self.counts["cases"] += 1
        if stored is None or f"case:{stored['case']}" != self.chain:
            self.rows = None
            raise ValueError(f"this is not {self.chain}, whose turn it is by the journal; the rest is not compared")
        if register != register_line(stored):
            self.faults.append(f"register.jsonl, line {self.counts['cases']}: it is not what cases.jsonl says")
        if f"sops/{stored['sop']['digest']}.toml" not in self.manifest["contents"]:
            self.faults.append(f"sops/{stored['sop']['digest']}.toml: the SOP of {self.chain} is missing")
        if self.sound and not self.gap:
            stored["files"] = [one | {"digest": file_digest(one)} for one in stored["files"]]
            for rows in (stored["files"], self.told["files"]):
                rows.sort(key=lambda one: (one["file"], one["added_at"]))
            for name in ("tasks", "evaluations", "files"):
                pairs = zip_longest(self.told[name], stored[name], fillvalue=Line())
                self.told[name] = [kept | row if row else row for row, kept in pairs]
            if differ := [name for name in self.told if self.told[name] != stored[name]]:
                raise ValueError(f"{', '.join(differ)} of {self.chain}: not what the journal tells")

    def _left_over(self) -> None:
        """Name what was sealed or listed and is nowhere, and hold the files against what the journals tell of them."""
        self.faults += [f"{one}: it was sealed, and nothing is left of it" for one in self.heads]
        self.faults += [f"cases.jsonl, line {number}: no chain tells of it" for number, _ in self.rows or ()]
        missing = self.contents - self.erased_files - self.files if self.manifest["files"] else set()
        self.faults += [f"files/{one}: the journal says that it is kept, and it is not here" for one in missing]
        if not self.counts[ERASED]:
            self.faults += [f"files/{one}: no journal tells of it" for one in self.files - self.contents]

    def said(self) -> Iterator[str]:
        """Yield what was found, line by line."""
        yield from self.faults
        yield ", ".join(f"{number} {name}" for name, number in self.counts.items())
        until = max((one[-1] for one in self.seals.values() if one), default=None)
        yield f"NOT PROVED: {len(self.faults)} faults" if self.faults else f"proved as it was sealed until {until}"

    @property
    def status(self) -> int:
        """The exit status."""
        return 1 if self.faults else 3 if self.counts[ERASED] else 0


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
