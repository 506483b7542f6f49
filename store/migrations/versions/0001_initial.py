"""The first shape: counter, ticket, chain, journal, step, outbox, and the small ones.

The journal's triggers refuse every change but the erasure of a payload.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.columns import Instant, PlainText, RowId

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_REFUSED = "the journal is append-only"
_SAME = (
    "id", "team_id", "chain", "seq", "kind", "at", "actor",
    "header", "payload_digest", "previous_hash", "hash",
)  # fmt: skip


def upgrade() -> None:
    """Make every table, and the triggers that keep the journal append-only."""
    _tickets()
    _journal()
    _outbox()
    _small()
    if op.get_bind().dialect.name == "sqlite":
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def _tickets() -> None:
    op.create_table(
        "counter",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counter"),
    )
    op.create_table(
        "ticket",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("account_key", sa.Text(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("policy_version", sa.Text(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("bridge_channel", sa.Text(), nullable=True),
        sa.Column("customer_channel", sa.Text(), nullable=True),
        sa.Column("customer_thread", sa.Text(), nullable=True),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_ticket"),
    )
    op.create_index("ix_ticket_account_key", "ticket", ["account_key", "opened_at"], unique=False)
    op.create_index("ix_ticket_bridge_channel", "ticket", ["bridge_channel"], unique=False)
    op.create_index(
        "ix_ticket_customer_channel",
        "ticket",
        ["customer_channel", "customer_thread"],
        unique=False,
    )
    op.create_index(
        "ix_ticket_open",
        "ticket",
        ["tier", "opened_at"],
        unique=False,
        sqlite_where=sa.text("open = 1"),
        postgresql_where=sa.text("open"),
    )
    op.create_index("ix_ticket_opened_at", "ticket", ["opened_at"], unique=False)
    op.create_table(
        "step",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'done', 'cancelled')", name="ck_step_state"),
        sa.ForeignKeyConstraint(["reference"], ["ticket.reference"], name="fk_step_reference"),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
        sa.UniqueConstraint("reference", "key", name="uq_step_reference_key"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_step_due_at",
        "step",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )


def _journal() -> None:
    op.create_table(
        "chain",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_chain"),
    )
    op.create_table(
        "journal",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("payload_digest", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        sa.UniqueConstraint("chain", "seq", name="uq_journal_chain_seq"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_at", "journal", ["at"], unique=False)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("gateway", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("reports", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", Instant(), nullable=False),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("first_sent_at", Instant(), nullable=True),
        sa.Column("last_sent_at", Instant(), nullable=True),
        sa.Column("stale_at", Instant(), nullable=True),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("last_error", PlainText(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "gateway IN ('slack', 'mail', 'pager', 'status')", name="ck_outbox_gateway"
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'done', 'dead', 'dropped', 'replaced')",
            name="ck_outbox_state",
        ),
        sa.CheckConstraint(
            "surface IN ('must_arrive', 'latest_only', 'drop_if_stale')", name="ck_outbox_surface"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_dead",
        "outbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'dead'"),
        postgresql_where=sa.text("state = 'dead'"),
    )
    op.create_index(
        "ix_outbox_next_try_at",
        "outbox",
        ["next_try_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'sending')"),
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )
    op.create_index("ix_outbox_reference", "outbox", ["reference", "id"], unique=False)
    op.create_index(
        "ix_outbox_slot",
        "outbox",
        ["slot", "id"],
        unique=False,
        sqlite_where=sa.text("slot IS NOT NULL"),
        postgresql_where=sa.text("slot IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_stale_at",
        "outbox",
        ["stale_at"],
        unique=False,
        sqlite_where=sa.text("state = 'pending' AND surface = 'drop_if_stale'"),
        postgresql_where=sa.text("state = 'pending' AND surface = 'drop_if_stale'"),
    )
    op.create_index(
        "ix_outbox_work",
        "outbox",
        [sa.text("urgent DESC"), "id", "next_try_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'sending')"),
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )
    op.create_index(
        "ix_outbox_stream",
        "outbox",
        ["stream", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'sending')"),
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )


def _small() -> None:
    op.create_table(
        "seen",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_seen"),
    )
    op.create_index("ix_seen_at", "seen", ["at"], unique=False)
    op.create_table(
        "person",
        sa.Column("slack_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("email", PlainText(), nullable=True),
        sa.Column("name", PlainText(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("checked_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('member', 'guest', 'stranger', 'bot', 'deactivated', 'unknown')",
            name="ck_person_kind",
        ),
        sa.PrimaryKeyConstraint("slack_id", name="pk_person"),
    )
    op.create_index("ix_person_email", "person", ["email"], unique=False)
    op.create_table(
        "policy",
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("first_used_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_policy"),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )


def _guard_on_sqlite() -> None:
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _SAME)
    op.execute(
        "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal"
        f" WHEN NEW.payload IS NOT NULL OR {changed}"
        f" BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    )
    op.execute(
        "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal"
        f" BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    )


def _guard_on_postgresql() -> None:
    changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in _SAME)
    op.execute(
        "CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal FOR EACH ROW"
        f" WHEN (NEW.payload IS NOT NULL OR {changed}) EXECUTE FUNCTION journal_refuse()"
    )
    op.execute(
        "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal FOR EACH ROW"
        " EXECUTE FUNCTION journal_refuse()"
    )
    op.execute(
        "CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal FOR EACH STATEMENT"
        " EXECUTE FUNCTION journal_refuse()"
    )
