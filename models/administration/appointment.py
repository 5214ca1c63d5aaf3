"""Who holds which post, and whose cards have force: appoint, relieve, unbind, dismiss, move open cards along."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, update

from models.administration import menus
from models.administration.copies import redraw_unread
from models.administration.dealing import deal, reconsider, reseat, tasks_to_decide
from models.administration.lapsing import let_lapse
from models.administration.second_person import plt_needs_second
from models.administration.standing_in import rederive, take_back, warn_of_lost_plh
from models.case.draft import DispositionDraft, ReportDraft
from models.case.journey import SYSTEM
from models.case.selection import Selection
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation
from models.mail.correspondence import Alert
from models.mail.notice import Notice, NoticeKind, NoticeState, Priority
from models.office.absence import Decree
from models.office.attention import hand_on
from models.office.invitation import OVER, Invite, InviteKind
from models.office.person import Person, includes, reachable, unique
from models.office.proposal import Seconded
from models.office.tenure import Capacity, Tenure
from models.refusals.administration import LastAdmin, NotAdmin, NotForOneself, NotHolding, PostHeld
from models.repository.records import Records
from models.rules.office_file import PostSpec

_FOR_ADMINS = (CardKind.ADMINISTRATION, CardKind.CANDIDATE, CardKind.INVITATION)
_WITH_WORDS = {CardKind.CONSULTATION, CardKind.COPY, CardKind.EXTENSION}
"""Cards beside those of tasks that show what a report says, which must not stay on a lost phone."""


@dataclass(frozen=True, slots=True)
class Relieved:
    """What became of a post whose holder was relieved.

    `waiting` counts the open tasks that the holder could decide. `reachable` are the persons who have an account and
    the cards now: those who act for the post, or where nobody does, the next authority up. `told` counts the persons to
    whom the end was announced.
    """

    waiting: int
    reachable: tuple[Person, ...]
    told: int


def appoint(records: Records, person: Person, post: str, *, replaces: int | None = None) -> Tenure:
    """Let `person` hold `post` definitively from now on, and move the open cards to them. Returns the tenure.

    Where a post has one holder at a time, the earlier definitive tenure ends now and its holder is told. So does that
    of a Plt., who acts while the post is vacant, and of several holders that of the one whom `replaces` names. Raises
    `UnknownPost`.
    """
    office = records.lock_office_to_change()
    ending = office.ended_by_appointing(post, replaces=replaces)
    for tenure in office.tenures_of(post):
        if tenure.capacity is Capacity.DEFINITIVE and tenure.person_id == person.id:
            return tenure
    for tenure in ending:
        _end(records, tenure, successor=person)
        hand_on(tenure.person, person, at=records.at)
    begun = Tenure.begin(person, post, capacity=Capacity.DEFINITIVE, at=records.at)
    records.session.add(begun)
    records.session.flush()
    records.log_office("appoint", person, post=post, capacity=begun.capacity.value, replaces=replaces)
    menus.look_again(records.session, person)
    redraw_unread(records, person)
    reconsider(records)
    rederive(records)
    deal(records, post)
    return begun


def act_for_vacant(
    records: Records,
    person: Person,
    post: str,
    *,
    decree: Decree,
    by: Person | None = None,
    seconded: Seconded | None = None,
) -> Tenure:
    """Let `person` act for the vacant `post` as Plt. from now on, as the SK says, and move the open cards to them.

    `by` is the admin who does it, None at the command line. Raises `UnknownPost`, `NotAdmin`, `NotForOneself` for an
    admin who may not do it alone (`plt_needs_second`) and is not `seconded`, and `PostHeld` where the post has a holder
    of its own or a Plt.
    """
    spec = records.rules.office.post(post)
    if by is None:
        records.lock_office_to_change()
    else:
        require_admin(records, by)
        if seconded is None and plt_needs_second(records.lock_office(), post, person, by=by):
            raise NotForOneself
    holding = records.lock_office().own_holders(post)
    if holding:
        raise PostHeld(spec.short, ", ".join(one.name for one in holding))
    begun = Tenure.begin(person, post, capacity=Capacity.PLT, at=records.at)
    begun.by_decree(decree.number, decree.day)
    records.session.add(begun)
    records.session.flush()
    said: dict[str, object] = {"person": person.id, "post": post, "decree": decree.number}
    said["decree_day"] = decree.day.isoformat()
    said |= seconded.said if seconded is not None else {}
    records.log_office("appoint-plt", by, capacity="admin" if by else SYSTEM, **said)
    menus.look_again(records.session, person)
    redraw_unread(records, person)
    reconsider(records)
    rederive(records)
    deal(records, post)
    _announce_acting(records, person, spec, by=by)
    return begun


def _announce_acting(records: Records, person: Person, spec: PostSpec, *, by: Person | None) -> None:
    """Tell the person, the admins and the superiors who acts for a vacant post now."""
    office, data = records.lock_office(), {"name": person.name, "post": spec.title}
    others = [one for one in unique([*office.admins, *office.superiors(spec.code)]) if one.id != person.id]
    recipients = [one for one in others if by is None or one.id != by.id]
    records.owe(*correspondence.alert(Alert.ACTING, recipients, at=records.at, data=data))
    if person.account_id is not None:
        body = {"code": "acting-begins", "data": {"post": spec.title}}
        owed = correspondence.notice(NoticeKind.SAY, person, at=records.at, priority=Priority.INFORMATION, body=body)
        records.owe(owed)


def relieve(records: Records, person: Person, post: str, *, by: Person | None = None) -> Relieved:
    """End every tenure of `person` in `post` now, with no successor; open cards move to those who may still act.

    `by` is the admin who does it, None at the command line. The person and the admins are told. Where nobody who can be
    written to is left, the superiors and the watchers are told, too, with all that waits there. Raises `UnknownPost`,
    `NotAdmin`, and `NotHolding` where the person does not hold the post, or not any more.
    """
    spec = records.rules.office.post(post)
    if by is None:
        records.lock_office_to_change()
    else:
        require_admin(records, by)
    lasting = [one for one in records.lock_office().tenures_of(post) if one.person_id == person.id]
    if not lasting:
        raise NotHolding(person.name, spec.short, _ended_at(records, person, post))
    waiting = [(one.case.number, task) for one, task in tasks_to_decide(records, person) if task.post == post]
    for tenure in lasting:
        if tenure.stands_for_id is None:
            _end(records, tenure, successor=None, by=by)
    take_back(records, lasting)
    records.log_office("relieve", by, capacity="admin" if by else SYSTEM, person=person.id, post=post)
    reconsider(records)
    rederive(records)
    for tenure in lasting:
        tenure.ended_by_id = by.id if by is not None else None
    deal(records, post)
    left = reachable(records.lock_office().holders(post))
    for one in left or records.lock_office().told_above(post, besides=[person]):
        hand_on(person, one, at=records.at)
    office = records.lock_office()
    up = [] if left else reachable(unique(one for _, task in waiting for one in task.deciders(office)))
    numbers = [number for number, _ in waiting]
    told = _announce_end(records, person, post, waiting=numbers, left=left, up=up, by=by)
    return Relieved(len(waiting), tuple(left or up), told)


def unbind(records: Records, person: Person, *, by: Person | None = None, seconded: Seconded | None = None) -> None:
    """Take the Telegram account from `person`, as when a phone is lost: no card in that chat has force any more.

    `by` is the admin who does it, None at the command line; `seconded` says who agreed, where somebody had to. Notices
    owed to the chat are not sent. Drafts, notes and whatever the chat was in the middle of are forgotten. Invites that
    were told or opened there are recalled; with the last admin, every invite for an admin is recalled, because no admin
    is left to confirm one. Tasks that waited for the person alone fall to the colleagues who have an account, and these
    get their cards now (`Task.deciders`).
    """
    records.lock_office_to_change()
    lost = [_told_in_chat_of(person), _opened_by(person, InviteKind.POST, InviteKind.ADMIN)]
    account_id = person.account_id
    waiting = tasks_to_decide(records, person)
    owed = Notice.chat_id == person.account_id, Notice.state == NoticeState.OWED
    records.session.execute(update(Notice).where(*owed).values(state=NoticeState.NOT_NEEDED, settled_at=records.at))
    for proceeding, task in waiting:
        proceeding.revoke(task, person)
    for shown in records.session.scalars(select(Card).where(Card.person_id == person.id, Card.live)):
        shown.live = False
        if shown.kind in _WITH_WORDS:
            records.owe(correspondence.refresh(shown, at=records.at))
    if person.is_admin:
        let_lapse(records, person)
    person.account_id, person.unbound_by_id = None, by.id if by is not None else None
    for draft in (ReportDraft, DispositionDraft, Selection):
        records.session.execute(delete(draft).where(draft.person_id == person.id))
    reconsider(records)
    for proceeding, task in waiting:
        proceeding.bring_in_step(task)
    reseat(records)
    warn_of_lost_plh(records, person)
    if account_id is not None:
        _forget_account(records, account_id)
        menus.look_again_at(records.session, account_id)
    if person.is_admin and not reachable(records.lock_office().admins):
        lost.append(Invite.kind == InviteKind.ADMIN)
    _recall_invites(records, *lost)
    said = seconded.said if seconded is not None else {}
    records.log_office("unbind", by, capacity="admin" if by else SYSTEM, person=person.id, **said)
    if by is not None:
        others = [one for one in records.lock_office().admins if one.id not in {by.id, person.id}]
        data = {"name": person.name, "by": by.name}
        records.owe(*correspondence.alert(Alert.UNBOUND, others, at=records.at, data=data))


def make_admin(records: Records, person: Person, *, by: Person, seconded: Seconded) -> None:
    """Give `person` the right of an admin, as `by` has proposed. The person and the other admins are told.

    What only admins decide is theirs to decide now, too.
    """
    person.is_admin = True
    records.flush()
    records.log_office("make-admin", by, capacity="admin", person=person.id, **seconded.said)
    menus.look_again(records.session, person)
    others = [one for one in records.lock_office().admins if one.id not in {person.id, by.id}]
    records.owe(*correspondence.alert(Alert.ADMIN_MADE, others, at=records.at, data={"name": person.name}))
    if person.account_id is not None:
        body = {"code": "admin-made-you", "data": {}}
        owed = correspondence.notice(NoticeKind.SAY, person, at=records.at, priority=Priority.INFORMATION, body=body)
        records.owe(owed)
    reconsider(records)
    reseat(records)


def dismiss_admin(
    records: Records, person: Person, *, by: Person | None = None, seconded: Seconded | None = None
) -> int:
    """Take the right of an admin from `person`, who keeps their posts. Returns how many invites were recalled.

    `by` is the admin who does it, the person themselves or another, None at the command line; `seconded` says who
    agreed, where somebody had to.

    Cards that only an admin may see lose their force and their words. The invites that the person told are recalled,
    and so is one that would make them an admin again. The other admins are told. Raises `NotAdmin`, and `LastAdmin`
    where no other admin has an account.
    """
    admins = records.lock_office_to_change().admins
    if not includes(admins, person.id):
        raise NotAdmin
    others = [admin for admin in reachable(admins) if admin.id != person.id]
    if not others:
        raise LastAdmin
    let_lapse(records, person)
    person.is_admin = False
    recalled = _recall_invites(records, _told_in_chat_of(person), _opened_by(person, InviteKind.ADMIN))
    shown = select(Card).where(*_cards_of(person), Card.live, Card.kind.in_((*_FOR_ADMINS, CardKind.PROPOSAL)))
    for card in records.session.scalars(shown):
        card.live = False
        card.turn(Face.MAIN if card.kind is CardKind.PROPOSAL else Face.WITHDRAWN)
        records.owe(correspondence.refresh(card, at=records.at))
    said = seconded.said if seconded is not None else {}
    records.log_office("dismiss-admin", by, capacity="admin" if by else SYSTEM, person=person.id, **said)
    menus.look_again(records.session, person)
    if person.account_id is not None:
        body = {"code": "admin-dismissed", "data": {}}
        owed = correspondence.notice(NoticeKind.SAY, person, at=records.at, priority=Priority.INFORMATION, body=body)
        records.owe(owed)
    unaware = [one for one in others if by is None or one.id != by.id]
    records.owe(*correspondence.alert(Alert.DISMISSED, unaware, at=records.at, data={"name": person.name}))
    reconsider(records)
    reseat(records)
    return recalled


def require_admin(records: Records, by: Person) -> None:
    """Lock the office to change it, and raise `NotAdmin` unless `by` is an admin now: their right may just be gone."""
    if not includes(reachable(records.lock_office_to_change().admins), by.id):
        raise NotAdmin


def settle_candidate(records: Records, account_id: int, face: Face, *, by: Person | None = None) -> None:
    """Take the force from every card of a candidate, and draw the lists of those who wait again."""
    settle_shown(records, Card.account_id == account_id, face, by=by)
    redraw_lists(records)


def redraw_lists(records: Records) -> None:
    """Draw the newest card of the office again in each chat where an admin has asked for it."""
    shown = _before(records.lock_office().admins).where(Card.kind == CardKind.ADMINISTRATION)
    newest = shown.with_only_columns(func.max(Card.id)).group_by(Card.chat_id)
    for card in records.session.scalars(select(Card).where(Card.id.in_(newest))):
        records.owe(correspondence.refresh(card, at=records.at))


def settle_shown(records: Records, about: ColumnElement[bool], face: Face, *, by: Person | None = None) -> None:
    """Take the force from every card of a candidate or an invite, and show what became of it on each.

    `about` finds the cards: an admin has them, and of a candidate for a held post its holder and the superior, too.
    `by` is the person who decided, if one did.
    """
    office = records.lock_office()
    people = unique([*office.admins, *(tenure.person for tenure in office.tenures if tenure.lasts)])
    for card in records.session.scalars(_before(people).where(about)):
        card.live = False
        card.turn(face)
        card.decided_by_id = by.id if by is not None else None
        records.owe(correspondence.refresh(card, at=records.at))


def _before(people: Iterable[Person]) -> Select[Card]:
    """Return what finds the living cards about the office in the chats of `people`; an index leads to them."""
    chats = [person.account_id for person in reachable(people)]
    return select(Card).where(Card.chat_id.in_(chats), Card.kind.in_(_FOR_ADMINS), Card.live)


def _ended_at(records: Records, person: Person, post: str) -> datetime | None:
    """Return when `person` last ceased to hold `post`; None where they never held it."""
    theirs = select(func.max(Tenure.ends_at)).where(Tenure.person_id == person.id, Tenure.post == post)
    return records.session.scalar(theirs)


def _announce_end(
    records: Records,
    person: Person,
    post: str,
    *,
    waiting: list[str],
    left: list[Person],
    up: list[Person],
    by: Person | None,
) -> int:
    """Tell the admins that `person` does not hold a post any more. Returns how many persons are told.

    Where tasks wait there and nobody is `left` to decide them, the watchers are told, too, and the superiors unless
    they are among those who have the cards now, `up` the line.
    """
    office = records.lock_office()
    recipients = list(office.admins)
    if waiting and not left:
        recipients += [*office.told_above(post, besides=[person]), *office.watchers()]
    passed = [person, *([by] if by is not None else []), *(one for one in up if not includes(office.admins, one.id))]
    others = [one for one in unique(recipients) if not includes(passed, one.id)]
    data = {
        "name": person.name,
        "post": records.rules.office.post(post).title,
        "count": len(waiting),
        "number": correspondence.listed(waiting),
        "to": ", ".join(one.name for one in left or up),
        "raised": len(up),
    }
    word = Alert.RELIEVED if left else Alert.VACATED
    alerts = correspondence.alert(word, others, at=records.at, data=data)
    records.owe(*alerts)
    return len(alerts)


def _end(records: Records, tenure: Tenure, *, successor: Person | None, by: Person | None = None) -> None:
    """End a tenure now, and tell its holder who the successor is, if there is one.

    A card of a candidate for a post of theirs, or under it, is drawn again: it may be theirs to decide no longer.
    """
    tenure.ends_at, tenure.ended_by_id = records.at, by.id if by is not None else None
    for card in records.session.scalars(_before([tenure.person]).where(Card.kind == CardKind.CANDIDATE)):
        records.owe(correspondence.refresh(card, at=records.at))
    records.log_office("end-tenure", tenure.person, post=tenure.post, capacity=tenure.capacity.value)
    menus.look_again(records.session, tenure.person)
    redraw_unread(records, tenure.person)
    if tenure.person.account_id is not None and tenure.person is not successor:
        data = {"post": records.rules.office.post(tenure.post).title}
        body: dict[str, object] = {"code": "tenure-over", "data": data}
        if successor is not None:
            body = {"code": "tenure-ended", "data": {**data, "name": successor.name}}
        owed = correspondence.notice(
            NoticeKind.SAY, tenure.person, at=records.at, priority=Priority.INFORMATION, body=body
        )
        records.owe(owed)


def _recall_invites(records: Records, *which: ColumnElement[bool]) -> int:
    """Recall the invites that fulfil one of the conditions `which`. Returns how many of them were still good.

    An invite that has expired is recalled, too: the clock may be ahead, and set right later.
    """
    serving = 0
    for invite in records.session.scalars(select(Invite).where(or_(*which), Invite.expires_at > OVER)).all():
        if invite.expires_at > records.at:
            serving += 1
            settle_shown(records, Card.invite_id == invite.id, Face.WITHDRAWN)
            records.log_office("recall-invite", None, capacity=SYSTEM, invite=invite.id)
        invite.recall()
    return serving


def _told_in_chat_of(person: Person) -> ColumnElement[bool]:
    """Return the condition for the invites whose code was told in the chat of `person`."""
    return Invite.id.in_(select(Card.invite_id).where(*_cards_of(person), Card.invite_id.is_not(None)))


def _opened_by(person: Person, *kinds: InviteKind) -> ColumnElement[bool]:
    """Return the condition for the invites of these kinds that `person` opened, used or not."""
    return and_(Invite.claimed_by_account_id == (person.account_id or 0), Invite.kind.in_(kinds))


def _forget_account(records: Records, account_id: int) -> None:
    """Forget what an account is in the middle of: becoming somebody, or writing something."""
    registration = records.registration(account_id)
    if registration is not None:
        records.session.delete(registration)
        settle_candidate(records, account_id, Face.WITHDRAWN)
    conversation = records.session.get(Conversation, account_id)
    if conversation is not None:
        conversation.settle()


def _cards_of(person: Person) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for the cards of `person` in their chat; an index leads to the chat."""
    return Card.chat_id == person.account_id, Card.person_id == person.id
