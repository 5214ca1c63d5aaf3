"""Which messages say no more than that something was read."""

import pytest

from handlers.chat.assent import assents


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "Oke",
        "okeee",
        "OK.",
        "siap",
        "Siap, Pak!",
        "siaaap bu",
        "baik, terima kasih",
        "Terima kasih banyak, Pak 🙏",
        "sama-sama",
        "noted",
        "ya",
        "👍",
        "👍🏽",
        "👍👍 siap",
        "❤️",
        "🙏🏻🙏🏻",
    ],
)
def test_words_that_only_assent(text: str) -> None:
    assert assents(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "…",
        "pak",
        "ok tapi SIMPEG masih galat",
        "siap saya periksa",
        "SIMPEG",
        "tidak",
        "sudah",
        "0147",
        "ok 2",
        "😡",
        "👍 tetapi lambat",
        "⚠️",
        "ya " * 7,
        "okok@contoh.go.id",
    ],
)
def test_words_that_say_more(text: str) -> None:
    assert not assents(text)
