"""Whether people can be reached: they block the bot and let it back in."""

from models.administration import reachability
from models.repository.records import Records


def changed(records: Records, telegram_id: int, *, reachable: bool) -> None:
    """Note that the person of this account can, or can no longer, be written to; of strangers nothing is kept."""
    person = records.person(telegram_id)
    if person is None:
        return
    if reachable:
        reachability.regained(records, person)
    else:
        reachability.lost(records, person)
