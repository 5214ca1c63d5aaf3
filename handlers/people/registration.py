"""Registration: invite, NIP, name, confirmation; and the language that a person is spoken to in."""

from collections.abc import Mapping

from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.looking import genuine, searching, status
from handlers.people import first_words, guide
from handlers.screens.registration import Confirming, RegistrationView, registration_card
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say, Texts
from handlers.views.on_paper import CHECKED_BY
from models.administration import admission, menus, reachability
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation, Expects
from models.office.invitation import Invite, InviteKind
from models.office.name import NameFault, parse_name
from models.office.nip import WRITTEN_LENGTH, NipFault, digits_in, doubts, parse_identity, split_identity
from models.office.person import Obstacle, Person
from models.office.registration import Registration
from models.queries.cards import registration_cards
from models.refusals.registration import NameInvalid, NipInvalid
from models.refusals.work import CardOutOfDate
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.rules import Rules

_CASE, _SEARCH = "case-", "cari"
"""How the payload of a link to a case's status begins; its number follows."""

_SUBTAG = 8
"""Letters of a language in a language tag at most (RFC 5646)."""


def start(records: Records, message: Incoming, words: list[str]) -> None:
    """Take `/start`, alone or with what a link carried: an invite's code, that of a paper, or a case's number."""
    conversation = records.conversation(message.chat_id)
    person = records.person(message.sender_id)
    payload = words[0] if words else ""
    if person is None and message.language:
        conversation.language = message.language.lower().partition("-")[0][:_SUBTAG]
    if payload == _SEARCH and person is not None:
        searching.command(records, message, [])
    elif payload.startswith(_CASE):
        _show_case(records, message, person, payload.removeprefix(_CASE))
    elif payload.startswith(CHECKED_BY):
        genuine.by_code(records, message, payload.removeprefix(CHECKED_BY))
    elif payload:
        _invited(records, message, conversation, payload)
    elif person is not None:
        guide.welcome(records, person)
    else:
        _unknown(records, message, conversation)


def receive(records: Records, message: Incoming, conversation: Conversation) -> None:
    """Take a message of an unknown account: NIP and name while it registers; else it is greeted, and its words kept."""
    registration = records.registration(message.sender_id)
    if registration is None or conversation.expects not in {Expects.NIP, Expects.NAME}:
        first_words.greet(records, message, waits=registration is not None and registration.waits_since is not None)
        return
    if len(message.text) > WRITTEN_LENGTH:
        if conversation.expects is Expects.NAME:
            raise NameInvalid(NameFault.FORM)
        raise NipInvalid(NipFault.WORDS, digits_in(message.text))
    nip, beside = split_identity(message.text)
    if nip:
        registration.nip = parse_identity(nip)
        registration.name = _readable(records, message, beside) if beside else registration.name
    elif conversation.expects is Expects.NAME:
        registration.name = parse_name(message.text)
    elif registration.nip and registration.name:
        records.say(message.chat_id, "registration-tap")
        return
    else:
        registration.nip = parse_identity(message.text)
    _proceed(records, registration, conversation)


def choose_language(records: Records, message: Incoming, words: list[str], *, texts: Texts) -> None:
    """Take `/bahasa`: choose the language that the words name, or the next one where there are no words.

    The answer is in the language chosen and offers the others. Words that name no language get all that there are.
    """
    person = records.person(message.sender_id)
    present = texts.say(guide.language_of(records, message.sender_id, message.language)).language
    wished = texts.named(words) if words else _next(list(texts.languages), present)
    if wished is None:
        records.say(message.chat_id, "language-unknown", person=person, languages=_offered(texts.languages))
        return
    records.conversation(message.chat_id).language = wished
    if person is not None:
        person.language = wished
        menus.look_again(records.session, person)
    others = {language: name for language, name in texts.languages.items() if language != wished}
    records.say(message.chat_id, "language-chosen", person=person, others=_offered(others))


def confirm(records: Records, press: Press) -> Toast:
    """Confirm the NIP and the name on the card: the account is registered, or waits for an admin."""
    registration = _registering(records, press)
    person = admission.complete(records, registration)
    if person is None:
        records.conversation(press.card.chat_id).settle()
        conclude(records, press.card.chat_id, Confirming.WAITING)
        return Toast("toast-waits")
    conclude(records, press.card.chat_id, Confirming.DONE)
    guide.welcome(records, person)
    first_words.hand_over(records, person)
    return Toast("toast-registered", {"name": person.name})


def correct(records: Records, press: Press) -> Toast:
    """Ask for NIP and name again."""
    registration = _registering(records, press)
    registration.nip = registration.name = None
    records.conversation(press.card.chat_id).expect(Expects.NIP)
    conclude(records, press.card.chat_id, Confirming.CORRECTING)
    return Toast("toast-correct")


def conclude(records: Records, chat_id: int, face: Confirming) -> None:
    """Show on the card of a registration what became of it. A card that waits for an admin may change once more."""
    for card in registration_cards(records.reader, chat_id):
        if card.live or card.face is Face.WAITING:
            card.live = False
            card.turn(Face(face.value))
            records.owe(correspondence.refresh(card, at=records.at))


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the card of a registration as it stands."""
    registration = reader.registration(card.chat_id)
    person = reader.person(card.chat_id)
    invite = reader.invite_by_id(registration.invite_id) if registration is not None else None
    nip = (registration.nip if registration else "") or ""
    view = RegistrationView(
        face=Confirming(card.face.value),
        nip=nip,
        name=person.name if person else (registration.name if registration else "") or "",
        office=reader.rules.office.name,
        post=post_of(reader.rules, invite),
        admin=invite is not None and invite.kind is InviteKind.ADMIN,
        known=person is not None,
        doubts=doubts(nip) if nip else (),
    )
    return registration_card(view, say)


def post_of(rules: Rules, invite: Invite | None) -> str:
    """Return the title of the post an invite is for; empty where it is for none, or for one the office gave up."""
    titles = {post.code: post.title for post in rules.office.posts}
    return titles.get(invite.post or "", "") if invite else ""


def _next(languages: list[str], present: str) -> str:
    return languages[(languages.index(present) + 1) % len(languages)]


def _offered(languages: Mapping[str, str]) -> str:
    """Return the commands that choose these languages, each with the language's own name."""
    return " · ".join(f"/bahasa {language} ({name})" for language, name in languages.items())


def _show_case(records: Records, message: Incoming, person: Person | None, number: str) -> None:
    if person is None:
        guide.greet(records, message)
    else:
        status.show_case(records, message.chat_id, person, number)


def _invited(records: Records, message: Incoming, conversation: Conversation, code: str) -> None:
    """Begin a registration; a person who is known has nothing to write, only to confirm."""
    registration, invite = admission.claim(records, code, message.sender_id)
    if registration.waits_since is not None:
        guide.greet(records, message, "registration-waits")
    elif registration.nip and registration.name:
        _proceed(records, registration, conversation)
    else:
        conversation.expect(Expects.NIP)
        post, office = post_of(records.rules, invite), records.rules.office.name
        records.say(message.chat_id, f"invited-{invite.kind.value}", post=post, office=office)


def _unknown(records: Records, message: Incoming, conversation: Conversation) -> None:
    """Tell an unknown account where it stands: something is asked for, an admin is waited for, or it has no invite."""
    registration = records.registration(message.sender_id)
    if registration is not None and registration.waits_since is not None:
        guide.greet(records, message, "registration-waits")
    elif registration is not None and conversation.expects in {Expects.NIP, Expects.NAME}:
        _proceed(records, registration, conversation)
    else:
        guide.greet(records, message)


def _proceed(records: Records, registration: Registration, conversation: Conversation) -> None:
    """Ask for the NIP or the name that is missing; show both for confirmation. Until then a NIP corrects them."""
    chat_id = registration.account_id
    if not registration.nip:
        conversation.expect(Expects.NIP)
        records.say(chat_id, "registration-nip")
    elif not registration.name:
        conversation.expect(Expects.NAME)
        records.say(chat_id, "registration-name")
    else:
        conversation.expect(Expects.NIP)
        for card in registration_cards(records.reader, chat_id):
            if card.live:
                records.owe(correspondence.withdraw(card, at=records.at))
        records.show(CardKind.REGISTRATION, chat_id, person=records.person(chat_id))


def _readable(records: Records, message: Incoming, name: str) -> str | None:
    """Return the name that came with a NIP; where it cannot be read the NIP is kept and the name asked for."""
    try:
        return parse_name(name)
    except NameInvalid as refusal:
        records.say(message.chat_id, f"refusal-{refusal.code}", **refusal.data)
        return None


def _registering(records: Records, press: Press) -> Registration:
    """Return the registration whose card was tapped, while it waits for just that."""
    registration = records.registration(press.card.chat_id)
    if not press.card.live or registration is None or not registration.nip or not registration.name:
        raise CardOutOfDate
    return registration


def membership_changed(records: Records, account_id: int, *, reachable: bool) -> None:
    """Note that the person of this account can be written to, or cannot any more; nothing is kept of strangers."""
    person = records.person(account_id)
    if person is None:
        return
    if reachable:
        reachability.regained(records, person)
    else:
        reachability.lost(records, person, obstacle=Obstacle.BLOCKED)


TAPS = {Touch.CONFIRM: confirm, Touch.CORRECT: correct}
SCREENS = {CardKind.REGISTRATION: draw}
