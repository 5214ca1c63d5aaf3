"""What a case goes on from, and what its closer hears when it did not help."""

from collections.abc import Callable

from handlers.screens import earlier as screens
from handlers.screens.screen import Screen
from handlers.texts.catalogue import Say
from handlers.views.earlier import earlier_views
from models.case.sight import Sight
from models.mail.card import Card, CardKind
from models.office.person import Person
from models.queries import lists
from models.queries.consultations import sight_in
from models.refusals.reports import UnknownCase
from models.repository.reader import Reader


def draw_earlier(reader: Reader, card: Card, person: Person, say: Say) -> Screen:
    """Draw the story of the cases that a case goes on from, as far as the reader may read it now."""
    standing = reader.case(card.case_id or 0)
    sight = sight_in(reader, standing, person)
    if sight not in {Sight.OWN, Sight.WHOLE}:
        return Screen(text=say("refusal-unknown-case", number=standing.case.number))
    views = earlier_views(reader, standing.case, person=person, whole=sight is Sight.WHOLE)
    return screens.page(standing.case.number, views, say)


def draw_feedback(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw what the closer of a case is told of the reporter's word."""
    if card.case_id is None:
        raise UnknownCase("")
    standing = reader.case(card.case_id)
    case = standing.case
    following = lists.following(reader, case)
    view = screens.FeedbackView(
        case_id=case.id,
        number=case.number,
        helped=standing.heard.not_helped == 0,
        heard=standing.heard,
        continued_as=following[1] if following else "",
        continued_id=following[0] if following else None,
    )
    return screens.feedback(view, say)


SCREENS: dict[CardKind, Callable[[Reader, Card, Say], Screen]] = {CardKind.FEEDBACK: draw_feedback}
"""How the closer's card is drawn."""
