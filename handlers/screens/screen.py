"""The parts of a screen: text in Telegram's HTML, rows of buttons, and whether its message makes a sound."""

from dataclasses import dataclass, field
from enum import StrEnum

from markupsafe import Markup


class Style(StrEnum):
    """The colours of buttons in Telegram (Bot API 9.4): green to go on, red to return or decline."""

    GREEN = "success"
    RED = "danger"


class Touch(StrEnum):
    """The meaning of a button. A screen names it; a handler carries it out."""

    FORWARD = "forward"
    CHOOSE = "choose"
    FORWARD_TO = "forward-to"
    INSTRUCT = "instruct"
    TICK = "tick"
    WRITE_NOTE = "write-note"
    SEND_BACK = "send-back"
    BACK_TO = "back-to"
    DECLINE = "decline"
    MOVE = "move"
    MOVE_TO = "move-to"
    MERGE = "merge"
    MERGE_INTO = "merge-into"
    PART_REPORT = "part-report"
    REASON = "reason"
    WRITE_REASON = "write-reason"
    START = "start"
    MORE = "more"
    RECALL = "recall"
    COPY = "copy"
    COPY_TO = "copy-to"
    READ = "read"
    TRANSFER = "transfer"
    HAND_TO = "hand-to"
    EXTEND = "extend"
    EXTEND_BY = "extend-by"
    GRANT_EXTENSION = "grant-extension"
    DENY_EXTENSION = "deny-extension"
    DENY_BECAUSE = "deny-because"
    CONSULT = "consult"
    CONSULT_PAGE = "consult-page"
    CONSULT_WHOM = "consult-whom"
    ADVISE = "advise"
    EXPLAIN = "explain"
    ASK = "ask"
    ASK_OFFERED = "ask-offered"
    EVALUATION = "evaluation"
    PART = "part"
    ATTACH = "attach"
    PREVIEW = "preview"
    SUBMIT = "submit"
    OFFERED = "offered"
    OFFERED_ONE = "offered-one"
    TAKE_OFFERED = "take-offered"
    PASS_ON = "pass-on"  # noqa: S105 - a word, not a password
    APPROVE = "approve"
    GIVE_BACK = "give-back"
    ACKNOWLEDGE = "acknowledge"
    BACK = "back"
    ATTACHMENTS = "attachments"
    TIMELINE = "timeline"
    POSITION = "position"
    SOP_FORM = "sop-form"
    DISPOSITION_SHEET = "disposition-sheet"
    EVALUATION_REPORT = "evaluation-report"
    EARLIER = "earlier"
    STATUS = "status"
    OPEN_CARD = "open-card"
    OPEN_NEXT = "open-next"
    SELECT = "select"
    SELECT_ONE = "select-one"
    SELECT_ALL = "select-all"
    SELECT_NOTE = "select-note"
    SELECT_OFF = "select-off"
    FORWARD_SELECTED = "forward-selected"
    PAGE = "page"
    SEND_REPORT = "send-report"
    CHOOSE_URGENCY = "classify"
    KEEP_CONFIDENTIAL = "keep-confidential"
    KEEP_OPEN = "keep-open"
    CHOOSE_SOP = "choose-sop"
    EDIT_REPORT = "edit-report"
    DISCARD = "discard"
    REMOVE = "remove"
    REMOVE_FILE = "remove-file"
    RESTORE_FILE = "restore-file"
    AS_ANSWER = "as-answer"
    ME_TOO = "me-too"
    AS_NOTE = "as-note"
    ANSWER = "answer"
    QUESTIONS = "questions"
    URGE = "urge"
    WITHDRAW = "withdraw"
    WITHDRAW_NOW = "withdraw-now"
    HELPED = "helped"
    NOT_HELPED = "not-helped"
    RATE = "rate"
    APPRAISE = "appraise"
    CONFIRM = "confirm"
    CORRECT = "correct"
    LOOK_AT = "look-at"
    ACCEPT = "accept"
    REJECT = "reject"
    INVITE = "invite"
    RELIEVE = "relieve"
    RELIEVE_OF = "relieve-of"
    UNDO_RELIEF = "undo-relief"
    OPEN_LIST = "open-list"
    OPEN_POST = "open-post"
    OPEN_PERSON = "open-person"
    OPEN_EXPECTED = "open-expected"
    TURN_TO = "turn-to"
    INVITING = "inviting"
    OPEN_INVITES = "open-invites"
    WITHDRAWING_INVITE = "withdrawing-invite"
    WITHDRAW_INVITE = "withdraw-invite"
    REPLACE = "replace"
    WRITE = "write"
    FORGET = "forget"
    UNBINDING = "unbinding"
    UNBIND = "unbind"
    INVITE_BACK = "invite-back"
    RESTRICTING = "restricting"
    RESTRICT = "restrict"
    LIFT_RESTRICTION = "lift-restriction"
    NAMING_PLH = "naming-plh"
    NAME_PLH_AT = "name-plh-at"
    MAKE_ADMIN = "make-admin"
    DISMISS_ADMIN = "dismiss-admin"
    AGREE = "agree"
    DISAGREE = "disagree"
    TRY_AGAIN = "try-again"
    TAKE_UNIT = "take-unit"
    TYPE_UNIT = "type-unit"
    SKIP_UNIT = "skip-unit"
    ABSENCES = "absences"
    ABSENCE = "absence"
    DAYS_AWAY = "days-away"
    REASON_AWAY = "reason-away"
    ASK_PLH = "ask-plh"
    PLH_POST = "plh-post"
    ACCEPT_PLH = "accept-plh"
    REFUSE_PLH = "refuse-plh"
    RELEASE_PLH = "release-plh"
    CALL_OFF = "call-off"
    COME_BACK = "come-back"
    CALENDAR_ADD = "calendar-add"
    CALENDAR_HOURS = "calendar-hours"
    CALENDAR_TICK = "calendar-tick"
    CALENDAR_CONFIRM = "calendar-confirm"
    CALENDAR_REMOVE = "calendar-remove"
    CALENDAR_REMOVE_OF = "calendar-remove-of"
    CALENDAR_UNDO = "calendar-undo"
    CALENDAR_YEAR = "calendar-year"
    TAKE_REGISTER = "take-register"
    REGISTER_MONTHS = "register-months"
    BOARD = "board"
    BOARD_STEPS = "board-steps"
    BOARD_POSTS = "board-posts"
    BOARD_REMIND = "board-remind"
    BOARD_REMIND_NOW = "board-remind-now"
    BOARD_CASES = "board-cases"
    SEARCH_AGAIN = "search-again"
    SEARCH_NARROW = "search-narrow"
    FIGURES = "figures"
    RECAP_MONTH = "recap-month"
    RECAP_OF = "recap-of"
    RECAP_TAKE = "recap-take"
    RECAP_CREDIT = "recap-credit"
    SOP = "sop"
    SOP_PAGE = "sop-page"


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: either a `touch` with its `argument`, or a `url` to open."""

    label: str
    touch: Touch | None = None
    argument: str = ""
    style: Style | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class TellsCode:
    """An invite whose code a screen tells. The code is kept nowhere: its digest is stored when the screen is sent."""

    invite_id: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Screen:
    """A message that is drawn. `text` is Telegram HTML of which a reader sees at most 4,096 characters.

    The text is `Markup`, so text that nobody escaped does not type-check. `tells` names the invite whose code stands in
    the text, if any.

    A list says below its text `as_of` which instant it is. That tells no two drawings apart: a list is not edited only
    because time has passed. Where more of the text changes with the time alone, `gist` has what tells them apart.
    """

    text: Markup
    rows: tuple[tuple[Button, ...], ...] = field(default=())
    silent: bool = False
    tells: TellsCode | None = None
    as_of: Markup = field(default=Markup(), repr=False)
    gist: str = field(default="", repr=False)

    @property
    def whole(self) -> Markup:
        """What its reader sees: the text, and below it of when it is."""
        return self.text + Markup("\n") + self.as_of if self.as_of else self.text
