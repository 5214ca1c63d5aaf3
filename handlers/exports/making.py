"""Making the register that somebody has asked for, out of one snapshot of the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from handlers.exports.heading import Confidential, Heading
from handlers.exports.register import Format, file_name, write
from handlers.exports.tally import Tally
from handlers.texts.catalogue import Say
from models.queries.register import sights
from models.queries.register.reading import Progress, Register
from models.queries.register.sealed import newest_checkpoint
from models.queries.register.sights import Sights
from models.queries.register.wanted import Wanted
from models.repository.reader import Reader


@dataclass(frozen=True, slots=True)
class Order:
    """A register that somebody has asked for: what of it, written as what, with what of confidential cases."""

    wanted: Wanted
    form: Format
    confidential: Confidential

    @property
    def kept(self) -> dict[str, Any]:
        """The order as a notice and the journal keep it."""
        return {**self.wanted.kept, "format": self.form.value, "confidential": self.confidential.value}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """Return what a notice keeps. Raises KeyError and ValueError for what is none."""
        return cls(Wanted.read(kept), Format(kept["format"]), Confidential(kept["confidential"]))

    @property
    def file_name(self) -> str:
        """The name of the file."""
        return file_name(self.wanted, self.form)


def make(
    reader: Reader,
    order: Order,
    say: Say,
    *,
    maker: str,
    shown: Sights | None = None,
    to: Path,
    beside: Path,
    progress: Progress | None = None,
) -> Tally:
    """Write the register to the file `to`, as `reader` finds it, and return its tally.

    `shown` says what of confidential cases their maker may read; it is asked where the order goes by that. `beside` is
    an empty folder for what is under way. Raises OSError where the disk refuses.
    """
    register = Register(reader, order.wanted, sights=_sights(order, shown), progress=progress)
    return write(order.form, register.rows(), heading_of(reader, order, maker=maker), say, to=to, beside=beside)


def heading_of(reader: Reader, order: Order, *, maker: str) -> Heading:
    """Return what the file says of itself."""
    wanted, file = order.wanted, reader.office_file
    post = next((one.title for one in file.posts if one.code == wanted.post), wanted.post or "")
    sop = reader.rules.sops.get(wanted.sop) if wanted.sop is not None else None
    return Heading(
        office=file.name,
        wanted=wanted,
        post=post,
        sop=sop.title if sop is not None else wanted.sop or "",
        maker=maker,
        made_at=reader.at,
        zone=reader.calendar.zone,
        checkpoint=newest_checkpoint(reader.session),
        confidential=order.confidential,
    )


def _sights(order: Order, shown: Sights | None) -> Sights:
    match order.confidential:
        case Confidential.WHOLE:
            return sights.everything
        case Confidential.MAKERS if shown is not None:
            return shown
        case _:
            return sights.positions
