"""How the test vectors are made: two exports of one small record, changes to them, and the single steps."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.archive.folder import Folder
from bot.export import exporting
from bot.export.exporting import Order, export
from tests.parts import database_at
from tests.vectors.hashes import vectors
from tests.vectors.record import FIRST, SECOND, at, make

EXPORTS = {"whole": None, "extract": "CT-2026-0001", "erased": None}
_LEFT_OUT = ("README.txt", "verifier.py", "holders.py")
"""What each export has beside the record. It would only swell the vectors."""

_SEEN_THERE = {"fault": "register.jsonl"}
"""The register is held against the cases first."""

CHANGES: list[dict[str, Any]] = [
    {"export": "whole", "file": "journal.jsonl", "from": "Tindak", "to": "Tindik", "fit": False},
    {"export": "whole", "file": "office/people.jsonl", "from": "Contoh", "to": "Conteh", "fit": False},
    {"export": "whole", "file": "office/people.jsonl", "from": "Contoh", "to": "Conteh", "fit": True},
    {"export": "whole", "file": "office/people.jsonl", "from": "000001", "to": "000009", "fit": True},
    {"export": "whole", "file": "office/people.jsonl", "from": "0101", "to": "0102", "fit": True},
    {"export": "whole", "file": "office/people.jsonl", "from": '"person":3', "to": '"person":4', "fit": True},
    {"export": "whole", "file": "manifest.json", "from": "test vectors", "to": "test victors", "fit": False},
    {"export": "whole", "file": "journal.jsonl", "from": "Tindak", "to": "Tindik", "fit": True},
    {"export": "whole", "file": "journal.jsonl", "from": '"actor":2', "to": '"actor":3', "fit": True},
    {"export": "whole", "file": "journal.jsonl", "from": "T00:40:00", "to": "T00:41:00", "fit": True},
    {"export": "whole", "file": "journal.jsonl", "from": "definitive:kepala", "to": "plh:kepala", "fit": True},
    {"export": "whole", "file": "journal.jsonl", "from": '"seq":2', "to": '"seq":4', "fit": True},
    {"export": "whole", "file": "journal.jsonl", "from": '"version":1', "to": '"version":2', "fit": True},
    {
        "export": "whole",
        "file": "cases.jsonl",
        "from": '"late_by":420',
        "to": '"late_by":42',
        "fit": True,
        **_SEEN_THERE,
    },
    {
        "export": "whole",
        "file": "cases.jsonl",
        "from": '"state":"open"',
        "to": '"state":"closed"',
        "fit": True,
        **_SEEN_THERE,
    },
    {"export": "whole", "file": "cases.jsonl", "from": "Isi cause.", "to": "Isi lain.", "fit": True},
    {"export": "whole", "file": "register.jsonl", "from": '"late":1', "to": '"late":0', "fit": True},
    {"export": "whole", "file": "checkpoints/leaves-1.jsonl", "from": "\\n6\\n", "to": "\\n7\\n", "fit": True},
    {"export": "whole", "file": "checkpoints/notes.jsonl", "from": "\\n3\\n", "to": "\\n4\\n", "fit": True},
    {"export": "whole", "file": "checkpoints/keys.jsonl", "from": "\\n3\\n", "to": "\\n2\\n", "fit": True},
    {"export": "whole", "file": "journal.jsonl", "from": '"\\"Mohon', "to": '"\\"Tolong', "fit": True},
    {"export": "whole", "file": "journal.jsonl", "from": '"words":{"text":', "to": '"words":{"texts":', "fit": True},
    {"export": "erased", "file": "journal.jsonl", "from": "contoh", "to": "Contoh", "fit": True},
    {"export": "erased", "file": "cases.jsonl", "from": '"text":""', "to": '"text":"lain"', "fit": True},
    {"export": "extract", "file": "journal.jsonl", "from": "Tindak", "to": "Tindik", "fit": True},
    {
        "export": "extract",
        "file": "checkpoints/proofs.jsonl",
        "from": '"position":0',
        "to": '"position":1',
        "fit": True,
    },
    {"export": "extract", "file": "checkpoints/proofs.jsonl", "from": "\\n6\\n", "to": "\\n5\\n", "fit": True},
    {
        "export": "extract",
        "file": "checkpoints/proofs.jsonl",
        "from": "\\ncase:CT-2026-0001",
        "to": "\\ncase:CT-2026-0002",
        "fit": True,
    },
]
"""In which export the first such text of which file becomes which, and whether the manifest is then made to fit."""


_FORWARD = '"actor":2,"capacity":"definitive:kepala","action":"forward"'
_SUBMIT = '"actor":3,"capacity":"definitive:petugas","action":"submit"'

STRANGERS: list[dict[str, Any]] = [
    {"from": _FORWARD, "to": _FORWARD.replace("2", "3"), "fault": "they did not hold that then"},
    {"from": _FORWARD, "to": _FORWARD.replace("definitive", "plh"), "fault": "they did not hold that then"},
    {"from": _FORWARD, "to": _FORWARD.replace("definitive", "admin"), "fault": "the task was not left to the admins"},
    {"from": _FORWARD, "to": _FORWARD.replace("kepala", "petugas"), "fault": "the task was at the post kepala"},
    {"from": _SUBMIT, "to": _SUBMIT.replace("3", "2"), "fault": "they have never held that"},
    {"from": _SUBMIT, "to": _SUBMIT.replace("petugas", "kepala"), "fault": "the task was at the post petugas"},
]
"""In the journal of `whole` the first such text becomes which, and what is then wrong, whatever else would fit."""


def make_all(folder: Path) -> None:
    """Write the vectors into `folder`, in the place of those that are there."""
    for name, number in EXPORTS.items():
        shutil.rmtree(folder / name, ignore_errors=True)
        _export(folder / name, number, erased=name == "erased")
    key = f"{FIRST.public}\n"
    (folder / "key.txt").write_text(key, encoding="utf-8")
    (folder / "other-key.txt").write_text(f"{SECOND.public}\n", encoding="utf-8")
    _write(folder / "hashes.json", vectors())
    _write(folder / "changed.json", [{"status": 1, "fault": one["file"], **one} for one in CHANGES])
    _write(folder / "strangers.json", STRANGERS)


def _export(target: Path, number: str | None, *, erased: bool) -> None:
    with tempfile.TemporaryDirectory() as made:
        url, archive = f"sqlite:///{made}/record.db", Path(made) / "files"
        make(url, archive, erased=erased)
        order = Order(by="test vectors", at=at(61), number=number, period=None, archive=Folder(archive))
        with database_at(url) as database, patch.object(exporting, "_program", lambda: "disposisi, test vectors"):
            export(database, target, order, progress=lambda *_: None)
    manifest = json.loads((target / "manifest.json").read_bytes())
    for name in _LEFT_OUT:
        (target / name).unlink()
        del manifest["contents"][name]
    _close(target, manifest)


def _close(target: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest and its digest."""
    raw = json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"
    (target / "manifest.json").write_bytes(raw)
    (target / "manifest.sha256").write_text(f"{hashlib.sha256(raw).hexdigest()}  manifest.json\n", encoding="utf-8")


def changed(folder: Path, one: Mapping[str, Any]) -> None:
    """Do to the export in `folder` what a line of changed.json says."""
    path = folder / one["file"]
    text = path.read_text(encoding="utf-8")
    if one["from"] not in text:
        raise LookupError(f"{one['file']} has no {one['from']}")
    path.write_text(text.replace(one["from"], one["to"], 1), encoding="utf-8")
    if one["fit"]:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        manifest["contents"][one["file"]]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
        _close(folder, manifest)


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")
