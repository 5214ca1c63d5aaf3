"""The commands below `disposisi checkpoint`: how they are typed, and what their help says."""

from typing import Annotated

import typer

from bot.cli.options import DatabaseOption

checkpoint_app = typer.Typer(
    no_args_is_help=True, help="The signed seals over the whole record: show them, and look after their key."
)

_SHOWN = 20


@checkpoint_app.command()
def show(
    number: Annotated[int | None, typer.Argument(min=1, help="Which one; without it the newest.")] = None,
    database: DatabaseOption = None,
) -> None:
    """Print a checkpoint as the signed note that it is, to be kept outside this machine.

    Three lines say whose log it is, how many leaves it has and their root; the last is the signature. A person who
    keeps it can prove later that nothing was cut off, removed or written again since: disposisi verify --against FILE.

    Examples:  [bold]disposisi checkpoint show[/bold]   [bold]disposisi checkpoint show 7 > checkpoint.txt[/bold]
    """
    from bot.cli import checkpoints

    checkpoints.show(number, database)


@checkpoint_app.command("list")
def list_checkpoints(
    last: Annotated[int, typer.Option("--last", min=1, help="How many, the newest first.")] = _SHOWN,
    database: DatabaseOption = None,
) -> None:
    """List the newest checkpoints: when each was made, over how many leaves, and where it has gone.

    Example:  [bold]disposisi checkpoint list --last 5[/bold]
    """
    from bot.cli import checkpoints

    checkpoints.list_newest(last, database)


@checkpoint_app.command()
def key(database: DatabaseOption = None) -> None:
    """Print the public keys of the record, the newest last, by which everybody can verify its checkpoints.

    Keep them where nobody who runs this machine can change them: on paper, with the auditor. The secret is never shown.

    Example:  [bold]disposisi checkpoint key > key.txt[/bold]
    """
    from bot.cli import checkpoints

    checkpoints.show_keys(database)


@checkpoint_app.command()
def rotate() -> None:
    """Let a new key sign from now on. The old one signs the hand-over, and is gone then.

    The bot may run meanwhile; its next checkpoint is signed by the new key. An auditor who trusts one of the two
    keys can verify what the other has signed. A key from the environment cannot be rotated: put it into a file first.

    Example:  [bold]disposisi checkpoint rotate[/bold]
    """
    from bot.cli import checkpoints

    checkpoints.rotate()


@checkpoint_app.command()
def restart(
    reason: Annotated[str, typer.Option("--reason", help="Why; it is written into the office's journal.")],
) -> None:
    """Begin a new log with a new key, where the record was restored from a copy, or the key was lost.

    After a restore the bot seals nothing, because it would sign two checkpoints of one size. In the new log every
    chain is sealed again, and its first seal names the checkpoint before it. Checkpoints from before the restore go on
    to show what the restore lost. The new public key must be given to those who verify.

    Example:  [bold]disposisi checkpoint restart --reason "restored from the copy of 1 December"[/bold]
    """
    from bot.cli import checkpoints

    checkpoints.restart(reason)
