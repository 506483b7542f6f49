"""Sample facts of tickets that belong together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from templates.routing.categories import ChoiceLine

AT = datetime(2026, 11, 23, 18, 2, tzinfo=UTC)
LINKED = "BW-0997 (the same problem as there), BW-1000 (a duplicate of this)"
SPECIAL: dict[str, dict[str, Any]] = {
    "link_tickets": {
        "linked": "",
        "offered": (
            ChoiceLine("BW-0997", "BW-0997 · Acme · Wire to supplier rejected"),
            ChoiceLine("BW-0990", "BW-0990 · Birch · Payments sent twice"),
        ),
    },
    "done_linked": {"what": "the same problem as there", "is_over": False},
    "triage": {"linked": "", "merged_into": ""},
    "done_merged": {"merged": "BW-1001", "other": "BW-0997", "until_at": AT},
    "merged_away": {"is_merged": True, "other": "BW-0997", "person": "CSM Two"},
    "merged_here": {
        "is_merged": True,
        "other": "BW-0997",
        "person": "CSM Two",
        "hear_at": AT,
        "solve_at": AT,
    },
    "merged_late": {"other": "BW-0997", "by_at": AT, "solves": False},
}
VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    "link_tickets": {"linked, and none to offer": {"linked": LINKED, "offered": ()}},
    "done_linked": {"no more": {"is_over": True}},
    "triage": {
        "linked": {"linked": LINKED},
        "merged": {"merged_into": "BW-0997", "is_live": False, "can_take": False},
    },
    "show": {"linked": {"linked": LINKED, "to_undo": "BW-0997"}},
    "merged_away": {"undone": {"is_merged": False}},
    "merged_here": {
        "nothing owed": {"hear_at": None, "solve_at": None},
        "undone": {"is_merged": False},
    },
    "merged_late": {"to resolve": {"solves": True}},
}
