"""Posts, the people who hold them, and who may act for a post."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identity
from models.rules.office_file import OfficeFile
from models.rules.sop import Sop, Step


class Capacity(StrEnum):
    """How a person holds a post: as its own holder, acting while vacant, or acting while the holder is away."""

    DEFINITIVE = "definitive"
    PLT = "plt"
    PLH = "plh"


class Post(Base):
    """A jabatan of the office, kept in step with the office file at each start."""

    __tablename__ = "posts"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    short: Mapped[str] = mapped_column(String(64))


class Person(Base):
    """A pegawai bound to one Telegram account. `telegram_id` is also the id of the private chat."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    nip: Mapped[str] = mapped_column(String(18), unique=True)
    telegram_id: Mapped[int | None] = mapped_column(unique=True)
    language: Mapped[str] = mapped_column(String(8), default="id")
    unit: Mapped[str] = mapped_column(String(200), default="")
    is_admin: Mapped[bool] = mapped_column(default=False)
    registered_at: Mapped[datetime]
    unreachable_since: Mapped[datetime | None]


class Tenure(Base):
    """One person's time in one post. `ends_at` is None while it lasts; none is ever set ahead of its end."""

    __tablename__ = "tenures"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    post: Mapped[str] = mapped_column(ForeignKey("posts.code"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    capacity: Mapped[Capacity]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")

    __table_args__ = (Index(None, "post", "ends_at"), Index(None, "person_id", "ends_at"))

    @classmethod
    def begin(cls, person: Person, post: str, *, capacity: Capacity, at: datetime) -> Self:
        """Let `person` hold `post` from `at` on."""
        return cls(person=person, post=post, capacity=capacity, starts_at=at, ends_at=None)

    @property
    def lasts(self) -> bool:
        """Whether the post is still held.

        This is asked of no instant: that may lie before a handover that was waited for, or come from a clock that was
        wrong, and would bring back whoever had left.
        """
        return self.ends_at is None

    @property
    def acts_as(self) -> str:
        """The capacity as the journal keeps it, such as `plh:kadiv`."""
        return f"{Capacity(self.capacity).value}:{self.post}"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the office decided on file: the office itself, and its SOPs by code, each in its newest version.

    `bot_username` is the name the bot answers to on Telegram, for links to it; empty where it is not known.
    """

    office: OfficeFile
    sops: Mapping[str, Sop]
    bot_username: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """The office during one piece of work: its rules, the tenures that may matter, and a way to find the admins."""

    rules: Rules
    tenures: tuple[Tenure, ...]
    find_admins: Callable[[], Iterable[Person]]

    @property
    def admins(self) -> tuple[Person, ...]:
        """The admins; looked up when asked for, which most work does not."""
        return tuple(self.find_admins())

    @property
    def file(self) -> OfficeFile:
        """The office as its file has it: hours, posts, ladder."""
        return self.rules.office

    @property
    def sops(self) -> Mapping[str, Sop]:
        """The SOPs loaded from file, by code."""
        return self.rules.sops

    def tenures_of(self, post: str) -> list[Tenure]:
        """Return who may act for `post`, the definitive holder first."""
        order = list(Capacity)
        found = [tenure for tenure in self.tenures if tenure.post == post and tenure.lasts]
        return sorted(found, key=lambda tenure: (order.index(Capacity(tenure.capacity)), tenure.id or 0))

    def holders(self, post: str) -> list[Person]:
        """Return the persons who may act for `post`, each once."""
        return unique(tenure.person for tenure in self.tenures_of(post))

    def tenure(self, person: Person, post: str) -> Tenure | None:
        """Return the tenure by which `person` may act for `post`, or None."""
        return next((tenure for tenure in self.tenures_of(post) if tenure.person.id == person.id), None)

    def posts_of(self, person: Person) -> list[str]:
        """Return the codes of the posts that `person` holds."""
        return list(dict.fromkeys(t.post for t in self.tenures if t.person.id == person.id and t.lasts))

    def post_of(self, step: Step) -> str:
        """Return the code of the post that carries out `step`."""
        return self.file.post_for_role(step.role).code

    def superiors(self, post: str) -> list[Person]:
        """Return the holders of the nearest superior post that anybody holds; none above the head of the office."""
        superior = self.file.post(post).superior
        while superior is not None:
            if holders := self.holders(superior):
                return holders
            superior = self.file.post(superior).superior
        return []

    def watchers(self) -> list[Person]:
        """Return the persons who keep the SOP and are told when it is not kept."""
        return unique(person for post in self.file.watchers for person in self.holders(post))


def unique(people: Iterable[Person]) -> list[Person]:
    """Return `people` in order, each person once."""
    return list({person.id: person for person in people}.values())
