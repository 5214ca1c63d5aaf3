"""The menus of private chats in Telegram: noted here when one may have to change, and as it was set there."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.office.menu import Menu
from models.office.person import Person

BATCH = 20
"""Menus that are looked at in one transaction."""


def look_again(session: Session, *people: Person) -> None:
    """Note that what these people may do has changed, so that their menus are looked at once this is committed."""
    for person in people:
        if person.account_id is not None:
            look_again_at(session, person.account_id)


def look_again_at(session: Session, account_id: int) -> None:
    """Note that the menu of an account is to be looked at, also of one that belongs to nobody any more."""
    menu = session.get(Menu, account_id)
    if menu is None:
        session.add(Menu(account_id=account_id, shown="", due=True))
    else:
        menu.due = True


def due(session: Session) -> Sequence[Menu]:
    """Return some of the menus that are to be looked at; an index leads to them."""
    return session.scalars(select(Menu).where(Menu.due).order_by(Menu.account_id).limit(BATCH)).all()


def known(session: Session) -> dict[int, Menu]:
    """Return every menu that was set, by account."""
    return {menu.account_id: menu for menu in session.scalars(select(Menu))}


def keep(session: Session, account_id: int, shown: str, *, still: bool) -> None:
    """Keep what was set in Telegram; `still` is whether that is what the chat should have now, too."""
    menu = session.get(Menu, account_id, with_for_update=True)
    if menu is not None:
        menu.shown, menu.due = shown, not still


def give_up(session: Session, account_id: int) -> None:
    """Try no more to set a menu that Telegram refuses, until what the person may do changes again."""
    menu = session.get(Menu, account_id)
    if menu is not None:
        menu.due = False
