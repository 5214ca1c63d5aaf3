"""The news among processes on one database: what one has written, the parts of the others look at.

Without it each process would look at the database each second, however little happens. A process that ends before it
has told of its last commit is missed by the others, and they look at everything (`bot/replicas/presence.py`).
"""

from bot.replicas.presence import Presence
from bot.storage.database import Changed, Database
from models.base import Base
from models.mail.inbox import InboxUpdate
from models.mail.lease import EVERYTHING, Allowance, Leader, Lease

_OF_NO_INTEREST = {Allowance, Leader, Lease}
"""What processes share in order to work side by side. It is read when it is needed."""


class News:
    """Tells the others of each commit, and the listeners of `database` of what the others have told."""

    def __init__(self, *, database: Database, presence: Presence) -> None:
        self._database = database
        self._presence = presence
        self._classes: dict[str, type] = {
            mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers
        }
        database.on_commit(self.committed)
        presence.on_told(self.told)

    def committed(self, changed: Changed) -> None:
        """Tell the others what a commit of this process has written, or may have written."""
        if not changed.elsewhere:
            written = changed.kinds - _OF_NO_INTEREST
            self._presence.tell(name for name, kind in self._classes.items() if kind in written)

    def updates_wait(self) -> None:
        """Tell the others that updates wait which this process has no place for."""
        self._presence.tell([InboxUpdate.__tablename__])

    def told(self, names: frozenset[str]) -> None:
        """Let every part look at tables of these names that it waits for. Another version may have other tables."""
        known = self._classes if EVERYTHING in names else self._classes.keys() & names
        self._database.changed_elsewhere(frozenset(self._classes[name] for name in known))
