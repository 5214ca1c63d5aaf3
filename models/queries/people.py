"""People as screens show them: who is out of reach, which tenure a button names, what language an account speaks."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.office.person import Person
from models.office.tenure import Tenure
from models.repository.reader import Reader


def unreachable_people(reader: Reader) -> list[Person]:
    """Return the persons whom the bot cannot write to, the longest unreachable first."""
    lost = select(Person).where(Person.unreachable_since.is_not(None)).order_by(Person.unreachable_since)
    return list(reader.session.scalars(lost))


def tenure_by_id(reader: Reader, tenure_id: int) -> Tenure | None:
    """Return the tenure with this number, its person with it."""
    return reader.session.scalar(select(Tenure).where(Tenure.id == tenure_id).options(joinedload(Tenure.person)))


def chosen_language(reader: Reader, account_id: int) -> str | None:
    """Return the language of the person with this account, else that of its private chat; None for an unknown one."""
    chosen = reader.session.scalar(select(Person.language).where(Person.account_id == account_id))
    if chosen is not None:
        return chosen
    conversation = reader.conversation(account_id)
    return conversation.language if conversation else None
