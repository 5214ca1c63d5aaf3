"""Looking for cases by words: `/cari`, its card with what was found, and the buttons that narrow it."""

from handlers.chat import conversing
from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.screens.screen import Screen, Touch
from handlers.screens.searching import PAGE, FoundLine, Narrowing, SearchView, asking, no_words, result
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.mail.conversation import Conversation, Expects
from models.mail.correspondence import About
from models.mail.notice import Priority
from models.office.person import Person
from models.queries import cards, finding
from models.queries.finding import Narrowed
from models.queries.joined_words import MOST as MOST_JOINED
from models.refusals.registration import NotRegistered
from models.refusals.reports import WordsMissing
from models.refusals.work import CardOutOfDate
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.period import month_before
from models.search.question import Asked

_KEPT = 100
"""Characters of a search that its card keeps."""


def command(records: Records, message: Incoming, words: list[str]) -> None:
    """Take `/cari`: look for the words behind it, or ask for some. Raises `NotRegistered`."""
    person = records.known(message.sender_id)
    records.note_act(person)
    card = _look(records, message.chat_id, person, " ".join(words))
    if not words:
        records.flush()
        conversing.expect(records, card, Expects.SEARCH)


def written(records: Records, message: Incoming, person: Person, conversation: Conversation) -> None:
    """Take the words that a card has asked for, and show what was found below them. Raises `WordsMissing`."""
    if not message.text.strip():
        raise WordsMissing
    conversation.settle()
    _look(records, message.chat_id, person, message.text)


def _look(records: Records, chat_id: int, person: Person, typed: str) -> Card:
    """Owe a card with what these words find, in place of the one further up."""
    _replace(records, chat_id)
    about = About(page=0, subject=shortened(" ".join(typed.split()), _KEPT))
    return records.show(CardKind.SEARCH, chat_id, person=person, about=about)


def again(records: Records, press: Press) -> Toast:
    """Ask for other words."""
    _mine(press)
    conversing.expect(records, press.card, Expects.SEARCH)
    return Toast("turned-expects")


def narrow(records: Records, press: Press) -> Toast:
    """Narrow what is found, or no longer; the button names the whole of what it is then narrowed to."""
    _mine(press)
    press.card.narrowed = press.argument or None
    press.card.page = 0
    records.refresh(press.card)
    return Toast()


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw what the words of the card find now, for the person whose card it is."""
    person = reader.person_by_id(card.person_id)
    if person is None:
        raise NotRegistered
    if card.face.asks:
        return asking(say)
    asked, narrowing = Asked.parse(card.subject or ""), Narrowing.parse(card.narrowed or "")
    if not asked:
        return no_words(say, card.subject or "")
    narrowed = Narrowed(narrowing.is_open, narrowing.month, narrowing.sop, mine=narrowing.mine)
    search = finding.search(reader, person, asked, narrowed)
    page = min(card.page or 0, max(0, (len(search.case_ids) - 1) // PAGE))
    lines = finding.shown(reader, person, asked, search, slice(page * PAGE, (page + 1) * PAGE))
    today = reader.at.astimezone(reader.calendar.zone).date()
    view = SearchView(
        words=card.subject or "",
        lines=[_line(reader, one) for one in lines],
        total=len(search.case_ids),
        page=page,
        narrowing=narrowing,
        months=(today, month_before(today).first),
        sops=sorted({sop.prefix for sop in reader.rules.sops.values()}),
        zone=reader.calendar.zone,
        more=search.more,
        partly=search.partly,
        filling=search.filling,
        joined_most=MOST_JOINED if search.joined_more else None,
    )
    return result(view, say)


def _line(reader: Reader, one: finding.Found) -> FoundLine:
    return FoundLine(
        case_id=one.case_id,
        number=one.number,
        state=one.state.value,
        opened_at=one.opened_at,
        step=one.step,
        post=reader.office_file.short_of(one.post) if one.post else "",
        holder=one.holder,
        said=one.said.pieces,
        cut_before=one.said.cut_before,
        cut_after=one.said.cut_after,
    )


def _mine(press: Press) -> Person:
    if press.person is None:
        raise NotRegistered
    if press.card.kind is not CardKind.SEARCH or not press.card.live:
        raise CardOutOfDate
    return press.person


def _replace(records: Records, chat_id: int) -> None:
    """Let an older search leave the chat, while Telegram still lets us delete it."""
    for shown in cards.shown_cards(records.reader, chat_id, CardKind.SEARCH):
        if records.conversation(chat_id).card_id == shown.id:
            records.conversation(chat_id).settle()
        if correspondence.deletable(shown, at=records.at):
            records.owe(correspondence.withdraw(shown, at=records.at, priority=Priority.ANSWER))


TAPS = {Touch.SEARCH_AGAIN: again, Touch.SEARCH_NARROW: narrow}
SCREENS = {CardKind.SEARCH: draw}
