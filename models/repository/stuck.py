"""Telling the admins of cases that cannot go on by themselves, such as one with a standard that cannot be read."""

from collections.abc import Iterable

from models.mail import correspondence
from models.mail.correspondence import Alert
from models.repository.records import Records


def report_stuck(records: Records, numbers: Iterable[str]) -> None:
    """Alert the admins, once for each case, that the cases with these numbers cannot go on by themselves."""
    for number in numbers:
        data = {"number": number}
        for owed in correspondence.alert(
            Alert.STUCK, records.lock_office().admins, at=records.at, data=data, once=number
        ):
            records.owe_once(owed)
