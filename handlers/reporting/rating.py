"""What the reporter says beside 👍, and what a superior says of the work: one tap each on the card that asks."""

from collections.abc import Callable

from handlers.chat.desk import Toast
from handlers.screens.screen import Touch
from models.case.verdict import Rating
from models.refusals.registration import NotRegistered
from models.refusals.work import UnknownButton
from models.repository.presses import Press
from models.repository.records import Records


def rate(records: Records, press: Press) -> Toast:
    """Keep what the button says of the result. Raises what the door of the same name raises."""
    if press.person is None:
        raise NotRegistered
    if press.card.case_id is None or press.argument not in set(Rating):
        raise UnknownButton
    rating = Rating(press.argument)
    records.case(press.card.case_id).rate(rating, by=press.person)
    return Toast(f"rated-{rating.value}")


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {Touch.RATE: rate}
"""What each button does that says how something was done."""
