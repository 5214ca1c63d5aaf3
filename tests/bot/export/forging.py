"""An export in the hands of a forger, who makes the digests of the manifest fit whatever was changed."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.export.verifier import Audit, Line, entry_hash, fields_hash
from models.checkpoint.note import PrivateKey
from tests.bot.export.played import SECOND

Change = Callable[[list[Line]], object]


def audited(folder: Path, *keys: PrivateKey, kept: str | None = None) -> Audit:
    return Audit(folder, [str(key.public) for key in keys or (SECOND,)], kept).run()


def change(folder: Path, name: str, do: Change) -> None:
    """Change the lines of a file, and let the manifest fit."""
    path = folder / name
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    do(found)
    written = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in found)
    path.write_text("".join(f"{line}\n" for line in written), encoding="utf-8")
    let_fit(folder)


def let_fit(folder: Path) -> None:
    """Compute the manifest and its digest again, over the files that are there."""
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
    manifest["contents"] = {
        path.relative_to(folder).as_posix(): {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != "files" and not path.name.startswith("manifest.")
    }
    raw = json.dumps(manifest).encode()
    (folder / "manifest.json").write_bytes(raw)
    (folder / "manifest.sha256").write_text(f"{hashlib.sha256(raw).hexdigest()}  manifest.json\n", encoding="utf-8")


def chained_again(lines: list[Line], chain: str) -> None:
    """Compute the digests, links and hashes of one chain again, from its first entry to its last."""
    previous, sequence = bytes(32).hex(), 0
    for line in lines:
        if line["chain"] == chain:
            sequence += 1
            salt, version = bytes.fromhex(line["salt"]), f"disposisi/payload/{line['version']}".encode()
            line["digest"] = fields_hash(version, salt, line["payload"].encode()).hex()
            line["prev"], line["seq"] = previous, sequence
            line["hash"] = previous = entry_hash(line).hex()
