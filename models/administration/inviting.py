"""Invites that are open, and withdrawing one before anybody has become a person of the office by it."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select

from models.administration.appointment import redraw_lists, require_admin, settle_shown
from models.mail.card import Card, Face
from models.office.invitation import Invite, InviteKind
from models.office.person import Person
from models.office.registration import Registration
from models.refusals.registration import InviteAwaitsAnswer, InviteOver
from models.repository.finder import Finder
from models.repository.records import Records


def open_invites(finder: Finder, post: str | None = None) -> Sequence[Invite]:
    """Return the invites that still serve, for one post or all of them, the oldest first."""
    return finder.session.scalars(_serving(finder, post).order_by(Invite.issued_at, Invite.id)).all()


def open_count(finder: Finder, post: str | None = None) -> int:
    """Return how many invites still serve, for one post or in all."""
    return finder.session.scalar(select(func.count()).select_from(_serving(finder, post).subquery())) or 0


def _serving(finder: Finder, post: str | None) -> Select[Invite]:
    found = select(Invite).where(Invite.expires_at > finder.at)
    return found.where(Invite.post == post) if post is not None else found


def awaiting(finder: Finder, invite: Invite) -> Registration | None:
    """Return the registration by an invite for one person that waits for somebody's word, None where none does."""
    if invite.kind is InviteKind.OFFICE:
        return None
    waiting = select(Registration).where(Registration.invite_id == invite.id, Registration.waits_since.is_not(None))
    return finder.session.scalars(waiting.order_by(Registration.account_id)).first()


def withdraw(records: Records, invite_id: int, *, by: Person) -> Invite:
    """Let an invite serve nobody any more; a person who opens its link reads so. Those who came by it stay.

    Who waits to be accepted by the office's own link still does. Raises `NotAdmin`, `InviteOver` where it serves nobody
    already, and `InviteAwaitsAnswer` where somebody who used it waits to be accepted or turned down.
    """
    require_admin(records, by)
    invite = records.session.get(Invite, invite_id, populate_existing=True)
    if invite is None or invite.expires_at <= records.at:
        raise InviteOver
    if (waiting := awaiting(records, invite)) is not None:
        raise InviteAwaitsAnswer(waiting.name or "")
    invite.recall()
    settle_shown(records, Card.invite_id == invite.id, Face.WITHDRAWN)
    records.log_office("withdraw-invite", by, capacity="admin", invite=invite.id)
    redraw_lists(records)
    return invite
