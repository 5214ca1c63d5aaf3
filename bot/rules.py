"""The rules the office decided on file: read, checked against each other and against the open cases, and adopted."""

import logging

from bot.settings import Settings
from bot.stopped import OfficeUnfit
from models.administration.calendar import adopt_calendar
from models.administration.files_in_force import tell_files
from models.administration.posts import adopt_posts, rename_posts
from models.queries.backlog import open_versions, waiting_posts
from models.repository.records import Records
from models.rules.errors import Problem
from models.rules.office_file import check_fit, check_usual, load_office
from models.rules.rules import Rules
from models.rules.sop_file import load_sops
from models.statistics.counting import recount

logger = logging.getLogger(__name__)


def load_rules(settings: Settings) -> Rules:
    """Read the office and its SOPs from file.

    Raises `InvalidOffice` or `InvalidSop` with every problem of a file, `OfficeUnfit` when they do not fit together.
    """
    office = load_office(settings.office_file)
    sops = load_sops(settings.sop_dir)
    problems = [problem for sop in sops.values() for problem in check_fit(office, sop)]
    problems += check_usual(office, sops)
    if problems:
        raise OfficeUnfit("\n".join(map(str, problems)))
    return Rules(office, sops)


def adopt(records: Records) -> None:
    """Keep posts and calendar in step with the office file, renamed posts too, and each new SOP as a new version.

    Raises `OfficeUnfit` when open cases could not go on under these rules.
    """
    adopt_posts(records)
    renamed = rename_posts(records)
    for post in renamed:
        logger.warning("the post %s is %s now; its holders, tasks and invites went along", post.formerly, post.code)
    if renamed:
        # The statistics name the former codes: they are counted again while the bot works.
        recount(records)
    for code in records.rules.sops:
        records.sop_version(code)
    tell_files(records)
    if records.take_stock():
        logger.info("the office's journal tells of all that was found")
    if problems := unfit_for_open_cases(records):
        raise OfficeUnfit("\n".join(map(str, problems)))
    if (adopted := adopt_calendar(records)) is not None:
        logger.info("the calendar of the office file is in force as version %s", adopted.version)
        if adopted.moved:
            logger.warning("the calendar has changed: %s open deadlines moved", adopted.moved)
        if adopted.left:
            logger.warning("the calendar has changed: %s more open tasks follow it", adopted.left)


def unfit_for_open_cases(records: Records) -> list[Problem]:
    """Return why open cases could not go on: they keep the SOP they were started under, and wait at their posts."""
    office = records.rules.office
    problems = [
        Problem(
            found.source,
            found.row,
            f"{found.reason} It is of version {kept.version}, under which cases are still open.",
        )
        for kept in open_versions(records.session)
        for found in check_fit(office, kept.sop)
    ]
    known = {code for post in office.posts for code in (post.code, post.formerly)}
    for post, numbers in waiting_posts(records.session).items():
        if post not in known:
            reason = (
                f"{numbers[0]} waits there. Keep the post in the office file until no case does; if it has another "
                f'code now, write formerly = "{post}" under it.'
            )
            problems.append(Problem(office.source, f"post {post}", reason))
    return problems
