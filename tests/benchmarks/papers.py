"""What a paper costs: the processor and the time in which it is set, the first and the ones after it."""

import time
from dataclasses import replace
from pathlib import Path

from bot.papers.typesetting import typeset
from handlers.papers.paper import Paper
from handlers.papers.sop_form import sop_form
from models.rules.sop_file import load_sop
from tests.benchmarks.figures import Figure, Findings, share

_SOP = Path(__file__).parents[2] / "models" / "sops" / "penanganan-masalah-software.toml"
_TARGET = 190


def papers(findings: Findings, *, times: int) -> None:
    """Set each kind of paper so many times, each time with other words, so that nothing is had from before."""
    sop = load_sop(_SOP)
    forms = [sop_form(replace(sop, title=f"{sop.title} {number}")) for number in range(times + 1)]
    _measured(findings, "the form of an SOP with 9 steps", forms)


def _measured(findings: Findings, name: str, given: list[Paper]) -> None:
    (first, _), *rest = [_set(paper) for paper in given]
    findings.add(
        Figure("papers", f"{name}, the first", 1000 * first, "ms", "of the processor, fonts and templates read"),
        Figure("papers", name, 1000 * share([one for one, _ in rest], 0.5), "ms", "of the processor, median", _TARGET),
        Figure("papers", f"{name}, size", rest[0][1] / 1024, "KiB", "in bytes that are equal each time"),
    )


def _set(paper: Paper) -> tuple[float, int]:
    began = time.process_time()
    made = typeset(paper)
    return time.process_time() - began, len(made)
