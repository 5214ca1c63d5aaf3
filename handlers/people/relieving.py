"""Ending a tenure from `/kelola`: a page says what will happen, a tap does it, another undoes it for some minutes."""

from handlers.chat.desk import Toast
from handlers.people.rights import admin
from handlers.screens import relieving as screens
from handlers.screens.relieving import RelievedView, RelievingView
from handlers.screens.screen import Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.administration import appointment, undoing
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.office.office import Office
from models.office.person import Person, reachable, unique
from models.office.tenure import Capacity, Tenure
from models.queries import lists
from models.queries.people import tenure_by_id
from models.refusals.administration import NotHolding, PostGone
from models.refusals.work import CardOutOfDate, UnknownButton
from models.repository.presses import Press
from models.repository.reader import Reader
from models.repository.records import Records

_NAME = 40
"""Characters of a name or a post in a toast."""

_PERSON = "person"
"""Stands behind the number of a tenure whose page was opened from that of a person, and leads back there."""


def consider(records: Records, press: Press) -> Toast:
    """Show what the end of the tenure on the button means. Raises `NotHolding` where it is over."""
    admin(press.person)
    tenure, _ = _lasting(records, press)
    _turn(records, press, Face.RELIEVING, tenure)
    return Toast("turned-relieving")


def relieve(records: Records, press: Press) -> Toast:
    """End the tenure on the button, with nobody appointed in its place. Raises `NotHolding` where it is over."""
    by = admin(press.person)
    tenure, short = _lasting(records, press)
    name = tenure.person.name
    relieved = appointment.relieve(records, tenure.person, tenure.post, by=by)
    _turn(records, press, Face.RELIEVED, tenure)
    data = {"name": shortened(name, _NAME), "post": shortened(short, _NAME), "count": relieved.waiting}
    if not relieved.reachable:
        return Toast("toast-vacated", data)
    return Toast("toast-relieved", {**data, "to": shortened(", ".join(one.name for one in relieved.reachable), _NAME)})


def undo(records: Records, press: Press) -> Toast:
    """Give the post back whose tenure on the button was ended a moment ago."""
    by = admin(press.person)
    tenure = tenure_by_id(records.reader, int(press.argument)) if press.argument.isdecimal() else None
    if tenure is None:
        raise UnknownButton
    again = undoing.reinstate(records, tenure.id, by=by)
    _turn(records, press, Face.RELIEVED, tenure)
    data = {"name": shortened(again.person.name, _NAME), "post": shortened(again.post.short, _NAME)}
    return Toast("toast-undone", {**data, "count": again.waiting})


def draw(reader: Reader, card: Card, say: Say) -> Screen | None:
    """Draw the page of a tenure that is to end, or has ended; None where its post is gone."""
    number, _, opened_from = (card.subject or "").partition(":")
    tenure = tenure_by_id(reader, int(number)) if number.isdecimal() else None
    office = reader.office()
    post = next((one for one in office.file.posts if tenure is not None and one.code == tenure.post), None)
    if tenure is None or post is None:
        return None
    if card.face is Face.RELIEVING and tenure.lasts:
        waiting = [one.number for one in lists.queue(reader, tenure.person) if one.post == post.code]
        return screens.relieving(
            RelievingView(
                number=tenure.id,
                code=post.code,
                person_id=tenure.person_id,
                name=tenure.person.name,
                post=post.title,
                capacity=Capacity(tenure.capacity),
                numbers=waiting,
                left=[one.name for one in _left(office, tenure.person, post.code)],
                superiors=[one.name for one in reachable(office.superiors(post.code)) if one.id != tenure.person_id],
                from_person=opened_from == _PERSON,
            ),
            say,
        )
    was = tenure.person_id, tenure.capacity, tenure.stands_for_id
    lasting = [(one.person_id, one.capacity, one.stands_for_id) for one in office.tenures_of(post.code)]
    view = RelievedView(
        number=tenure.id,
        code=post.code,
        person_id=tenure.person_id,
        name=tenure.person.name,
        post=post.title,
        until=undoing.undoable_until(tenure),
        again=was in lasting,
        now=reader.at,
        from_person=opened_from == _PERSON,
    )
    return screens.relieved(view, say)


def _left(office: Office, person: Person, post: str) -> list[Person]:
    """Return who acts for a post once `person` does not any more, of those who have an account."""
    acting = []
    for holder in office.own_holders(post):
        plh = office.stand_in(holder.id, post)
        if holder.id != person.id:
            acting.append(holder if plh is None or plh.id == person.id else plh)
    return reachable(unique(acting))


def _lasting(records: Records, press: Press) -> tuple[Tenure, str]:
    """Return the tenure on the button and the short name of its post.

    Raises `UnknownButton`, `PostGone`, and `NotHolding` where it is over.
    """
    tenure = tenure_by_id(records.reader, int(press.argument)) if press.argument.isdecimal() else None
    known = {post.code: post.short for post in records.rules.office.posts}
    if tenure is None:
        raise UnknownButton
    if tenure.post not in known:
        raise PostGone
    if not tenure.lasts:
        raise NotHolding(tenure.person.name, known[tenure.post], tenure.ends_at)
    return tenure, known[tenure.post]


def _turn(records: Records, press: Press, face: Face, tenure: Tenure) -> None:
    if not press.card.live or press.card.kind is not CardKind.ADMINISTRATION:
        raise CardOutOfDate
    from_person = press.card.face is Face.PERSON or (press.card.subject or "").endswith(f":{_PERSON}")
    press.card.turn(face)
    press.card.subject, press.card.page = f"{tenure.id}:{_PERSON}" if from_person else str(tenure.id), 0
    records.owe(correspondence.refresh(press.card, at=records.at))


TAPS = {Touch.RELIEVE_OF: consider, Touch.RELIEVE: relieve, Touch.UNDO_RELIEF: undo}
