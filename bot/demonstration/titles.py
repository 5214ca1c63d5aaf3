"""What the page says below each name: the posts that a person holds now, as the record has them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from bot.demonstration.stage import Scene
from bot.storage.database import Database
from models.office.person import Person
from models.office.tenure import Capacity, Tenure
from models.rules.complete import complete

STRANGER, EMPLOYEE, ADMIN = "Belum terdaftar", "Pegawai", "Admin"

_CAPACITIES: Mapping[Capacity, str] = complete(
    Capacity, {Capacity.DEFINITIVE: "", Capacity.PLT: "Plt. ", Capacity.PLH: "Plh. ", Capacity.ADMIN: ""}
)
_LASTING = and_(Tenure.person_id == Person.id, Tenure.ends_at.is_(None))
_HELD = (
    select(Person.account_id, Person.is_admin, Tenure.capacity, Tenure.post)
    .outerjoin(Tenure, _LASTING)
    .where(Person.account_id.is_not(None))
    .order_by(Person.id, Tenure.id)
)


class Titles:
    """The lines below the names of one scene. Who began without a post, as the reporter did, has that line again."""

    def __init__(self, scene: Scene, database: Database) -> None:
        self._scene = scene
        self._database = database
        self._without_post = {
            one.account_id: one.about for one in scene.actors if one.post is None and not one.is_admin
        }

    async def look(self) -> None:
        """Let the page say what people are by now."""
        world = self._scene.sandbox.world
        held = await self._database.read(self._read)
        for account_id, before in list(world.about.items()):
            about = held.get(account_id, STRANGER)
            if about != before:
                world.about[account_id] = about
                world.changed(world.chats[account_id])

    def _read(self, session: Session) -> dict[int, str]:
        short_of = self._scene.rules.office.short_of
        found = defaultdict[int, list[str]](list)
        admins = set[int]()
        rows: Iterable[Any] = session.execute(_HELD)
        for account_id, is_admin, capacity, post in rows:
            found[account_id] += [f"{_CAPACITIES[Capacity(capacity)]}{short_of(post)}"] if post is not None else []
            admins |= {account_id} if is_admin else set()
        for account_id in admins:
            found[account_id].append(ADMIN)
        bare = self._without_post
        return {one: ", ".join(words) or bare.get(one, EMPLOYEE) for one, words in found.items()}
