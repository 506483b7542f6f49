"""Sample facts of records that a ticket is about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from templates.program_records.facts import RecordChange, RecordLine
from templates.routing.categories import ChoiceLine
from templates.ticket.around import DueLine

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
CHANGES = (
    RecordChange("Stage", "Approved", "Won"),
    RecordChange("Close date", "", "1 Dec 2026"),
    RecordChange("Discount", "12 %", ""),
)
BASE: dict[str, Any] = {
    "records": "", "record_lines": (), "alike": "", "clocks_beside": (), "level_gives": "",
    "ours": "", "at_account": "",
}  # fmt: skip
SPECIAL: dict[str, dict[str, Any]] = {
    "link_record": {
        "linked": "",
        "offered": (
            ChoiceLine("a1", "Deal registration DR-2291 · 20 Nov 2026 · Approved"),
            ChoiceLine("b2", "MDF claim C-17 · 18 Nov 2026"),
        ),
    },
    "triage_renewed": {
        "title": LINES[0].title,
        "link": LINES[0].address,
        "as_of": AT,
        "day": "",
        "changes": CHANGES,
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
    "card": {"about records": {"records": WORDS}},
    "card_tier4": {"about records": {"records": WORDS}},
    "triage_renewed": {"on a day": {"day": "20 Nov 2026", "changes": CHANGES[:1]}},
    "triage": {"about records": {"records": WORDS}},
    "show": {
        "about records": {"record_lines": LINES},
        "all that stands around it": {
            "alike": "BW-0880 Birch (solved), BW-0871 Elm (closed)",
            "clocks_beside": (DueLine("resolve", AT, True), DueLine("acknowledge", AT, False)),
            "at_account": "AP Director One +1 555 0199, Treasurer One (security)",
            "level_gives": "first reply in 4 hours (S119), resolve in 1-2 business days (S118)",
            "ours": "CSM One (CSM), Sponsor One (executive sponsor)",
        },
    },
    "ask_details": {"about records": {"record_lines": LINES}},
}
