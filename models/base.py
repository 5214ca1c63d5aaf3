"""What every table shares: the base, the naming of constraints, instants in UTC, and whose fault an error is."""

from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, TypeVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Integer, MetaData, TypeDecorator, inspect
from sqlalchemy.orm import DeclarativeBase, QueryableAttribute, RelationshipProperty
from sqlalchemy.orm.attributes import instance_dict, instance_state
from sqlalchemy.orm.base import NO_VALUE

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


M = TypeVar("M")


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored in UTC and returned in UTC; a naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring `value` to UTC; SQLite keeps it without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value!r}")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the stored instant its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


Identity = BigInteger().with_variant(Integer(), "sqlite")
"""A row's own number: 64 bits, and still SQLite's rowid, which only an INTEGER key is."""


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant(),
        int: BigInteger(),
        StrEnum: Enum(
            StrEnum, native_enum=False, length=32, values_callable=lambda states: [one.value for one in states]
        ),
        dict[str, Any]: JSON(),
        list[dict[str, Any]]: JSON(),
        list[str]: JSON(),
        list[float]: JSON(),
        list[int]: JSON(),
    }

    def __init__(self, **values: Any) -> None:
        """Make an object with these values. Raises `TypeError` for a name that the class lacks.

        What is kept in a column is put down at once: a dozen calls for each would tell those who listen for a change,
        and nobody does.
        """
        kind = type(self)
        columns, own, before = _columns(kind), self.__dict__, instance_state(self).committed_state
        for name, value in values.items():
            if name in columns:
                own[name] = value
                before[name] = NO_VALUE
            elif hasattr(kind, name):
                setattr(self, name, value)
            else:
                raise TypeError(f"{name!r} is an invalid keyword argument for {kind.__name__}")


@cache
def _columns(kind: type[Base]) -> frozenset[str]:
    """Return the attributes of a class that are columns, and nothing more."""
    return frozenset(one.key for one in inspect(kind).column_attrs)


def belongs(owner: Base, members: QueryableAttribute[M], member: M) -> None:
    """Let `member` be one of the `members` of `owner`, such as `Case.notices`.

    `owner.notices.add(member)` does the same. It builds the SELECT of all members each time, which takes longer than
    all else that a notice costs until it is written. Where the owner is kept already, its key is all that is needed.
    """
    known, state = instance_state(owner), instance_state(member)
    session = known.session
    if session is None or known.key is None or state.key is not None:
        members.impl.append(known, instance_dict(owner), member, None)
        return
    own = instance_dict(member)
    for theirs, ours in _keys(members):
        state.committed_state.setdefault(theirs, own.get(theirs, NO_VALUE))
        own[theirs] = getattr(owner, ours)
    if state.session_id is None:
        session.add(member)


@cache
def _keys(members: QueryableAttribute[Any]) -> tuple[tuple[str, str], ...]:
    """Return the attributes of a member that name its owner, each with that of the owner."""
    relation: RelationshipProperty[Any] = inspect(members.class_).relationships[members.key]
    owner, member = relation.parent, relation.mapper
    return tuple(
        (member.get_property_by_column(theirs).key, owner.get_property_by_column(ours).key)
        for ours, theirs in relation.local_remote_pairs
    )
