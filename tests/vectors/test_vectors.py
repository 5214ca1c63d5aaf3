"""The published test vectors are those that this program makes, and its own verifier says of them what they say."""

import base64
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.export.holders import faults
from bot.export.verifier import Audit, fields_hash, root_by_path, signed_by
from models.checkpoint.merkle import Tree
from models.checkpoint.note import InvalidNote, Note, PublicKey
from models.journal.chain import canonical
from tests.vectors.making import CHANGES, EXPORTS, changed, make_all
from tests.vectors.record import FIRST

HERE = Path(__file__).parent
HASHES = json.loads((HERE / "hashes.json").read_bytes())


def files(folder: Path) -> dict[str, bytes]:
    kinds = {".json", ".jsonl", ".txt", ".toml", ".sha256", ""}
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix in kinds)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_they_are_made_again_byte_for_byte(tmp_path: Path) -> None:
    make_all(tmp_path)
    assert files(tmp_path) == files(HERE), "make them again with `python -m tests.vectors`"


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("key", ["key.txt", "other-key.txt"])
def test_each_export_is_proved_by_each_key(name: str, key: str) -> None:
    audit = Audit(HERE / name, (HERE / key).read_text(encoding="utf-8").split()).run()
    assert (audit.faults, audit.status) == ([], 3 if name == "erased" else 0)


@pytest.mark.parametrize("one", json.loads((HERE / "changed.json").read_bytes()), ids=lambda one: f"{one['file']}")
def test_each_change_is_found(one: dict[str, Any], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(HERE / one["export"], tmp_path / "changed"))
    changed(folder, one)
    audit = Audit(folder, [str(FIRST.public)]).run()
    assert audit.status == one["status"] == 1
    assert audit.faults[0].startswith(one["fault"]), audit.faults


@pytest.mark.parametrize("name", ["whole", "erased"])
def test_all_who_acted_for_a_post_held_it(name: str) -> None:
    assert list(faults(HERE / name)) == []


@pytest.mark.parametrize("one", json.loads((HERE / "strangers.json").read_bytes()), ids=lambda one: one["fault"])
def test_each_stranger_is_found(one: dict[str, Any], tmp_path: Path) -> None:
    text = (HERE / "whole/journal.jsonl").read_text(encoding="utf-8")
    assert one["from"] in text
    (tmp_path / "journal.jsonl").write_text(text.replace(one["from"], one["to"], 1), encoding="utf-8")
    (found,) = faults(tmp_path)
    assert found.endswith(f", and {one['fault']}")


def test_changes_are_those_of_the_code() -> None:
    assert len(CHANGES) >= 20


@pytest.mark.parametrize("one", HASHES["payloads"])
def test_payloads(one: dict[str, Any]) -> None:
    assert canonical(one["version"], one["payload"]).decode() == one["text"]
    kind = f"disposisi/payload/{one['version']}".encode()
    assert fields_hash(kind, bytes.fromhex(one["salt"]), one["text"].encode()).hex() == one["digest"]


@pytest.mark.parametrize("one", HASHES["seals"])
def test_seals(one: dict[str, Any]) -> None:
    fields = bytes.fromhex(one["secret"]), one["key"].encode(), one["text"].encode()
    assert fields_hash(b"disposisi/seal/3", *fields).hex() == one["seal"]


@pytest.mark.parametrize("one", HASHES["trees"])
def test_trees(one: dict[str, Any]) -> None:
    assert Tree().grown(leaf.encode() for leaf in one["leaves"]).root.hex() == one["root"]


@pytest.mark.parametrize("one", HASHES["paths"])
def test_paths(one: dict[str, Any]) -> None:
    try:
        root = root_by_path(one["leaf"], one["position"], one["size"], one["path"]).hex()
    except (ValueError, IndexError):
        root = "none"
    assert (root == one["root"]) is one["good"]


@pytest.mark.parametrize("one", HASHES["keys"])
def test_keys(one: dict[str, Any]) -> None:
    try:
        raw = PublicKey.parse(one["key"]).raw
    except InvalidNote:
        raw = b""
    assert bool(raw) is one["good"]
    try:
        signed_by(Note.signed("x\n", FIRST).written(), one["key"])
    except ValueError:
        assert not one["good"]
    else:
        assert one["good"]


@pytest.mark.parametrize("one", HASHES["notes"])
def test_notes(one: dict[str, Any]) -> None:
    try:
        verdict = "good" if signed_by(one["note"], one["key"]) else "not signed"
    except ValueError:
        verdict = "bad"
    assert verdict == one["verdict"]


def test_the_key_is_one_that_nobody_may_use() -> None:
    assert FIRST.seed == bytes(range(32))
    assert "not-for-use" in FIRST.name
    assert base64.b64encode(b"\x01" + FIRST.public.raw).decode() in (HERE / "key.txt").read_text(encoding="utf-8")
