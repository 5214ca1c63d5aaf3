"""Every kind of paper is fit for an archive, whatever stands on it, and what looks at it notices what is not."""

import io
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, PdfObject, TextStringObject

from bot.papers.samples import report, sheet
from bot.papers.typesetting import typeset
from handlers.papers.disposition_sheet import Choice, DispositionSheet
from handlers.papers.evaluation_report import EvaluationReport
from handlers.papers.paper import Paper
from handlers.papers.sop_form import sop_form
from models.rules.logo import Logo
from models.rules.urgency import Urgency
from tests.bot.papers import test_recap as recap
from tests.bot.papers.archive import departures
from tests.bot.papers.random_sops import random_sop
from tests.bot.papers.test_typesetting import HOSTILE
from tests.handlers import test_compliance_paper as compliance
from tests.models.rules.test_logo import png

EVERYTHING = " ".join(HOSTILE)
LONG = "Catatan panjang yang tidak habis-habis. " * 180
LOGO = Logo(png(), "image/png", 200, 240)


def one_step(*, code: str, urgency: Urgency) -> Paper:
    """Return the Lembar Disposisi of a case with this security and urgency."""
    paper = sheet("Mohon prioritas.", steps=1)
    assert isinstance(paper.content, DispositionSheet)
    boxes = tuple(Choice(one.value, chosen=one is urgency) for one in Urgency)
    return replace(paper, content=replace(paper.content, secret=code == "R", code=code, urgency=boxes))


def secret_report() -> Paper:
    """Return the Laporan Evaluasi of a secret case."""
    paper = report("Mohon prioritas.")
    assert isinstance(paper.content, EvaluationReport)
    return replace(paper, content=replace(paper.content, secret=True, code="R"))


PAPERS: dict[str, Callable[[], Paper]] = {
    "disposition sheet with everything": lambda: sheet(EVERYTHING, logo=LOGO),
    "disposition sheet, long": lambda: sheet(LONG, steps=2),
    "disposition sheet, largest": lambda: sheet("Mohon prioritas.", steps=15),
    "disposition sheet, empty": lambda: sheet("", steps=0),
    **{
        f"disposition sheet, {code}, {urgency.value}": partial(one_step, code=code, urgency=urgency)
        for code in ("B", "R")
        for urgency in Urgency
    },
    "evaluation report with everything": lambda: report(EVERYTHING),
    "evaluation report, long": lambda: report(LONG, steps=2),
    "evaluation report, largest": lambda: report("Mohon prioritas.", steps=15),
    "evaluation report, draft": lambda: report("Mohon prioritas.", steps=0, draft="PRATINJAU · BELUM DIAJUKAN"),
    "evaluation report, secret": secret_report,
    "month": lambda: recap.paper(recap.case(1), recap.case(2, EVERYTHING)),
    "month without a case, in English": lambda: recap.paper(language="en"),
    "compliance": lambda: compliance.paper(compliance.bar(), says=compliance.imprint(LOGO)),
    "form of a small SOP": lambda: sop_form(random_sop(7, steps=3, roles=2), LOGO),
    "form of a large SOP": lambda: sop_form(random_sop(7, steps=15, roles=8), None),
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_departs_in_nothing_from_what_an_archive_asks(name: str) -> None:
    assert departures(typeset(PAPERS[name]())) == []


Find = Callable[[PdfWriter], Any]


def catalog(writer: PdfWriter) -> Any:  # noqa: ANN401 - a dictionary of the file
    return writer.root_object


def information(writer: PdfWriter) -> Any:  # noqa: ANN401 - a dictionary of the file
    return writer._info


def first(kind: str, having: str = "/Type") -> Find:
    """Return what finds the first dictionary of a kind that has an entry."""

    def find(writer: PdfWriter) -> Any:  # noqa: ANN401 - a dictionary of the file
        for one in writer._objects:
            found = one.get_object() if one is not None else None
            if isinstance(found, DictionaryObject) and found.get("/Type") == kind and having in found:
                return found
        raise AssertionError(f"no {kind} with {having}")

    return find


def without(name: str, of: Find = catalog) -> Callable[[PdfWriter], None]:
    """Return what takes an entry out of a dictionary of the file."""
    return lambda writer: of(writer).__delitem__(name)


def instead(name: str, value: PdfObject, of: Find = catalog) -> Callable[[PdfWriter], None]:
    """Return what puts an entry into a dictionary of the file."""
    return lambda writer: of(writer).__setitem__(NameObject(name), value)


def entries(**named: str) -> DictionaryObject:
    """Return a dictionary of names."""
    return DictionaryObject({NameObject(f"/{key}"): NameObject(value) for key, value in named.items()})


TINY = ArrayObject([FloatObject(side) for side in (0, 0, 2, 2)])


@pytest.mark.parametrize(
    ("breaks", "clause"),
    [
        (without("/OutputIntents"), "6.2.3"),
        (without("/Metadata"), "6.6.2"),
        (without("/StructTreeRoot"), "6.7.3"),
        (without("/MarkInfo"), "6.7.2"),
        (without("/Lang"), "6.7.4"),
        (without("/ToUnicode", first("/Font", "/ToUnicode")), "6.2.11.7"),
        (without("/FontFile2", first("/FontDescriptor", "/FontFile2")), "6.2.11.4"),
        (without("/CIDToGIDMap", first("/Font", "/CIDToGIDMap")), "6.2.11.3"),
        (without("/Alt", first("/StructElem", "/Alt")), "6.7.5"),
        (instead("/S", NameObject("/Blume"), first("/StructElem")), "6.7.3.4"),
        (instead("/OpenAction", entries(S="/JavaScript", JS="/alert")), "6.5.1"),
        (instead("/AA", DictionaryObject(), first("/Page")), "6.5.2"),
        (instead("/MediaBox", TINY, first("/Page")), "6.1.13"),
        (instead("/Title", TextStringObject("Judul lain"), information), "6.6.2"),
        (instead("/Film", entries(Type="/Annot", Subtype="/Movie")), "6.3.1"),
        (instead("/Space", NameObject("/DeviceCMYK")), "6.2.4"),
        (instead("/State", entries(Type="/ExtGState", TR="/Invert")), "6.2.5"),
        (instead("/Words", TextStringObject("x" * 40_000)), "6.1.13"),
        (lambda writer: writer.encrypt("rahasia", algorithm="AES-128"), "6.1.3"),
    ],
)
def test_what_departs_is_noticed(breaks: Callable[[PdfWriter], None], clause: str) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typeset(sheet("Mohon prioritas.", steps=1, logo=LOGO)))))
    breaks(writer)
    broken = io.BytesIO()
    writer.write(broken)
    assert any(clause in one.partition(":")[0] for one in departures(broken.getvalue()))
