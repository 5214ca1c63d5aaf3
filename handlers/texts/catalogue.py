"""The catalogue of texts: Fluent files, one folder per language, one file per topic.

Whatever a person wrote is data: a variable is escaped for Telegram's HTML unless it is `Html` already.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from fluent.runtime import FluentBundle, FluentResource

from handlers.texts.wording import Wording

LANGUAGES = ("id", "en")
"""The languages there are texts for; the first is used where another is not known."""


_LONG = 1000
"""Characters above which Fluent is handed a stand-in for a variable: it refuses long ones, of 2,500 and more."""

_PLACES = range(0xF0000, 0xFFFFE)
"""The private characters that may stand in; more than all variables of a message have together."""


class Html(str):
    """Text that is Telegram HTML already and goes into a message as it is."""

    __slots__ = ()


class MissingText(LookupError):
    """The catalogue has no such message, or a variable of it was not given."""


class Say:
    """One language's sentences, and its words for time in one zone."""

    def __init__(self, bundle: FluentBundle, language: str, zone: ZoneInfo) -> None:
        self._bundle = bundle
        self.language = language
        self.time = Wording(language, zone)

    def __call__(self, code: str, **data: Any) -> Html:
        """Return the message `code` as Telegram HTML, its variables escaped. Raises `MissingText`."""
        return Html(self._format(code, {name: _escaped(value) for name, value in data.items()}))

    def plain(self, code: str, **data: Any) -> str:
        """Return the message `code` as plain text, for buttons and toasts. Raises `MissingText`."""
        return self._format(code, data)

    def has(self, code: str) -> bool:
        """Whether the catalogue has the message `code`."""
        return bool(self._bundle.has_message(code))

    def _format(self, code: str, data: Mapping[str, Any]) -> str:
        if not self._bundle.has_message(code):
            raise MissingText(code)
        pattern = self._bundle.get_message(code).value
        if pattern is None:
            raise MissingText(code)
        long = {name: value for name, value in data.items() if isinstance(value, str) and len(value) > _LONG}
        places = dict(zip(long, _absent_from(data.values()), strict=False)) if long else {}
        text, errors = self._bundle.format_pattern(pattern, {**data, **places})
        if errors:
            raise MissingText(f"{code}: {errors[0]}")
        return str(text).translate({ord(place): long[name] for name, place in places.items()})


class Texts:
    """All languages, loaded once."""

    def __init__(self, bundles: Mapping[str, FluentBundle], zone: ZoneInfo) -> None:
        self._says = {language: Say(bundle, language, zone) for language, bundle in bundles.items()}

    @classmethod
    def load(cls, zone: ZoneInfo) -> "Texts":
        """Return the packaged texts; instants are worded in `zone`."""
        return cls({language: _bundle(language) for language in LANGUAGES}, zone)

    def say(self, language: str | None) -> Say:
        """Return the sentences of `language`, a Telegram language code; Indonesian when it is not known."""
        return self._says.get((language or "").partition("-")[0], self._says[LANGUAGES[0]])

    def missing(self, codes: Iterable[str]) -> set[str]:
        """Return those of `codes` that a language has no text for, each after its language: `en/card-title-handle`."""
        wanted = set(codes)
        return {f"{language}/{code}" for language, say in self._says.items() for code in wanted if not say.has(code)}


def _absent_from(values: Iterable[object]) -> Iterator[str]:
    """Give private characters that none of `values` holds: what people write may hold any."""
    taken = {character for value in values if isinstance(value, str) for character in value}
    return (place for place in map(chr, _PLACES) if place not in taken)


def _escaped(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Html):
        return escape(value, quote=False)
    return value


@cache
def _bundle(language: str) -> FluentBundle:
    """Read the Fluent files of one language; parsing takes a tenth of a second, so it is done once a process."""
    bundle = FluentBundle([language], use_isolating=False)
    folder = resources.files("handlers.texts") / language
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".ftl"):
            bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle
