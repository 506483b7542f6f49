"""Sample facts of what a signal asks for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from templates.checklist.codes import code_lines
from templates.checklist.facts import NONE, ChecklistLine

AT = datetime(2026, 11, 23, 14, 12, tzinfo=UTC)
END = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
LINES = (
    ChecklistLine("sample_data", "ask for sample data", "done", "CSM One", AT, where="our drive"),
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
TOOLS = (
    ChecklistLine("codes", "compare the codes", "open", tool="return codes"),
    ChecklistLine("sample_data", "ask for sample data", "open", tool="sample data"),
    ChecklistLine("engineering", "open an engineering ticket", "open", tool="engineering"),
    ChecklistLine("export", "prepare the exports", "open", tool="the export"),
    ChecklistLine("error_code", "record the code", "open", tool="the error code"),
    ChecklistLine("sync", "set a checkpoint", "open", tool="the sync check"),
    ChecklistLine("window", "assign a support window", "open", tool="the support window"),
)
LINK = "https://files.vendor.example/export"
USED = (
    ChecklistLine(
        "window", "assign a support window", "done", tool="the support window",
        person="Support One", from_at=AT, to_at=END,
    ),
    ChecklistLine("export", "prepare the exports", "done", "CSM One", AT, link=LINK, is_ready=True),
    ChecklistLine(
        "sample_data", "ask for sample data", "done", at=AT, sender="AP Director One", files=2,
        link="https://vendor.slack.example/p1",
    ),
    ChecklistLine(
        "sync", "set a checkpoint", "done", tool="the sync check", due_at=AT, failed_at=AT,
        due_stamp=int(AT.timestamp()),
    ),
)  # fmt: skip
BASE: dict[str, Any] = {**NONE, "steps_owed": "", "undone": ""}
SPECIAL: dict[str, dict[str, Any]] = {
    "checklist_undone": SHOWN,
    "checklist": {**SHOWN, "is_open": True, "codes": ()},
    "done_actions": {"undone": ""},
    "done_synced": {"passed": True, "next_at": None},
    "return_codes": {"codes": code_lines(("R02", "R10", "R80", "R90", "R99"))},
    "sample_data": {"place": "https://files.vendor.example/in"},
    "window_given": {"from_at": AT, "to_at": END, "by": "CSM Two", "has_mail": True},
    "window_begins": {"to_at": END},
    "window_over": {"person": "Support One"},
    "support_window": {"person": "Support One", "from_at": AT, "to_at": END},
    "sync_check": {"at": AT, "again": False, "number": 2},
}
VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    "checklist": {
        "nothing is open": {**SETTLED, "is_open": False},
        "with what helps": {"checklist": TOOLS, "codes": code_lines(("R02", "R10"))},
        "used": {"checklist": USED},
    },
    "done_synced": {"failed": {"passed": False, "next_at": AT}},
    "sample_data": {"nowhere": {"place": ""}},
    "window_given": {"without mail": {"has_mail": False}},
    "sync_check": {"asked again": {"again": True}},
    "done_actions": {"some are open": {"undone": "bring the data and finance team"}},
    "resolve": {"actions are open": {"undone": "bring the data and finance team"}},
    "card": {"a signal": SHOWN},
    "card_tier4": {"a signal": SHOWN},
    "show": {"a signal": SHOWN},
    "triage": {"a signal": SHOWN, "a signal, all settled": SETTLED},
}
