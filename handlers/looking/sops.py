"""Looking at the SOPs of the office: `/sop`, for everybody registered; one tap sends the form or the chart of one."""

from collections.abc import Callable

from handlers.chat.desk import Toast
from handlers.chat.incoming import Incoming
from handlers.papers import sop_form as forms
from handlers.papers.paper import Paper
from handlers.papers.sop_form import decides
from handlers.screens import sops as screens
from handlers.screens import timeline as timeline_screens
from handlers.screens.paging import slice_of, within
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from handlers.views.sop_chart import sop_chart
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import About
from models.mail.notice import Priority
from models.queries import cards
from models.refusals.registration import NotRegistered
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.sop import Sop, Step
from models.rules.sop_form import fits_form

_SENT = {"form": Face.SOP_FORM, "chart": Face.SOP_CHART}
"""What each word of a button sends."""


def command(records: Records, message: Incoming, _words: list[str]) -> None:
    """Show the SOPs of the office at the bottom of the chat. Raises `NotRegistered`."""
    person = records.known(message.sender_id)
    records.note_act(person)
    for shown in cards.shown_cards(records.reader, message.chat_id, CardKind.SOP, face=Face.MAIN):
        if correspondence.deletable(shown, at=records.at):
            records.owe(correspondence.withdraw(shown, at=records.at, priority=Priority.ANSWER))
    records.show(CardKind.SOP, message.chat_id, person=person, about=About(page=0))


def tap(records: Records, press: Press) -> Toast:
    """Send the form or the chart of an SOP."""
    person, card = press.person, press.card
    if person is None:
        raise NotRegistered
    if card.kind is not CardKind.SOP or not card.live:
        raise CardOutOfDate
    what, _, code = press.argument.partition(":")
    sop, face = records.rules.sops.get(code), _SENT.get(what)
    if sop is None or face is None:
        raise UnknownButton
    records.show(CardKind.SOP, card.chat_id, person=person, about=About(page=0, subject=code), face=face)
    return Toast("done-shown", {"number": sop.number})


def turn(records: Records, press: Press) -> Toast:
    """Turn to another page of the SOPs."""
    if press.person is None:
        raise NotRegistered
    if press.card.kind is not CardKind.SOP or not press.card.live:
        raise CardOutOfDate
    if not press.argument.isdecimal():
        raise UnknownButton
    press.card.page = page = int(press.argument)
    records.refresh(press.card)
    return Toast("turned-page", {"page": str(page + 1)})


def draw(reader: Reader, card: Card, say: Say) -> Screen:
    """Draw the card, or the words under what it sent."""
    if reader.person_by_id(card.person_id) is None:
        raise NotRegistered
    sop = _sop(reader, card)
    if card.face is Face.SOP_FORM and sop is not None:
        return timeline_screens.sop_form(sop.title, sop.number, fits=fits_form(sop), say=say)
    if card.face is Face.SOP_CHART and sop is not None:
        return screens.under_chart(sop.title, sop.number, [_step(sop, step) for step in sop.steps], say)
    found = sorted(reader.rules.sops.values(), key=lambda one: (one.code != reader.rules.usual_sop, one.title))
    page = within(card.page, len(found), screens.SEVERAL)
    return screens.sops([_line(one, say) for one in found[slice_of(page)]], page, say)


def _sop(reader: Reader, card: Card) -> Sop | None:
    return reader.rules.sops.get(card.subject or "")


def _step(sop: Sop, step: Step) -> screens.ChartStep:
    back = sop.return_target(step).number if decides(step) else None
    return screens.ChartStep(step.number, step.short, sop.role(step.role).title, step.standard, back)


def _form(reader: Reader, card: Card, _say: Say) -> Paper | None:
    sop = _sop(reader, card)
    return forms.sop_form(sop, reader.office_file.logo) if sop is not None and fits_form(sop) else None


def _chart(reader: Reader, card: Card, say: Say) -> Paper | None:
    sop = _sop(reader, card)
    return sop_chart(sop, say) if sop is not None else None


def _line(sop: Sop, say: Say) -> screens.SopLine:
    return screens.SopLine(
        code=sop.code,
        title=sop.title,
        number=sop.number,
        steps=len(sop.steps),
        roles=len(sop.roles),
        since=say.time.long_date(sop.effective),
        form=fits_form(sop),
    )


TAPS: dict[Touch, Callable[[Records, Press], Toast]] = {Touch.SOP: tap, Touch.SOP_PAGE: turn}
"""What each button does that is about the SOPs of the office."""

SCREENS = {CardKind.SOP: draw}
"""How the card of the SOPs is drawn."""

PAPERS: dict[Face, Callable[[Reader, Card, Say], Paper | None]] = {Face.SOP_FORM: _form, Face.SOP_CHART: _chart}
"""What the card sends as papers; None where only the words are sent, as where the office has dropped the SOP."""
