"""What `verify` does not hold against the journals, with the reason: whole tables, and single columns of others.

A column that stands here and is found when it is changed does not belong here, and one that is missed and does not
stand here fails the test. `docs/security.md` publishes the list.
"""

from collections.abc import Mapping

TABLES: Mapping[str, str] = {
    **dict.fromkeys(
        ("cards", "buttons", "outbox", "menus", "allowances"),
        "what chats show and are owed: delivery, which is drawn again from the rows that decide",
    ),
    **dict.fromkeys(
        ("inbox", "conversations", "first_words", "registrations"),
        "what came in and is under way: what becomes of it is told when it is done",
    ),
    **dict.fromkeys(
        ("report_drafts", "disposition_drafts", "selections", "calendar_drafts"),
        "prepared and not sent: the entry of the decision has its words",
    ),
    **dict.fromkeys(
        ("leases", "leader", "bot_accounts"), "which process and which bot account serves: decides nothing"
    ),
    **dict.fromkeys(
        ("stretches", "tallies", "durations"),
        "figures, counted from what is proved: `disposisi statistics --recount` counts again",
    ),
    "untallied_days": "of which days figures are read from stretches still",
    "daily_rounds": "that a day's digest was made: the office's journal tells of it, and nothing is decided by it",
    "content_copies": "Telegram's identifiers of files that were sent again: a cache",
    "printed_files": "Telegram's identifiers of papers and pictures that were sent: a cache",
    **dict.fromkeys(
        ("checkpoints", "checkpoint_keys", "checkpoint_leaves"),
        "signed themselves, and held by `verify --against` a checkpoint that is kept outside",
    ),
}
"""Tables of which nothing is proved by the chains, by name."""

_TIMER = "when something is looked at next: the audit puts it right"
_DELIVERY = "how a person is told and reminded: delivery"
_FETCHING = "how a file is fetched and shown: delivery"
_NUMBER = "the row's own number, where no entry names it: the row is held against what the journal says in its place"

COLUMNS: Mapping[tuple[str, str], str] = {
    ("tasks", "version"): "which buttons are of this state: it refuses taps, and decides nothing",
    ("tasks", "chase_at"): _TIMER,
    ("tasks", "behind"): "whether the deadline has yet to follow the calendar: the journal tells deadline and calendar",
    ("tasks", "counted_at"): "whether the task is in the statistics, which are counted from what is proved",
    ("absences", "warn_at"): _TIMER,
    ("absences", "wake_at"): _TIMER,
    ("questions", "remind_at"): _TIMER,
    ("consultations", "remind_at"): _TIMER,
    **{
        ("people", column): _DELIVERY
        for column in ("language", "remind_at", "reminded_at", "unanswered", "pending", "unit_asked_at", "tried_at")
    },
    **{
        ("attachments", column): "how a file is fetched and shown: delivery"
        for column in ("album", "tries", "fetch_at")
    },
    ("people", "erasing_after"): "how far an erasure has come that is under way: each case's journal tells of its own",
    ("joined_reports", "id"): _NUMBER,
    ("copies", "card_id"): "which card is drawn again: delivery",
    **{
        (table, "id"): _NUMBER
        for table in (
            "attachments",
            "consultations",
            "copies",
            "evaluations",
            "extensions",
            "questions",
            "remarks",
            "tasks",
        )
    },
    ("evaluations", "saved_at"): "when a draft was last written: the entry of the submission has its own instant",
    ("evaluations", "taken_out"): "what may be put back while a draft is written",
    ("contents", "removed_at"): "when the bytes were removed after the erasure that the journal tells of",
    ("search_documents", "size"): "how much was written: a document that is full takes no more words",
    ("journal_chains", "moved"): "whether a checkpoint is due: sealing puts it right",
}
"""Single columns of tables that are proved otherwise, by table and name."""

ROWS: Mapping[str, tuple[str, str]] = {
    "evaluations": ("submitted_at IS NULL", "a revision that is being written: no part of the record yet"),
}
"""Rows of tables that are proved otherwise: by the name of the table the condition in SQL, and the reason."""
