"""The test vectors of single steps: canonical JSON, digests, hashes, leaves, roots, audit paths, keys and notes."""

from typing import Any

from models.checkpoint.merkle import Tree, audit_paths
from models.checkpoint.note import Note, PrivateKey
from models.checkpoint.statement import Checkpoint
from models.journal.chain import canonical, payload_digest
from tests.vectors.record import FIRST, SECOND, WORDS

_SALT = bytes(range(16))
_LEAVES = [f"disposisi/head/1\ncase:CT-2026-000{number}\n{number}\n{'A' * 43}=\n" for number in range(1, 8)]

_PAYLOADS: list[tuple[int, dict[str, Any]]] = [
    (2, {}),
    (2, {"b": 1, "a": [True, None, "x"], "Ä": {"z": "", "y": -0.0}}),
    (2, {"\ufb33": 1, "\U0001f600": 2, "text": WORDS}),
    (2, {"large": 1e21, "small": 1e-7, "third": 0.1, "whole": 9007199254740991}),
    (2, {"control": "\u0000\u0008\t\u001f\u007f\u2028", "quoted": '"\\/'}),
    (1, {"\ufb33": 1, "\U0001f600": 2.0, "text": WORDS}),
    (1, {"large": 1e21, "b": 1.50, "a": []}),
]


def vectors() -> dict[str, Any]:
    """Return them all, as hashes.json has them."""
    return {"payloads": _payloads(), "trees": _trees(), "paths": _paths(), "keys": _keys(), "notes": _notes()}


def _payloads() -> list[dict[str, Any]]:
    return [
        {
            "version": version,
            "payload": payload,
            "text": canonical(version, payload).decode(),
            "salt": _SALT.hex(),
            "digest": payload_digest(version, _SALT, payload).hex(),
        }
        for version, payload in _PAYLOADS
    ]


def _trees() -> list[dict[str, Any]]:
    sizes = range(1, len(_LEAVES) + 1)
    return [
        {"leaves": _LEAVES[:size], "root": Tree().grown(one.encode() for one in _LEAVES[:size]).root.hex()}
        for size in sizes
    ]


def _paths() -> list[dict[str, Any]]:
    size = len(_LEAVES)
    root = Tree().grown(one.encode() for one in _LEAVES).root.hex()
    paths = audit_paths((one.encode() for one in _LEAVES), range(size))

    def told(place: int, path: list[str], *, good: bool, leaf: int | None = None) -> dict[str, Any]:
        text = _LEAVES[place if leaf is None else leaf]
        return {"leaf": text, "position": place, "size": size, "path": path, "root": root, "good": good}

    found = [[one.hex() for one in paths[place]] for place in range(size)]
    return [
        *[told(place, found[place], good=True) for place in range(size)],
        told(3, found[3][:-1], good=False),
        told(3, [*found[3], "00" * 32], good=False),
        told(3, found[3][::-1], good=False),
        told(3, found[3], good=False, leaf=2),
        told(2, found[3], good=False, leaf=3),
    ]


def _keys() -> list[dict[str, Any]]:
    name, key_id, material = str(FIRST.public).split("+", 2)
    return [
        {"key": str(FIRST.public), "good": True},
        {"key": str(SECOND.public), "good": True},
        {"key": f"{name}+00000000+{material}", "good": False},
        {"key": f"{name}x+{key_id}+{material}", "good": False},
        {"key": f"{name}+{key_id}+{material[:-2]}AA", "good": False},
    ]


def _notes() -> list[dict[str, Any]]:
    text = Checkpoint(FIRST.name, 7, bytes(range(32))).written()
    both = Note.signed(text, PrivateKey("lain.example", bytes(32)), FIRST).written()
    alone, other = Note.signed(text, FIRST).written(), Note.signed(text, SECOND).written()
    given = [
        (alone, "good"),
        (both, "good"),
        (other, "not signed"),
        (alone.replace("\n7\n", "\n8\n"), "bad"),
        (alone.replace("\u2014 ", "- "), "bad"),
        (alone.replace("\n\n", "\n"), "bad"),
        (alone[:-8] + "AAAA" + alone[-4:], "bad"),
    ]
    return [{"note": note, "key": str(FIRST.public), "verdict": verdict} for note, verdict in given]
