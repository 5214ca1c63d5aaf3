"""Who is not of the office: a stranger who can be invited, and a group that the bot is a member of."""

from bot.demonstration.office import REPORTER
from bot.demonstration.stage import Scene
from bot.sandbox.chats import Json
from bot.sandbox.people import Group, Person
from bot.storage.database import Database
from models.administration import admission
from models.office.invitation import InviteKind
from models.repository.records import Records

STRANGER = "Wati"
_STRANGER_ACCOUNT = 880_901
_GROUP = -1_000_880_000_001


class Visitors:
    """The stranger and the group of one scene."""

    def __init__(self, scene: Scene, database: Database) -> None:
        self._scene = scene
        self._database = database
        self.stranger: Person = scene.sandbox.person(_STRANGER_ACCOUNT, f"{STRANGER} Contoh", about="Belum terdaftar")
        members = [scene.people[REPORTER], self.stranger]
        self.group: Group = scene.sandbox.group(_GROUP, "Grup Kepegawaian", members)

    def view(self) -> list[Json]:
        """Return the button that invites the stranger."""
        return [{"do": "invite", "label": f"Undang {STRANGER}"}]

    async def invite(self) -> str:
        """Let the stranger open an invite of the office, as `disposisi invite --office` prints it; say what follows."""
        code = await self._database.transact(
            lambda session: admission.invite(
                Records(session, rules=self._scene.rules, at=self._scene.clock.now()), InviteKind.OFFICE
            ).renew()
        )
        self.stranger.follows(f"https://t.me/{self._scene.sandbox.world.bot.username}?start={code}")
        return (
            f"{STRANGER} membuka tautan undangan kantor. Ia menulis NIP dan namanya; Ayu (Admin) menerimanya dengan "
            "satu ketukan."
        )
