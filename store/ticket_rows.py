"""The ticket's row as a value: what the rules need at hand, beside the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Row, Select, select

from store.json_text import Json
from store.tables import ticket


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One ticket as it stands; `version` counts its writes, `open` says whether it is owed."""

    reference: str
    team_id: str
    number: int
    status: str
    open: bool
    tier: int
    account_key: str | None
    body: Mapping[str, Json]
    version: int
    policy_version: str
    opened_at: datetime
    updated_at: datetime
    bridge_channel: str | None = None
    customer_channel: str | None = None
    customer_thread: str | None = None
    drill: bool = False
    triage_channel: str | None = None
    triage_thread: str | None = None


NAMES = tuple(field.name for field in fields(TicketRow))


def row_of(found: Row[tuple[Json, ...]]) -> TicketRow:
    """Return a ticket's row from what was found."""
    values: tuple[Json, ...] = tuple(found)
    return TicketRow(*values)


WHOLE: Select[tuple[Json, ...]] = select(*(ticket.c[name] for name in NAMES))
