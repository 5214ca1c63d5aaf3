"""An office as data: its posts and who stands above whom, its hours, how it chases, what it limits."""

from dataclasses import dataclass
from datetime import time
from pathlib import Path

from models.errors import Problem, UnknownPost, UnknownRole
from models.ladder import LadderSettings
from models.sop import Sop
from models.work_calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class PostSpec:
    """A post of the office.

    `title` is its full name, `short` the name for buttons; `roles` are the codes of the SOP roles it fills; `superior`
    is the code of the post above it, None at the top; `several` tells that more than one person may hold it at once.
    """

    code: str
    title: str
    short: str
    roles: tuple[str, ...]
    superior: str | None
    several: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """What one person may do at once. `attachments_per_report` counts files of one report before it is sent."""

    attachments_per_report: int = 20


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """One office, validated.

    `lines` are the lines of its letterhead, `address` may be empty. `watchers` are the codes of the posts that keep the
    SOP and are told of escalations. `digest_time` is the time of day, on the office's clock, of the watchers' digest.
    `source` names the file it was read from.
    """

    code: str
    name: str
    lines: tuple[str, ...]
    address: str
    posts: tuple[PostSpec, ...]
    watchers: tuple[str, ...]
    ladder: LadderSettings
    calendar: WorkCalendar
    digest_time: time
    limits: Limits
    source: str

    def post(self, code: str) -> PostSpec:
        """Return the post with this code; raises `UnknownPost`."""
        for post in self.posts:
            if post.code == code:
                return post
        raise UnknownPost(self.code, code)

    def post_for_role(self, role: str) -> PostSpec:
        """Return the post that fills the SOP role with this code; raises `UnknownRole` when none does."""
        for post in self.posts:
            if role in post.roles:
                return post
        raise UnknownRole(self.code, role)

    def superior_of(self, post: PostSpec) -> PostSpec | None:
        """Return the post above this one, None at the top."""
        return None if post.superior is None else self.post(post.superior)


def parse_office(text: str, *, source: str) -> OfficeFile:
    """Read an office from TOML; `source` names the file in problems.

    Raises `InvalidOffice` with every problem found.
    """
    raise NotImplementedError


def load_office(path: Path) -> OfficeFile:
    """Read the office in the file at `path`; raises `InvalidOffice`, also when the file cannot be read."""
    raise NotImplementedError


def check_fit(office: OfficeFile, sop: Sop) -> list[Problem]:
    """Return why this office cannot run this SOP: each role with steps needs exactly one post. Empty when it can."""
    raise NotImplementedError
