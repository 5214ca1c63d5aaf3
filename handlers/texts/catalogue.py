"""The catalogue of texts: Fluent files, one folder per language, one file per topic.

Words that people write are data: a variable is escaped for Telegram's HTML unless it is `Markup` already.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from babel.plural import to_python
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.bundle import PluralCategory
from fluent.runtime.errors import FluentReferenceError
from fluent.runtime.resolver import Message, Pattern
from markupsafe import Markup, escape

from handlers.texts.template import Template
from handlers.texts.wording import INDONESIAN, Wording

logger = logging.getLogger(__name__)

PACKAGED = Path(__file__).parent
"""The folder that holds a folder of texts for each language."""

_LEAST_KNOWN = "root"
"""The locale of which Unicode knows the least: that on which all others rest."""

_MARK = "language.ftl"
"""The file that makes a folder a language: it says the language's own name."""

_LONG = 1000
"""A variable with more characters is replaced by one private character while Fluent formats: it refuses above 2,500."""

_PLACES = range(0xF0000, 0xFFFFE)
"""The private characters for that, more than all variables of a message have characters together."""

_GAP = "–"
"""What is said for a variable that a stored notice lacks."""

_UNKNOWN = "Unknown external: "
"""How Fluent begins the error for a variable that it was not given; the variable's name follows."""


_BEGINS = re.compile(r"^(?=[A-Za-z-])", re.MULTILINE)
"""Where an entry of a Fluent file begins: what belongs to the one before it is indented, or does not begin so."""

_NAME = re.compile(r"-?[A-Za-z][A-Za-z0-9_-]*")


class MissingText(LookupError):
    """The catalogue has no such message, or the caller did not give one of its variables."""


class Say:
    """The sentences of one language, and its words for time in one zone."""

    def __init__(self, bundle: FluentBundle, language: str, zone: ZoneInfo) -> None:
        self._bundle = bundle
        self._constant: dict[str, str] = {}
        self._templates: dict[str, Template | None] = {}
        self.language = language
        self.time = Wording(language, zone)

    def __call__(self, code: str, **data: Any) -> Markup:
        """Return the message `code` as Telegram HTML with its variables escaped. Raises `MissingText`."""
        text = self._format(code, {name: _escaped(value) for name, value in data.items()})
        return Markup(text)  # noqa: S704 - the catalogue's own markup; what was put into it is escaped

    def stored(self, code: str, **data: Any) -> Markup:
        """Return the message `code` as a call does, for a notice that an older version of the program may have stored.

        Such a notice lacks the variables that the message has got since. A dash stands for each, and the log names
        them. Raises `MissingText` where the catalogue has no such message.
        """
        try:
            return self(code, **data)
        except MissingText:
            absent = self._absent(code, data)
            if not absent:
                raise
        logger.warning("the text %s is said without %s, which its notice lacks", code, ", ".join(absent))
        return self(code, **dict.fromkeys(absent, _GAP), **data)

    def plain(self, code: str, **data: Any) -> str:
        """Return the message `code` as plain text, for buttons and toasts. Raises `MissingText`."""
        return self._format(code, data)

    def has(self, code: str) -> bool:
        """Whether the catalogue has the message `code`."""
        return bool(self._bundle.has_message(code))

    def _absent(self, code: str, data: Mapping[str, Any]) -> list[str]:
        """Return the variables that the message needs and `data` lacks."""
        _, errors = self._bundle.format_pattern(self._pattern(code), dict(data))
        unknown = (str(error) for error in errors if isinstance(error, FluentReferenceError))
        return list(dict.fromkeys(one.removeprefix(_UNKNOWN) for one in unknown if one.startswith(_UNKNOWN)))

    def _pattern(self, code: str) -> Pattern:
        try:
            pattern = self._bundle.get_message(code).value
        except LookupError:
            pattern = None
        if pattern is None:
            raise MissingText(code)
        return pattern

    def _format(self, code: str, data: Mapping[str, Any]) -> str:
        if data:
            return self._formatted(code, data)
        # Half of what a card says has no variable: labels, headings.
        if code not in self._constant:
            self._constant[code] = self._formatted(code, data)
        return self._constant[code]

    def _formatted(self, code: str, data: Mapping[str, Any]) -> str:
        if code not in self._templates:
            self._templates[code] = Template.of(self._pattern(code))
        template = self._templates[code]
        filled = template.filled(data) if template is not None else None
        return filled if filled is not None else self._resolved(code, data)

    def _resolved(self, code: str, data: Mapping[str, Any]) -> str:
        """Return the message by Fluent's own means: plurals, numbers, and the words for what is missing."""
        pattern = self._pattern(code)
        long = {name: value for name, value in data.items() if isinstance(value, str) and len(value) > _LONG}
        places = dict(zip(long, _absent_from(data.values()), strict=False)) if long else {}
        text, errors = self._bundle.format_pattern(pattern, {**data, **places})
        if errors:
            raise MissingText(f"{code}: {errors[0]}")
        return str(text).translate({ord(place): long[name] for name, place in places.items()})


class Texts:
    """The sentences of all languages.

    `languages` maps the code of each language to its own name, Indonesian first. Raises `MissingText` where a language
    does not say its name.
    """

    def __init__(self, bundles: Mapping[str, FluentBundle], zone: ZoneInfo) -> None:
        self._says = {language: Say(bundle, language, zone) for language, bundle in bundles.items()}
        self.languages = {language: say.plain("language-name") for language, say in self._says.items()}

    @classmethod
    def load(cls, zone: ZoneInfo, folder: Path = PACKAGED) -> "Texts":
        """Return the texts in `folder`, one language for each folder in it; instants are worded in `zone`."""
        found = [file.parent.name for file in folder.glob(f"*/{_MARK}")]
        found.sort(key=lambda language: (language != INDONESIAN, language))
        return cls({language: _bundle(folder, language) for language in found}, zone)

    def say(self, language: str | None) -> Say:
        """Return the sentences of `language`, a Telegram language code; Indonesian when it is not known."""
        return self._says.get(_primary(language or ""), self._says[INDONESIAN])

    def named(self, words: Sequence[str]) -> str | None:
        """Return the language that `words` name by its code, as `en-GB`, or by words of its own name, as `English`."""
        typed = [word.lower() for word in words]
        if len(typed) == 1 and _primary(typed[0]) in self.languages:
            return _primary(typed[0])
        names = ((language, name.lower().split()) for language, name in self.languages.items())
        return next((language for language, name in names if set(typed) <= set(name)), None)

    def missing(self, codes: Iterable[str]) -> set[str]:
        """Return those of `codes` that a language has no text for, each after its language: `en/card-title-handle`."""
        wanted = set(codes)
        return {f"{language}/{code}" for language, say in self._says.items() for code in wanted if not say.has(code)}


def _absent_from(values: Iterable[object]) -> Iterator[str]:
    """Return private characters that none of `values` holds; words that people write may hold any."""
    taken = {character for value in values if isinstance(value, str) for character in value}
    return (place for place in map(chr, _PLACES) if place not in taken)


def _escaped(value: object) -> object:
    return str(escape(value)) if isinstance(value, str) else value


def _primary(tag: str) -> str:
    """Return the language of a tag without its region: `en` for `en-GB`."""
    return tag.lower().partition("-")[0]


class _Bundle(FluentBundle):
    """A bundle that parses an entry when it is asked for, since parsing all takes longer than all else at a start.

    So it is with the plurals of its language: for them the library reads all that Unicode knows of the language.
    Threads may parse the same entry at the same time; the first one stays.
    """

    def __init__(self, locales: list[str]) -> None:
        super().__init__([_LEAST_KNOWN], use_isolating=False)
        self.locales = locales
        self._babel_locale = self._get_babel_locale()
        self._plural_form = self._plural
        self._unparsed: dict[str, str] = {}

    @cached_property
    def _plurals(self) -> Callable[[float], PluralCategory]:
        return cast("Callable[[float], PluralCategory]", to_python(self._babel_locale.plural_form))

    def _plural(self, number: float) -> PluralCategory:
        return self._plurals(number)

    def add_text(self, text: str) -> None:
        """Take in a Fluent file, unparsed."""
        for entry in _BEGINS.split(text):
            if (name := _NAME.match(entry)) is not None:
                self._unparsed.setdefault(name[0], entry)

    def has_message(self, message_id: str) -> bool:
        """Whether there is such a message."""
        return message_id in self._unparsed

    def _lookup(self, entry_id: str, term: bool = False) -> Message:  # noqa: FBT001, FBT002 - as the library calls it
        self._parse(f"-{entry_id}" if term else entry_id)
        return super()._lookup(entry_id, term)

    def _parse(self, name: str) -> None:
        known = self._terms if name.startswith("-") else self._messages
        if name.removeprefix("-") not in known and name in self._unparsed:
            self.add_resource(FluentResource(self._unparsed[name]))


@cache
def _bundle(folder: Path, language: str) -> _Bundle:
    """Return the texts of one language. A process reads them once.

    Plurals are those of Indonesian where the Unicode locale data does not have the language.
    """
    bundle = _Bundle([language, INDONESIAN])
    for file in sorted((folder / language).glob("*.ftl")):
        bundle.add_text(file.read_text(encoding="utf-8"))
    return bundle
