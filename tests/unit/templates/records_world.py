"""Sample facts of records that a ticket is about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from templates.program_records.facts import RecordLine
from templates.routing.categories import ChoiceLine

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
WORDS = "Deal registration DR-2291 (as of 20 Nov 2026), MDF claim C-17 (as of 18 Nov 2026)"
LINES = (
    RecordLine(
        "Deal registration DR-2291",
        "https://crm.vendor.example/deals/2291",
        AT,
        "",
        "Stage: Approved · Amount: USD 12,000 · Owner: Cedar Resellers",
    ),
    RecordLine("MDF claim C-17", "https://mdf.vendor.example/17", AT, "18 Nov 2026", ""),
)
BASE: dict[str, Any] = {"records": "", "record_lines": ()}
SPECIAL: dict[str, dict[str, Any]] = {
    "link_record": {
        "linked": "",
        "offered": (
            ChoiceLine("a1", "Deal registration DR-2291 · 20 Nov 2026 · Approved"),
            ChoiceLine("b2", "MDF claim C-17 · 18 Nov 2026"),
        ),
    },
    "done_record": {
        "title": "Deal registration DR-2291",
        "day": "20 Nov 2026",
        "is_linked": True,
    },
    "too_many_records": {"most": 10},
}
VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    "link_record": {
        "linked": {"linked": WORDS},
        "none known": {"offered": ()},
        "no account": {"account": "", "offered": ()},
    },
    "done_record": {"taken off": {"is_linked": False}},
    "triage": {"about records": {"records": WORDS}},
    "show": {"about records": {"record_lines": LINES}},
    "ask_details": {"about records": {"record_lines": LINES}},
}
