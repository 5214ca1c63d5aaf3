"""Sifat: how urgent a report is, and whether it is confidential."""

from enum import StrEnum


class Classification(StrEnum):
    """Sifat of a report, as the lembar disposisi prints it."""

    ORDINARY = "biasa"
    URGENT = "segera"
    VERY_URGENT = "sangat-segera"
    CONFIDENTIAL = "rahasia"

    @property
    def next(self) -> "Classification":
        """The one that follows when the button is tapped again; the last is followed by the first."""
        order = list(Classification)
        return order[(order.index(self) + 1) % len(order)]
