"""The invented people of the demonstration, and how they come into their posts: by invites, as real people do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

from sqlalchemy import func, select

from bot.stopped import Stopped
from models.administration import admission
from models.administration.posts import adopt_posts
from models.journal.chain import Entry
from models.office.invitation import ExpectedPerson, InviteKind
from models.office.person import Person
from models.repository.records import Records
from models.rules.office_file import OfficeFile

REPORTER = "Budi"
"""The first name of the employee who has a problem to report."""

ADMIN = "Ayu"

_HOLDERS = ("Karel", "Dina", "Bram", "Sari", "Rina", "Andi", "Joko", "Lina", "Maya", "Tono", "Vera", "Yusuf")
# Plainly invented: “Contoh” is Indonesian for “example”.
_SURNAME = "Contoh"
_ACCOUNTS = range(880_001, 881_000)
"""Telegram accounts of the demonstration; those of real people are longer."""


class ForeignDatabase(Stopped):
    """The database is a real office's: its people must not be answered by a demonstration."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One person of the demonstration, by first name; `post` is the code of the post they hold, if any."""

    name: str
    account_id: int
    nip: str
    about: str
    unit: str
    post: str | None = None
    is_admin: bool = False

    @property
    def full_name(self) -> str:
        """The name they register with."""
        return f"{self.name} {_SURNAME}"


def cast(office: OfficeFile) -> list[Actor]:
    """Return who plays: one holder for each post of the office, two where several may hold it, a reporter, an admin."""
    names = iter([*_HOLDERS, *(f"Pegawai {number}" for number in range(1, 200))])
    places = [(post.code, post.short) for post in office.posts for _ in range(2 if post.several else 1)]
    numbers = count(1)
    actors = [_actor(REPORTER, next(numbers), about="Pelapor", unit="Subbagian Kepegawaian")]
    actors += [_actor(next(names), next(numbers), about=short, unit="", post=code) for code, short in places]
    return [*actors, _actor(ADMIN, next(numbers), about="Admin", unit="", is_admin=True)]


def appoint(records: Records, actors: Sequence[Actor]) -> None:
    """Let `actors` register by invites, unless they have before. Raises `ForeignDatabase`."""
    known = set(records.session.scalars(select(Person.nip)))
    if known - {actor.nip for actor in actors}:
        raise ForeignDatabase(
            "The database holds people who are not of the demonstration. Name another file: the demonstration would "
            "answer them in place of the real bot."
        )
    adopt_posts(records)
    # Superiors and admins hear of an appointment. From the bottom of the office up, there is nobody yet to hear of it.
    for actor in sorted(actors, key=lambda one: _depth(records.rules.office, one), reverse=True):
        if actor.nip not in known:
            _register(records, actor)


def latest(records: Records) -> datetime | None:
    """Return the instant of the last thing written down; a clock must not start before it."""
    return records.session.scalar(select(func.max(Entry.at)))


def _depth(office: OfficeFile, actor: Actor) -> int:
    """Return how many posts stand above an actor's, the admin before the head of the office."""
    if actor.is_admin:
        return -1
    depth = 0
    superior = office.post(actor.post).superior if actor.post else None
    while superior is not None:
        depth, superior = depth + 1, office.post(superior).superior
    return depth


def _register(records: Records, actor: Actor) -> None:
    records.session.merge(ExpectedPerson(nip=actor.nip, name=actor.full_name, unit=actor.unit))
    kind = InviteKind.ADMIN if actor.is_admin else InviteKind.POST if actor.post else InviteKind.OFFICE
    records.conversation(actor.account_id).language = "id"
    code = admission.invite(records, kind, post=actor.post, nip=actor.nip if actor.post else None).renew()
    registration, _ = admission.claim(records, code, actor.account_id)
    registration.nip, registration.name = actor.nip, actor.full_name
    admission.complete(records, registration)


def _actor(name: str, number: int, *, about: str, unit: str, post: str | None = None, is_admin: bool = False) -> Actor:
    born = datetime(1980, 1, number % 28 + 1, tzinfo=UTC)
    nip = f"{born:%Y%m%d}200501{1 + number % 2}{number:03d}"
    return Actor(name, _ACCOUNTS[number], nip, about, unit, post, is_admin)
