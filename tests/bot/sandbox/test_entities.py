from __future__ import annotations

import html
from collections.abc import Callable

import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import parse_html, trim, utf16_length, with_automatic
from bot.sandbox.refusals import Refusal


@pytest.mark.parametrize(
    ("source", "plain", "entities"),
    [
        ("biasa", "biasa", []),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#x27; &nbsp;", "a <b> & \"c\" 'd' &nbsp;", []),
        ("<b>tebal</b>", "tebal", [{"type": "bold", "offset": 0, "length": 5}]),
        ("📋 <i>miring</i>", "📋 miring", [{"type": "italic", "offset": 3, "length": 6}]),
        (
            "<b>satu <u>dua</u></b>",
            "satu dua",
            [{"type": "bold", "offset": 0, "length": 8}, {"type": "underline", "offset": 5, "length": 3}],
        ),
        (
            '<a href="https://t.me/b?start=x&amp;y">buka</a>',
            "buka",
            [{"type": "text_link", "url": "https://t.me/b?start=x&y", "offset": 0, "length": 4}],
        ),
        (
            '<a href="https://t.me/b?q=&#34;x&#x27;&lt;&copy;">buka</a>',
            "buka",
            [{"type": "text_link", "url": "https://t.me/b?q=\"x'<&copy;", "offset": 0, "length": 4}],
        ),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [{"type": "pre", "language": "python", "offset": 0, "length": 1}],
        ),
        (
            "<blockquote expandable>riwayat</blockquote>",
            "riwayat",
            [{"type": "expandable_blockquote", "offset": 0, "length": 7}],
        ),
        ('<span class="tg-spoiler">x</span>', "x", [{"type": "spoiler", "offset": 0, "length": 1}]),
        (
            '<tg-time unix="1647531900" format="wDT">besok</tg-time>',
            "besok",
            [{"type": "date_time", "unix_time": 1647531900, "date_time_format": "wDT", "offset": 0, "length": 5}],
        ),
        (
            '<tg-emoji emoji-id="5368">👍</tg-emoji>',
            "👍",
            [{"type": "custom_emoji", "custom_emoji_id": "5368", "offset": 0, "length": 2}],
        ),
        ("<b></b>kosong", "kosong", []),
        ("1 &lt 2 &#12345678; &Or;", "1 < 2 &#12345678; &Or;", []),
        ("<i kelas = kecil>x</>", "x", [{"type": "italic", "offset": 0, "length": 1}]),
        ("<a>kartu</a>", "kartu", []),
    ],
)
def test_what_the_tags_mean(source: str, plain: str, entities: list[dict[str, object]]) -> None:
    assert parse_html(source) == (plain, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("1 < 2 > 0", 'Unsupported start tag "" at byte offset 2'),
        ("&#xDFDF;", "invalid Unicode characters"),
        ("<b></b></", "Unexpected end tag at byte offset 7"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b =x>x</b>", 'Empty attribute name in the tag "b"'),
        ('<tg-time unix="1" format="rt">x</tg-time>', "Invalid date format used"),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler"'),
        ('<tg-time unix="besok">x</tg-time>', 'valid attribute "unix"'),
    ],
)
def test_what_telegram_cannot_parse(source: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(source)
    assert refused.value.description.startswith("Bad Request: can't parse entities: ")
    assert reason in refused.value.description


@pytest.mark.parametrize("escape", [html.escape, markupsafe.escape])
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_through_unchanged(escape: Callable[[str], str], text: str) -> None:
    assert parse_html(escape(text)) == (text, [])
    plain, entities = parse_html(f"<b>{escape(text)}</b>")
    assert plain == text
    assert sum(entity["length"] for entity in entities) == utf16_length(text)


def test_trimming_takes_the_entities_along() -> None:
    text, entities = trim(*parse_html("  <b> tebal </b>\n"))
    assert text == "tebal"
    assert entities == [{"type": "bold", "offset": 0, "length": 5}]


def test_telegram_finds_links_commands_and_mentions_itself() -> None:
    text = "📋 /lapor@demo_bot ke @budi_s https://example.org/a?b#c. dan a@b.go.id #penting 1/2"
    found = with_automatic(text, [])
    words = [
        text.encode("utf-16-le")[e["offset"] * 2 : (e["offset"] + e["length"]) * 2].decode("utf-16-le") for e in found
    ]
    assert [(entity["type"], word) for entity, word in zip(found, words, strict=True)] == [
        ("bot_command", "/lapor@demo_bot"),
        ("mention", "@budi_s"),
        ("url", "https://example.org/a?b#c"),
        ("email", "a@b.go.id"),
        ("hashtag", "#penting"),
    ]


def test_code_hides_commands_from_telegram() -> None:
    plain, entities = parse_html("<code>/start</code>")
    assert [entity["type"] for entity in with_automatic(plain, entities)] == ["code"]
