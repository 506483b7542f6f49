"""The shape of the database: every table, column, and what it means.

Instants named `_at` are business time, but for the outbox's `next_try_at`, `lease_until`,
`first_sent_at`, `last_sent_at`, `seen.at` and `person.checked_at`, which are machine time:
leases and waits must stay real while a drill moves business time. What processes compare, the
outbox's leases and waits, is the database's own time (`store.lease_clock`).
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from store.columns import Instant, PlainText, RowId
from store.metadata import metadata
from store.program_tables import program_record  # noqa: F401 - registers its table


def _one_of(column: str, *words: str) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


counter = Table(
    "counter",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

ticket = Table(
    "ticket",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("team_id", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("status", Text, nullable=False),
    # Whether anything is still owed; the rules decide, so that no status word is known here.
    Column("open", Boolean, nullable=False),
    Column("tier", Integer, nullable=False),
    Column("account_key", Text),
    Column("body", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("policy_version", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("bridge_channel", Text),
    Column("customer_channel", Text),
    Column("customer_thread", Text),
    Column("triage_channel", Text),
    Column("triage_thread", Text),
    Column("drill", Boolean, nullable=False),
    Index("ix_ticket_bridge_channel", "bridge_channel"),
    Index("ix_ticket_customer_channel", "customer_channel", "customer_thread"),
    Index("ix_ticket_triage", "triage_channel", "triage_thread"),
    Index("ix_ticket_account_key", "account_key", "opened_at"),
    Index("ix_ticket_account_open", "account_key", "tier", "opened_at",
          sqlite_where=text("open = 1"), postgresql_where=text("open")),
    Index("ix_ticket_opened_at", "opened_at"),
    Index("ix_ticket_open", "tier", "opened_at", sqlite_where=text("open = 1"),
          postgresql_where=text("open")),
)  # fmt: skip

# Records of every other kind; what differs from kind to kind stands in the body.
record = Table(
    "record",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("team_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    # Counts the records of kinds that are numbered; the others are named after what opened them.
    Column("number", BigInteger),
    Column("open", Boolean, nullable=False),
    Column("account_key", Text),
    Column("body", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("policy_version", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("drill", Boolean, nullable=False),
    Index("ix_record_kind", "kind", "opened_at"),
)

# One row a chain: its end, which is locked to append, and against which a cut tail shows.
chain = Table(
    "chain",
    metadata,
    Column("name", Text, primary_key=True),
    Column("team_id", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("team_id", Text, nullable=False),
    Column("chain", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("header", Text, nullable=False),
    Column("payload", Text),
    Column("payload_digest", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("chain", "seq", name="uq_journal_chain_seq"),
    Index("ix_journal_at", "at"),
    sqlite_autoincrement=True,
)

step = Table(
    "step",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    # Of a ticket or of a record of another kind.
    Column("reference", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    # The due point whole, of which key, kind and due_at are copies to be found by. NULL where a
    # process wrote it that kept no values.
    Column("value", JSON(none_as_null=True)),
    UniqueConstraint("reference", "key", name="uq_step_reference_key"),
    _one_of("state", "pending", "done", "cancelled"),
    Index(
        "ix_step_due_at",
        "due_at",
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
    sqlite_autoincrement=True,
)

_UNFINISHED = "state IN ('pending', 'sending')"

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False),
    Column("team_id", Text, nullable=False),
    Column("reference", Text),
    Column("gateway", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("stream", Text, nullable=False),
    Column("surface", Text, nullable=False),
    Column("slot", Text),
    Column("payload", JSON, nullable=False),
    Column("needs", JSON, nullable=False),
    Column("reports", Boolean, nullable=False),
    Column("urgent", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    # While a row is being sent this is the end of its lease, so that one index finds all work.
    Column("next_try_at", Instant, nullable=False),
    Column("lease_until", Instant),
    Column("claimed_by", Text),
    Column("first_sent_at", Instant),
    Column("last_sent_at", Instant),
    Column("stale_at", Instant),
    Column("result", JSON(none_as_null=True)),
    Column("last_error", PlainText),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("key", name="uq_outbox_key"),
    _one_of("gateway", "slack", "mail", "pager", "status"),
    _one_of("surface", "must_arrive", "latest_only", "drop_if_stale"),
    _one_of("state", "pending", "sending", "done", "dead", "dropped", "replaced"),
    Index("ix_outbox_work", text("urgent DESC"), "id", "next_try_at",
          sqlite_where=text(_UNFINISHED), postgresql_where=text(_UNFINISHED)),
    Index("ix_outbox_next_try_at", "next_try_at", sqlite_where=text(_UNFINISHED),
          postgresql_where=text(_UNFINISHED)),
    Index("ix_outbox_stream", "stream", "id", sqlite_where=text(_UNFINISHED),
          postgresql_where=text(_UNFINISHED)),
    Index("ix_outbox_stale_at", "stale_at",
          sqlite_where=text("state = 'pending' AND surface = 'drop_if_stale'"),
          postgresql_where=text("state = 'pending' AND surface = 'drop_if_stale'")),
    Index("ix_outbox_slot", "slot", "id", sqlite_where=text("slot IS NOT NULL"),
          postgresql_where=text("slot IS NOT NULL")),
    Index("ix_outbox_dead", "id", sqlite_where=text("state = 'dead'"),
          postgresql_where=text("state = 'dead'")),
    Index("ix_outbox_reference", "reference", "id"),
    sqlite_autoincrement=True,
)  # fmt: skip

seen = Table(
    "seen",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", Instant, nullable=False),
    # The record that was opened by it, where one was.
    Column("reference", Text),
    Index("ix_seen_at", "at"),
)

person = Table(
    "person",
    metadata,
    Column("slack_id", Text, primary_key=True),
    Column("team_id", Text, nullable=False),
    Column("email", PlainText),
    Column("name", PlainText, nullable=False),
    Column("zone", Text),
    Column("kind", Text, nullable=False),
    Column("checked_at", Instant, nullable=False),
    _one_of("kind", "member", "guest", "stranger", "bot", "deactivated", "unknown"),
    Index("ix_person_email", "email"),
)

# Who has whose duty until when; a later row wins over an earlier one while both stand.
swap = Table(
    "swap",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False),
    Column("team_id", Text, nullable=False),
    Column("duty", Text, nullable=False),
    Column("person_key", Text, nullable=False),
    Column("person_name", PlainText, nullable=False),
    Column("instead_key", Text),
    Column("instead_name", PlainText),
    Column("by_key", Text, nullable=False),
    Column("by_name", PlainText, nullable=False),
    Column("from_at", Instant, nullable=False),
    Column("until_at", Instant, nullable=False),
    UniqueConstraint("key", name="uq_swap_key"),
    Index("ix_swap_until_at", "until_at"),
    sqlite_autoincrement=True,
)

policy = Table(
    "policy",
    metadata,
    Column("version", Text, primary_key=True),
    # Canonical text rather than JSON: the version is a digest of exactly these letters.
    Column("body", Text, nullable=False),
    Column("first_used_at", Instant, nullable=False),
    # The number of the body's schema; empty in a row of before there was a second one.
    Column("schema", Integer),
)

# Commands that a record's events have posted to another record; the ticker has them decided.
posted = Table(
    "posted",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("command", JSON, nullable=False),
    Column("actor", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("settled_at", Instant),
    Column("refusal", Text),
    UniqueConstraint("key", name="uq_posted_key"),
    _one_of("state", "pending", "done", "refused"),
    Index("ix_posted_target", "target", "id", sqlite_where=text("state = 'pending'"),
          postgresql_where=text("state = 'pending'")),
    sqlite_autoincrement=True,
)  # fmt: skip

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", JSON, nullable=False),
)

# Who is who, as the files and the desk have it. A revision counts the changes of all of it, so that
# a process reads again only what has changed since; `source` is the file that names a key, empty
# where people of the desk do.
account = Table(
    "account",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name", PlainText, nullable=False),
    Column("kind", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("source", PlainText, nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("body", JSON, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Index("ix_account_revision", "revision"),
)

contact = Table(
    "contact",
    metadata,
    Column("account_key", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("name", PlainText, nullable=False),
    Column("email", PlainText, nullable=False),
    Column("phone", PlainText, nullable=False),
    Column("security", Boolean, nullable=False),
    Column("slack", Text, nullable=False),
    Column("role", Text, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name", PlainText, nullable=False),
    Column("email", PlainText, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("source", PlainText, nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("body", JSON, nullable=False),
    Column("revision", BigInteger, nullable=False),
)

resolution_team = Table(
    "resolution_team",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name", PlainText, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("source", PlainText, nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("channel", Text),
)

# One row a file that was taken in, at start or by command.
directory_import = Table(
    "directory_import",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("file", PlainText, nullable=False),
    Column("digest", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("summary", JSON, nullable=False),
    Index("ix_directory_import_file", "file", "id"),
    sqlite_autoincrement=True,
)

# What lists read of tickets. All of it follows from the tickets, and can be made anew from them.
# One row an open ticket: `value` is what it says whole, the rest is what it is found and ordered
# by. Time changes nothing here: how near a clock is to its breach is seen when it is read.
queue = Table(
    "queue",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("team", PlainText, nullable=False),
    Column("owner", Text, nullable=False),
    # 1 behind all tickets that go before the others, whatever their clocks; 0 among those.
    Column("behind", Integer, nullable=False),
    Column("key", Integer, nullable=False),
    Column("since_at", Instant, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("near_at", Instant),
    Column("nearer_at", Instant),
    Column("breach_at", Instant),
    Column("value", JSON, nullable=False),
    Index("ix_queue_near", "team", "behind", "near_at", "nearer_at", "breach_at"),
    Index("ix_queue_order", "team", "behind", "key", "since_at", "number"),
    Index("ix_queue_all_near", "behind", "near_at", "nearer_at", "breach_at"),
    Index("ix_queue_all_order", "behind", "key", "since_at", "number"),
    Index("ix_queue_owner", "owner"),
    Index("ix_queue_team_owner", "team", "owner"),
)

# Who is on which open ticket.
on_ticket = Table(
    "on_ticket",
    metadata,
    Column("person", Text, primary_key=True),
    Column("reference", Text, primary_key=True),
    Index("ix_on_ticket_reference", "reference"),
)

# The words that a ticket is found by, open or closed; the newest are found first.
ticket_word = Table(
    "ticket_word",
    metadata,
    Column("word", PlainText, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("reference", Text, primary_key=True),
    Index("ix_ticket_word_reference", "reference"),
)
