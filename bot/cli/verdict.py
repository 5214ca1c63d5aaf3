"""How the command line tells whether the record holds."""

from bot.cli import console
from models.journal.chain import Breach
from models.proof.against import Held
from models.proof.verification import Verification


def tell(found: Verification) -> None:
    """Print what a verification has found."""
    entries = console.counted(found.entries, "journal entry", "journal entries")
    files = f", {console.counted(found.files, 'file', 'files')}" if found.files else ""
    size = f"{console.counted(found.cases, 'case', 'cases')}, {entries}{files}"
    if found.erased:
        of = console.counted(found.erased, "entry", "entries")
        console.note(f"Words were erased from {of}, as the journal tells. All else of them is proved.")
    if found.verifies:
        console.succeed(f"{size}: the record holds{', but for what was erased' if found.erased else ''}.")
        return
    for breach in found.breaches:
        console.fail(_described(breach))
    console.fail(f"{size}: the record does not hold. The first bad entry is {_described(found.breaches[0])}")


def tell_held(held: Held) -> None:
    """Print what holding the record against a checkpoint has found."""
    checkpoint = held.checkpoint
    size = f"checkpoint of {checkpoint.size} leaves" if checkpoint is not None else "checkpoint"
    made = f", made on {held.sealed_at:%Y-%m-%d %H:%M:%S} UTC" if held.sealed_at is not None else ""
    for fault in held.faults:
        console.fail(f"{fault.subject}: {fault.reason}" if fault.subject is not None else fault.reason)
    if held.faults:
        console.fail(f"{size}{made}: the record does not follow from it.")
    else:
        console.succeed(f"{size}{made}: the record follows from it, {console.counted(held.chains, 'chain', 'chains')}.")


def _described(breach: Breach) -> str:
    """Return where a breach is and what is wrong there."""
    place = f"{breach.subject}, entry {breach.sequence}" if breach.sequence else breach.subject
    return f"{place}: {breach.reason}"
