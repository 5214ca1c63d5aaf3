"""What the form of Permenpan RB 35/2012 holds of an SOP, and where an SOP departs from it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.rules.sop import Role, Sop
from models.rules.sop_file import load_sops
from models.rules.sop_form import departures, fits_form, unfit
from models.rules.step_kinds import StepKind

SOP = load_sops(Path(__file__).parents[3] / "models" / "sops")["penanganan-masalah-software"]


def with_activity(words: str) -> Sop:
    return replace(SOP, steps=(*SOP.steps[:4], replace(SOP.steps[4], activity=words), *SOP.steps[5:]))


def said(sop: Sop) -> list[tuple[str, str]]:
    return [(problem.row, problem.reason) for problem in unfit(sop, source="sop.toml")]


def told(sop: Sop) -> list[tuple[str, str]]:
    return [(problem.row, problem.reason) for problem in departures(sop, source="sop.toml")]


def test_the_first_sop_fits_its_form_and_departs_in_one_activity() -> None:
    assert said(SOP) == []
    assert fits_form(SOP)
    assert [row for row, _ in told(SOP)] == ["step 4"]
    assert {problem.source for problem in departures(SOP, source="sop.toml")} == {"sop.toml"}


@pytest.mark.parametrize(
    ("count", "reason"),
    [
        (2, "The SOP has 2 steps. Its form holds 3 to 15: a single act needs no SOP."),
        (16, "The SOP has 16 steps. Its form holds 3 to 15: divide it into two SOPs."),
    ],
)
def test_an_sop_has_3_to_15_steps(count: int, reason: str) -> None:
    steps = tuple(replace(SOP.steps[4], number=number) for number in range(1, count + 1))
    assert said(replace(SOP, steps=steps)) == [("steps", reason)]
    fitting = tuple(replace(SOP.steps[4], number=number) for number in range(1, min(max(count, 3), 15) + 1))
    assert said(replace(SOP, steps=fitting)) == []


@pytest.mark.parametrize(
    ("count", "reason"),
    [
        (1, "The SOP has 1 role. Its form has 2 to 8 columns for them."),
        (9, "The SOP has 9 roles. Its form has 2 to 8 columns for them."),
    ],
)
def test_an_sop_has_2_to_8_roles(count: int, reason: str) -> None:
    roles = tuple(Role(f"r{number}", f"Peran {number}", (), f"Peran {number}") for number in range(count))
    assert said(replace(SOP, roles=roles)) == [("roles", reason)]


@pytest.mark.parametrize(("place", "verb"), [("first", "begins"), ("last", "ends")])
def test_neither_the_first_nor_the_last_step_decides(place: str, verb: str) -> None:
    steps = list(SOP.steps)
    at = 0 if place == "first" else -1
    steps[at] = replace(steps[at], kind=StepKind.APPROVE)
    reason = f"The {place} step is a decision (approve). A chart begins and ends with a capsule"
    expected = (f"step {steps[at].number}", f"{reason}: add the step that {verb} the work.")
    assert said(replace(SOP, steps=tuple(steps))) == [expected]


def test_an_activity_has_600_characters_and_a_heading_40() -> None:
    assert said(with_activity("M" * 600)) == []
    reason = "“activity” has 601 characters. The form has room for 600: divide the step, or say it more briefly."
    assert said(with_activity("M" * 601)) == [("step 5", reason)]

    roles = (replace(SOP.roles[0], heading="K" * 40), *SOP.roles[1:])
    assert said(replace(SOP, roles=roles)) == []
    roles = (replace(SOP.roles[0], heading="K" * 41), *SOP.roles[1:])
    assert not fits_form(replace(SOP, roles=roles))
    assert {problem.source for problem in unfit(replace(SOP, roles=roles), source="sop.toml")} == {"sop.toml"}
    reason = "The heading has 41 characters. A column has room for 40: give a shorter “heading”."
    assert said(replace(SOP, roles=roles)) == [("role kakanwil", reason)]


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("Kabag PDH meneliti berkas", "The activity begins with who does it (“Kabag PDH”)."),
        ("JFT PRAKOM: memeriksa", "The activity begins with who does it (“JFT PRAKOM”)."),
        ("Dikoreksi oleh atasan", "The activity begins with the passive “dikoreksi”."),
        ("Koreksi laporan", "The activity begins with “koreksi”."),
    ],
)
def test_an_activity_is_an_active_verb_without_a_subject(words: str, begins: str) -> None:
    ((row, reason),) = (one for one in told(with_activity(words)) if one[0] != "step 4")
    assert row == "step 5"
    assert reason.startswith(f"{begins} Permenpan RB 35/2012 wants an active verb without a subject")


@pytest.mark.parametrize("words", ["Menerima laporan", "Berkoordinasi dengan unit", "Kadivisian", "Kadivi memeriksa"])
def test_what_is_no_subject_is_not_taken_for_one(words: str) -> None:
    assert not any("begins with who" in reason for row, reason in told(with_activity(words)) if row == "step 5")


def test_what_the_identity_lacks_or_turns_round_is_told() -> None:
    bare = replace(SOP, legal_basis=(), qualifications=(), related=(), equipment=(), created=date(2030, 1, 1))
    bare = replace(bare, revised=date(2029, 1, 1), approval=replace(SOP.approval, nip=""))
    made, lists = date(2030, 1, 1), "which Permenpan RB 35/2012 lists."
    assert [one for one in told(bare) if one[0] != "step 4"] == [
        ("legal_basis", f"The identity lacks dasar hukum, {lists}"),
        ("qualifications", f"The identity lacks kualifikasi pelaksana, {lists}"),
        ("related", f"The identity lacks keterkaitan, {lists}"),
        ("equipment", f"The identity lacks peralatan/perlengkapan, {lists}"),
        ("effective", f"It is in effect ({SOP.effective}) before it was made ({made})."),
        ("revised", f"It was revised (2029-01-01) before it was made ({made})."),
        ("approval", "The approval lacks the NIP of its signatory."),
    ]
    assert {problem.source for problem in departures(bare, source="sop.toml")} == {"sop.toml"}


def test_an_sop_may_be_in_effect_and_revised_on_the_day_it_was_made() -> None:
    assert [row for row, _ in told(replace(SOP, effective=SOP.created, revised=SOP.created))] == ["step 4"]
