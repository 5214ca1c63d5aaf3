"""A second person's tap: what an admin may not do alone, because it gives them power or takes it from another admin.

It is needed where an admin

- makes somebody an admin, or takes that right, or the Telegram account, from another admin;
- names themselves Plh. or Plt.;
- names another a Plh. of the head of the office or of another admin, or the Plt. of the head, while there is one more
  admin;
- restricts what is shown of their own words, or lifts that: who is judged by a record does not hide a part of it alone.

Another admin agrees. Where no other admin has an account, the head of the office does: the definitive holder of a post
that has no superior, or, while nobody holds it so, of the deputy's post that the office file names. A Plh. or a Plt. of
theirs does not: the same admin may have named them. Of taking something from an admin
the head may be asked anyway, beside that admin. An only admin who heads the office acts alone, and the journal says so;
any other only admin must turn to the operator of the machine.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, assert_never

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.administration import absence as absences
from models.administration import restricting
from models.administration.appointment import act_for_vacant, dismiss_admin, make_admin, require_admin, unbind
from models.administration.second_person import own_heads
from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.mail.correspondence import About
from models.mail.notice import NoticeKind, Priority
from models.office.absence import ALL_POSTS, Decree
from models.office.office import Office
from models.office.person import Person, includes, reachable, unique
from models.office.proposal import AdminProposal, ProposalKind, ProposalState, Seconded
from models.refusals.administration import LastAdmin, ProposalOver, SecondMissing
from models.refusals.work import CardOutOfDate
from models.repository.finder import Finder
from models.repository.records import Records

_TAKING = {ProposalKind.DISMISS_ADMIN, ProposalKind.UNBIND}
_WITH_PEOPLE = select(AdminProposal).options(
    joinedload(AdminProposal.by), joinedload(AdminProposal.person), joinedload(AdminProposal.decided_by)
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked to agree; nobody where it is done already."""

    people: tuple[Person, ...]

    @property
    def done(self) -> bool:
        """Whether it is done already."""
        return not self.people


def seconds(office: Office, kind: ProposalKind, person: Person, *, by: Person) -> list[Person]:
    """Return the people each of whom may agree to what `by` proposes for `person`."""
    gains = {by.id} if kind in _TAKING else {by.id, person.id}
    admins = [one for one in reachable(office.admins) if one.id not in gains]
    heads = [one for one in reachable(own_heads(office)) if one.id not in gains]
    return unique([*admins, *heads]) if kind in _TAKING or not admins else admins


def propose(
    records: Records, kind: ProposalKind, person: Person, *, by: Person, data: Mapping[str, Any] | None = None
) -> Asked:
    """Ask a second person for what `by` may not do alone; where nobody can be above them, it is done at once.

    Raises `NotAdmin`, `CardOutOfDate` where there is nothing to do any more, `LastAdmin`, and `SecondMissing`.
    """
    require_admin(records, by)
    office = records.lock_office()
    _check(office, kind, person)
    found = seconds(office, kind, person, by=by)
    proposal = AdminProposal(
        kind=kind, by=by, by_id=by.id, person=person, person_id=person.id, data=dict(data or {}), made_at=records.at
    )
    if not found:
        if not includes(own_heads(office), by.id):
            raise SecondMissing
        _carry_out(records, proposal, Seconded(None))
        return Asked(())
    before = _before(records, proposal)
    if before is None:
        proposal.state = ProposalState.OPEN
        records.session.add(proposal)
        records.flush()
        records.log_office("propose", by, capacity="admin", proposal=proposal.id, kind=kind.value, person=person.id)
    _show(records, before or proposal, found)
    return Asked(tuple(found))


def decide(records: Records, proposal_id: int, *, by: Person, agrees: bool) -> AdminProposal:
    """Take the word of a second person, the first who decides; if they agree, what was proposed is done.

    Raises `ProposalOver`, and what doing it raises: things may have changed since.
    """
    office = records.lock_office_to_change()
    proposal = proposal_by_id(records, proposal_id)
    if proposal is None or not proposal.is_open(records.at):
        raise ProposalOver
    if not includes(seconds(office, proposal.kind, proposal.person, by=proposal.by), by.id):
        raise ProposalOver
    if not includes(reachable(office.admins), proposal.by_id):
        raise ProposalOver
    word = "agree-proposal" if agrees else "refuse-proposal"
    capacity = "admin" if includes(office.admins, by.id) else "person"
    records.log_office(word, by, capacity=capacity, proposal=proposal.id)
    proposal.state = ProposalState.AGREED if agrees else ProposalState.REFUSED
    proposal.decided_by, proposal.decided_by_id, proposal.decided_at = by, by.id, records.at
    _settle(records, proposal, before=seconds(office, proposal.kind, proposal.person, by=proposal.by))
    if agrees:
        _check(office, proposal.kind, proposal.person)
        _carry_out(records, proposal, Seconded(by))
    if proposal.by.account_id is not None:
        data = {"name": by.name, "what": proposal.kind.value, "person": proposal.person.name}
        body = {"code": "proposal-agreed" if agrees else "proposal-refused", "data": data}
        records.owe(
            correspondence.notice(NoticeKind.SAY, proposal.by, at=records.at, priority=Priority.CARD, body=body)
        )
    return proposal


def proposal_by_id(finder: Finder, proposal_id: int) -> AdminProposal | None:
    """Return the proposal with this number, its people with it."""
    found = _WITH_PEOPLE.where(AdminProposal.id == proposal_id)
    return finder.session.scalar(found, execution_options={"populate_existing": True})


def lose_phone(records: Records, person: Person, *, by: Person) -> Asked:
    """Take the Telegram account from `person` in chat; of another admin only with a second person's tap.

    Raises `NotAdmin`, `CardOutOfDate` where no account is bound, and `LastAdmin` where no admin would be left.
    """
    require_admin(records, by)
    if person.is_admin and person.id != by.id:
        return propose(records, ProposalKind.UNBIND, person, by=by)
    _check(records.lock_office(), ProposalKind.UNBIND, person)
    unbind(records, person, by=by)
    return Asked(())


def limit(records: Records, person: Person, *, by: Person, restricted: bool) -> Asked:
    """Restrict what is shown of a person's words, or lift that; of one's own only with a second person's tap.

    Raises `NotAdmin`, `CardOutOfDate` where it is so already, and `SecondMissing`.
    """
    require_admin(records, by)
    kind = ProposalKind.RESTRICT if restricted else ProposalKind.LIFT_RESTRICTION
    if person.id == by.id:
        return propose(records, kind, person, by=by)
    _check(records.lock_office(), kind, person)
    _limit(records, kind, person, by=by)
    return Asked(())


def _is_limited(person: Person) -> bool:
    """Whether there is nothing to restrict any more: a restriction is in force, or the person's data were erased."""
    return person.restricted_in is not None or person.erased_in is not None


def _limit(
    records: Records, kind: ProposalKind, person: Person, *, by: Person, seconded: Seconded | None = None
) -> None:
    if kind is ProposalKind.RESTRICT:
        restricting.restrict(records, person, because=restricting.ON_REQUEST, by=by, seconded=seconded)
    else:
        restricting.lift(records, person, by=by, seconded=seconded)


def _show(records: Records, proposal: AdminProposal, people: Iterable[Person]) -> None:
    """Let those of `people` have a card of the proposal who have none: nobody is asked a second time.

    They may have lost their phone since the proposal was made first, or may agree only by now.
    """
    asked, number = {one.account_id: one for one in people}, str(proposal.id)
    shown = select(Card.chat_id).where(Card.chat_id.in_(asked), Card.kind == CardKind.PROPOSAL, Card.live)
    served = set(records.session.scalars(shown.where(Card.subject == number)))
    for account_id, one in asked.items():
        if account_id not in served:
            card = correspondence.card(CardKind.PROPOSAL, one, at=records.at, about=About(subject=number))
            records.owe(card)


def _before(records: Records, proposal: AdminProposal) -> AdminProposal | None:
    """Return the same proposal, if it was made before and still waits."""
    alike = AdminProposal.kind == proposal.kind, AdminProposal.person_id == proposal.person_id
    before = select(AdminProposal).where(*alike, AdminProposal.state == ProposalState.OPEN)
    with records.session.no_autoflush:
        found = records.session.scalars(before).all()
    same = (one for one in found if (one.by_id, one.data) == (proposal.by_id, proposal.data))
    return next((one for one in same if one.is_open(records.at)), None)


def _check(office: Office, kind: ProposalKind, person: Person) -> None:
    """Raise `CardOutOfDate` where nothing is left to do, `LastAdmin` where no admin would be left."""
    is_admin = includes(office.admins, person.id)
    match kind:
        case ProposalKind.MAKE_ADMIN:
            if is_admin or person.account_id is None:
                raise CardOutOfDate
        case ProposalKind.DISMISS_ADMIN:
            if not is_admin:
                raise CardOutOfDate
        case ProposalKind.UNBIND:
            if person.account_id is None:
                raise CardOutOfDate
        case ProposalKind.RESTRICT | ProposalKind.LIFT_RESTRICTION:
            if _is_limited(person) is (kind is ProposalKind.RESTRICT):
                raise CardOutOfDate
        case ProposalKind.NAME_PLH | ProposalKind.ACT_PLT:
            return
        case _:
            assert_never(kind)
    if kind in _TAKING and is_admin and not [one for one in reachable(office.admins) if one.id != person.id]:
        raise LastAdmin


def _carry_out(records: Records, proposal: AdminProposal, seconded: Seconded) -> None:
    person, by, data = proposal.person, proposal.by, proposal.data
    match proposal.kind:
        case ProposalKind.MAKE_ADMIN:
            make_admin(records, person, by=by, seconded=seconded)
        case ProposalKind.DISMISS_ADMIN:
            dismiss_admin(records, person, by=by, seconded=seconded)
        case ProposalKind.UNBIND:
            unbind(records, person, by=by, seconded=seconded)
        case ProposalKind.NAME_PLH:
            away = records.session.get_one(Person, data["away"])
            last = date.fromisoformat(data["last"]) if data["last"] is not None else None
            first, post = date.fromisoformat(data["first"]), data.get("post", ALL_POSTS)
            filed = absences.filed(records, away, first, last, by=by)
            absences.name(records, filed, person, decree=_decree(data), by=by, post=post, seconded=seconded)
        case ProposalKind.ACT_PLT:
            act_for_vacant(records, person, data["post"], decree=_decree(data), by=by, seconded=seconded)
        case ProposalKind.RESTRICT | ProposalKind.LIFT_RESTRICTION:
            _limit(records, proposal.kind, person, by=by, seconded=seconded)
        case _:
            assert_never(proposal.kind)


def _decree(data: Mapping[str, Any]) -> Decree:
    return Decree(data["decree"], date.fromisoformat(data["decree_day"]))


def _settle(records: Records, proposal: AdminProposal, *, before: list[Person]) -> None:
    """Take the force from the cards of a proposal, and show on each what became of it; an index leads to the chats."""
    chats = [one.account_id for one in unique([*before, *records.lock_office().admins]) if one.account_id is not None]
    shown = select(Card).where(Card.chat_id.in_(chats), Card.kind == CardKind.PROPOSAL, Card.live)
    for card in records.session.scalars(shown.where(Card.subject == str(proposal.id))):
        card.live, card.decided_by_id = False, proposal.decided_by_id
        records.owe(correspondence.refresh(card, at=records.at))
