"""A person, a post, a day or a number that there is not: each command names it, and what to do instead."""

from __future__ import annotations

from pathlib import Path

from tests.bot.cli.command_line import Disposisi
from tests.bot.cli.test_absences import HENDRA, SITI, SK, appointed

NOBODY = "199909092020091009"
UNKNOWN = "See: disposisi person list"
POSTS = "The office has no post “kadif”. Did you mean “kadiv”? Posts: kakanwil, kadiv,"
PROBLEMS = {
    ("invite", "kadif"): (POSTS,),
    ("invite", "kadiv", "--for", "12"): ("NIP", "18 digits"),
    ("person", "unbind", NOBODY): (UNKNOWN,),
    ("person", "unbind", "12"): ("18 digits",),
    ("person", "rank", NOBODY, "Penata (III/c)"): (UNKNOWN,),
    ("person", "end-tenure", NOBODY, "kadiv"): (UNKNOWN,),
    ("person", "end-tenure", SITI, "kadif"): (POSTS,),
    ("person", "end-tenure", SITI, "kabag-p2l"): ("Kadiv",),
    ("person", "away", NOBODY, "--from", "2030-01-01"): (NOBODY, UNKNOWN),
    ("person", "away", SITI, "--from", "2030-02-31"): ("2030-02-31", "%Y-%m-%d"),
    ("person", "away", SITI, "--from", "2020-01-01"): ("The first day is over. Name today or a later day.",),
    ("person", "back", NOBODY): (NOBODY, UNKNOWN),
    ("person", "back", SITI): ("is not away",),
    ("person", "acting", HENDRA, "kadif", *SK): (POSTS,),
    ("person", "acting", NOBODY, "kadiv", *SK): (NOBODY, UNKNOWN),
    ("person", "acting", HENDRA, "kadiv", *SK): ("is not vacant", "Siti Contoh holds it"),
    ("person", "dismiss-admin", NOBODY): ("No admin has this NIP.", UNKNOWN),
    ("person", "restrict", NOBODY, "--because", "permintaan"): (UNKNOWN,),
    ("rekap", NOBODY): (UNKNOWN,),
    ("rekap", SITI, "--month", "2026-13"): ("“2026-13” is no month. Write 2026-11",),
    ("register", "--post", "kadif"): ("kadif",),
    ("sop", "show", "tidak-ada"): ("“tidak-ada” is no file, no folder and no SOP's code.",),
    ("archive", "show", "SW-2026-9999"): ("There is no case SW-2026-9999.",),
}


def test_each_mistake_is_named_with_what_to_do_instead(disposisi: Disposisi, tmp_path: Path) -> None:
    office = appointed(disposisi, tmp_path)
    wrong = list[str]()
    for words, sentences in PROBLEMS.items():
        said = office(*words)
        if said.code == 0 or not all(one in said for one in sentences):
            wrong.append(f"{' '.join(words)}: {said.code} {said.out}{said.err}")
    assert not wrong, "\n".join(wrong)
