"""The stand-alone verifier: what is done to keys, checkpoints, leaves and paths is found."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.export.verifier import Line
from models.checkpoint.note import Note, PrivateKey
from models.checkpoint.statement import Checkpoint, Handover
from tests.bot.export.conftest import Copied
from tests.bot.export.forging import audited, change, let_fit
from tests.bot.export.played import FIRST, SECOND, STRANGER, Played


def signed_again(lines: list[Line], key: PrivateKey, *, renamed: bool) -> None:
    for line in lines:
        text = Note.parse(line["note"]).text
        if renamed:
            text = text.replace("kantor.example", "lain.example")
        line["note"] = Note.signed(text, key).written()


class TestCheckpoints:
    def test_another_key_proves_nothing(self, exports: dict[str, Path]) -> None:
        for folder in exports.values():
            found = audited(folder, STRANGER)
            assert found.faults == [f"{folder}: no checkpoint is signed by the key that is trusted"]

    @pytest.mark.parametrize("renamed", [False, True])
    @pytest.mark.parametrize("name", ["whole", "extract"])
    def test_nor_do_checkpoints_that_a_forger_has_signed(self, copied: Copied, name: str, *, renamed: bool) -> None:
        key = STRANGER if renamed else PrivateKey(SECOND.name, STRANGER.seed)
        folder = copied(name)
        change(folder, "checkpoints/notes.jsonl", lambda lines: signed_again(lines, key, renamed=renamed))
        change(folder, "checkpoints/keys.jsonl", lambda lines: lines.append(self._key(key, None)))
        assert audited(folder).status == 1

    @staticmethod
    def _key(key: PrivateKey, handover: str | None) -> Line:
        return {"number": 9, "log": 1, "key": str(key.public), "handover": handover, "since": None}

    def test_a_stolen_old_key_hands_over_to_nobody(self, copied: Copied) -> None:
        """The thief of the first key makes a key of their own follow it; who trusts the second is not misled."""
        folder, thief = copied("whole"), PrivateKey(FIRST.name, STRANGER.seed)
        head = Checkpoint(FIRST.name, 1, bytes(32))
        stolen = Handover(FIRST.public, thief.public, datetime(2026, 11, 24, tzinfo=UTC), head)
        note = Note.signed(stolen.written(), FIRST, thief).written()
        change(folder, "checkpoints/keys.jsonl", lambda lines: lines.append(self._key(thief, note)))
        change(folder, "checkpoints/notes.jsonl", lambda lines: signed_again(lines[-1:], thief, renamed=False))
        assert any("is not signed by a key that is trusted" in fault for fault in audited(folder).faults)

    def test_a_hand_over_that_one_key_has_not_signed_is_a_fault(self, copied: Copied) -> None:
        folder = copied("whole")

        def forge(lines: list[Line]) -> None:
            text = Note.parse(lines[1]["handover"]).text
            lines[1]["handover"] = Note.signed(text, SECOND).written()

        change(folder, "checkpoints/keys.jsonl", forge)
        assert "checkpoints/keys.jsonl, line 2: the hand-over is not signed by both keys" in audited(folder).faults

    def test_a_key_is_good_only_while_it_was_in_use(self, copied: Copied) -> None:
        folder = copied("whole")
        change(folder, "checkpoints/notes.jsonl", lambda lines: signed_again(lines[-1:], FIRST, renamed=False))
        (fault, *_) = audited(folder).faults
        assert fault.startswith("checkpoints/notes.jsonl, line 3: the checkpoint is not signed by a key")

    def test_an_older_checkpoint_in_the_place_of_the_newest_is_found(self, copied: Copied) -> None:
        folder = copied("whole")
        change(folder, "checkpoints/notes.jsonl", lambda lines: lines.__setitem__(-1, lines[0]))
        assert any("one of them is older" in fault for fault in audited(folder).faults)

    def test_an_older_export_is_genuine_and_found_by_a_checkpoint_that_was_kept(
        self, fresh: Played, tmp_path: Path
    ) -> None:
        fresh.exports(tmp_path / "old")
        fresh.bureau.passes(timedelta(hours=1))
        fresh.bureau["bambang"].forwards(7)
        note = fresh.seals()
        fresh.exports(tmp_path / "new")
        assert audited(tmp_path / "old").status == audited(tmp_path / "new", kept=note).status == 0
        assert any("one of them is older" in fault for fault in audited(tmp_path / "old", kept=note).faults)

    @pytest.mark.parametrize("place", [0, 3, -1])
    def test_leaves_that_were_changed_or_removed_are_found(self, copied: Copied, place: int) -> None:
        for forge in (lambda lines: lines.pop(place), lambda lines: lines.insert(place, lines[place])):
            folder = copied("whole")
            change(folder, "checkpoints/leaves-1.jsonl", forge)
            assert audited(folder).status == 1
            shutil.rmtree(folder)

    def test_a_chain_of_an_extract_without_a_path_is_proved_by_nothing(self, copied: Copied) -> None:
        folder = copied("extract")
        change(folder, "checkpoints/proofs.jsonl", list.clear)
        assert audited(folder).faults == ["case:SW-2026-0004: nothing proves that it was sealed"]

    @pytest.mark.parametrize("part", ["head", "seal"])
    @pytest.mark.parametrize(
        "forge",
        [
            lambda one: one.update(leaf=one["leaf"].replace("0004", "0005").replace("2026", "2025")),
            lambda one: one.update(position=one["position"] + 1),
            lambda one: one["path"].pop(),
            lambda one: one["path"].append("00" * 32),
            lambda one: one["path"].reverse(),
        ],
    )
    def test_a_path_that_leads_elsewhere_is_found(
        self, copied: Copied, part: str, forge: Callable[[Line], Any]
    ) -> None:
        folder = copied("extract")
        change(folder, "checkpoints/proofs.jsonl", lambda lines: forge(lines[0][part]))
        assert audited(folder).status == 1

    def test_an_extract_that_calls_itself_whole_is_none(self, copied: Copied) -> None:
        folder = copied("extract")
        manifest = json.loads((folder / "manifest.json").read_bytes())
        (folder / "manifest.json").write_text(json.dumps(manifest | {"whole": True}), encoding="utf-8")
        let_fit(folder)
        assert audited(folder).status == 1
