"""Proposals that end with the right, or the account, of the admin who made them: they never regain force."""

from sqlalchemy import select

from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.office.person import Person, reachable
from models.office.proposal import AdminProposal, ProposalState
from models.repository.records import Records


def let_lapse(records: Records, admin: Person) -> None:
    """End the open proposals of `admin`, and take the force from the cards that ask for a second person's tap."""
    waiting = select(AdminProposal).where(AdminProposal.by_id == admin.id, AdminProposal.state == ProposalState.OPEN)
    numbers = set[str]()
    for proposal in records.session.scalars(waiting):
        proposal.state, proposal.decided_at = ProposalState.OVER, records.at
        numbers.add(str(proposal.id))
    if not numbers:
        return
    office = records.lock_office()
    people = reachable([*office.admins, *(tenure.person for tenure in office.tenures if tenure.lasts)])
    chats = {one.account_id for one in people}
    shown = select(Card).where(Card.chat_id.in_(chats), Card.kind == CardKind.PROPOSAL, Card.live)
    for card in records.session.scalars(shown.where(Card.subject.in_(numbers))):
        card.live = False
        records.owe(correspondence.refresh(card, at=records.at))
