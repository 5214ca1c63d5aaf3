"""Sifat: how urgent a report is. Whether it is confidential is a field of its own."""

from enum import StrEnum


class Urgency(StrEnum):
    """How urgent a report is, as the lembar disposisi prints it, from the least urgent to the most."""

    ORDINARY = "biasa"
    URGENT = "segera"
    VERY_URGENT = "sangat-segera"

    @property
    def rank(self) -> int:
        """The place in a list of what is urgent: 0 comes first."""
        return list(reversed(Urgency)).index(self)

    @property
    def next(self) -> "Urgency":
        """The one that follows when the button is tapped again; the last is followed by the first."""
        order = list(Urgency)
        return order[(order.index(self) + 1) % len(order)]
