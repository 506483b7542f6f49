"""The rows of records that are no tickets as values, whatever their kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from store.json_text import Json


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record as it stands; `version` counts its writes, `open` says whether it is owed."""

    reference: str
    team_id: str
    kind: str
    number: int | None
    open: bool
    account_key: str | None
    body: Mapping[str, Json]
    version: int
    policy_version: str
    opened_at: datetime
    updated_at: datetime
    drill: bool = False
