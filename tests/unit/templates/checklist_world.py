"""Sample facts of what a signal asks for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from templates.checklist.facts import NONE, ChecklistLine

AT = datetime(2026, 11, 23, 14, 12, tzinfo=UTC)
LINES = (
    ChecklistLine("sample_data", "ask for sample data", "done", "CSM One", AT),
    ChecklistLine("finance", "bring the data and finance team", "open"),
)
SHOWN: dict[str, Any] = {
    "checklist": LINES,
    "checklist_label": "Customer reports a reconciliation variance",
    "checklist_do_not": "dismiss it as user error",
}
ALL = (
    LINES[0],
    ChecklistLine("finance", "bring the data and finance team", "done"),
    ChecklistLine("more", "compare it", "waived", "CSM Two", AT, "one line only, seen at once"),
)
SETTLED = {**SHOWN, "checklist": ALL, "checklist_do_not": ""}
BASE: dict[str, Any] = {**NONE, "undone": ""}
SPECIAL: dict[str, dict[str, Any]] = {
    "checklist_undone": SHOWN,
    "checklist": {**SHOWN, "is_open": True},
    "done_actions": {"undone": ""},
}
VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    "checklist": {"nothing is open": {**SETTLED, "is_open": False}},
    "done_actions": {"some are open": {"undone": "bring the data and finance team"}},
    "resolve": {"actions are open": {"undone": "bring the data and finance team"}},
    "card": {"a signal": SHOWN},
    "card_tier4": {"a signal": SHOWN},
    "show": {"a signal": SHOWN},
    "triage": {"a signal": SHOWN, "a signal, all settled": SETTLED},
}
