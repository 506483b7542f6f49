"""Sample facts of tickets that belong together."""

from __future__ import annotations

from typing import Any

from templates.routing.facts import ChoiceLine

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
    "triage": {"linked": ""},
}
VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    "link_tickets": {"linked, and none to offer": {"linked": LINKED, "offered": ()}},
    "done_linked": {"no more": {"is_over": True}},
    "triage": {"linked": {"linked": LINKED}},
    "show": {"linked": {"linked": LINKED}},
}
