"""People as lists and screens show them: who is registered, expected or out of reach, who has a NIP or a tenure."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from models.mail.notice import Notice, NoticeState
from models.office.invitation import ExpectedPerson
from models.office.person import Person
from models.office.tenure import Tenure
from models.repository.finder import Finder
from models.repository.lookup import Lookup
from models.repository.reader import Reader

_LANGUAGE = Lookup(select(Person.language).where(Person.account_id == bindparam("account")))
_AWAITED = select(func.count()).select_from(ExpectedPerson).where(ExpectedPerson.nip.not_in(select(Person.nip)))


def registered(finder: Finder) -> list[Person]:
    """Return everybody who has registered, with or without a Telegram account now, by name."""
    return list(finder.session.scalars(select(Person).order_by(Person.name, Person.id)))


def person_with_nip(finder: Finder, nip: str) -> Person | None:
    """Return the person with this NIP of 18 digits."""
    return finder.session.scalar(select(Person).where(Person.nip == nip))


def awaited(finder: Finder) -> int:
    """Return how many people are expected and have not registered yet."""
    return finder.session.scalar(_AWAITED) or 0


def unreachable_people(reader: Reader) -> list[Person]:
    """Return the persons whom the bot cannot write to, the longest unreachable first."""
    lost = select(Person).where(Person.unreachable_since.is_not(None)).order_by(Person.unreachable_since)
    return list(reader.session.scalars(lost))


def tenure_by_id(reader: Reader, tenure_id: int) -> Tenure | None:
    """Return the tenure with this number, its person with it."""
    return reader.session.scalar(select(Tenure).where(Tenure.id == tenure_id).options(joinedload(Tenure.person)))


def chosen_language(reader: Reader, account_id: int) -> str | None:
    """Return the language of the person with this account, else that of its private chat; None for an unknown one."""
    chosen = _LANGUAGE.first(reader.session, {"account": account_id})
    if chosen is not None:
        return chosen
    conversation = reader.conversation(account_id)
    return conversation.language if conversation else None


class Named(Protocol):
    """Somebody, or something, that can be looked for by name or number."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def nip(self) -> str:
        """Its NIP or office number, "" where it has none."""
        ...


N = TypeVar("N", bound=Named)


def matching(found: Sequence[N], words: str) -> list[N]:
    """Return those whose name holds every one of `words`, in any order, or whose NIP begins with them."""
    wanted, number = words.casefold().split(), "".join(words.split())
    if not wanted:
        return list(found)
    return [
        one
        for one in found
        if all(word in one.name.casefold() for word in wanted) or (one.nip and one.nip.startswith(number))
    ]


def people_count(finder: Finder) -> int:
    """Return how many people have registered."""
    return finder.session.scalar(select(func.count()).select_from(Person)) or 0


def owed_to(reader: Reader, chat_id: int) -> bool:
    """Return whether a message is on its way to a chat."""
    owed = select(Notice.id).where(Notice.chat_id == chat_id, Notice.state == NoticeState.OWED)
    return reader.session.scalar(owed.limit(1)) is not None


def known_units(finder: Finder, *, limit: int) -> list[str]:
    """Return the units that most people have given, the commonest first."""
    units = select(Person.unit).where(Person.unit != "").group_by(Person.unit)
    return list(finder.session.scalars(units.order_by(func.count().desc(), Person.unit).limit(limit)))
