"""Every command of the command line: how it is typed, and what its help says.

What a command does stands in the module beside this one that the command imports when it runs. So help, the version
and a mistyped command are answered at once, without the database, Telegram and the rest being imported.
"""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import console
from bot.cli.archive_commands import archive_app
from bot.cli.checkpoint_commands import checkpoint_app
from bot.cli.loading import without_collecting, without_the_client_s_command_line
from bot.cli.options import DatabaseOption, Office
from bot.cli.paper_commands import paper
from bot.cli.person_commands import person_app
from bot.cli.register_commands import register
from bot.cli.rekap_commands import rekap
from bot.cli.statistics_commands import statistics

_HELP = """A Telegram bot that makes an office keep its own SOP.

Try it without a token:  [bold]disposisi demo[/bold]

Run it for real: put the token from @BotFather into .env (see .env.example); then [bold]disposisi check[/bold],
[bold]disposisi run[/bold], and in a second terminal [bold]disposisi invite --admin[/bold] for yourself and
[bold]disposisi invite kakanwil[/bold] for each official.
"""

app = typer.Typer(
    help=console.flowing(_HELP),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
sop_app = typer.Typer(no_args_is_help=True, help="Check SOP files, show an SOP as its table, and print its form.")


_PORT = 8765


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - the shape of a callback that typer calls
    if wanted:
        try:
            console.say(f"disposisi {version('disposisi')}")
        except PackageNotFoundError:
            console.say("disposisi, from a folder that is not installed")
        raise typer.Exit


@app.callback()
def disposisi(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Take the options that belong to no command."""


@app.command()
def demo(
    *,
    played: Annotated[
        bool, typer.Option("--play", help="Play one whole case here, without a browser, and sum it up in 40 lines.")
    ] = False,
    slow: Annotated[bool, typer.Option("--slow", help="With --play: tell it all, at reading speed.")] = False,
    full: Annotated[bool, typer.Option("--full", help="With --play: tell it all, at once.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is; if taken, another.")] = _PORT,
    office: Annotated[
        Office, typer.Option(help="An empty one, one that has lived for a month, or both, each at its own address.")
    ] = Office.BOTH,
    database: Annotated[
        str | None, typer.Option(metavar="URL", help="Keep the record, such as sqlite:///demo.db; else it is removed.")
    ] = None,
) -> None:
    """See the bot at work without a token: a local stand-in for Telegram, and an office of invented people.

    It prints the address of a page with one chat per person, a clock that can be moved, and a case that plays in it.
    With --play that case travels all nine steps here. The last line says whether its record is proved; the exit code
    as well.

    Examples:  [bold]disposisi demo[/bold]   [bold]disposisi demo --play --slow[/bold]
    """
    from bot.cli import demonstrating

    if played or slow or full:
        demonstrating.play_here(database, slow=slow, full=full)
    else:
        demonstrating.serve(port, database, office)


@app.command()
def run(
    *,
    migrate: Annotated[bool, typer.Option(help="Bring older tables to this version first, or refuse to start.")] = True,
) -> None:
    """Run the bot from the settings in .env, until Ctrl-C or SIGTERM.

    Needs TELEGRAM_BOT_TOKEN; `disposisi check` tells what else is missing. The log goes to standard error.

    Example:  [bold]disposisi run[/bold]
    """
    with without_collecting(), without_the_client_s_command_line():
        from bot.cli import serving

    serving.run(migrate=migrate)


@app.command()
def check(
    *,
    telegram: Annotated[bool, typer.Option(help="Also ask Telegram whether it knows the token.")] = True,
) -> None:
    """Check settings, database, office, SOP files and Telegram: each line is well or says what to do.

    Ends with 1 when something is wrong. Nothing is changed.

    Example:  [bold]disposisi check --no-telegram[/bold]
    """
    from bot.cli import checking

    checking.check(telegram=telegram)


@app.command()
def invite(
    post: Annotated[str | None, typer.Argument(metavar="POST_OR_ROLE", help="Such as kadiv or jft-prakom.")] = None,
    *,
    admin: Annotated[bool, typer.Option("--admin", help="Invite an admin, the first one too.")] = False,
    office: Annotated[bool, typer.Option("--office", help="One link for the whole office, for 30 days.")] = False,
    nip: Annotated[str | None, typer.Option("--for", metavar="NIP", help="The person whom it is for.")] = None,
) -> None:
    """Print an invite link for a post, an admin or the whole office.

    A link for a post or an admin serves once, within 24 hours. With --for it serves the person with this NIP; an admin
    confirms in chat who uses one that names nobody, except the first admin. An account that uses the office's link is
    accepted by an admin with one tap, or at once when their NIP was imported. The code is shown now and kept nowhere.

    Examples:  [bold]disposisi invite --admin[/bold]   [bold]disposisi invite kadiv --for NIP[/bold]   \
[bold]disposisi invite --office[/bold]
    """
    if sum((post is not None, admin, office)) != 1:
        raise typer.BadParameter("Name one of: a post, --admin, --office.", param_hint="POST_OR_ROLE")
    if office and nip is not None:
        raise typer.BadParameter("The office's link is for everybody.", param_hint="--for")
    from bot.cli import people

    people.invite(post, admin=admin, nip=nip)


@app.command()
def verify(
    *,
    files: Annotated[Path | None, typer.Option("--files", help="The folder with the files of cases.")] = None,
    without_files: Annotated[bool, typer.Option("--without-files", help="Read no file of any case.")] = False,
    against: Annotated[
        Path | None, typer.Option(metavar="CHECKPOINT", help="A checkpoint that was kept elsewhere.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The office's public key; else that of this machine.")
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="DIR", help="Check what `disposisi export` has written.")
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Prove that nobody changed, removed, inserted or reordered anything in the record, and no file of a case.

    Reads only, and needs neither token nor office, so that a copy of the database can be verified anywhere.
    Ends with 1 when something is found, naming the first bad entry of each chain, and with 3 when all is proved but the
    words that an erasure took, as the journal tells. With --against it also finds an end
    that was cut off, a case that was removed whole, hashes that were computed again, times that were put back, and an
    older copy in place of the record. Public keys: disposisi checkpoint key. With --export no database is read; it
    ends with 3 when everything is proved but for what was erased.

    Examples:  [bold]disposisi verify --database sqlite:///copy.db[/bold]   \
[bold]disposisi verify --against latest.txt --key key.txt[/bold]   \
[bold]disposisi verify --export folder --key key.txt[/bold]
    """
    if export is not None:
        if key is None:
            raise typer.BadParameter("Name the office's public key, which proves the export.", param_hint="--key")
        from bot.cli import exporting

        exporting.check(export, key, against)
        return
    if key is not None and against is None:
        raise typer.BadParameter("A key is for a checkpoint: name it with --against.", param_hint="--key")
    from bot.cli import record

    record.verify(database, files, without_files=without_files, against=against, key=key)


@app.command()
def migrate(database: DatabaseOption = None) -> None:
    """Bring the tables of the record to what this version works with. Stop the bot and keep a copy first.

    `disposisi run` does the same when it starts, unless told not to.

    Example:  [bold]disposisi migrate[/bold]
    """
    from bot.cli import record

    record.migrate(database)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy is to be, such as copies/monday.copy.")],
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it is there already.")] = False,
    database: DatabaseOption = None,
) -> None:
    """Write a copy of the record into one file, while the bot runs; it is checked before it counts.

    The file holds everything, people's names and NIP too: only its owner may read it. A copy of PostgreSQL is made by
    its own pg_dump, which must be installed here. It needs no token. Keep copies on another machine.

    Example:  [bold]disposisi backup /var/backups/disposisi/monday.copy[/bold]
    """
    from bot.cli import copying

    copying.backup(file, database, overwrite=overwrite)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `disposisi backup` has written.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Keep the record that is there aside, and put the copy in its place.")
    ] = False,
    database: DatabaseOption = None,
) -> None:
    """Put a copy back, bring it to this version, and prove it. Stop every process of the bot first.

    A copy of SQLite can be put into PostgreSQL too: name the empty database with --database. What happened after the
    copy was taken is not in it; docs/operations.md tells what that means. Ends with 1 when the record does not hold.

    Example:  [bold]disposisi restore /var/backups/disposisi/monday.copy --replace[/bold]
    """
    from bot.cli import copying

    copying.restore(file, database, replace=replace)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is not there yet, or is empty.")],
    *,
    case: Annotated[
        str | None, typer.Option("--case", metavar="NUMBER", help="One case, such as SW-2026-0001.")
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", metavar="DAYS", help="Cases opened then: 2026-10, 2026-10..2026-12.")
    ] = None,
    without_files: Annotated[bool, typer.Option("--without-files", help="Leave the files of cases out.")] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who makes it; else the user.")] = None,
    database: DatabaseOption = None,
) -> None:
    """Write the record as plain files that prove themselves: register, cases, journal, files, checkpoints.

    Somebody with the office's public key can check them years later without this program. With --case or --period it
    is an extract: its cases are proved by their paths in the tree of the newest checkpoint. The bot may run meanwhile.
    The folder names people and what they wrote; only its owner may read it.

    Examples:  [bold]disposisi export audit-2026[/bold]   [bold]disposisi export q4 --period 2026-10..2026-12[/bold]
    """
    from bot.cli import exporting

    exporting.write(folder, database, number=case, period=period, with_files=not without_files, by=by)


@app.command("breach-notice")
def breach_notice(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Where the draft is to be; else standard output.")
    ] = None,
) -> None:
    """Draft the notice that is due within 3 x 24 hours after a breach of personal data (UU 27/2022, pasal 46).

    It says whose data the record holds, of which kinds and how many, as the law asks; what only people know is left in
    brackets. The office's journal tells that it was drafted.

    Example:  [bold]disposisi breach-notice notice.txt[/bold]
    """
    from bot.cli import personal

    personal.breach_notice(file)


@sop_app.command("check")
def check_sops(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE_OR_CODE", help="Or a folder with *.toml files; without one, all in SOP_DIR."),
    ] = None,
) -> None:
    """Check whether SOP files can run and be printed, naming file, row and reason of whatever cannot.

    It also says where an SOP departs from Permenpan RB 35/2012; such an SOP runs all the same. The code of an SOP in
    SOP_DIR serves as well as the name of its file. Ends with 1 when an SOP cannot run, or its form cannot hold it.

    Examples:  [bold]disposisi sop check penanganan-masalah-software[/bold]   \
[bold]disposisi sop check models/sops/penanganan-masalah-software.toml[/bold]
    """
    from bot.cli import sop

    sop.check(names or [])


@sop_app.command("show")
def show_sop(
    name: Annotated[
        str | None,
        typer.Argument(metavar="FILE_OR_CODE", help="Needed where SOP_DIR holds several."),
    ] = None,
) -> None:
    """Print an SOP as the document's own table.

    The code of an SOP in SOP_DIR serves as well as the name of its file.

    Examples:  [bold]disposisi sop show penanganan-masalah-software[/bold]   \
[bold]disposisi sop show models/sops/penanganan-masalah-software.toml[/bold]
    """
    from bot.cli import sop

    sop.show(name)


@sop_app.command("print")
def print_sop(
    name: Annotated[
        str | None,
        typer.Argument(metavar="FILE_OR_CODE", help="Needed where SOP_DIR holds several."),
    ] = None,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Without it CODE.pdf in this folder.")
    ] = None,
) -> None:
    """Write the form of an SOP with its flow chart, as Permenpan RB 35/2012 prescribes, as PDF/A for A4.

    The logo comes from the office file. The same files give the same bytes. A file that is there is replaced.

    Examples:  [bold]disposisi sop print[/bold]   \
[bold]disposisi sop print penanganan-masalah-software --output sop.pdf[/bold]
    """
    from bot.cli import sop

    sop.printed(name, output)


app.command()(register)
app.command()(statistics)
app.command()(paper)
app.command()(rekap)
app.add_typer(person_app, name="person")
app.add_typer(archive_app, name="archive")
app.add_typer(sop_app, name="sop")
app.add_typer(checkpoint_app, name="checkpoint")
console.let_help_flow(app)
