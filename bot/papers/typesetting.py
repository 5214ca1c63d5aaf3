"""Setting papers and pictures with Typst, on a thread of its own: never on the loop, never within a transaction."""

import asyncio
import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from bot.papers.arranging import arranged
from bot.papers.printable import FONTS, clean, soft
from handlers.papers.paper import Paper, Sheet, Verbatim

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).parent / "templates"
"""The templates that are shipped. A template reads nothing but files of its folder and the data of its paper."""

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

_STANDARD: Literal["a-2a"] = "a-2a"
"""PDF/A-2 with the structure of the text, so that it can be kept for decades and read aloud."""

_POINTS_PER_INCH = 72.0
"""Of a picture: one point of its template is one pixel."""


class NotTypeset(Exception):
    """A paper could not be set: its template is wrong, or its data is not what the template reads."""

    def __init__(self, template: str, reason: str) -> None:
        super().__init__(f"{template}: {reason}")


class Typesetter:
    """Sets one paper after the other on one thread. Begins the thread with the first paper."""

    def __init__(self, templates: Path = TEMPLATES) -> None:
        self._templates = templates
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="typesetter")

    async def typeset(self, paper: Paper) -> bytes:
        """Return the bytes of a paper, a PDF or a PNG. Raises `NotTypeset`."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, typeset, paper, self._templates)

    def close(self) -> None:
        """Finish the paper under way, and set none of those that wait."""
        self._thread.shutdown(cancel_futures=True)


def typeset(paper: Paper, templates: Path = TEMPLATES) -> bytes:
    """Set a paper here and now, and return its bytes. Takes a tenth of a second. Raises `NotTypeset`."""
    import typst  # noqa: PLC0415 - seven megabytes, for a process that sets a paper

    pdf, template = paper.sheet is Sheet.PDF, templates / f"{paper.template}.typ"
    try:
        made = typst.compile(
            template,
            root=templates,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format=paper.sheet.value,
            ppi=None if pdf else _POINTS_PER_INCH,
            sys_inputs={"data": _arranged(paper, template)},
            pdf_standards=[_STANDARD] if pdf else [],
            timestamp=int(paper.told_at.timestamp()) if pdf else None,
        )
    except RuntimeError as error:
        # What is wrong in a template is a TypstError, which is one of these; so is a file that is not there.
        raise NotTypeset(paper.template, str(error)) from error
    if not isinstance(made, bytes):
        raise NotTypeset(paper.template, "a picture is one page")
    return made


def printed(paper: Paper) -> str:
    """Return what a template gets of a paper, as JSON: its content made fit for print, and whether something lacks.

    Equal content has equal text. Raises `TypeError` for content that has no worded form, such as an instant.
    """
    gaps: list[str] = []
    content = _plain(paper.content, gaps)
    if not isinstance(content, dict):
        raise TypeError("the content of a paper is a dataclass")
    return json.dumps({**content, "gaps": bool(gaps)}, ensure_ascii=False, sort_keys=True)


def digest(paper: Paper, templates: Path = TEMPLATES) -> str:
    """Return what tells two papers apart: content, layout, fonts and the version of Typst. SHA-256 in hexadecimal."""
    dated = paper.told_at.isoformat() if paper.sheet is Sheet.PDF else ""
    told = "\n".join((_layout(templates), paper.template, paper.sheet, dated, printed(paper)))
    return hashlib.sha256(told.encode()).hexdigest()


def _arranged(paper: Paper, template: Path) -> str:
    """Return `printed` with what is arranged before the paper is set: its pages and the lines of its chart."""
    said = printed(paper)
    more = arranged(paper.content, lambda: _measured(said, template))
    added = {name: _plain(one, []) for name, one in more.items()}
    return json.dumps({**json.loads(said), **added}, ensure_ascii=False)


def _measured(said: str, template: Path) -> Mapping[str, Json]:
    """Return what a template tells of itself before anything is arranged."""
    import typst  # noqa: PLC0415 - as above

    told = typst.query(
        template,
        "<measured>",
        field="value",
        one=True,
        root=template.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": said},
    )
    measured: Mapping[str, Json] = json.loads(told)
    return measured


@cache
def _fonts() -> "typst.Fonts":
    import typst  # noqa: PLC0415 - as above

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def _layout(templates: Path) -> str:
    """Return what tells two editions of the templates, of the fonts and of this room apart."""
    said = hashlib.sha256(version("typst").encode())
    for file in sorted([*templates.glob("*.typ"), *FONTS.glob("*.ttf"), *Path(__file__).parent.glob("*.py")]):
        said.update(file.name.encode() + file.read_bytes())
    return said.hexdigest()


def _plain(value: object, gaps: list[str]) -> Json:
    """Return a value as JSON has it, its texts made fit for print. Texts of which something lacks go to `gaps`."""
    match value:
        case Verbatim():
            return str(value)
        case str():
            cleaned = clean(value)
            if _lacks(value, cleaned):
                gaps.append(value)
            return soft(cleaned)
        case None | bool() | int() | float():
            return value
        case Mapping():
            return {str(key): _plain(one, gaps) for key, one in value.items()}
        case Sequence():
            return [_plain(one, gaps) for one in value]
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            names = (field.name for field in dataclasses.fields(value))
            return {name: _plain(getattr(value, name), gaps) for name in names}
        case _:
            raise TypeError(f"a paper shows words and numbers, not {type(value).__name__}")


def _lacks(text: str, cleaned: str) -> bool:
    """Whether a □ of the cleaned text stands for something else."""
    return cleaned.count("\u25a1") > text.count("\u25a1")
