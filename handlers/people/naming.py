"""The page of `/kelola` that asks at which post of a person somebody is to stand in by decree."""

from handlers.people import officials
from handlers.screens import officials as screens
from handlers.screens.screen import Button, Screen, Touch
from handlers.texts.catalogue import Say
from models.mail.card import Card
from models.repository.absences import own_posts
from models.repository.reader import Reader


def draw(reader: Reader, card: Card, say: Say) -> Screen | None:
    """Draw the posts of a person; None where there is no such person any more."""
    number = card.subject or ""
    shown = reader.person_by_id(int(number)) if number.isdecimal() else None
    if shown is None:
        return None
    posts = [(post, reader.rules.office.short_of(post)) for post in own_posts(reader.office(), shown)]
    return screens.naming_plh(shown.name, shown.id, posts, say)


def asked_of(reader: Reader, subject: str) -> tuple[str, Button]:
    """Return for whom, and at which post, a page asks for a Plh., and what leads back from it."""
    number, _, code = subject.partition(":")
    shown = reader.person_by_id(int(number)) if number.isdecimal() else None
    post, name = officials.known_post(reader, code), shown.name if shown is not None else ""
    if post is None:
        return name, Button("", Touch.OPEN_PERSON, number)
    return f"{name} ({post.short})", Button("", Touch.NAMING_PLH, number)
