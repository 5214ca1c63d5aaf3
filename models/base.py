"""What every table shares: the base, the naming of constraints, instants in UTC, and whose fault an error is."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Integer, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, QueryableAttribute
from sqlalchemy.orm.attributes import instance_dict, instance_state

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


def belongs(owner: Base, members: QueryableAttribute[M], member: M) -> None:
    """Let `member` be one of the `members` of `owner`, such as `Case.notices`.

    `owner.notices.add(member)` does the same. It builds the SELECT of all members each time, which takes longer than
    all else that a notice costs until it is written.
    """
    members.impl.append(instance_state(owner), instance_dict(owner), member, None)
