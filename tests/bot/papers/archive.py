"""What PDF/A-2a asks of a file that can be read off it (ISO 19005-2), looked for with a program that did not write it.

It is no validator: the clauses named here are checked, and no others. Not checked are the widths in the fonts, the
glyphs within them, and what the ICC profile says beyond its head.
"""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject, NameObject, StreamObject

_ACTIONS = {"/GoTo", "/GoToR", "/URI", "/Named"}
"""Clause 6.5.1: what a link may do."""

_ANNOTATIONS = {"/Link", "/Text", "/Widget"}
"""Of the kinds in clause 6.3.1 those that a paper may need; a sound, a film and a 3D scene are forbidden."""

_PRINTED, _UNSEEN = 4, 1 | 2 | 32 | 256
"""Clause 6.3.2: the flag that an annotation must have; those that it must not."""

_BLENDS = {"/Normal", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/Compatible"}
_FORBIDDEN_OF_CATALOG = {"/AA", "/OpenAction", "/AcroForm", "/OCProperties", "/Requirements", "/NeedsRendering"}
_FORBIDDEN_OF_STREAMS = {"/F", "/FFilter", "/FDecodeParms", "/OPI", "/Alternates", "/PS", "/Ref"}
_FORBIDDEN_OF_STATES = {"/TR", "/HTO", "/HTP"}
_CMYK = {"/DeviceCMYK", "/Separation", "/DeviceN"}
_CMYK_OPERATORS = {b"k", b"K"}
_LONGEST_STRING, _LONGEST_NAME, _DEEPEST = 32_767, 127, 28
"""Clause 6.1.13: bytes of a string and of a name, and how deep graphics states may be saved within each other."""

_BINARY = 128
_PROFILE_HEAD, _PROFILE_VERSION = 128, 4
_LEAST_SIDE, _GREATEST_SIDE = 3, 14_400
_STANDARD_ROLES = frozenset(
    {
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct"),
        *("Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH"),
        *("TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot"),
        *("Figure", "Formula", "Form"),
    }
)


def departures(pdf: bytes) -> list[str]:
    """Return what of a file departs from PDF/A-2a, each with its clause; nothing where nothing was found."""
    reader = PdfReader(io.BytesIO(pdf))
    if reader.is_encrypted:
        return ["6.1.3: encrypted"]
    found = [
        *_of_file(pdf, reader),
        *_of_catalog(reader),
        *_of_intent(reader),
        *_of_metadata(reader),
        *_of_objects(reader),
        *_of_pages(reader),
        *_of_structure(reader),
    ]
    return list(dict.fromkeys(found))


def _of_file(pdf: bytes, reader: PdfReader) -> Iterator[str]:
    first, second, *_ = pdf.split(b"\n", 2)
    if not re.fullmatch(rb"%PDF-1\.[0-7]", first.strip()):
        yield "6.1.2: the head of the file"
    if not second.startswith(b"%") or min(second[1:5]) < _BINARY:
        yield "6.1.2: the comment that tells a binary file"
    if "/ID" not in reader.trailer:
        yield "6.1.3: no ID in the trailer"
    if not pdf.rstrip().endswith(b"%%EOF"):
        yield "6.1.3: something behind the end"


def _of_catalog(reader: PdfReader) -> Iterator[str]:
    root = reader.root_object
    for name in sorted(_FORBIDDEN_OF_CATALOG & set(root)):
        yield f"6.4, 6.5, 6.9: {name} in the catalog"
    names = root.get("/Names", DictionaryObject()).get_object()
    for name in sorted({"/JavaScript", "/EmbeddedFiles", "/AlternatePresentations"} & set(names)):
        yield f"6.5, 6.8, 6.10: {name} among the names"


def _of_intent(reader: PdfReader) -> Iterator[str]:
    intents = [one.get_object() for one in reader.root_object.get("/OutputIntents", ArrayObject()).get_object()]
    intents = [one for one in intents if one.get("/S") == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield "6.2.3: not one output intent"
        return
    profile = intents[0].get("/DestOutputProfile")
    head = profile.get_object().get_data()[:_PROFILE_HEAD] if profile is not None else b""
    if len(head) < _PROFILE_HEAD or head[36:40] != b"acsp":
        yield "6.2.3: no ICC profile in the output intent"
    elif head[12:16] not in {b"mntr", b"prtr"} or head[16:20] != b"RGB " or profile.get_object()["/N"] != len("RGB"):
        yield "6.2.3: the ICC profile is not that of a screen or printer in RGB"
    elif head[8] > _PROFILE_VERSION:
        yield "6.2.3: the ICC profile has a version that PDF/A-2 does not know"


def _of_metadata(reader: PdfReader) -> Iterator[str]:
    metadata, info = reader.xmp_metadata, reader.metadata
    if metadata is None:
        yield "6.6.2: no metadata"
        return
    told = metadata.stream.get_data().decode()
    for name, value in (("part", "2"), ("conformance", "A")):
        if f"<pdfaid:{name}>{value}</pdfaid:{name}>" not in told:
            yield f"6.6.4: the metadata does not say pdfaid:{name} {value}"
    if info is None:
        return
    pairs: dict[str, tuple[Any, Any]] = {
        "title": (info.title, _default(metadata.dc_title)),
        "author": (info.author, next(iter(metadata.dc_creator or []), None)),
        "creator": (info.creator, metadata.xmp_creator_tool),
        "producer": (info.producer, metadata.pdf_producer),
        "date of creation": (_bare(info.creation_date), _bare(metadata.xmp_create_date)),
        "date of change": (_bare(info.modification_date), _bare(metadata.xmp_modify_date)),
    }
    for name, (said, meant) in pairs.items():
        if said is not None and said != meant:
            yield f"6.6.2: {name} is another one in the metadata"


def _default(said: Any) -> Any:  # noqa: ANN401 - pypdf types it loosely
    return said.get("x-default") if said else None


def _bare(at: Any) -> str:  # noqa: ANN401 - pypdf types it loosely
    return "" if at is None else f"{at:%Y-%m-%dT%H:%M:%S}"


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Go through every object of the file, with those that stand within it."""
    known, waiting = set[int](), [reader.trailer["/Root"], reader.trailer.get("/Info")]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in known:
                continue
            known.add(one.idnum)
            one = one.get_object()
        yield one
        if isinstance(one, DictionaryObject):
            waiting += [one.raw_get(key) for key in one]
        elif isinstance(one, ArrayObject):
            waiting += list(one)


def _of_objects(reader: PdfReader) -> Iterator[str]:
    for one in _objects(reader):
        if isinstance(one, NameObject) and len(one.encode()) > _LONGEST_NAME + 1:
            yield "6.1.13: a name that is too long"
        elif isinstance(one, str | bytes) and len(one) > _LONGEST_STRING:
            yield "6.1.13: a string that is too long"
        if isinstance(one, NameObject) and one in _CMYK:
            yield f"6.2.4: {one}, where the output intent is RGB"
        if isinstance(one, StreamObject):
            yield from _of_stream(one)
        if isinstance(one, DictionaryObject):
            yield from _of_dictionary(one)


def _of_stream(one: StreamObject) -> Iterator[str]:
    filters = one.get("/Filter", ArrayObject())
    if "/LZWDecode" in ([filters] if isinstance(filters, NameObject) else filters):
        yield "6.1.7: LZW"
    for name in sorted(_FORBIDDEN_OF_STREAMS & set(one)):
        yield f"6.1.7, 6.2.8, 6.2.9: {name} of a stream"
    if one.get("/Interpolate"):
        yield "6.2.8: an image that is interpolated"


def _of_dictionary(one: Mapping[str, Any]) -> Iterator[str]:
    kind = one.get("/Type")
    if kind == "/Font":
        yield from _of_font(one)
    if kind == "/ExtGState":
        for name in sorted(_FORBIDDEN_OF_STATES & set(one)):
            yield f"6.2.5: {name} of a graphics state"
        if one.get("/BM", "/Normal") not in _BLENDS:
            yield "6.2.10: a way of blending that is not among those of the standard"
    if kind == "/Annot" or one.get("/Subtype") == "/Link":
        flags = int(one.get("/F", 0))
        if one["/Subtype"] not in _ANNOTATIONS:
            yield f"6.3.1: an annotation of the kind {one['/Subtype']}"
        if not flags & _PRINTED or flags & _UNSEEN:
            yield "6.3.2: an annotation that is not printed"
    if "/S" in one and (kind == "/Action" or "/URI" in one or "/JS" in one) and one["/S"] not in _ACTIONS:
        yield f"6.5.1: the action {one['/S']}"


def _of_font(font: Mapping[str, Any]) -> Iterator[str]:
    name = font.get("/BaseFont", "?")
    if "/DescendantFonts" in font:
        if "/ToUnicode" not in font:
            yield f"6.2.11.7: no way from {name} to Unicode"
        if font["/Encoding"] not in {"/Identity-H", "/Identity-V"}:
            yield f"6.2.11.3: the encoding of {name}"
        return
    if font["/Subtype"] == "/Type3":
        return
    described = font.get("/FontDescriptor", DictionaryObject()).get_object()
    if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(described):
        yield f"6.2.11.4: {name} is not embedded"
    if font["/Subtype"] == "/CIDFontType2" and "/CIDToGIDMap" not in font:
        yield f"6.2.11.3: no way from the characters of {name} to its glyphs"


def _of_pages(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        sides = (float(page.mediabox.width), float(page.mediabox.height))
        if not all(_LEAST_SIDE <= side <= _GREATEST_SIDE for side in sides):
            yield "6.1.13: a page that is too small or too large"
        if "/AA" in page:
            yield "6.5.2: a page that does something by itself"
        content = page.get_contents()
        if content is not None:
            yield from _of_content(ContentStream(content, reader))


def _of_content(content: ContentStream) -> Iterator[str]:
    depth = 0
    for _, operator in content.operations:
        depth += (operator == b"q") - (operator == b"Q")
        if depth > _DEEPEST:
            yield "6.1.13: graphics states that are saved too deep"
        if operator in _CMYK_OPERATORS:
            yield "6.2.4: CMYK, where the output intent is RGB"
    if depth:
        yield "6.2.2: a graphics state that is saved and not restored"


def _of_structure(reader: PdfReader) -> Iterator[str]:
    root = reader.root_object
    if not root.get("/MarkInfo", DictionaryObject()).get_object().get("/Marked"):
        yield "6.7.2: not marked"
    if not re.fullmatch(r"[a-z]{2}(-[A-Za-z]+)?", str(root.get("/Lang", ""))):
        yield "6.7.4: no language"
    tree = root.get("/StructTreeRoot")
    if tree is None:
        yield "6.7.3: no structure"
        return
    roles = tree.get_object().get("/RoleMap", DictionaryObject()).get_object()
    for one in _objects(reader):
        if not isinstance(one, DictionaryObject) or one.get("/Type") != "/StructElem":
            continue
        role = str(one["/S"]).removeprefix("/")
        while f"/{role}" in roles:
            role = str(roles[f"/{role}"]).removeprefix("/")
        if role not in _STANDARD_ROLES:
            yield f"6.7.3.4: {role} stands for nothing that the standard knows"
        if role == "Figure" and not str(one.get("/Alt", "")).strip():
            yield "6.7.5: a picture without words for those who cannot see it"
