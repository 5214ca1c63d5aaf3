"""The form of an SOP: whole, in its order, read back from the PDF; and no word leaves its place."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from bot.papers.printable import clean
from bot.papers.typesetting import typeset
from handlers.papers.sop_form import sop_form
from models.rules.logo import Logo
from models.rules.sop import Sop
from tests.bot.papers.random_sops import random_sop
from tests.bot.papers.reading import joined, right_edges, words_of
from tests.bot.papers.test_typesetting import HOSTILE
from tests.models.rules.test_logo import png
from tests.models.rules.test_sop_form import SOP

MILLIMETRE = 72 / 25.4
LETTER, WHERE = 7.5, 6.4
"""The sizes, in points, of the letter of a pentagon and of the words that say where it leads."""

BELOW_LETTER = 3.9 * MILLIMETRE
"""How far the tip of a pentagon is below the middle of its letter, about."""

RIGHT, FOOT = (297 - 12) * MILLIMETRE, 16 * MILLIMETRE


def hostile(seed: int) -> Sop:
    """Return a random SOP in which every text is something that nobody planned."""
    sop = random_sop(seed, steps=8, roles=8)
    words = [" ".join(HOSTILE[at % len(HOSTILE) :])[:600] for at in range(len(sop.steps))]
    steps = [replace(step, activity=text, requires=text[:200]) for step, text in zip(sop.steps, words, strict=True)]
    steps = [replace(step, output=HOSTILE[4], note=HOSTILE[5]) for step in steps]
    long = ("Q" * 40, "Penanggungjawabketatausahaan")
    roles = [replace(role, heading=long[lane % 2]) for lane, role in enumerate(sop.roles)]
    return replace(sop, steps=tuple(steps), roles=tuple(roles), legal_basis=tuple(HOSTILE), warning=HOSTILE[7] * 9)


def structure(value: PdfObject | None, seen: set[int]) -> Iterator[DictionaryObject]:
    """Yield the elements of a PDF's structure tree."""
    if isinstance(value, IndirectObject):
        if value.idnum in seen:
            return
        seen.add(value.idnum)
        value = value.get_object()
    if isinstance(value, DictionaryObject):
        yield value
        yield from structure(value.raw_get("/K") if "/K" in value else None, seen)
    elif isinstance(value, ArrayObject):
        for one in value:
            yield from structure(one, seen)


def test_every_word_of_the_document_stands_on_its_form() -> None:
    pdf = typeset(sop_form(SOP))
    said = joined(words_of(pdf)).casefold()

    texts = [SOP.number, SOP.title, "20 Desember 2019", "10 Januari 2022", SOP.approval.capacity, SOP.approval.name]
    texts += [*SOP.institution, *SOP.legal_basis, *SOP.qualifications, *SOP.equipment, SOP.warning, SOP.record_keeping]
    texts += [role.heading for role in SOP.roles]
    texts += [text for step in SOP.steps for text in (step.activity, step.requires, str(step.standard), step.output)]
    assert [text for text in texts if joined(text).casefold() not in said] == []
    assert "jaringan/software/Hardware" in words_of(pdf)


def test_the_foot_says_what_is_our_reading_and_what_binds() -> None:
    said = words_of(typeset(sop_form(SOP)))
    assert "arah “Tidak” (langkah 6, 7, 8) adalah bacaan kami." in said
    assert said.count("Yang mengikat ialah naskah yang ditandatangani.") == 2
    assert SOP.digest[:16] in said


def test_who_cannot_see_the_chart_reads_who_acts_and_where_the_ways_lead() -> None:
    reader = PdfReader(io.BytesIO(typeset(sop_form(SOP))))
    root = reader.root_object["/StructTreeRoot"].get_object()
    assert isinstance(root, DictionaryObject)
    told = [str(one["/Alt"]) for one in structure(root.raw_get("/K"), set()) if "/Alt" in one]
    assert len(told) == 1
    assert told[0].startswith("Bagan alir. 1. Kakanwil (mulai); 2. Kadiv; ")
    assert "6. Kasubbag Humas, RB & IT (keputusan: ya ke langkah 7, tidak ke langkah 5)" in told[0]
    assert told[0].endswith("9. Kakanwil (selesai).")


@pytest.mark.parametrize("seed", range(4))
def test_nothing_leaves_a_sheet_whatever_stands_in_the_file(seed: int) -> None:
    sop = hostile(seed)
    pdf = typeset(sop_form(sop))

    said = joined(words_of(pdf))
    assert [step.number for step in sop.steps if joined(clean(step.activity)) not in said] == []
    for page in range(len(pypdfium2.PdfDocument(pdf))):
        assert max(right_edges(pdf, above=FOOT, page=page)) <= RIGHT + 0.5


@pytest.mark.parametrize(("steps", "roles"), [(3, 2), (15, 2), (3, 8), (15, 8)])
def test_the_smallest_and_the_largest_sop_are_set(steps: int, roles: int) -> None:
    pdf = typeset(sop_form(random_sop(steps * roles, steps=steps, roles=roles)))

    pages = len(PdfReader(io.BytesIO(pdf)).pages)
    said = words_of(pdf)
    assert all(f"Halaman {page} dari {pages}" in said for page in range(1, pages + 1))
    assert said.count("STANDAR OPERASIONAL PROSEDUR") == 1


def test_the_logo_of_the_office_stands_above_the_institution() -> None:
    logo = Logo(png(), "image/png", 200, 240)
    images = [len(re.findall(rb"/Subtype\s*/Image", typeset(sop_form(SOP, one)))) for one in (None, logo)]
    assert images == [0, 1]


@pytest.mark.parametrize("roles", [2, 5, 8])
def test_the_names_of_all_roles_have_one_size_that_can_be_read(roles: int) -> None:
    sop = random_sop(7, steps=9, roles=roles)
    sizes = {size for role in sop.roles for size in sizes_of(typeset(sop_form(sop)), role.heading.split()[0])}
    assert len(sizes) == 1
    assert sizes.pop() >= 5.8


def sizes_of(pdf: bytes, word: str) -> set[float]:
    """Return the sizes of the letters in which a word is set on the first page of the table, in points."""
    text = pypdfium2.PdfDocument(pdf)[1].get_textpage()
    found = text.search(word, match_case=True, match_whole_word=True).get_next()
    assert found is not None
    return {round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, found[0] + at), 1) for at in range(found[1])}


@pytest.mark.parametrize("seed", [33, 41, 58])
def test_no_words_cover_the_pentagon_that_they_stand_below(seed: int) -> None:
    document = pypdfium2.PdfDocument(typeset(sop_form(random_sop(seed, steps=15, roles=8))))
    seen = 0
    for page in list(document)[1:]:
        text = page.get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        sizes = [round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, at), 1) for at in range(text.count_chars())]
        letters = [box for box, size in zip(boxes, sizes, strict=True) if size == LETTER]
        words = [box for box, size in zip(boxes, sizes, strict=True) if size == WHERE]
        for left, bottom, right, top in letters:
            middle, foot = (left + right) / 2, (bottom + top) / 2 - BELOW_LETTER
            under = [box for box in words if abs(box[0] - middle) < 3.5 * MILLIMETRE and box[3] < top]
            seen += len(under)
            # What stands in the next row is of another pentagon.
            near = [box[3] for box in under if box[3] > foot - 9 * MILLIMETRE]
            assert all(one < foot for one in near), (seed, foot, max(near))
    assert seen


def test_the_form_of_one_version_is_the_same_bytes() -> None:
    assert typeset(sop_form(SOP)) == typeset(sop_form(replace(SOP)))
