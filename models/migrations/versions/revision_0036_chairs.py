"""Keep who stands in at one post of several that a person who is away holds, and who was asked for which."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table of those who stand in at one post, and let requests name a post; "" is all of them."""
    op.create_table(
        "named_plh",
        sa.Column("absence_id", NUMBER, nullable=False),
        sa.Column("post", sa.String(64), nullable=False),
        sa.Column("plh_id", NUMBER),
        sa.Column("decree_number", sa.String(100)),
        sa.Column("decree_day", sa.Date()),
        sa.PrimaryKeyConstraint("absence_id", "post", name="pk_named_plh"),
        sa.ForeignKeyConstraint(["absence_id"], ["absences.id"], name="fk_named_plh_absence_id_absences"),
        sa.ForeignKeyConstraint(["post"], ["posts.code"], name="fk_named_plh_post_posts"),
        sa.ForeignKeyConstraint(["plh_id"], ["people.id"], name="fk_named_plh_plh_id_people"),
    )
    op.add_column("absences", sa.Column("plh_whole", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(sa.text("UPDATE absences SET plh_whole = true WHERE plh_id IS NOT NULL"))
    op.execute(
        "CREATE TABLE plh_requests_before AS "
        "SELECT absence_id, person_id, '' AS post, answer, asked_at, answered_at FROM plh_requests"
    )
    _make_requests(of_posts=True)


def downgrade() -> None:
    """Drop them again.

    Raises RuntimeError where somebody stands in, or was asked to, at one post: the program before knows all of them.
    """
    named = op.get_bind().scalar(sa.text("SELECT count(*) FROM named_plh"))
    asked = op.get_bind().scalar(sa.text("SELECT count(*) FROM plh_requests WHERE post <> ''"))
    if named or asked:
        raise RuntimeError(f"{named or asked} people stand in at one post, which revision {down_revision} cannot read")
    op.execute(
        "CREATE TABLE plh_requests_before AS "
        "SELECT absence_id, person_id, answer, asked_at, answered_at FROM plh_requests"
    )
    _make_requests(of_posts=False)
    op.drop_column("absences", "plh_whole")
    op.drop_table("named_plh")


def _make_requests(*, of_posts: bool) -> None:
    """Make the table of requests again, with the rows that were put by: SQLite changes no key of a table."""
    op.drop_table("plh_requests")
    key = ["absence_id", "person_id", *(["post"] if of_posts else [])]
    op.create_table(
        "plh_requests",
        sa.Column("absence_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        *([sa.Column("post", sa.String(64), nullable=False)] if of_posts else []),
        sa.Column("answer", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint(*key, name="pk_plh_requests"),
        sa.ForeignKeyConstraint(["absence_id"], ["absences.id"], name="fk_plh_requests_absence_id_absences"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_plh_requests_person_id_people"),
    )
    op.execute("INSERT INTO plh_requests SELECT * FROM plh_requests_before")
    op.drop_table("plh_requests_before")
