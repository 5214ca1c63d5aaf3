"""An office as data: its posts and who stands above whom, its hours, how it chases, what it limits."""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

from models.rules.document import Findings, Table, duplicates, nearest, parse_document, read_document, shown
from models.rules.errors import InvalidOffice, InvalidStandard, Problem, UnknownPost, UnknownRole
from models.rules.ladder import Audience, LadderSettings
from models.rules.logo import Logo, UnfitLogo, read_logo
from models.rules.reminding import ReminderSettings, read_reminders
from models.rules.sop import Sop
from models.rules.standard import Standard
from models.rules.work_calendar import OfficeHours, Period, Season, SpecialDay, Week, WorkCalendar

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"([01][0-9]|2[0-3])\.([0-5][0-9])")
_PERIOD = re.compile(f"(?P<start>{_CLOCK.pattern})-(?P<end>{_CLOCK.pattern})")
_CLOSED: Week = ((),) * 7
_NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class PostSpec:
    """A post of the office.

    `title` is its full name, `short` the name for buttons; `roles` are the codes of the SOP roles it fills; `superior`
    is the code of the post above it, None at the top; `several` tells that more than one person may hold it at once.
    `formerly` is the code that the post had before it was given this one, None where it had no other.
    """

    code: str
    title: str
    short: str
    roles: tuple[str, ...]
    superior: str | None
    several: bool
    formerly: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one person may do. `attachments_per_report` counts the files of one report before it is sent.

    `reports_per_hour` counts the reports that become cases within an hour. Reports beyond it wait as drafts.
    """

    attachments_per_report: int = 20
    reports_per_hour: int = 10


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """One office, validated.

    `lines` are the lines of its letterhead, `address` may be empty. `logo_file` is where the logo lies, as the file
    says it, counted from the folder of the file; "" where the office has none. `watchers` are the codes of the posts
    that keep the SOP and are told of escalations. `digest_time` is the time of day, on the office's clock, of the
    watchers' digest. `usual_sop` is the code of the SOP that a report goes by unless its reporter chooses another; it
    may be None where the office has one SOP only. `deputy` is the code of the post whose holder decides in the place of
    a head of the office who is missing or cannot be reached, None where the admins do. `source` names the file it was
    read from.

    `digest` is the SHA-256 of the file's text, in hexadecimal digits.

    `file_years` is for how many years after its end the files of a case are kept, None where they stay for good.
    `words_years` is the same for the words and files of its reporter.

    `calendar` is as the file has it, until `Rules.with_calendar` puts the one in force in its place: `Office.file` and
    `Finder.calendar` have that one.
    """

    code: str
    name: str
    lines: tuple[str, ...]
    address: str
    posts: tuple[PostSpec, ...]
    watchers: tuple[str, ...]
    ladder: LadderSettings
    reminders: ReminderSettings
    calendar: WorkCalendar
    digest_time: time
    limits: Limits
    usual_sop: str | None
    source: str
    file_years: int | None = None
    words_years: int | None = None
    deputy: str | None = None
    logo_file: str = ""
    logo: Logo | None = None
    digest: str = ""

    def post(self, code: str) -> PostSpec:
        """Return the post with this code; raises `UnknownPost`."""
        for post in self.posts:
            if post.code == code:
                return post
        raise UnknownPost(self.code, code)

    def short_of(self, code: str) -> str:
        """Return the name for buttons of the post that has this code or had it, the code itself where none has."""
        named = {post.formerly: post.short for post in self.posts} | {post.code: post.short for post in self.posts}
        return named.get(code, code)

    def post_for_role(self, role: str) -> PostSpec:
        """Return the post that fills the SOP role with this code; raises `UnknownRole` when none does."""
        for post in self.posts:
            if role in post.roles:
                return post
        raise UnknownRole(self.code, role)


def parse_office(text: str, *, source: str) -> OfficeFile:
    """Read an office from TOML; `source` names the file in problems.

    Raises `InvalidOffice` with every problem found.
    """
    findings = Findings(source)
    document = parse_document(text, findings, InvalidOffice)
    hours = _hours(document)
    posts = _posts(document)
    code, name, lines = document.code("code"), document.text("name"), document.texts("lines", empty=True)
    address, watchers = document.optional_text("address"), _watchers(document, posts)
    logo_file = document.optional_text("logo")
    ladder, limits = _ladder(document.table("ladder")), _limits(document.table("limits"))
    deputy = _deputy(document, posts)
    digest_time, usual_sop = _digest_time(document), document.optional_code("usual_sop")
    reminders = read_reminders(document.optional_table("reminders"))
    file_years, words_years = _kept_years(document.optional_table("archive"))
    document.finish()
    findings.refuse_with(InvalidOffice)
    return OfficeFile(
        code=code,
        name=name,
        lines=lines,
        address=address,
        posts=posts,
        watchers=watchers,
        ladder=ladder,
        reminders=reminders,
        calendar=WorkCalendar(hours),
        digest_time=digest_time,
        limits=limits,
        usual_sop=usual_sop,
        source=source,
        file_years=file_years,
        words_years=words_years,
        deputy=deputy,
        logo_file=logo_file,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def load_office(path: Path) -> OfficeFile:
    """Read the office in the file at `path`, with its logo; raises `InvalidOffice`, also when one cannot be read."""
    office = parse_office(read_document(path, InvalidOffice), source=str(path))
    if not office.logo_file:
        return office
    try:
        return replace(office, logo=read_logo(path.parent / office.logo_file))
    except UnfitLogo as fault:
        raise InvalidOffice([Problem(str(path), "logo", str(fault))]) from None


def check_fit(office: OfficeFile, sop: Sop) -> list[Problem]:
    """Return why this office cannot run this SOP: each role with steps needs exactly one post. Empty when it can."""
    problems: list[Problem] = []
    for role in sop.roles:
        filling = [post.code for post in office.posts if role.code in post.roles]
        if len(filling) == 1 or not sop.steps_of(role.code):
            continue
        fault = f"Several posts ({', '.join(filling)}) fill" if filling else "No post fills"
        reason = f"{fault} the role {role.title!r} of the SOP {sop.code!r}. Name it under “roles” of exactly one post."
        problems.append(Problem(office.source, f"role {role.code}", reason))
    return problems


def check_usual(office: OfficeFile, sops: Collection[str]) -> list[Problem]:
    """Return why it is not clear which of the `sops`, by code, a report goes by. Empty when it is."""
    if len(sops) == 1 or office.usual_sop in sops:
        return []
    if office.usual_sop is None:
        reason = f"There are several SOPs ({', '.join(sorted(sops))}). Name the one that most reports are for."
    else:
        reason = f"{shown(office.usual_sop)} is no SOP. {nearest(office.usual_sop, sops)}"
    return [Problem(office.source, "usual_sop", reason)]


def _posts(document: Table) -> tuple[PostSpec, ...]:
    rows = document.tables("posts", row="post", named_by="code")
    if not rows:
        document.wrong("The office has no posts. Add each under its own [[posts]].")
    posts = tuple(
        PostSpec(
            code=row.code("code"),
            title=row.text("title", longest=200),
            short=row.text("short", longest=60),
            roles=row.codes("roles"),
            superior=row.optional_code("superior"),
            several=row.flag("several"),
            formerly=row.optional_code("formerly"),
        )
        for row in rows
    )
    by_code = {post.code: post for post in posts}
    repeated_roles = duplicates(role for post in posts for role in post.roles)
    for place, (row, post) in enumerate(zip(rows, posts, strict=True)):
        row.finish()
        if post.code in (earlier.code for earlier in posts[:place]):
            row.wrong("An earlier post has this code too. Give each post its own code.")
        for role in set(post.roles) & set(repeated_roles):
            row.wrong(f"The role {role!r} is filled by another post too. Name it under one post only.")
        if post.superior and post.superior not in by_code:
            row.wrong(f"“superior” is {shown(post.superior)}, which is no post. {nearest(post.superior, by_code)}")
        if post.formerly in by_code:
            row.wrong(f"“formerly” is {shown(post.formerly)}, which is a post still. Name a code that no post has now.")
        if post.formerly and post.formerly in (earlier.formerly for earlier in posts[:place]):
            row.wrong("An earlier post had this former code too. Only one can take its holders and tasks.")
        if _stands_above_itself(post, by_code):
            row.wrong("Going up from superior to superior leads back to this post. Leave the topmost one without.")
    return posts


def _stands_above_itself(post: PostSpec, by_code: dict[str, PostSpec]) -> bool:
    seen: set[str] = set()
    above = post.superior
    while above is not None and above in by_code and above not in seen:
        if above == post.code:
            return True
        seen.add(above)
        above = by_code[above].superior
    return False


def _watchers(document: Table, posts: tuple[PostSpec, ...]) -> tuple[str, ...]:
    codes = [post.code for post in posts]
    watchers = document.codes("watchers")
    for watcher in watchers:
        if watcher not in codes:
            document.wrong(f"“watchers” lists {shown(watcher)}, which is no post. {nearest(watcher, codes)}")
    return watchers


def _deputy(document: Table, posts: tuple[PostSpec, ...]) -> str | None:
    code, codes = document.optional_code("deputy"), [post.code for post in posts]
    if code and code not in codes:
        document.wrong(f"“deputy” is {shown(code)}, which is no post. {nearest(code, codes)}")
    return code


def _ladder(table: Table) -> LadderSettings:
    defaults = LadderSettings()
    settings = LadderSettings(
        warn_percent=table.whole("warn_percent", least=1, most=99) or defaults.warn_percent,
        escalate_after_standards=table.whole("escalate_after_standards", least=1, most=99)
        or defaults.escalate_after_standards,
        repeat_minimum=_repeat_minimum(table) or defaults.repeat_minimum,
        escalate_to=_escalate_to(table) or defaults.escalate_to,
    )
    table.finish()
    return settings


def _escalate_to(table: Table) -> tuple[Audience, ...]:
    known = [audience.value for audience in Audience]
    texts = table.texts("escalate_to", required=False)
    for text in texts:
        if text and text not in known:
            table.wrong(f"“escalate_to” lists {shown(text)}. {nearest(text, known)}")
    return tuple(Audience(text) for text in texts if text in known)


def _repeat_minimum(table: Table) -> int | None:
    text = table.text("repeat_minimum")
    try:
        seconds = Standard.parse(text).seconds
    except InvalidStandard:
        seconds = None
    if text and seconds is None:
        table.wrong(f"“repeat_minimum” is {shown(text)}. Write minutes or hours of office time, such as 30 menit.")
    return seconds


def _limits(table: Table) -> Limits:
    defaults = Limits()
    limits = Limits(
        attachments_per_report=table.whole("attachments_per_report", least=1, most=100)
        or defaults.attachments_per_report,
        reports_per_hour=table.optional_whole("reports_per_hour", least=1, most=1000) or defaults.reports_per_hour,
    )
    table.finish()
    return limits


def _kept_years(table: Table | None) -> tuple[int | None, int | None]:
    """Return for how many years files are kept, and the words of reporters; None for good."""
    if table is None:
        return None, None
    years = table.optional_whole("years", least=1, most=100)
    words_years = table.optional_whole("words_years", least=1, most=100)
    table.finish()
    return years, words_years


def _hours(document: Table) -> OfficeHours:
    weeks = _weeks(document.table("hours"))
    if _NORMAL not in weeks:
        document.wrong(f"“hours” has no {_NORMAL!r}. Add a table [hours.{_NORMAL}].")
    return OfficeHours(
        zone=_zone(document),
        week=weeks.get(_NORMAL, _CLOSED),
        seasons=_seasons(document, weeks),
        special_days=_special_days(document),
        confirmed_years=frozenset(document.wholes("confirmed_years", least=2000, most=2999)),
        named_weeks=tuple((name, week) for name, week in weeks.items() if name != _NORMAL),
    )


def _zone(document: Table) -> ZoneInfo:
    name = document.text("zone")
    try:
        return ZoneInfo(name or "UTC")
    # Which of these an unknown name raises depends on the name: a folder of the zone data is an OSError.
    except (KeyError, ValueError, OSError):
        document.wrong(f"“zone” is {shown(name)}, which is no time zone. Write one such as Asia/Makassar.")
        return ZoneInfo("UTC")


def _weeks(table: Table) -> dict[str, Week]:
    weeks: dict[str, Week] = {}
    for name in table.keys:
        days = table.table(name)
        week = tuple(_periods(days, weekday) if weekday in days else () for weekday in _WEEKDAYS)
        if name == _NORMAL and not any(week):
            days.wrong("The office never works. List the periods of at least one weekday.")
        days.finish(known=_WEEKDAYS)
        weeks[name] = week
    return weeks


def _periods(row: Table, key: str) -> tuple[Period, ...]:
    periods: list[Period] = []
    for text in row.texts(key):
        match = _PERIOD.fullmatch(text)
        period = match and Period(_clock(match["start"]), _clock(match["end"]))
        if period is None:
            row.wrong(f"“{key}” lists {shown(text)}, which is no part of a day. Write it as 07.30-12.00.")
        elif period.start >= period.end:
            row.wrong(f"“{key}” lists {shown(text)}, which ends before it begins. Write it as 07.30-12.00.")
        elif periods and period.start < periods[-1].end:
            row.wrong(f"“{key}” lists {shown(text)} before the period ahead of it is over. List the periods in order.")
        else:
            periods.append(period)
    return tuple(periods)


def _digest_time(document: Table) -> time:
    text = document.text("digest_time")
    if _CLOCK.fullmatch(text):
        return _clock(text)
    if text:
        document.wrong(f"“digest_time” is {shown(text)}, which is no time of day. Write it as 08.00.")
    return time()


def _clock(text: str) -> time:
    hour, minute = text.split(".")
    return time(int(hour), int(minute))


def _seasons(document: Table, weeks: dict[str, Week]) -> tuple[Season, ...]:
    seasons: list[Season] = []
    for row in document.tables("seasons", row="season", named_by="name", required=False):
        name, hours, first, last = row.text("name"), row.text("hours"), row.day("first"), row.day("last")
        estimated = row.flag("estimated")
        row.finish()
        if hours and hours not in weeks:
            row.wrong(f"“hours” is {shown(hours)}, but there is no [hours.{hours}]. {nearest(hours, weeks)}")
        if first is None or last is None:
            continue
        if last < first:
            row.wrong(f"“last” ({last}) comes before “first” ({first}). Exchange them.")
        for earlier in seasons:
            if first <= earlier.last and earlier.first <= last:
                row.wrong(f"It overlaps the season {earlier.name!r}. Give each day to one season.")
        seasons.append(Season(name, first, last, weeks.get(hours, _CLOSED), estimated))
    return tuple(seasons)


def _special_days(document: Table) -> tuple[SpecialDay, ...]:
    days: dict[date, SpecialDay] = {}
    added = document.tables("added_days", row="added day", named_by="day", required=False)
    removed = document.tables("removed_days", row="removed day", named_by="day", required=False)
    for row in added + removed:
        day, reason = row.day("day"), row.text("reason")
        periods = _periods(row, "periods") if row in added else ()
        row.finish()
        if day is not None and day in days:
            row.wrong("This day is listed more than once among the added and removed days. Keep one.")
        elif day is not None:
            days[day] = SpecialDay(day, reason, periods)
    return tuple(days.values())
