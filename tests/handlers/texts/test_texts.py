"""The catalogue of texts: complete in every language, well-formed for Telegram, and short enough for its place."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fluent.runtime import FluentResource
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from markupsafe import Markup

from handlers import composed, taps
from handlers.people.menu import EVERY
from handlers.texts import catalogue
from handlers.texts.catalogue import MissingText, Texts
from handlers.texts.wording import Wording
from models import refusals as every_refusal
from models.refusals.refusal import Refusal
from models.rules.standard import Standard
from models.rules.step_kinds import StepKind

ZONE = ZoneInfo("Asia/Makassar")
LANGUAGES = tuple(Texts.load(ZONE).languages)
HANDLERS = Path(taps.__file__).parent
ROOT = HANDLERS.parent
TEXTS = HANDLERS / "texts"
TAGS = {"b", "i", "u", "s", "code", "pre", "blockquote", "a", "tg-time", "tg-spoiler"}
PLAIN = ("button-", "done-", "reasons-", "command-")
LABEL = 40
TOAST = 200

SAMPLES: dict[str, str | int] = {
    "role": "Kasubbag Humas, RB & IT",
    "to": "Kasubbag Humas, RB & IT",
    "holder": "Rina Mokoginta, Andi Pratama",
    "name": "Siti Rahmawati",
    "by": "Siti Rahmawati",
    "number": "SW-2026-0147",
    "part": "Rekomendasi",
    "instruction": "Pelajari dan beri saran",
    "urgency": "sangat segera",
    "span": "59 menit",
    "count": 20,
    "missing": "Temuan, Penyebab, Tindakan, Hasil, dan Rekomendasi",
    "title": "Penanganan Masalah Software",
    "post": "Kasubbag Humas",
}
"""Long values as they occur, for the variables of labels and toasts."""


def entries(language: str) -> Iterator[tuple[str, ftl.BaseNode]]:
    """Return every message of a language by its code; nothing in the files may be unreadable."""
    for file in sorted((TEXTS / language).glob("*.ftl")):
        for entry in FluentParser(with_spans=False).parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{file.name}: {entry.content}"
            if isinstance(entry, ftl.Message):
                yield entry.id.name, entry


def parts(node: object) -> Iterator[ftl.BaseNode]:
    """Return a node and all that it is made of."""
    if isinstance(node, list):
        for one in node:
            yield from parts(one)
    elif isinstance(node, ftl.BaseNode):
        yield node
        yield from parts(list(vars(node).values()))


def variables(entry: ftl.BaseNode) -> frozenset[str]:
    return frozenset(node.id.name for node in parts(entry) if isinstance(node, ftl.VariableReference))


def written(entry: ftl.BaseNode) -> str:
    """Return the words of a message as they stand in the file, the choices one after the other."""
    return "".join(node.value for node in parts(entry) if isinstance(node, ftl.TextElement))


class Season(StrEnum):
    DRY = "kemarau"


@cache
def catalogue_of(language: str) -> dict[str, ftl.BaseNode]:
    """Return every message of a language by its code, parsed by the first test that asks, not by each worker."""
    return dict(entries(language))


def codes() -> list[str]:
    return sorted(catalogue_of("id"))


def said(name: str) -> set[str]:
    """Return the codes that a module of the handlers names in full where it words something."""
    codes = set()
    for node in ast.walk(ast.parse((HANDLERS / name).read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in {"say", "plain", "Toast", "_say_once", "with_reporter"}:
            words = [one.value for one in node.args[:4] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            codes |= {word for word in words[:1] if "-" in word}
    return codes


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts.load(ZONE)


def test_each_folder_of_texts_is_a_language_and_indonesian_is_the_first() -> None:
    assert LANGUAGES[0] == "id"
    assert {file.parent.name for file in TEXTS.glob("*/*.ftl")} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_messages(language: str) -> None:
    assert set(catalogue_of("id")) == set(catalogue_of(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_that_is_parsed_alone_is_the_one_in_its_file(language: str) -> None:
    bundle = catalogue._bundle(TEXTS, language)
    for file in sorted((TEXTS / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, ftl.Message | ftl.Term):
                term = isinstance(entry, ftl.Term)
                bundle._lookup(entry.id.name, term)
                known = bundle._terms if term else bundle._messages
                assert known[entry.id.name].equals(entry, ["span", "comment"]), entry.id.name
    assert len(bundle._unparsed) == len(bundle._messages) + len(bundle._terms)


def test_nothing_is_parsed_before_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """To parse all takes longer than all else at a start: only each language's own name is read."""
    shutil.copytree(TEXTS, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    parsed: list[str] = []

    def parse(text: str) -> ftl.Resource:
        parsed.append(text)
        return FluentResource(text)

    monkeypatch.setattr(catalogue, "FluentResource", parse)
    texts = Texts.load(ZONE, tmp_path)
    composed.require(texts)
    assert len(parsed) == len(LANGUAGES)
    assert texts.say("id").has("language-name")
    assert not texts.say("id").has("no-such-message")
    with pytest.raises(MissingText):
        texts.say("id")("no-such-message")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_written_twice(language: str) -> None:
    counted = Counter(code for code, _ in entries(language))
    assert [code for code, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_the_same_things(language: str) -> None:
    differing = {
        code: difference
        for code in codes()
        if code in catalogue_of(language)
        and (difference := variables(catalogue_of("id")[code]) ^ variables(catalogue_of(language)[code]))
    }
    assert differing == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_is_what_telegram_reads(language: str) -> None:
    for code, entry in catalogue_of(language).items():
        opened: list[str] = []
        for closing, tag, rest in re.findall(r"<(/?)([a-z-]+)([^>]*)>", written(entry)):
            assert tag in TAGS, f"{code}: <{tag}>"
            assert rest in {"", " expandable"}, f"{code}: <{tag}{rest}>"
            if closing:
                assert opened, code
                assert opened.pop() == tag, code
            else:
                opened.append(tag)
        assert opened == [], code
        assert not re.search(r"<(?!/?[a-z])|&(?!amp;|lt;|gt;)", written(entry)) or code.startswith(PLAIN), code


def test_every_code_that_is_named_has_its_words() -> None:
    modules = [str(path.relative_to(HANDLERS)) for path in HANDLERS.rglob("*.py")]
    missing = {module: said(module) - set(codes()) for module in modules}
    assert {module: codes for module, codes in missing.items() if codes} == {}
    assert len({code for module in modules for code in said(module)}) > 50


def test_every_composed_code_has_its_words(texts: Texts) -> None:
    composed.require(texts)
    assert {"card-title-handle", "happened-late", "count-voice", "button-approve"} <= set(composed.codes())


def test_a_notice_of_an_older_version_is_said_with_a_dash_for_what_it_lacks(
    texts: Texts, caplog: pytest.LogCaptureFixture
) -> None:
    older = {"name": "Rina <b>", "number": "SW-2026-0007", "notice": "99"}
    said = texts.say("id").stored("alert-undeliverable", **older)
    assert said == (
        "⚠️ Satu pesan untuk Rina &lt;b&gt; tentang SW-2026-0007 tidak dapat dikirim dan disisihkan: –. "
        "Log menyebutnya 99."
    )
    assert caplog.messages == ["the text alert-undeliverable is said without reason, which its notice lacks"]
    whole = texts.say("id").stored("alert-undeliverable", **older, reason="chat not found")
    assert "chat not found" in whole
    assert len(caplog.messages) == 1


def test_what_chooses_between_sentences_may_be_lacking_too(texts: Texts) -> None:
    said = texts.say("id").stored("alert-set-aside", name="Rina", update="17")
    assert said == "⚠️ Kabar dari “Rina” tidak dapat diproses dan disisihkan: “–”. Log menyebutnya 17."


@pytest.mark.parametrize(("code", "data"), [("no-such-word", {}), ("alert-stuck", {"number": object()})])
def test_what_no_dash_can_mend_is_refused(texts: Texts, code: str, data: dict[str, object]) -> None:
    with pytest.raises(MissingText, match=code):
        texts.say("id").stored(code, **data)


def test_a_composed_code_without_words_keeps_the_program_from_starting(
    texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composed, "COMPOSED", {"card-title": [*StepKind, Season.DRY]})
    with pytest.raises(MissingText, match="en/card-title-kemarau, id/card-title-kemarau"):
        composed.require(texts)


def test_the_menu_is_worded() -> None:
    assert {f"command-{name}" for name in (*EVERY, "lapor-group")} <= set(codes())


for module in pkgutil.iter_modules(every_refusal.__path__, f"{every_refusal.__name__}."):
    importlib.import_module(module.name)


def refusals(base: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for one in base.__subclasses__():
        yield one
        yield from refusals(one)


@pytest.mark.parametrize("refusal", sorted(refusals(), key=str))
def test_every_refusal_has_a_sentence_made_of_its_own_data(refusal: type[Refusal]) -> None:
    code = "refusal-" + re.sub(r"(?<!^)(?=[A-Z])", "-", refusal.__name__).lower()
    assert code in codes()
    for language in LANGUAGES:
        assert variables(catalogue_of(language)[code]) <= {field.name for field in fields(refusal)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_a_button(texts: Texts, language: str) -> None:
    say = texts.say(language)
    labels = {
        code: say.plain(code, **{name: SAMPLES.get(name, "") for name in variables(catalogue_of(language)[code])})
        for code in codes()
        if code.startswith(("button-", "reasons-"))
    }
    assert {code: label for code, label in labels.items() if len(label) > LABEL} == {}
    assert {code: label for code, label in labels.items() if not label.strip()} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_toasts_fit_what_telegram_shows(texts: Texts, language: str) -> None:
    say = texts.say(language)
    for code in codes():
        if code.startswith(("done-", "refusal-", "tap-")):
            data = {name: SAMPLES.get(name, "12 huruf") for name in variables(catalogue_of(language)[code])}
            assert len(say.plain(code, **data)) <= TOAST, code


def test_what_a_person_wrote_is_data(texts: Texts) -> None:
    say = texts.say("id")
    assert "&lt;b&gt;" in say("decided-by", name="<b>", capacity="Kadiv")
    assert say("card-subject", subject=Markup("<i>x</i>")) == "<b><i>x</i></b>"
    assert say("card-subject", subject="\"1\" < '2' & 3") == "<b>&#34;1&#34; &lt; &#39;2&#39; &amp; 3</b>"
    assert "<b>" in say.plain("decided-by", name="<b>", capacity="Kadiv")
    assert say("decided-by", name="{ $capacity }", capacity="Kadiv") == "{ $capacity } (Kadiv)"


def test_a_language_that_does_not_say_its_name_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "jv").mkdir()
    (tmp_path / "jv/language.ftl").write_text("language-chosen = Basa Jawa kapilih.", encoding="utf-8")
    with pytest.raises(MissingText, match="language-name"):
        Texts.load(ZONE, tmp_path)


def test_a_language_without_dates_of_its_own_has_those_of_indonesian() -> None:
    at = datetime(2026, 11, 23, 1, 14, tzinfo=UTC)
    assert Wording("jv", ZONE).day(at) == "Senin, 23 November 2026"
    assert Wording("en", ZONE).day(at) == "Monday, 23 November 2026"
    buginese = Wording("bug", ZONE)
    assert buginese.day(at) == "Senin, 23 November 2026"
    assert buginese.standard(Standard.parse("2 hari")) == "2 hari"
    assert buginese.join(["Temuan", "Hasil"]) == "Temuan dan Hasil"


def test_a_text_that_is_missing_or_told_too_little_is_an_error(texts: Texts) -> None:
    with pytest.raises(MissingText):
        texts.say("id")("no-such-text")
    with pytest.raises(MissingText):
        texts.say("id")("nudge-warn", number="SW-2026-0147")


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("en", "en"),
        ("EN-gb", "en"),
        ("english", "en"),
        ("Bahasa Indonesia", "id"),
        ("indonesia", "id"),
        ("de", None),
        ("bahasa inggris", None),
    ],
)
def test_a_language_is_named_by_its_code_or_in_its_own_words(texts: Texts, words: str, language: str | None) -> None:
    assert texts.named(words.split()) == language


@pytest.mark.parametrize(("asked", "given"), [("id", "id"), ("en", "en"), ("en-GB", "en"), ("de", "id"), (None, "id")])
def test_an_unknown_language_is_answered_in_indonesian(texts: Texts, asked: str | None, given: str) -> None:
    assert texts.say(asked).language == given


NOT_SAID = {"keluhan": "masalah", "tekan": "ketuk", "menekan": "mengetuk", "calon": "pendaftar", "linimasa": "riwayat"}
"""Words that no person reads here, each with the one that is said instead."""


@pytest.mark.parametrize(
    "folder", [TEXTS / "id", Path(__file__).parents[3] / "docs" / "panduan"], ids=["chat", "guides"]
)
def test_one_word_is_said_for_one_thing(folder: Path) -> None:
    words = re.compile(rf"\b({'|'.join(NOT_SAID)})(nya)?\b", re.IGNORECASE)
    found = [
        f"{file.name}: {word.group()} instead of {NOT_SAID[word.group(1).lower()]}"
        for file in sorted(folder.iterdir())
        for word in words.finditer(file.read_text(encoding="utf-8"))
    ]
    assert found == []


LOADING_THE_TEXTS = """
from zoneinfo import ZoneInfo
from babel import localedata
from handlers.texts.catalogue import Texts
say = Texts.load(ZoneInfo("Asia/Makassar")).say("en")
print(*localedata._cache)
print(say._bundle._plural_form(1), say._bundle._plural_form(2))
"""


def test_what_unicode_knows_of_a_language_is_read_with_its_first_plural() -> None:
    """To read it for two languages at the start took longer than all else that makes the texts ready."""
    command = [sys.executable, "-c", LOADING_THE_TEXTS]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    read, plurals = ended.stdout.splitlines()
    assert not {"id", "en"} & set(read.split())
    assert plurals.split() == ["one", "other"]
