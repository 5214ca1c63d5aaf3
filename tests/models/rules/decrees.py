"""The days off and the Ramadans of 2024 to 2030 as the government decided them, copied by hand.

Days off are those of the joint decrees of three ministers (SKB 3 Menteri) and, for elections, of the president. Ramadan
begins and ends as each sidang isbat decided. Where there is no decree yet, there is nothing here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


def days(year: int, *months: tuple[int, Iterable[int]]) -> frozenset[date]:
    """Return the days of a year, given by month."""
    return frozenset(date(year, month, day) for month, inside in months for day in inside)


@dataclass(frozen=True)
class Decreed:
    """The days of one year on which no office works, and the first and last day of its Ramadan."""

    national: frozenset[date]
    cuti_bersama: frozenset[date]
    ramadan: tuple[date, date]


DECREED: Mapping[int, Decreed] = {
    # SKB 855/3/4 of 2023; Pemilu on 14 February and Pilkada on 27 November by decree of the president.
    2024: Decreed(
        days(
            2024,
            (1, [1]),
            (2, [8, 10, 14]),
            (3, [11, 29, 31]),
            (4, [10, 11]),
            (5, [1, 9, 23]),
            (6, [1, 17]),
            (7, [7]),
            (8, [17]),
            (9, [16]),
            (11, [27]),
            (12, [25]),
        ),
        days(2024, (2, [9]), (3, [12]), (4, [8, 9, 12, 15]), (5, [10, 24]), (6, [18]), (12, [26])),
        (date(2024, 3, 12), date(2024, 4, 9)),
    ),
    # SKB 1017/2/2 of 2024, with 18 August added in August 2025.
    2025: Decreed(
        days(
            2025,
            (1, [1, 27, 29]),
            (3, [29, 31]),
            (4, [1, 18, 20]),
            (5, [1, 12, 29]),
            (6, [1, 6, 27]),
            (8, [17]),
            (9, [5]),
            (12, [25]),
        ),
        days(2025, (1, [28]), (3, [28]), (4, [2, 3, 4, 7]), (5, [13, 30]), (6, [9]), (8, [18]), (12, [26])),
        (date(2025, 3, 1), date(2025, 3, 30)),
    ),
    # SKB 1497/2/5 of 2025.
    2026: Decreed(
        days(
            2026,
            (1, [1, 16]),
            (2, [17]),
            (3, [19, 21, 22]),
            (4, [3, 5]),
            (5, [1, 14, 27, 31]),
            (6, [1, 16]),
            (8, [17, 25]),
            (12, [25]),
        ),
        days(2026, (2, [16]), (3, [18, 20, 23, 24]), (5, [15, 28]), (12, [24])),
        (date(2026, 2, 19), date(2026, 3, 20)),
    ),
    # The decree of September 2026. Its Ramadan is computed: the sidang isbat is still to come.
    2027: Decreed(
        days(
            2027,
            (1, [1, 5]),
            (2, [6]),
            (3, [8, 10, 11, 26, 28]),
            (5, [1, 6, 17, 20]),
            (6, [1, 6]),
            (8, [15, 17]),
            (12, [25, 26]),
        ),
        days(2027, (2, [5]), (3, [9, 12, 15, 25]), (5, [18, 19]), (12, [24])),
        (date(2027, 2, 8), date(2027, 3, 9)),
    ),
}

UNDECIDED = (2028, 2029, 2030)
"""Years without a decree."""

EXPECTED_RAMADANS = {
    "Ramadan 1449 H": date(2028, 1, 28),
    "Ramadan 1450 H": date(2029, 1, 16),
    "Ramadan 1451 H": date(2030, 1, 6),
    "Ramadan 1452 H": date(2030, 12, 26),
}
"""When the Ramadans of these years begin by computation (MABIMS)."""
