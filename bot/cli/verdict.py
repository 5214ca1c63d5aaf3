"""How the command line tells whether the record holds."""

from bot.cli import console
from models.journal.chain import Breach
from models.proof.verification import Verification


def tell(found: Verification) -> None:
    """Print what a verification has found."""
    entries = console.counted(found.entries, "journal entry", "journal entries")
    files = f", {console.counted(found.files, 'file', 'files')}" if found.files else ""
    size = f"{console.counted(found.cases, 'case', 'cases')}, {entries}{files}"
    if found.erased:
        console.note(
            f"{found.erased} payloads were erased: their entries are proved, but their cases cannot be told again."
        )
    if found.verifies:
        console.succeed(f"{size}: the record holds.")
        return
    for breach in found.breaches:
        console.fail(_described(breach))
    console.fail(f"{size}: the record does not hold. The first bad entry is {_described(found.breaches[0])}")


def _described(breach: Breach) -> str:
    """Return where a breach is and what is wrong there."""
    place = f"{breach.subject}, entry {breach.sequence}" if breach.sequence else breach.subject
    return f"{place}: {breach.reason}"
