"""What a paper costs: the processor and the time in which it is set, the first and the ones after it."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.papers.typesetting import typeset
from handlers.papers.flow import TEMPLATE, FlowPicture, FlowStep, Return, State, Verdict, Visit
from handlers.papers.paper import Paper, Sheet
from handlers.papers.sop_form import decides, sop_form
from models.rules.sop import Sop
from models.rules.sop_file import load_sop
from tests.benchmarks.figures import Figure, Findings, share

_SOP = Path(__file__).parents[2] / "models" / "sops" / "penanganan-masalah-software.toml"
_FORM, _PICTURE = 190, 130
"""The time that each may take, in milliseconds."""

_AT = datetime(2026, 11, 24, 5, 10, tzinfo=UTC)


def papers(findings: Findings, *, times: int) -> None:
    """Set each kind of paper so many times, each time with other words, so that nothing is had from before."""
    sop = load_sop(_SOP)
    forms = [sop_form(replace(sop, title=f"{sop.title} {number}")) for number in range(times + 1)]
    _measured(findings, "the form of an SOP with 9 steps", forms, _FORM)
    pictures = [_picture(sop, number) for number in range(times + 1)]
    _measured(findings, "the way of a case through 9 steps", pictures, _PICTURE)


def _picture(sop: Sop, number: int) -> Paper:
    """Return the picture of a case whose steps have each been done twice."""
    roles = [role for role in sop.roles if sop.steps_of(role.code)]
    lanes = {role.code: lane for lane, role in enumerate(roles)}
    twice = [Visit(f"Ke-{one}", "Rina Contoh, S.Kom.", "1 hari 1 jam", "2 hari", Verdict.GOOD) for one in (1, 2)]
    steps = tuple(
        FlowStep(step.number, step.short, lanes[step.role], decides(step), State.DONE, "", tuple(twice))
        for step in sop.steps
    )
    content = FlowPicture(
        number=f"SW-2026-{number:04}",
        subject="SIMPEG tidak dapat dibuka setelah pembaruan",
        tone=State.DONE,
        answer=("Selesai, 9 langkah", "sejak Sel 24 Nov 13.10 WITA"),
        heading="Langkah · pelaksana",
        roles=tuple(role.title for role in roles),
        steps=steps,
        returns=(Return(5, 4, 1),),
        legend=("tepat waktu", "lewat mutu baku", "berjalan"),
        foot="Keadaan sejak Sel 24 Nov 13.10 WITA.",
        language="id",
    )
    return Paper(TEMPLATE, content, told_at=_AT, sheet=Sheet.PNG)


def _measured(findings: Findings, name: str, given: list[Paper], target: float) -> None:
    (first, _), *rest = [_set(paper) for paper in given]
    findings.add(
        Figure("papers", f"{name}, the first", 1000 * first, "ms", "of the processor, fonts and templates read"),
        Figure("papers", name, 1000 * share([one for one, _ in rest], 0.5), "ms", "of the processor, median", target),
        Figure("papers", f"{name}, size", rest[0][1] / 1024, "KiB", "in bytes that are equal each time"),
    )


def _set(paper: Paper) -> tuple[float, int]:
    began = time.process_time()
    made = typeset(paper)
    return time.process_time() - began, len(made)
