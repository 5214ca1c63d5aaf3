"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "daily_rounds",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_daily_rounds")),
    )
    op.create_table(
        "expected_people",
        sa.Column("nip", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("nip", name=op.f("pk_expected_people")),
    )
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lane", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_inbox")),
    )
    op.create_index(op.f("ix_inbox_received_at"), "inbox", ["received_at"], unique=False)
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["received_at", "update_id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "journal_chains",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_chains")),
        sa.UniqueConstraint("subject", name=op.f("uq_journal_chains_subject")),
    )
    op.create_table(
        "people",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("nip", sa.String(length=18), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("registered_at", INSTANT, nullable=False),
        sa.Column("unreachable_since", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("nip", name=op.f("uq_people_nip")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_people_telegram_id")),
    )
    op.create_table(
        "posts",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("short", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_posts")),
    )
    op.create_table(
        "registers",
        sa.Column("prefix", sa.String(length=8), nullable=False),
        sa.Column("year", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "year", name=op.f("pk_registers")),
    )
    op.create_table(
        "sop_versions",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("loaded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sop_versions")),
        sa.UniqueConstraint("code", "digest", name=op.f("uq_sop_versions_code_digest")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_sop_versions_code_version")),
    )
    op.create_table(
        "cases",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("sop_version_id", IDENTITY, nullable=False),
        sa.Column("chain_id", IDENTITY, nullable=False),
        sa.Column("reporter_id", IDENTITY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("classification", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.JSON(), nullable=False),
        sa.Column("previous_case_id", IDENTITY, nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("helped", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["chain_id"], ["journal_chains.id"], name=op.f("fk_cases_chain_id_journal_chains")),
        sa.ForeignKeyConstraint(["previous_case_id"], ["cases.id"], name=op.f("fk_cases_previous_case_id_cases")),
        sa.ForeignKeyConstraint(["reporter_id"], ["people.id"], name=op.f("fk_cases_reporter_id_people")),
        sa.ForeignKeyConstraint(
            ["sop_version_id"], ["sop_versions.id"], name=op.f("fk_cases_sop_version_id_sop_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("chain_id", name=op.f("uq_cases_chain_id")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
    )
    op.create_index(
        "ix_cases_open",
        "cases",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(op.f("ix_cases_reporter_id_id"), "cases", ["reporter_id", "id"], unique=False)
    op.create_table(
        "invites",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("post", sa.String(length=64), nullable=True),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("claimed_by", sa.BigInteger(), nullable=True),
        sa.Column("claimed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["post"], ["posts.code"], name=op.f("fk_invites_post_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invites")),
        sa.UniqueConstraint("digest", name=op.f("uq_invites_digest")),
    )
    op.create_table(
        "journal_entries",
        sa.Column("chain_id", IDENTITY, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("capacity", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["chain_id"], ["journal_chains.id"], name=op.f("fk_journal_entries_chain_id_journal_chains")
        ),
        sa.PrimaryKeyConstraint("chain_id", "sequence", name=op.f("pk_journal_entries")),
    )
    op.create_table(
        "tenures",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("post", sa.String(length=64), nullable=False),
        sa.Column("person_id", IDENTITY, nullable=False),
        sa.Column("capacity", sa.String(length=32), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_tenures_person_id_people")),
        sa.ForeignKeyConstraint(["post"], ["posts.code"], name=op.f("fk_tenures_post_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenures")),
    )
    op.create_index(op.f("ix_tenures_person_id_ends_at"), "tenures", ["person_id", "ends_at"], unique=False)
    op.create_index(op.f("ix_tenures_post_ends_at"), "tenures", ["post", "ends_at"], unique=False)
    op.create_table(
        "journal_payloads",
        sa.Column("chain_id", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chain_id", "sequence"],
            ["journal_entries.chain_id", "journal_entries.sequence"],
            name=op.f("fk_journal_payloads_chain_id_sequence_journal_entries"),
        ),
        sa.PrimaryKeyConstraint("chain_id", "sequence", name=op.f("pk_journal_payloads")),
    )
    op.create_table(
        "registrations",
        sa.Column("telegram_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("invite_id", IDENTITY, nullable=False),
        sa.Column("nip", sa.String(length=18), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=True),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("waits_since", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["invite_id"], ["invites.id"], name=op.f("fk_registrations_invite_id_invites")),
        sa.PrimaryKeyConstraint("telegram_id", name=op.f("pk_registrations")),
    )
    op.create_table(
        "tasks",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("case_id", IDENTITY, nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("post", sa.String(length=64), nullable=False),
        sa.Column("assignee_id", IDENTITY, nullable=True),
        sa.Column("standard", sa.String(length=32), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("decided_by_id", IDENTITY, nullable=True),
        sa.Column("decided_as", sa.String(length=80), nullable=True),
        sa.Column("instructions", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("rung", sa.BigInteger(), nullable=False),
        sa.Column("chase_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["assignee_id"], ["people.id"], name=op.f("fk_tasks_assignee_id_people")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_tasks_case_id_cases")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_tasks_decided_by_id_people")),
        sa.ForeignKeyConstraint(["post"], ["posts.code"], name=op.f("fk_tasks_post_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(op.f("ix_tasks_case_id"), "tasks", ["case_id"], unique=False)
    op.create_index(
        "ix_tasks_chase_at",
        "tasks",
        ["chase_at"],
        unique=False,
        sqlite_where=sa.text("chase_at IS NOT NULL"),
        postgresql_where=sa.text("chase_at IS NOT NULL"),
    )
    op.create_index(
        "ix_tasks_open",
        "tasks",
        ["post"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "attachments",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("case_id", IDENTITY, nullable=False),
        sa.Column("task_id", IDENTITY, nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.String(length=255), nullable=False),
        sa.Column("file_unique_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("added_by_id", IDENTITY, nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["people.id"], name=op.f("fk_attachments_added_by_id_people")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attachments_case_id_cases")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_attachments_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_case_id"), "attachments", ["case_id"], unique=False)
    op.create_table(
        "cards",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", IDENTITY, nullable=True),
        sa.Column("case_id", IDENTITY, nullable=True),
        sa.Column("task_id", IDENTITY, nullable=True),
        sa.Column("subject_id", sa.BigInteger(), nullable=True),
        sa.Column("mode", sa.String(length=32), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("twin_id", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_cards_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_cards_person_id_people")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_cards_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
    )
    op.create_index(op.f("ix_cards_chat_id_message_id"), "cards", ["chat_id", "message_id"], unique=False)
    op.create_index(
        "ix_cards_live_case",
        "cards",
        ["case_id"],
        unique=False,
        sqlite_where=sa.text("live = 1"),
        postgresql_where=sa.text("live"),
    )
    op.create_index(
        "ix_cards_live_task",
        "cards",
        ["task_id"],
        unique=False,
        sqlite_where=sa.text("live = 1"),
        postgresql_where=sa.text("live"),
    )
    op.create_table(
        "chases",
        sa.Column("task_id", IDENTITY, nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("fired_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_chases_task_id_tasks")),
        sa.PrimaryKeyConstraint("task_id", "ordinal", name=op.f("pk_chases")),
    )
    op.create_table(
        "disposition_drafts",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("person_id", IDENTITY, nullable=False),
        sa.Column("task_id", IDENTITY, nullable=False),
        sa.Column("instructions", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_disposition_drafts_person_id_people")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_disposition_drafts_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposition_drafts")),
        sa.UniqueConstraint("person_id", "task_id", name=op.f("uq_disposition_drafts_person_id_task_id")),
    )
    op.create_table(
        "evaluations",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("case_id", IDENTITY, nullable=False),
        sa.Column("task_id", IDENTITY, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("recommendation", sa.Text(), nullable=False),
        sa.Column("author_id", IDENTITY, nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.Column("submitted_at", INSTANT, nullable=True),
        sa.Column("submitted_as", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_evaluations_author_id_people")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_evaluations_case_id_cases")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_evaluations_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluations")),
        sa.UniqueConstraint("case_id", "revision", name=op.f("uq_evaluations_case_id_revision")),
    )
    op.create_table(
        "questions",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("case_id", IDENTITY, nullable=False),
        sa.Column("task_id", IDENTITY, nullable=False),
        sa.Column("asked_by_id", IDENTITY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_questions_asked_by_id_people")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_questions_case_id_cases")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_questions_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index(op.f("ix_questions_case_id"), "questions", ["case_id"], unique=False)
    op.create_table(
        "remarks",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("case_id", IDENTITY, nullable=False),
        sa.Column("task_id", IDENTITY, nullable=False),
        sa.Column("by_id", IDENTITY, nullable=False),
        sa.Column("capacity", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_remarks_by_id_people")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_remarks_case_id_cases")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_remarks_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remarks")),
    )
    op.create_index(op.f("ix_remarks_case_id"), "remarks", ["case_id"], unique=False)
    op.create_table(
        "buttons",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("card_id", IDENTITY, nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("argument", sa.String(length=64), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_buttons_card_id_cards")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_buttons")),
        sa.UniqueConstraint(
            "card_id", "action", "argument", "version", name=op.f("uq_buttons_card_id_action_argument_version")
        ),
    )
    op.create_table(
        "conversations",
        sa.Column("telegram_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("expects", sa.String(length=32), nullable=False),
        sa.Column("card_id", IDENTITY, nullable=True),
        sa.Column("task_id", IDENTITY, nullable=True),
        sa.Column("question_id", IDENTITY, nullable=True),
        sa.Column("part", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_conversations_card_id_cards")),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_conversations_question_id_questions")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_conversations_task_id_tasks")),
        sa.PrimaryKeyConstraint("telegram_id", name=op.f("pk_conversations")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("priority", sa.String(length=32), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", IDENTITY, nullable=True),
        sa.Column("case_id", IDENTITY, nullable=True),
        sa.Column("task_id", IDENTITY, nullable=True),
        sa.Column("card_id", IDENTITY, nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("once", sa.String(length=120), nullable=True),
        sa.Column("owed_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("doubtful", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_outbox_card_id_cards")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_outbox_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_outbox_person_id_people")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_outbox_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("once", name=op.f("uq_outbox_once")),
    )
    op.create_index(
        "ix_outbox_owed",
        "outbox",
        ["chat_id", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'owed'"),
        postgresql_where=sa.text("state = 'owed'"),
    )
    op.create_table(
        "report_drafts",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("person_id", IDENTITY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("classification", sa.String(length=32), nullable=False),
        sa.Column("sop", sa.String(length=64), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("messages", sa.JSON(), nullable=False),
        sa.Column("previous_case_id", IDENTITY, nullable=True),
        sa.Column("card_id", IDENTITY, nullable=True),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_report_drafts_card_id_cards")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_report_drafts_person_id_people")),
        sa.ForeignKeyConstraint(
            ["previous_case_id"], ["cases.id"], name=op.f("fk_report_drafts_previous_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_drafts")),
        sa.UniqueConstraint("person_id", name=op.f("uq_report_drafts_person_id")),
    )


def downgrade() -> None:
    """Drop every table."""
    op.drop_table("report_drafts")
    op.drop_index(
        "ix_outbox_owed",
        table_name="outbox",
        sqlite_where=sa.text("state = 'owed'"),
        postgresql_where=sa.text("state = 'owed'"),
    )
    op.drop_table("outbox")
    op.drop_table("conversations")
    op.drop_table("buttons")
    op.drop_index(op.f("ix_remarks_case_id"), table_name="remarks")
    op.drop_table("remarks")
    op.drop_index(op.f("ix_questions_case_id"), table_name="questions")
    op.drop_table("questions")
    op.drop_table("evaluations")
    op.drop_table("disposition_drafts")
    op.drop_table("chases")
    op.drop_index(
        "ix_cards_live_task", table_name="cards", sqlite_where=sa.text("live = 1"), postgresql_where=sa.text("live")
    )
    op.drop_index(
        "ix_cards_live_case", table_name="cards", sqlite_where=sa.text("live = 1"), postgresql_where=sa.text("live")
    )
    op.drop_index(op.f("ix_cards_chat_id_message_id"), table_name="cards")
    op.drop_table("cards")
    op.drop_index(op.f("ix_attachments_case_id"), table_name="attachments")
    op.drop_table("attachments")
    op.drop_index(
        "ix_tasks_open",
        table_name="tasks",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_index(
        "ix_tasks_chase_at",
        table_name="tasks",
        sqlite_where=sa.text("chase_at IS NOT NULL"),
        postgresql_where=sa.text("chase_at IS NOT NULL"),
    )
    op.drop_index(op.f("ix_tasks_case_id"), table_name="tasks")
    op.drop_table("tasks")
    op.drop_table("registrations")
    op.drop_table("journal_payloads")
    op.drop_index(op.f("ix_tenures_post_ends_at"), table_name="tenures")
    op.drop_index(op.f("ix_tenures_person_id_ends_at"), table_name="tenures")
    op.drop_table("tenures")
    op.drop_table("journal_entries")
    op.drop_table("invites")
    op.drop_index(op.f("ix_cases_reporter_id_id"), table_name="cases")
    op.drop_index(
        "ix_cases_open",
        table_name="cases",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_table("cases")
    op.drop_table("sop_versions")
    op.drop_table("registers")
    op.drop_table("posts")
    op.drop_table("people")
    op.drop_table("journal_chains")
    op.drop_index(
        "ix_inbox_waiting",
        table_name="inbox",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(op.f("ix_inbox_received_at"), table_name="inbox")
    op.drop_table("inbox")
    op.drop_table("expected_people")
    op.drop_table("daily_rounds")
