"""The pages of `/kelola` with the open invites: the list of a post or of the office, and the withdrawal of one."""

from handlers.people import officials
from handlers.screens import inviting as screens
from handlers.screens.inviting import InviteLine, InvitesView
from handlers.screens.paging import slice_of, within
from handlers.screens.screen import Screen
from handlers.texts.catalogue import Say
from models.administration import inviting
from models.mail.card import Card, Face
from models.office.invitation import Invite
from models.repository.reader import Reader


def draw(reader: Reader, card: Card, say: Say) -> Screen | None:
    """Draw the open invites, or the one that is to be withdrawn; its list where it serves nobody any more."""
    number, _, listed = (card.subject or "").rpartition(":")
    invite = reader.invite_by_id(int(number)) if number.isdecimal() else None
    if card.face is Face.WITHDRAWING_INVITE and invite is not None and invite.expires_at > reader.at:
        return screens.withdrawing(_line(reader, invite), say, listed=listed, now=reader.at)
    post = officials.known_post(reader, listed)
    found = inviting.open_invites(reader, post.code if post is not None else None)
    page = within(card.page, len(found), screens.INVITES)
    lines = [_line(reader, one) for one in found[slice_of(page)]]
    code, title = (post.code, post.short) if post is not None else ("", "")
    return screens.open_invites(InvitesView(code, title, lines, page, reader.at), say)


def _line(reader: Reader, invite: Invite) -> InviteLine:
    by, waiting = reader.person_by_id(invite.issued_by_id), inviting.awaiting(reader, invite)
    return InviteLine(
        invite_id=invite.id,
        kind=invite.kind.value,
        post=reader.rules.office.short_of(invite.post) if invite.post is not None else "",
        nip=invite.nip or "",
        by=by.name if by is not None else "",
        issued_at=invite.issued_at,
        until=invite.expires_at,
        opened=invite.claimed_at is not None,
        waiting=(waiting.name or "") if waiting is not None else "",
    )
