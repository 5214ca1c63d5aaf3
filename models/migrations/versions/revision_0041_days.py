"""Keep the sums of days too, and how long stays took in rows of its own, so that any period is read from few rows."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_DESK = ("sop", "step", "post", "person_id", "decider_id")
_KEY = ("basis", "span", *_DESK, "how", "outcome")
_TIMED = ("span", *_DESK, "minutes")
_SUMS = ("held", "stays", "late_stays", "lates", "used", "waited", "asked", "late", "reminders", "ends", "corrected")
_COUNTS = ("rounds", "reminded", "delayed")
_WORDS = {"basis": 32, "sop": 64, "post": 64, "how": 32, "outcome": 32}

_TIMES = """
    INSERT INTO durations (span, sop, step, post, person_id, decider_id, minutes, stays)
    SELECT span, sop, step, post, person_id, decider_id, minutes, sum(stays)
    FROM tallies WHERE basis = 'closed' AND minutes >= 0
    GROUP BY span, sop, step, post, person_id, decider_id, minutes
"""

_TAKE = """
    CREATE TABLE tallies_before AS
    SELECT basis, span, sop, step, post, person_id, decider_id, how, outcome,
        sum(held) AS held, sum(stays) AS stays, sum(late_stays) AS late_stays, sum(lates) AS lates, sum(used) AS used,
        sum(waited) AS waited, sum(asked) AS asked, sum(late) AS late, sum(reminders) AS reminders, sum(ends) AS ends,
        sum(corrected) AS corrected, sum(rounds) AS rounds
    FROM tallies GROUP BY basis, span, sop, step, post, person_id, decider_id, how, outcome
"""

_GIVE_BACK = """
    INSERT INTO tallies (
        basis, span, sop, step, post, person_id, decider_id, how, outcome, held, stays, late_stays, lates, used, waited,
        asked, late, reminders, ends, corrected, rounds, reminded, delayed
    )
    SELECT basis, span, sop, step, post, person_id, decider_id, how, outcome, held, stays, late_stays, lates, used,
        waited, asked, late, reminders, ends, corrected, rounds, 0, 0
    FROM tallies_before
"""

_DAYS = {
    # A day more at both ends, because the office's clock may be on another day.
    "sqlite": """
        INSERT INTO untallied_days (day)
        WITH RECURSIVE ends (at) AS (
            SELECT min(closed_at) FROM stretches
            UNION ALL SELECT max(closed_at) FROM stretches
            UNION ALL SELECT min(opened_at) FROM stretches WHERE opened_at IS NOT NULL
            UNION ALL SELECT max(opened_at) FROM stretches WHERE opened_at IS NOT NULL
        ), days (day) AS (
            SELECT date(min(at), '-1 day') FROM ends
            UNION ALL SELECT date(day, '+1 day') FROM days WHERE day < (SELECT date(max(at), '+1 day') FROM ends)
        )
        SELECT day FROM days WHERE day IS NOT NULL
    """,
    "postgresql": """
        INSERT INTO untallied_days (day)
        WITH ends (at) AS (
            SELECT min(closed_at) FROM stretches
            UNION ALL SELECT max(closed_at) FROM stretches
            UNION ALL SELECT min(opened_at) FROM stretches WHERE opened_at IS NOT NULL
            UNION ALL SELECT max(opened_at) FROM stretches WHERE opened_at IS NOT NULL
        ), days (first, last) AS (
            SELECT CAST(min(at) AT TIME ZONE 'UTC' AS date) - 1, CAST(max(at) AT TIME ZONE 'UTC' AS date) + 1 FROM ends
        )
        SELECT first + number FROM days, generate_series(0, last - first) AS number
    """,
}

_FORGET = ("DELETE FROM stretches", "UPDATE tasks SET counted_at = NULL WHERE counted_at IS NOT NULL")


def upgrade() -> None:
    """Make the tables of the sums that there are. Those of days are made by the leading process, a day at a time.

    So are the two counts that are new in months and years, once all their days are made.
    """
    op.create_table(
        "untallied_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_untallied_days"),
    )
    op.execute(_DAYS[op.get_context().dialect.name])
    op.create_table(
        "durations",
        *(_column(name) for name in (*_TIMED, "stays")),
        sa.PrimaryKeyConstraint(*_TIMED, name="pk_durations"),
        sqlite_with_rowid=False,
    )
    op.execute(_TIMES)
    op.execute(_TAKE)
    op.drop_table("tallies")
    _tallies(_KEY, (*_SUMS, *_COUNTS))
    op.execute(_GIVE_BACK)
    op.drop_table("tallies_before")


def downgrade() -> None:
    """Make the tables as they were, and empty: the program before counts all of it again."""
    for name in ("untallied_days", "durations", "tallies"):
        op.drop_table(name)
    _tallies((*_KEY, "minutes"), (*_SUMS, "rounds"))
    for statement in _FORGET:
        op.execute(statement)


def _tallies(key: tuple[str, ...], sums: tuple[str, ...]) -> None:
    op.create_table(
        "tallies",
        *(_column(name) for name in (*key, *sums)),
        sa.PrimaryKeyConstraint(*key, name="pk_tallies"),
        sqlite_with_rowid=False,
    )


def _column(name: str) -> sa.Column[object]:
    kind = sa.String(_WORDS[name]) if name in _WORDS else sa.BigInteger()
    return sa.Column(name, kind, autoincrement=False, nullable=False)
