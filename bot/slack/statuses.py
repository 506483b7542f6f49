"""Who is out of office by what their Slack status says, and until when. Source: M23."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from protocols.people.absences import FOR_EVER
from protocols.people.out_of_office import says_out_of_office


def statuses_of(users: Iterable[Mapping[str, Any]]) -> dict[str, datetime]:
    """Return by Slack id until when a status says that its owner is out of office.

    A status that has an end is taken away by Slack then; one without stands until it is changed.
    """
    found: dict[str, datetime] = {}
    for user in users:
        profile = user.get("profile") or {}
        if says_out_of_office(str(profile.get("status_text") or "")):
            ends = profile.get("status_expiration") or 0
            found[str(user["id"])] = datetime.fromtimestamp(ends, UTC) if ends else FOR_EVER
    return found
