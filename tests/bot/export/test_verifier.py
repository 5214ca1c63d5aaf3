"""The stand-alone verifier: what it needs, and that it finds whatever somebody does to an export."""

import ast
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from bot.export import verifier
from bot.export.verifier import Line, register_line
from tests.bot.export.conftest import Copied
from tests.bot.export.forging import audited, chained_again, change, let_fit, seals_again
from tests.bot.export.played import FIRST, STRANGER, Played

FILE = Path(verifier.__file__)
CASE = "case:SW-2026-0001"
FACTS = ("journal.jsonl", "cases.jsonl", "register.jsonl", "checkpoints/leaves-1.jsonl")
"""The files of which the chains, the tree and the signatures prove every word but the `id` of a case."""


class TestTheFile:
    """`verifier.py`, and `holders.py` beside it."""

    @pytest.mark.parametrize(("name", "most"), [("verifier.py", 400), ("holders.py", 200)])
    def test_an_auditor_can_read_it(self, name: str, most: int) -> None:
        assert len(FILE.with_name(name).read_text(encoding="utf-8").splitlines()) < most

    @pytest.mark.parametrize(("name", "needed"), [("verifier.py", {"cryptography"}), ("holders.py", set[str]())])
    def test_it_imports_hardly_more_than_the_standard_library(self, name: str, needed: set[str]) -> None:
        modules = set[str]()
        for node in ast.walk(ast.parse(FILE.with_name(name).read_bytes())):
            if isinstance(node, ast.Import):
                modules |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom):
                modules.add(node.module or "")
        others = {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names)
        assert others == needed

    def test_holders_runs_where_nothing_is_installed(self, exports: dict[str, Path]) -> None:
        here = exports["whole"]
        run = [sys.executable, "-I", "-S", str(here / "holders.py"), str(here)]
        assert subprocess.run(run, capture_output=True, check=True, text=True).stdout.startswith("all who acted")

    def test_every_export_has_a_copy_of_it(self, exports: dict[str, Path]) -> None:
        for folder in exports.values():
            for name in ("verifier.py", "holders.py"):
                assert (folder / name).read_bytes() == FILE.with_name(name).read_bytes()
            assert "Take both programs from the project" in (folder / "README.txt").read_text(encoding="utf-8")

    @pytest.mark.parametrize(("spoilt", "status"), [(False, 0), (True, 1)])
    def test_it_runs_where_nothing_of_this_product_is_installed(
        self, copied: Copied, tmp_path: Path, *, spoilt: bool, status: int
    ) -> None:
        folder, elsewhere, packages = copied("whole"), tmp_path / "elsewhere", tmp_path / "packages"
        elsewhere.mkdir()
        packages.mkdir()
        shutil.copy(FILE, elsewhere / "check.py")
        (elsewhere / "key.txt").write_text(f"{FIRST.public}\n{STRANGER.public}\n", encoding="utf-8")
        for name in ("cryptography", "_cffi_backend"):
            spec = find_spec(name)
            if spec is not None and spec.origin is not None:
                place = Path(spec.origin).parent if spec.submodule_search_locations else Path(spec.origin)
                (packages / place.name).symlink_to(place)
        if spoilt:
            (folder / "journal.jsonl").write_bytes((folder / "journal.jsonl").read_bytes()[:-2])
        start = f"import sys, runpy; sys.path.append({str(packages)!r}); sys.argv = sys.argv[1:]"
        order = [sys.executable, "-I", "-S", "-c", f"{start}; runpy.run_path('check.py', run_name='__main__')"]
        order += ["check.py", str(folder), "--key", "key.txt"]
        done = subprocess.run(order, cwd=elsewhere, capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stdout + done.stderr
        assert ("NOT PROVED" if spoilt else "proved as it was sealed until 2026-12-01 ") in done.stdout

    def test_misuse_ends_with_2(self, exports: dict[str, Path]) -> None:
        done = subprocess.run([sys.executable, FILE, exports["whole"]], capture_output=True, check=False)
        assert done.returncode == 2


def flips(folder: Path, count: int, seed: int) -> list[str]:
    """Change one byte at so many random places, one after the other; return the places where nothing was found."""
    chance, missed = random.Random(seed), list[str]()
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    sizes = [path.stat().st_size for path in paths]
    for path in chance.choices(paths, sizes, k=count):
        whole = path.read_bytes()
        place = chance.randrange(len(whole))
        changed = bytes([whole[place] ^ chance.randrange(1, 256)])
        path.write_bytes(whole[:place] + changed + whole[place + 1 :])
        name, found = path.relative_to(folder).as_posix(), audited(folder)
        if found.status != 1 or not any(fault.startswith(name.partition(".")[0]) for fault in found.faults):
            missed.append(f"{name}, byte {place}")
        path.write_bytes(whole)
    return missed


class TestOneByte:
    @pytest.mark.parametrize("count", [100, pytest.param(1000, marks=[pytest.mark.crash, pytest.mark.timeout(900)])])
    def test_wherever_it_is_changed_it_is_found(self, copied: Copied, count: int) -> None:
        for seed, name in enumerate(("whole", "extract")):
            assert flips(copied(name), count, seed) == []

    @pytest.mark.parametrize("count", [60, pytest.param(1000, marks=[pytest.mark.crash, pytest.mark.timeout(900)])])
    def test_it_is_found_too_where_the_manifest_was_made_to_fit(self, copied: Copied, count: int) -> None:
        folder, chance = copied("whole"), random.Random(7)
        for _ in range(count):
            path = folder / chance.choice(FACTS)
            whole = path.read_bytes()
            place = chance.randrange(len(whole))
            line = whole[whole.rfind(b"\n", 0, place) + 1 : place]
            if path.name == "cases.jsonl" and line.endswith(b'"id":'):
                continue
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            let_fit(folder)
            assert audited(folder).status == 1, f"{path.name}, byte {place} of {whole[place - 30 : place + 10]!r}"
            path.write_bytes(whole)


def first_of(lines: list[Line], chain: str) -> int:
    return next(place for place, line in enumerate(lines) if line["chain"] == chain)


def removed(lines: list[Line]) -> None:
    del lines[first_of(lines, CASE) + 3]


def swapped(lines: list[Line]) -> None:
    place = first_of(lines, CASE) + 3
    lines[place : place + 2] = reversed(lines[place : place + 2])


def renumbered(lines: list[Line]) -> None:
    del lines[first_of(lines, CASE) + 3]
    chained_again(lines, CASE)


def cut_off(lines: list[Line]) -> None:
    last = max(place for place, line in enumerate(lines) if line["chain"] == CASE)
    del lines[last]


def reworded(lines: list[Line]) -> None:
    line = lines[first_of(lines, CASE)]
    secret, text = line["words"]["text"]
    line["words"]["text"] = [secret, text.replace("SIMPEG", "SIMAK")]
    seals_again(line)
    chained_again(lines, CASE)


def dated_back(lines: list[Line]) -> None:
    for line in lines:
        if line["chain"] == CASE:
            line["at"] = line["at"].replace("2026-11", "2025-11")
    chained_again(lines, CASE)


def another_actor(lines: list[Line]) -> None:
    lines[first_of(lines, CASE) + 3]["actor"] = 5


def other_capacity(lines: list[Line]) -> None:
    lines[first_of(lines, CASE) + 3]["capacity"] = "definitive:kabag"


def repeated(lines: list[Line]) -> None:
    lines.append(lines[first_of(lines, CASE)])


def without_office(lines: list[Line]) -> None:
    lines[:] = [line for line in lines if line["chain"] != "office"]


def of_another_version(lines: list[Line]) -> None:
    lines[first_of(lines, CASE)]["version"] = 9


class TestTheJournal:
    @pytest.mark.parametrize(
        ("forge", "said"),
        [
            (removed, "entry 4 is missing, or does not follow"),
            (swapped, "entry 4 is missing, or does not follow"),
            (renumbered, "cut off"),
            (cut_off, "cut off"),
            (reworded, "the chain was written again"),
            (dated_back, "the chain was written again"),
            (another_actor, "entry 4 was changed"),
            (other_capacity, "entry 4 was changed"),
            (repeated, "is missing, or does not follow"),
            (without_office, "office: it was sealed, and nothing is left of it"),
            (of_another_version, "entry 1 was changed"),
        ],
    )
    def test_what_is_done_to_it_is_named(self, copied: Copied, forge: Callable[[list[Line]], None], said: str) -> None:
        folder = copied("whole")
        change(folder, "journal.jsonl", forge)
        found = audited(folder)
        assert found.status == 1
        assert any(said in fault for fault in found.faults), found.faults
        assert all(
            fault.startswith(("journal.jsonl, line", "case:", "office", "cases.jsonl")) for fault in found.faults
        )

    def test_a_case_that_was_removed_everywhere_is_missed_by_the_tree(self, copied: Copied) -> None:
        folder = copied("whole")
        change(folder, "journal.jsonl", lambda lines: keep(lines, "chain", CASE))
        for name in ("cases.jsonl", "register.jsonl"):
            change(folder, name, lambda lines: keep(lines, "case", "SW-2026-0001"))
        assert audited(folder).faults == [f"{CASE}: it was sealed, and nothing is left of it"]

    def test_a_case_that_was_written_again_everywhere_is_found(self, copied: Copied) -> None:
        folder = copied("whole")
        change(folder, "journal.jsonl", reworded)
        change(folder, "cases.jsonl", lambda lines: lines[0].update(text=lines[0]["text"].replace("SIMPEG", "SIMAK")))
        assert any("the chain was written again" in fault for fault in audited(folder).faults)

    def test_what_is_newer_than_the_checkpoint_is_counted_and_still_chained(
        self, fresh: Played, tmp_path: Path
    ) -> None:
        fresh.bureau.passes(timedelta(minutes=5))
        fresh.bureau["bambang"].forwards(7)
        fresh.exports(tmp_path / "out")
        found = audited(tmp_path / "out")
        assert (found.status, found.counts[verifier.NEWER]) == (0, 1)
        change(tmp_path / "out", "journal.jsonl", lambda lines: lines[-1].update(actor=1))
        assert audited(tmp_path / "out").status == 1

    def test_a_time_that_no_sealing_allows_is_named(self, fresh: Played, tmp_path: Path) -> None:
        fresh.bureau.passes(-timedelta(days=3))
        fresh.bureau["bambang"].forwards(7)
        fresh.exports(tmp_path / "out")
        (fault,) = audited(tmp_path / "out").faults
        assert "is not between the sealings around it" in fault


def keep(lines: list[Line], key: str, but: str) -> None:
    lines[:] = [line for line in lines if line[key] != but]


CHANGED: list[tuple[str, Callable[[Line], Any]]] = [
    ("reporter", lambda case: case.update(reporter=2)),
    ("text", lambda case: case.update(text="lain")),
    ("urgency", lambda case: case.update(urgency="darurat")),
    ("confidential", lambda case: case.update(confidential=True)),
    ("previous", lambda case: case.update(previous=3)),
    ("state", lambda case: case.update(state="open")),
    ("round", lambda case: case.update(round=9)),
    ("opened_at", lambda case: case.update(opened_at=case["closed_at"])),
    ("closed_at", lambda case: case.update(closed_at=None)),
    ("helped", lambda case: case.update(helped=False)),
    ("tasks", lambda case: case["tasks"].pop()),
    ("tasks", lambda case: case["tasks"].append(case["tasks"][0])),
    *[
        ("tasks", lambda case, name=name: case["tasks"][4].update({name: "lain"}))
        for name in ("step", "round", "standard", "opened_at", "started_at", "due_at", "closed_at", "outcome")
    ],
    *[
        ("tasks", lambda case, name=name: case["tasks"][4].update({name: 9}))
        for name in ("decided_by", "decided_as", "note", "instructions", "late_by")
    ],
    *[
        ("evaluations", lambda case, name=name: case["evaluations"][0].update({name: 9}))
        for name in ("revision", "findings", "cause", "action", "result", "recommendation", "author", "submitted_as")
    ],
    ("evaluations", lambda case: case["evaluations"].pop()),
]


class TestTheCases:
    @pytest.mark.parametrize(("name", "forge"), CHANGED)
    def test_a_fact_that_the_journal_does_not_tell_is_named(
        self, copied: Copied, name: str, forge: Callable[[Line], Any]
    ) -> None:
        folder = copied("whole")
        change(folder, "cases.jsonl", lambda lines: forge(lines[0]))
        change(folder, "register.jsonl", lambda lines: lines.__setitem__(0, self._registered(folder)))
        assert audited(folder).faults == [f"cases.jsonl, line 1: {name} of {CASE}: not what the journal tells"]

    @staticmethod
    def _registered(folder: Path) -> Line:
        first = (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()[0]
        return register_line(json.loads(first))

    @pytest.mark.parametrize(
        "name", ["file", "file_id", "kind", "name", "size", "caption", "seconds", "added_by", "keeping", "sha256"]
    )
    def test_so_is_what_is_kept_of_a_file(self, copied: Copied, name: str) -> None:
        folder = copied("whole")
        change(folder, "cases.jsonl", lambda lines: lines[3]["files"][1].update({name: 9}))
        assert audited(folder).status == 1

    def test_two_files_that_change_their_bytes_are_found(self, copied: Copied) -> None:
        def exchange(lines: list[Line]) -> None:
            one, other = lines[3]["files"]
            one["sha256"], other["sha256"] = other["sha256"], one["sha256"]

        folder = copied("whole")
        change(folder, "cases.jsonl", exchange)
        assert audited(folder).faults == ["cases.jsonl, line 4: files of case:SW-2026-0004: not what the journal tells"]

    @pytest.mark.parametrize("name", ["cases.jsonl", "register.jsonl"])
    @pytest.mark.parametrize("place", [0, 3, 6])
    def test_a_line_that_is_missing_or_twice_is_found(self, copied: Copied, name: str, place: int) -> None:
        for forge in (lambda lines: lines.pop(place), lambda lines: lines.insert(place, lines[place])):
            folder = copied("whole")
            change(folder, name, forge)
            assert audited(folder).status == 1
            shutil.rmtree(folder)

    @pytest.mark.parametrize("gone", [True, False])
    def test_an_sop_that_is_missing_or_another_is_named(self, copied: Copied, *, gone: bool) -> None:
        folder = copied("extract")
        (sop,) = (folder / "sops").iterdir()
        sop.unlink() if gone else sop.write_text('title = "lain"', encoding="utf-8")
        let_fit(folder)
        assert audited(folder).faults == [f"sops/{sop.name}: the SOP of case:SW-2026-0004 is missing, or was changed"]


class TestPeople:
    @pytest.mark.parametrize(
        ("name", "value"), [("name", "Orang Lain"), ("nip", "1" * 18), ("unit", "Lain"), ("nip", None)]
    )
    def test_their_words_are_those_that_the_office_told(self, copied: Copied, name: str, value: str | None) -> None:
        folder = copied("whole")
        change(folder, "office/people.jsonl", lambda lines: lines[2].update({name: value}))
        assert audited(folder).faults == [
            f"office/people.jsonl, line 3: the {name} of 3 is not the one that the office's chain tells"
        ]

    def test_two_people_who_change_their_numbers_are_found(self, copied: Copied) -> None:
        def exchange(lines: list[Line]) -> None:
            lines[2]["person"], lines[3]["person"] = lines[3]["person"], lines[2]["person"]

        folder = copied("whole")
        change(folder, "office/people.jsonl", exchange)
        assert len(audited(folder).faults) == 2

    def test_one_who_is_missing_is_named_and_one_more_is_found(self, copied: Copied) -> None:
        folder = copied("whole")
        change(folder, "office/people.jsonl", lambda lines: lines.pop(2))
        assert audited(folder).faults == ["office/people.jsonl: person 3 is missing, of whom a chain tells"]
        change(folder, "office/people.jsonl", lambda lines: lines.append({**lines[0], "person": 99}))
        assert len(audited(folder).faults) == 2

    def test_an_extract_has_no_salts(self, exports: dict[str, Path]) -> None:
        assert "salt" not in (exports["extract"] / "office/people.jsonl").read_text(encoding="utf-8")


class TestFiles:
    def test_one_that_is_missing_is_named(self, copied: Copied) -> None:
        folder = copied("whole")
        lost = min((folder / "files").iterdir())
        lost.unlink()
        assert audited(folder).faults == [f"files/{lost.name}: the journal says that it is kept, and it is not here"]

    def test_one_that_no_journal_knows_is_named(self, copied: Copied) -> None:
        folder = copied("whole")
        digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        (folder / "files" / digest).touch()
        assert audited(folder).faults == [f"files/{digest}: no journal tells of it"]

    @pytest.mark.parametrize("name", ["letter.txt", "files.txt", "checkpoints/leaves-2.jsonl"])
    def test_nothing_else_may_be_there(self, copied: Copied, name: str) -> None:
        folder = copied("whole")
        (folder / name).write_text("mine", encoding="utf-8")
        assert audited(folder).faults == [f"{name}: it was changed, or does not belong to the export"]

    def test_a_link_in_the_place_of_a_file_is_none(self, copied: Copied, tmp_path: Path) -> None:
        folder = copied("whole")
        (folder / "cases.jsonl").rename(tmp_path / "cases.jsonl")
        (folder / "cases.jsonl").symlink_to(tmp_path / "cases.jsonl")
        assert audited(folder).faults == ["cases.jsonl: it was changed, or does not belong to the export"]

    @pytest.mark.parametrize(
        "name",
        ["manifest.json", "manifest.sha256", "journal.jsonl", "checkpoints/keys.jsonl", "checkpoints/notes.jsonl"],
    )
    def test_a_file_that_is_gone_is_a_sentence(self, copied: Copied, name: str) -> None:
        folder = copied("whole")
        (folder / name).unlink()
        assert audited(folder).status == 1

    @pytest.mark.parametrize(
        "text", ["", "[]", "{", '{"format": "disposisi/export/2"}', '{"format": 1, "contents": 2}']
    )
    def test_a_manifest_that_is_none_is_a_sentence(self, copied: Copied, text: str) -> None:
        folder = copied("whole")
        (folder / "manifest.json").write_text(text, encoding="utf-8")
        found = audited(folder)
        assert found.status == 1
        assert list(found.said())[-1].startswith("NOT PROVED")

    def test_where_there_is_no_folder_that_is_said(self, tmp_path: Path) -> None:
        assert audited(tmp_path / "nowhere").status == 1
