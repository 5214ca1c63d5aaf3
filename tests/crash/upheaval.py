"""What happens to an office beside its work: a phone is lost and the account taken from it, a post changes hands.

The admin's part is done beside the program, as `disposisi person unbind` and `disposisi invite` do it, while cards are
open and the program may be dead. Whoever has the lost phone presses what is left in its chat.
"""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

from bot.rules import load_rules
from bot.sandbox.chats import Chat
from bot.sandbox.people import Person
from bot.settings import Settings
from models.administration import admission, appointment
from models.office.invitation import InviteKind
from models.office.person import Person as OfficePerson
from models.office.tenure import Tenure
from models.repository.records import Records
from tests.crash.chats import Lost
from tests.crash.crowd import Crowd
from tests.crash.mortal import TOKEN
from tests.crash.stage import Stage
from tests.parts import database_at

T = TypeVar("T")

RESERVE = "Cadangan"
"""How those are called who hold no post at first and may be appointed to one."""

_FIRST_NEW_PHONE = 8001
_PATIENCE = 90.0
_TRIED = 6
"""Buttons that are pressed on a lost phone, the newest."""

_POSTS = ("kakanwil", "kadiv", "kabag-p2l", "kasubbag-humas")
"""The posts that one person holds at a time."""


@dataclass(frozen=True, slots=True)
class _Holder:
    nip: str
    account: int
    post: str


class Upheaval:
    """Turns an office upside down, now and then, while its people work."""

    def __init__(self, stage: Stage, crowd: Crowd, chance: random.Random) -> None:
        self.lost: list[Lost] = []
        self.handed_over = 0
        self._stage = stage
        self._crowd = crowd
        self._chance = chance
        self._rules = load_rules(Settings.load(None, telegram_bot_token=TOKEN, database_url=stage.url))
        self._reserve = [person for name, person in stage.people.items() if name.startswith(RESERVE)]

    async def goes_on(self, *, over: asyncio.Event, soonest: float, latest: float) -> None:
        """Let a phone be lost and a post change hands in turn, until it is `over`."""
        while True:
            for happens in (self._loses_phone, self._hands_over):
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._chance.uniform(soonest, latest)):
                        await over.wait()
                        return
                await happens()

    async def _loses_phone(self) -> None:
        """Take the account from somebody with a post; they come back with another one by an invite."""
        victim = self._chance.choice(await self._asked(_holders))
        old = self._stage.sandbox.people[victim.account]

        def unbind(records: Records) -> None:
            found = select(OfficePerson).where(OfficePerson.nip == victim.nip)
            appointment.unbind(records, records.session.scalars(found).one())

        self._crowd.loses_sight_of(old)
        await self._asked(unbind)
        new = self._stage.sandbox.person(_FIRST_NEW_PHONE + len(self.lost), old.name, started=True)
        self.lost.append(Lost(old.user_id, new.user_id, len(self._chat(old).presses)))
        for message in [one for one in old.received if one.buttons][-_TRIED:]:
            with suppress(AssertionError):  # a button that opens a link
                old.taps(message.buttons[0][0], message)
        old.says("Teruskan semuanya.")
        await self._comes_in(new, victim.post, nip=victim.nip)
        self._crowd.sees_again(old, new)

    async def _hands_over(self) -> None:
        """Let somebody without a post take one over by an invite; the former holder becomes a reserve."""
        post = self._chance.choice(_POSTS)
        former = next(one for one in await self._asked(_holders) if one.post == post)
        successor = self._reserve.pop(0)
        self._reserve.append(self._stage.sandbox.people[former.account])
        await self._comes_in(successor, post)
        self.handed_over += 1

    async def _comes_in(self, person: Person, post: str, *, nip: str = "") -> None:
        """Let somebody use an invite for a post, and give their NIP where the bot does not know them."""

        def issue(records: Records) -> str:
            known = select(OfficePerson.nip).where(OfficePerson.account_id == person.user_id)
            named = nip or records.session.scalar(known)
            return admission.invite(records, InviteKind.POST, post=post, nip=named).renew()

        code = await self._asked(issue)
        person.says(f"/start {code}")
        if nip:
            await person.awaits("NIP", within=_PATIENCE)
            person.says(f"{nip} Eka Sumual")
        card = await person.awaits("Benar, ini saya", within=_PATIENCE)
        # A tap is stored before Telegram is told, so one is enough, whatever dies meanwhile.
        person.taps("Benar, ini saya", card)
        await self._stage.sandbox.until(
            lambda: card.button("Benar, ini saya") is None, within=_PATIENCE, why=f"{person.name} is not let in"
        )

    async def _asked(self, work: Callable[[Records], T]) -> T:
        """Do one piece of work on the record from outside, beside the program or without it."""

        def piece() -> T:
            with database_at(self._stage.url) as database, database.transaction() as session:
                return work(Records(session, rules=self._rules, at=self._stage.clock.now()))

        return await asyncio.to_thread(piece)

    def _chat(self, person: Person) -> Chat:
        return self._stage.sandbox.world.chats[person.user_id]


def _holders(records: Records) -> list[_Holder]:
    held = select(OfficePerson.nip, OfficePerson.account_id, Tenure.post).join(Tenure.person)
    present = held.where(Tenure.ends_at.is_(None), OfficePerson.account_id.is_not(None)).order_by(Tenure.id)
    return [_Holder(nip, account, post) for nip, account, post in records.session.execute(present) if account]
