"""Sifat in words and signs: how urgent a report is, and whether it is confidential."""

from collections.abc import Mapping

from markupsafe import Markup

from handlers.texts.catalogue import Say
from models.rules.complete import complete
from models.rules.urgency import Urgency

_SIGNS: Mapping[Urgency, str] = complete(
    Urgency, {Urgency.ORDINARY: "", Urgency.URGENT: "⚡", Urgency.VERY_URGENT: "⚡⚡"}
)


def sifat(urgency: Urgency, say: Say, *, confidential: bool) -> Markup:
    """Return both fields in words, such as `segera · 🔒 rahasia`; what is not ordinary stands out."""
    word = say(f"urgency-{urgency.value}")
    if urgency is not Urgency.ORDINARY:
        word = say("card-marked", words=f"{_SIGNS[urgency]} {word}")
    return word + say("sifat-confidential") if confidential else word


def sign(urgency: Urgency) -> str:
    """Return the sign before what is urgent, with a blank behind it; nothing for what is ordinary."""
    return f"{_SIGNS[urgency]} " if _SIGNS[urgency] else ""


def numbered(number: str, urgency: Urgency, say: Say) -> Markup:
    """Return a case's number for a line, with what is not ordinary behind it: `SW-2026-0147 (⚡ segera)`."""
    if urgency is Urgency.ORDINARY:
        return Markup.escape(number)
    word = say.plain(f"urgency-{urgency.value}")
    return say("urgency-number", number=number, sign=_SIGNS[urgency], word=word)
