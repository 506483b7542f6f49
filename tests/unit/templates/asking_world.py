"""Sample facts of answers to accounts, and of details that they are asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from protocols.updates.released import Released
from templates.details.facts import UnansweredText
from templates.targets.facts import DeskStepLine
from templates.updates.instead import Stop

ASKED_AT = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
QUESTIONS = ("Which batch was it? Its number is on the statement.", "Who saw it first, and when?")
RUNS: dict[str, Any] = {"clock_runs": True, "clock_stands": False}
STANDS: dict[str, Any] = {"clock_runs": False, "clock_stands": True}
NO_CLOCK: dict[str, Any] = {"clock_runs": False, "clock_stands": False}
NOT_STOPPED: dict[str, Any] = {"clock_stands": False}
ANSWER = "Your statement leaves out three deals. It is made anew tonight."
AMOUNT = "We pay USD 1,200."
INTERNAL = {
    **STANDS,
    "tier": 2,
    "questions": QUESTIONS,
    "asked_at": ASKED_AT,
    "asked_again": False,
    "phone": "+1 555 0130",
}
OUTWARD = {**RUNS, "questions": tuple(map(Released, QUESTIONS))}
LATER_AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
TWICE = (
    UnansweredText(ASKED_AT, OUTWARD["questions"]),
    UnansweredText(LATER_AT, (Released("Which account was it paid from?"),)),
)
FORM = {"unverified": False, "draft_number": None, "alone": True, "needs": "", "sent_back_why": ""}
SPECIAL: dict[str, dict[str, Any]] = {
    "details_asked": OUTWARD,
    "details_reminder": {
        **STANDS,
        "askings": (UnansweredText(ASKED_AT, OUTWARD["questions"]),),
    },
    "details_call": INTERNAL,
    "details_back": {**INTERNAL, "reminded": 2},
    "details_lost": {**INTERNAL, **RUNS},
    "ask_details": {**FORM, **RUNS, "questions": ""},
    "write_answer": {**FORM, "answer": "", "shown": ""},
    "answer": {"answer": ANSWER},
    "secure_link": {"numbers_url": "https://secure.vendor.example/in"},
    "done_details_asked": {"no_route": False, **RUNS},
    "go_on": STANDS,
    "done_gone_on": RUNS,
    "done_answer_sent": {"no_route": False},
}
STOPPED = Stop("answer", "0", '"Birch" is another account.', "the other party", False)
VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    "details_asked": {"again": STANDS, "no clock": NO_CLOCK},
    "details_reminder": {"asked twice": {"askings": TWICE}, "no clock": NOT_STOPPED},
    "details_call": {
        "asked twice": {
            "questions": (*QUESTIONS, "Which account was it paid from?"),
            "asked_again": True,
        },
        "nobody has it": {"is_owner": False, "owner": "", "phone": ""},
        "another has it": {"is_owner": False},
        "no clock": NOT_STOPPED,
    },
    "details_back": {
        "nobody has it": {"is_owner": False, "owner": "", "phone": "", "reminded": 0},
        "another has it": {"is_owner": False},
        "no clock": NOT_STOPPED,
    },
    "go_on": {"no clock": NOT_STOPPED},
    "details_lost": {
        "another has it": {"is_owner": False, "phone": ""},
        "earlier ones are with them": {"clock_stands": True},
    },
    "ask_details": {
        "by two, came back": {
            "alone": False,
            "needs": "somebody else has the ticket",
            "sent_back_why": "one is answered",
            "draft_number": 2,
            "questions": "\n".join(QUESTIONS),
        },
        "to nobody": {"channel_id": "", "addresses": "", **NO_CLOCK},
        "again": STANDS,
    },
    "write_answer": {
        "by mail": {"channel_id": "", "addresses": "partner.admin.two@cedar.example"},
        "not verified": {
            "answer": AMOUNT,
            "shown": AMOUNT,
            "unverified": True,
        },
        "stopped, by two": {
            "alone": False,
            "needs": "it is about a contract",
            "answer": ANSWER,
            "shown": ANSWER,
            "stops": (STOPPED,),
            "hint": '"tonight" is a forecast.',
            "turn": 1,
        },
        "to nobody": {"channel_id": "", "addresses": ""},
    },
    "own_words": {
        "a second person": {"stops": (), "needed": "it is about a contract"},
        "not verified": {"stops": (), "unverified": True},
    },
    "resolve": {"not verified": {"done": AMOUNT, "check": "See it.", "unverified": True}},
    "triage": {"to verify": {"to_verify": True}},
    "show": {
        "to verify": {"to_verify": True},
        "their answer is owed": {
            "details_wait": True,
            "next_due_at": None,
            "status": "Awaiting additional information",
            "steps": (DeskStepLine("resolution", "now", waits=True),),
        },
    },
    "why_told": {
        "a range, by the tier": {
            "whose": "",
            "figure": "24 to 48 weekday hours",
            "latest_at": datetime(2026, 11, 26, 16, 30, tzinfo=UTC),
        },
    },
    "over_line": {"a bridge": {"why": "bridge", "what": "the request for details"}},
    "sent_back": {"an answer": {"what": "answer"}},
    "settled": {
        "details came": {"word": "details_came", "about": "an answer of Acme"},
    },
    "done_details_asked": {
        "to nobody": {"no_route": True},
        "again": STANDS,
        "no clock": NO_CLOCK,
    },
    "done_gone_on": {"no clock": {"clock_runs": False}},
    "done_answer_sent": {"to nobody": {"no_route": True}},
}
