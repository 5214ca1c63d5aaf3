"""Who is not of the office: a stranger who can be invited, and a group that the bot is a member of."""

from sqlalchemy import exists, select

from bot.demonstration import titles
from bot.demonstration.office import ADMIN, REPORTER
from bot.demonstration.stage import Scene
from bot.sandbox.chats import Json
from bot.sandbox.people import Group, Person
from bot.storage.database import Database
from models.administration import admission
from models.office.invitation import InviteKind
from models.office.person import Person as Bound
from models.repository.records import Records

STRANGER = "Wati"
_STRANGER_ACCOUNT = 880_901
_STRANGER_NIP = "199505172020122901"
_GROUP = -1_000_880_000_001


class Visitors:
    """The stranger and the group of one scene."""

    def __init__(self, scene: Scene, database: Database) -> None:
        self._scene = scene
        self._database = database
        self.stranger: Person = scene.sandbox.person(_STRANGER_ACCOUNT, f"{STRANGER} Contoh", about=titles.STRANGER)
        members = [scene.people[REPORTER], self.stranger]
        self.group: Group = scene.sandbox.group(_GROUP, "Grup Kepegawaian", members)

    def view(self) -> list[Json]:
        """Return the button that invites the stranger."""
        return [{"do": "invite", "label": f"Undang {STRANGER}"}]

    async def invite(self) -> str:
        """Let the stranger use an invite of the office, as `disposisi invite --office` prints it; say what follows.

        The stranger writes number and name, so that nobody who looks on has to think of a NIP. Two taps are left.
        """
        if await self._known():
            return f"{STRANGER} sudah terdaftar, dan dapat melapor seperti Budi."
        code = await self._database.transact(
            lambda session: admission.invite(
                Records(session, rules=self._scene.rules, at=self._scene.clock.now()), InviteKind.OFFICE
            ).renew()
        )
        self.stranger.follows(f"https://t.me/{self._scene.sandbox.world.bot.username}?start={code}")
        self.stranger.says(f"{_STRANGER_NIP} {self.stranger.name}")
        return (
            f"{STRANGER} membuka tautan undangan kantor, lalu menulis NIP dan namanya. Ketuk “Benar, ini saya” di "
            f"percakapannya, lalu “Terima” di percakapan {ADMIN} (Admin)."
        )

    async def _known(self) -> bool:
        bound = select(exists().where(Bound.account_id == _STRANGER_ACCOUNT))
        return bool(await self._database.read(lambda session: session.scalar(bound)))
