"""`disposisi check`: everything the bot needs, a line each."""

import os
import shutil
import stat
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import typer

from bot.archive.contents import ArchiveFailed
from bot.archive.folder import Folder
from bot.archive.place import archive_of
from bot.cli import console, seals, surroundings
from bot.clock import Clock
from bot.rules import load_rules, unfit_for_open_cases
from bot.settings import ENV_FILE, Settings
from bot.stopped import DatabaseUnusable, OfficeUnfit, Stopped
from bot.storage import migration
from bot.storage.migration import Condition
from bot.storage.ownership import unwritable
from bot.storage.postgresql import LET_IT_OWN
from bot.telegram.cause import Destination
from bot.updates.rivals import host_of
from bot.updates.webhook import Webhook, trouble
from models.repository.calendars import newest_version
from models.repository.records import Records
from models.rules.complete import complete
from models.rules.errors import InvalidDocument
from models.rules.office_file import OfficeFile, load_office
from models.rules.rules import Rules
from models.rules.sop_file import load_sops
from models.rules.unknown_days import ASKED_BEFORE, Gap, Unknown, unknown_days
from models.rules.work_calendar import WorkCalendar

T = TypeVar("T")

SPARE_BYTES = 100_000_000
"""What must be free beside any record: years of a small office, and SQLite's own files."""


class NothingComesThrough(Stopped):
    """Telegram has updates that the webhook does not take."""


class OpenToOthers(Stopped):
    """Other users of the machine may open a file that holds secrets."""


class DiskNearlyFull(Stopped):
    """The disk of the record has no room for a copy of it."""


@dataclass(slots=True)
class _Findings:
    """What was found so far: whether anything is wrong, and notes on what is not wrong but good to know."""

    wrong: bool = False

    def look(self, name: str, at: Callable[[], str]) -> bool:
        """Say that `name` is well, or what to do about it."""
        try:
            words = at()
        except (Stopped, InvalidDocument) as error:
            self.wrong = True
            for line in str(error).splitlines():
                console.fail(f"{name:<10} {line}")
            return False
        console.succeed(f"{name:<10} {words}")
        return True


def check(*, telegram: bool) -> None:
    """Look at each thing in turn, at Telegram only if asked to; ends the program with 1 when something is wrong."""
    findings = _Findings()
    settings: list[Settings] = []
    if findings.look("Settings", lambda: _settings(settings)):
        given = settings[0]
        office = findings.look("Office", lambda: _office(given))
        if office:
            findings.look("Clock", lambda: _clock(given))
        sops = findings.look("SOP", lambda: _sops(given))
        for line in surroundings.overlooked(given):
            console.note(line)
        if office and given.paper_templates is not None:
            findings.look("Papers", lambda: _papers(given))
        fits = office and sops and findings.look("Fit", lambda: _fit(given))
        database = findings.look("Database", lambda: _database(given))
        if office:
            calendar = _in_force(given)
            findings.look("Calendar", lambda: _calendar(calendar))
            for line in _unknown(calendar):
                console.note(line)
        if database and fits and _in_use(given):
            findings.look("Cases", lambda: _recorded(given, _cases))
            for line in _recorded(given, _missing):
                console.note(line)
        findings.look("Secrets", lambda: _secrets(given))
        findings.look("Seals", lambda: seals.state(given))
        if (path := surroundings.record_file(given)) is not None:
            findings.look("Disk", lambda: _disk(path))
        findings.look("Archive", lambda: _archive(given))
        findings.look("Updates", lambda: _updates(given))
        findings.look("Proxy", lambda: _proxy(given))
        if telegram and findings.look("Telegram", lambda: f"the token is that of @{surroundings.account(given)}"):
            findings.look("Webhook", lambda: _webhook(given))
    if findings.wrong:
        raise typer.Exit(1)


def _settings(found: list[Settings]) -> str:
    given = surroundings.settings()
    found.append(given)
    where = (
        f"from {ENV_FILE} and the environment" if ENV_FILE.exists() else f"from the environment; there is no {ENV_FILE}"
    )
    lacking = "" if given.telegram_bot_token else "; without TELEGRAM_BOT_TOKEN, which `disposisi run` needs"
    return f"{where}{lacking}"


def _office(given: Settings) -> str:
    office = load_office(given.office_file)
    return f"{office.name}, {len(office.posts)} posts, {office.calendar.zone.key} ({given.office_file})"


def _clock(given: Settings) -> str:
    """Say what the office's clock shows, for somebody to hold against a clock on the wall."""
    calendar = _in_force(given)
    now = Clock().now()
    local = now.astimezone(calendar.zone)
    is_open = "open" if calendar.is_open(now) else "closed"
    hours = calendar.hours.weekly.total_seconds() / 3600
    return f"the office has {local:%A %d-%m-%Y %H.%M %Z} now and is {is_open}; its week has {hours:g} hours"


def _calendar(calendar: WorkCalendar) -> str:
    """Say whether the calendar knows the days ahead. What it does not know keeps nothing from working."""
    days, gaps = ASKED_BEFORE[0], len(_gaps(calendar))
    if not gaps:
        return f"cuti bersama and Ramadan are known for the {days} days ahead"
    return f"not known for the {days} days ahead: {gaps}, named below; the admins are asked in chat"


def _unknown(calendar: WorkCalendar) -> list[str]:
    """Return what the calendar does not know, each with what to do about it."""
    return [f"Not known yet: {one}. {_REMEDIES[one.gap]}" for one in _gaps(calendar)]


def _gaps(calendar: WorkCalendar) -> tuple[Unknown, ...]:
    return unknown_days(calendar, Clock().now().astimezone(calendar.zone).date())


def _in_force(given: Settings) -> WorkCalendar:
    """Return the calendar that the next start brings into force: the office file's, with what admins have entered."""
    filed = load_office(given.office_file).calendar
    # What is wrong with the database is said further down.
    with suppress(Stopped):
        if _in_use(given):
            with surroundings.database(given) as database, database.transaction() as session:
                version = newest_version(session)
                return filed if version is None else WorkCalendar(version.calendar.filed(filed.hours).hours)
    return filed


_REMEDIES: Mapping[Gap, str] = complete(
    Gap,
    {
        Gap.CUTI_BERSAMA: "Write its days under [[removed_days]], and then the year into confirmed_years; "
        "or let an admin enter both with /libur.",
        Gap.RAMADAN: "Write its dates under [[seasons]], with the hours that hold then; or let an admin enter them "
        "with /libur.",
        Gap.ESTIMATE: "Correct the dates once they are decided, and remove estimated.",
    },
)


def _secrets(given: Settings) -> str:
    """Say that only their owner and group may read the files with secrets. Raises `OpenToOthers`."""
    found = [path for path in (ENV_FILE, *surroundings.record_files(given)) if path.is_file()]
    if opened := [path for path in found if path.stat().st_mode & stat.S_IRWXO]:
        raise OpenToOthers("\n".join(f"Every user of this machine may open {path}: chmod o= {path}" for path in opened))
    return f"{', '.join(map(str, found))}: closed to other users" if found else "no file here holds any yet"


def _archive(given: Settings) -> str:
    """Say where the files of cases are kept. Raises `ArchiveFailed` where that place cannot be used."""
    archive = archive_of(given, beside=surroundings.record_file(given))
    next(archive.digests(), None)
    if isinstance(archive, Folder) and (why := unwritable(archive.root)) is not None:
        raise ArchiveFailed(f"{archive.name} cannot be used: {why}")
    return f"files of cases are kept in {archive.name}"


def _disk(path: Path) -> str:
    """Say how much space is free beside the record at `path`. Raises `DiskNearlyFull` where no copy of it fits."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise DatabaseUnusable(f"The folder {folder} does not exist.")
    free = shutil.disk_usage(folder).free
    needed = max(SPARE_BYTES, 2 * path.stat().st_size if path.is_file() else 0)
    if free < needed:
        raise DiskNearlyFull(
            f"{_megabytes(free)} are free in {folder}, and {_megabytes(needed)} are needed, so that a copy fits. "
            "Free some space; old copies first."
        )
    return f"{_megabytes(free)} are free in {folder}"


def _megabytes(count: int) -> str:
    return f"{count // 1_000_000:,} MB"


def _sops(given: Settings) -> str:
    sops = load_sops(given.sop_dir).values()
    return ", ".join(f"{sop.code} ({sop.prefix}, {len(sop.steps)} steps)" for sop in sops)


def _papers(given: Settings) -> str:
    """Set papers by the office's own templates. Raises `Stopped` with all that is wrong with them."""
    from bot.papers.workshop import faults  # noqa: PLC0415 - it takes a second, and is needed by few

    folder = given.paper_templates
    if folder is not None and (wrong := faults(folder, load_office(given.office_file).logo)):
        raise Stopped("\n".join(wrong))
    return f"papers are set by the templates in {folder}"


def _fit(given: Settings) -> str:
    load_rules(given)
    return "every role that has steps is filled by one post"


def _database(given: Settings) -> str:
    database = surroundings.database(given)
    if database.path is not None and not database.path.exists():
        database.close()
        return _place(database.path)
    with database:
        schema = migration.state(database.engine)
        if schema.condition is Condition.EMPTY and not migration.may_make_tables(database.engine):
            raise DatabaseUnusable(f"{database.name} is empty, and no tables may be made in it. {LET_IT_OWN}")
    match schema.condition:
        case Condition.CURRENT:
            return f"{database.name}, revision {schema.needed}"
        case Condition.EMPTY:
            return f"{database.name} is empty; the first command that needs it makes its tables"
        case Condition.OLDER:
            return f"{database.name} is of revision {schema.found}; `disposisi run` brings it to {schema.needed}"
        case Condition.NEWER | Condition.FOREIGN:
            raise migration.UnknownSchema(schema)


def _place(path: Path) -> str:
    folder = path.absolute().parent
    if not folder.is_dir():
        raise DatabaseUnusable(f"The folder {folder} does not exist. Make it, or name another file in DATABASE_URL.")
    if not os.access(folder, os.W_OK):
        raise DatabaseUnusable(f"The folder {folder} may not be written. Grant it, or change DATABASE_URL.")
    return f"{path} does not exist yet; the first command that needs it makes it"


def _updates(given: Settings) -> str:
    """Say how updates come in, and where the program can be asked how it is."""
    webhook, listen = Webhook.of(given), given.listen
    where = f"; it listens on {listen.host}:{listen.port}" if listen is not None else ""
    if webhook is None:
        return f"the bot fetches them from Telegram{where}"
    return f"Telegram sends them to {webhook.url}{where}, where a web server with a certificate must lead"


def _proxy(given: Settings) -> str:
    """Say how Telegram is reached. Raises `InvalidSettings` for a proxy of the environment that cannot be used."""
    if given.proxy is None:
        return "none; Telegram is called directly"
    to = Destination.of(given.telegram_base_url, given.proxy.get_secret_value())
    source = "TELEGRAM_PROXY" if given.telegram_proxy is not None else "the environment"
    return f"{to.host} is called through {to.proxy}, from {source}"


def _webhook(given: Settings) -> str:
    """Say what Telegram has of the webhook. Raises `NothingComesThrough`."""
    webhook, info = Webhook.of(given), surroundings.webhook(given)
    if webhook is None and info.url:
        return f"there is one at Telegram, at {host_of(info.url)}; `disposisi run` takes it away"
    if webhook is None:
        return "there is none, and none is wanted"
    if info.url != webhook.url:
        found = f"another one, at {host_of(info.url)}" if info.url else "none"
        return f"Telegram has {found}; `disposisi run` sets it"
    if said := trouble(info, Clock().now()):
        raise NothingComesThrough(
            f"{said}. The address must lead to WEB_LISTEN, with a certificate that others trust, and the bot must run."
        )
    return f"Telegram has it, and {info.pending_update_count} updates wait"


def _in_use(given: Settings) -> bool:
    """Whether there is a record that this version works with."""
    database = surroundings.database(given)
    if database.path is not None and not database.path.exists():
        database.close()
        return False
    with database:
        return migration.state(database.engine).is_current


def _recorded(given: Settings, look: Callable[[Records], T]) -> T:
    """Return what `look` finds in the record."""
    with surroundings.database(given) as database, database.transaction() as session:
        return look(Records(session, rules=load_rules(given), at=Clock().now()))


def _cases(records: Records) -> str:
    if problems := unfit_for_open_cases(records):
        raise OfficeUnfit("\n".join(map(str, problems)))
    return "every open case can go on in this office"


def _missing(records: Records) -> list[str]:
    """Return what is missing among the people."""
    lines = []
    office = records.reader.office()
    if not office.admins:
        lines.append("There is no admin yet: disposisi invite --admin")
    rules: Rules = records.rules
    vacant = [post for post in rules.office.posts if not office.holders(post.code)]
    lines += [f"Nobody holds the post {post.title}: disposisi invite {post.code}" for post in vacant]
    return lines + _deputy(rules.office, {post.code for post in vacant})


def _deputy(office: OfficeFile, vacant: Collection[str]) -> list[str]:
    """Return that nobody would decide in the place of the head of the office but the admins."""
    if office.deputy is None:
        return ["The office file names no deputy: where nobody can decide as head of the office, the admins do."]
    if office.deputy not in vacant:
        return []
    title = office.post(office.deputy).title
    return [f"Nobody holds the deputy's post {title}: where nobody can decide as head of the office, the admins do."]
