"""The menus of private chats: each is set in Telegram once for what its person may do, and again when that changes.

What was set stands in the record, so that a start sets nothing that is there already, and a kill loses nothing that is
still to be set. Telegram may be told the same twice where its answer was lost.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from sqlalchemy.orm import Session
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden

from bot.clock import Clock
from bot.loop.activity import Activity
from bot.loop.lookout import Lookout
from bot.storage.database import Changed, Database
from handlers.people.menu import Wished, described, wished
from handlers.texts.catalogue import Texts
from models.administration import menus
from models.office.menu import Menu
from models.queries.people import registered
from models.repository.reader import Reader
from models.rules.rules import Rules

logger = logging.getLogger(__name__)

LOOKED_EVERY = timedelta(seconds=60)
"""How often is looked without a reason: for what Telegram did not take, and for what somebody noted who told nobody."""


class Menus:
    """Sets the menus that are due, until `run` is cancelled. The bot works without them."""

    def __init__(
        self, *, bot: Bot, database: Database, rules: Rules, texts: Texts, clock: Clock, activity: Activity
    ) -> None:
        self._bot = bot
        self._database = database
        self._rules = rules
        self._texts = texts
        self._clock = clock
        self._everybody = True
        failing = "menus could not be set; the next look tries again"
        self._lookout = Lookout(self._look, every=LOOKED_EVERY, activity=activity, failing=failing)

    def nudge(self) -> None:
        """Let be looked now, if it is this process that sets menus. To be called on the event loop."""
        self._lookout.nudge_running()

    def committed(self, changed: Changed) -> None:
        """Look again if a commit has noted that a menu may have to change, or may have done so."""
        if Menu in changed.kinds:
            self.nudge()

    async def run(self) -> None:
        """Set menus until cancelled; begins with those that differ from what their people may do."""
        self._everybody = True
        await self._lookout.run()

    async def _look(self) -> None:
        if self._everybody:
            await self._database.transact(self._look_at_everybody)
            self._everybody = False
        while await self._set_some():
            pass

    async def _set_some(self) -> bool:
        """Set some of the menus that are due. Returns whether more may be. Raises what Telegram cannot do now."""
        due = await self._database.transact(self._due)
        for account_id, menu in due:
            try:
                await self._set(account_id, menu)
            except (BadRequest, Forbidden) as error:
                # The chat is gone, or the person has blocked the bot: they have no use for a menu.
                logger.info("a menu could not be set: %s", error.message)
                await self._database.transact(partial(menus.give_up, account_id=account_id))
            else:
                await self._database.transact(partial(self._keep, account_id=account_id, menu=menu))
        return bool(due)

    async def _set(self, account_id: int, menu: Wished | None) -> None:
        scope = BotCommandScopeChat(account_id)
        if menu is None:
            await self._bot.delete_my_commands(scope=scope)
            return
        commands = [BotCommand(name, said) for name, said in described(self._texts, menu)]
        await self._bot.set_my_commands(commands, scope=scope)

    def _look_at_everybody(self, session: Session) -> None:
        """Note every menu that differs from what its person may do: after an upgrade, or another office file."""
        reader = self._reader(session)
        office, known = reader.office(), menus.known(session)
        people = {one.account_id: one for one in registered(reader) if one.account_id is not None}
        for account_id, person in people.items():
            before = known.get(account_id)
            if before is None or before.shown != _written(wished(office, person, self._texts)):
                menus.look_again_at(session, account_id)
        for account_id, before in known.items():
            if account_id not in people and before.shown:
                menus.look_again_at(session, account_id)

    def _due(self, session: Session) -> Sequence[tuple[int, Wished | None]]:
        """Return what is to be set; what is set already is not due any more."""
        found: list[tuple[int, Wished | None]] = []
        looking = menus.due(session)
        reader = self._reader(session)
        for menu in looking:
            wish = wished(reader.office(), reader.person(menu.account_id), self._texts)
            if menu.shown == _written(wish):
                menu.due = False
            else:
                found.append((menu.account_id, wish))
        return found

    def _keep(self, session: Session, account_id: int, menu: Wished | None) -> None:
        reader = self._reader(session)
        now = wished(reader.office(), reader.person(account_id), self._texts)
        menus.keep(session, account_id, _written(menu), still=now == menu)

    def _reader(self, session: Session) -> Reader:
        return Reader(session, rules=self._rules, at=self._clock.now())


def _written(menu: Wished | None) -> str:
    """Return what the record keeps of a menu; "" for that of strangers."""
    return "" if menu is None else str(menu)
