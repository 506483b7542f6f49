"""Sample facts of escalations."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from templates.escalation.facts import RowLine
from templates.targets.facts import DeskStepLine
from templates.timeline.facts import TimelineLine


def _at(clock: str) -> datetime:
    hours, minutes = map(int, clock.split(":"))
    return datetime(2026, 11, 23, hours, minutes, tzinfo=UTC)


HAPPENED = (
    TimelineLine(_at("14:10"), "opened by CSM Two"),
    TimelineLine(_at("14:20"), "CSM Two took it"),
    TimelineLine(_at("15:40"), 'Partner Admin One: "It blocks my business."'),
    TimelineLine(_at("18:10"), "LATE: the resolution"),
)
RAISED: dict[str, Any] = {
    "tier": 1,
    "reasons": ("Resolution is late", "It blocks their business"),
    "since_at": _at("18:10"),
    "target_at": _at("22:00"),
    "to": "Channel Operations Manager One",
    "lead": "",
    "owner": "CSM Two",
    "not_taken": False,
    "next_person": "Engineering Lead One",
    "is_told": True,
}
SPECIAL: dict[str, dict[str, Any]] = {
    "escalation": {
        **RAISED,
        "account_sees": "escalated",
        "answer_by": _at("19:10"),
        "due": "resolve",
        "due_at": _at("18:10"),
        "happened": HAPPENED,
        "is_late": True,
        "more": 3,
        "opened_at": _at("14:10"),
        "opened_by": "CSM Two",
        "team": "Channel Finance",
        "told": "the word on who has it",
        "told_at": _at("14:20"),
        "who_next": "Finance One",
    },
    "escalation_untaken": RAISED,
    "escalation_owner": {**RAISED, "late": "the resolution", "late_at": _at("18:10")},
    "escalation_reason": {
        **RAISED,
        "added": ("It blocks their business: live customer",),
        "late": "",
        "late_at": None,
    },
    "escalation_led": {**RAISED, "lead": "Channel Operations Manager One"},
    "escalation_late": {**RAISED, "lead": "Channel Operations Manager One"},
    "same_matter": {
        "row": "The same matter three times in 30 days",
        "before": "BW-0990, BW-0871",
    },
    "escalation_ended": {"person": "CS Manager One", "reason": "It is under way."},
    "escalated_desk": {
        "lead": "",
        "next_update_at": _at("19:00"),
        "target_at": _at("22:00"),
        "is_new_target": True,
        "waits": False,
    },
    "escalate": {
        "lead": "CS Manager One",
        "rows": (
            RowLine("asked-for-by-a-colleague", "Asked for by a colleague", is_read=True),
            RowLine("management-review", "Management review", is_read=False),
        ),
    },
    "done_escalated": {"again": False, "to": "CS Manager One", "is_me": False, "is_told": True},
    "done_escalation_taken": {"has_ticket": True},
    "no_such_escalation": {"rows": "Asked for by a colleague, Management review"},
}
STEPS = (
    DeskStepLine("first reply", "done", _at("15:02"), _at("14:31")),
    DeskStepLine("triage", "late", _at("16:02")),
    DeskStepLine("Engineering", "now"),
    DeskStepLine("update", ""),
    DeskStepLine("resolution", "now", _at("22:00")),
)
NOT: dict[str, Any] = {
    "steps": STEPS,
    "escalated_at": None,
    "escalated_why": "",
    "escalation_asked": "",
    "escalation_lead": "",
    "can_escalate": False,
    "can_end_escalation": False,
}
SHOWN = {
    "escalated_at": _at("18:10"),
    "escalated_why": "Resolution is late",
    "escalation_asked": "Channel Operations Manager One",
}
LED_ON_CARD = {**SHOWN, "escalation_lead": "Channel Operations Manager One"}
LED = {**LED_ON_CARD, "can_end_escalation": True}
OPEN = {"can_escalate": True}
ASKED = ('Asked for by a colleague: "It has stopped three nights in a row."',)
VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    "escalation": {
        "asked for in a whole sentence": {"reasons": ASKED},
        "nobody has it": {
            "owner": "",
            "reasons": ("Severity Critical, and nobody has it",),
            "due": "reply",
            "is_late": False,
            "more": 0,
            "told": "",
            "told_at": None,
            "who_next": "",
        },
        "clock stopped": {"due": "", "due_at": None, "target_at": None, "is_late": False},
    },
    "escalation_untaken": {
        "nobody further": {"owner": "", "next_person": ""},
        "not taken": {"reasons": ("Late, and nobody has it",), "not_taken": True},
    },
    "escalation_owner": {
        "nobody to ask": {"to": "", "target_at": None},
        "nothing is late": {"late": "", "late_at": None, "can_acknowledge": False},
    },
    "escalation_reason": {
        "led, and late": {
            "added": ("Resolution is late", "Open for 10 business days"),
            "late": "the resolution",
            "late_at": _at("18:10"),
            "lead": "Channel Operations Manager One",
        }
    },
    "business_blocked": {"led": {"lead": "CS Manager One", "is_led": True}},
    "blocked_unanswered": {"they said what": {"what": "a deal"}},
    "blocked_named": {"answered": {"answer_at": None}},
    "escalation_late": {"nobody leads it": {"owner": "", "lead": "", "is_told": False}},
    "escalated_desk": {
        "same target": {"is_new_target": False},
        "without a number": {"contact_phone": "", "contact_email": ""},
        "led": {"lead": "Channel Operations Manager One", "next_update_at": None},
        "waits for them": {"target_at": None, "waits": True},
    },
    "escalate": {"nobody on duty": {"lead": ""}, "to whoever escalates": {"lead": "you"}},
    "triage": {"escalated": SHOWN, "escalated, led": LED_ON_CARD, "can be escalated": OPEN},
    "show": {"escalated": SHOWN, "escalated, led": LED, "can be escalated": OPEN},
    "poc_offer_silent": {
        "the CS manager": {"is_holder": False, "due_at": _at("14:10"), "is_late": True},
        "nothing is due": {"due": "", "due_at": None},
    },
    "done_shift_left": {"some are not": {"refused": "BW-1004 (Nothing was changed: ...)"}},
    "done_shift_taken": {"some are not": {"refused": "BW-1004 (CSM Two has it already.)"}},
    "why": {
        "escalated": {**SHOWN, "escalated_why": "Resolution is late; It blocks their business"},
        "escalated, led": {**LED_ON_CARD, "in_utc": True},
    },
    "done_escalated": {
        "again": {"again": True, "is_told": False},
        "to whoever escalates": {"is_me": True},
        "nobody": {"to": "", "is_told": False},
    },
    "done_escalation_taken": {"not the ticket": {"has_ticket": False}},
}
