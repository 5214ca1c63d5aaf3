"""Whether a message sounds: never while the office is closed, and a card not on top of what was not answered yet."""

from models.mail.card import Card, CardKind
from models.mail.notice import Notice, NoticeKind
from models.office.attention import may_be_reminded
from models.queries.cards import last_sounded
from models.repository.reader import Reader
from models.rules.urgency import Urgency


def sounds(reader: Reader, notice: Notice, card: Card | None = None) -> bool:
    """Whether a message that leaves now may sound, as the office decides.

    While the office is closed nothing does, except the card of a report that is sangat segera where the office file
    says so. A new card of a task is silent while its reader has reminders that they have not answered, and within the
    least time of the office's spacing after another card that sounded and is still to be decided. The next reminder
    names it (`models/office/attention.py`).
    """
    office = reader.office_file
    is_task = card is not None and card.kind is CardKind.TASK and notice.kind == NoticeKind.CARD
    very_urgent = is_task and card is not None and _is_very_urgent(reader, card)
    if not office.calendar.is_open(reader.at):
        return very_urgent and office.reminders.very_urgent_at_night
    if card is None or not is_task or very_urgent:
        return True
    person = reader.person_by_id(card.person_id)
    if person is not None and person.unanswered and not may_be_reminded(person, office, at=reader.at):
        return False
    last = last_sounded(reader, card)
    return last is None or last > reader.at or office.calendar.between(last, reader.at) >= office.reminders.spacing[0]


def _is_very_urgent(reader: Reader, card: Card) -> bool:
    standing, _ = reader.task(card.task_id or 0)
    return standing.case.urgency == Urgency.VERY_URGENT
