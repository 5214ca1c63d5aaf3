"""Sifat in words: how urgent a report is, and whether it is confidential."""

from markupsafe import Markup

from handlers.texts.catalogue import Say
from models.rules.urgency import Urgency


def sifat(urgency: Urgency, say: Say, *, confidential: bool) -> Markup:
    """Return both fields in words, such as `segera · 🔒 rahasia`; what is not ordinary stands out."""
    word = say(f"urgency-{urgency.value}")
    if urgency is not Urgency.ORDINARY:
        word = say("card-marked", words=word)
    return word + say("sifat-confidential") if confidential else word
