"""The holidays of Indonesia, of the `holidays` package, without those of 250 other countries.

The package imports every country as soon as it is asked for one: nine megabytes, and as much time as all the rest of it
takes. So the file of this one country is loaded by itself. Where another version of the package has no such file, it is
asked as its documentation says.
"""

import importlib.util
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import holidays
from holidays.holiday_base import HolidayBase

_COUNTRY = "ID"
_FILE = Path(holidays.__file__).parent / "countries" / "indonesia.py"
_NAME = "holidays_of_indonesia"


def holidays_of(year: int, categories: Iterable[str], *, language: str | None = None) -> HolidayBase:
    """Return the days off of a year with their names, in the package's own language unless another one is named.

    `categories` are those of the package: `public` holidays, and joint leave as `government`.
    """
    return _country()(years=year, categories=tuple(categories), language=language)


@cache
def _country() -> type[HolidayBase]:
    spec = importlib.util.spec_from_file_location(_NAME, _FILE) if _FILE.exists() else None
    if spec is None or spec.loader is None:
        return type(holidays.country_holidays(_COUNTRY))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: type[HolidayBase] = module.Indonesia
    return found
