"""Sample facts of a resolution, of what an account says of it, and of what it came from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from protocols.policy.causes import CAUSES, OPEN_CAUSES
from protocols.routing.teams import slug
from protocols.scales import Category
from templates.flags.facts import FlagLine
from templates.opening.facts import OpenTicketLine
from templates.queue.facts import FollowUpLine
from templates.relations.earlier import DoneLine
from templates.replies.attached import AttachedLine
from templates.routing.categories import ChoiceLine

AT = datetime(2026, 11, 23, 18, 2, tzinfo=UTC)
SHOWN = tuple(
    ChoiceLine(slug(cause), cause) for cause in (*CAUSES[Category.TECHNICAL_PRODUCT], *OPEN_CAUSES)
)
FLAG = {
    "flag": "complaint", "what": "a complaint", "by": "CSM Two", "since_at": AT, "now": AT,
    "reason": "They write that they complain formally.", "tier": 1, "owner": "CSM One",
}  # fmt: skip
ATTACHED = (
    AttachedLine("statement.pdf", "PDF", 120_400),
    AttachedLine("screen.png", "PNG", 1_400_000),
    AttachedLine("", "", 0),
)
FOLLOWED = (
    FollowUpLine("BW-0911", "BW-0911 · Birch · tried on 2 days"),
    FollowUpLine("BW-0907", "BW-0907 · Cedar Resellers · tried on 1 day"),
)
SPECIAL: dict[str, dict[str, Any]] = {
    "resolve": {
        "done": "",
        "check": "",
        "general": (),
        "has_bridge": True,
        "causes": SHOWN,
        "answers": "",
        "answers_not": "",
    },
    "confirmed": {"confirmed_words": "", "can_rate": True, "figures": (1, 2, 3, 4, 5)},
    "rated": {"stars": 4},
    "thanks_rated": {"stars": 4},
    "flag_ask": FLAG,
    "flag_proposed": {
        **FLAG,
        "again": False,
        "number": 1,
        "whose": "Legal",
        "said": "This is a formal complaint.",
    },
    "done_flag_said": {"is_one": True, "what": "a complaint"},
    "attached": {"files": ATTACHED, "more": 0},
    "flag_told": {**FLAG, "is_set": True},
    "done_flag_taken": {"what": "a complaint"},
    "ask_many": {"team": "all", "tickets": FOLLOWED, "what": "Follow-up, all teams"},
    "close_many": {
        "team": "all",
        "tickets": FOLLOWED,
        "what": "Follow-up, all teams",
        "left": 0,
        "attempts_wanted": 2,
    },
    "done_asked_again": {"refs": "BW-0911, BW-0907"},
    "done_closed_many": {"refs": "BW-0911, BW-0907"},
    "name_cause": {"cause": "", "causes": SHOWN},
    "done_cause": {"cause": "Something else"},
    "no_such_cause": {"cause": "Password or sign-in"},
}
NOT_RESOLVED: dict[str, Any] = {
    "done_last": "", "check_last": "", "cause": "", "done_at": AT, "done_by": "CSM Two",
    "earlier_done": (), "stars": 0, "flags": (),
}  # fmt: skip
DONE = "The deals D-88 and D-91 stand on the statement of October."
VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    "confirmed": {"rated already": {"can_rate": False}},
    "change_ticket": {"a complaint": {"flags": ("complaint",)},
                      "nobody has classified it": {"is_classified": False}},
    "done_changed": {"nobody has classified it": {"tier": 0}},
    "flag_told": {"none after all": {"is_set": False}},
    "flag_proposed": {"asked again": {"again": True, "what": "a dispute of the contract",
                                      "whose": "Legal and Finance"}},
    "done_flag_said": {"none": {"is_one": False}},
    "name_cause": {"one is on record": {"cause": "Not known"}},
    "attached": {"more than are named": {"more": 3}},
    "flag_ask": {"nobody has the ticket": {"owner": ""}},
    "close_many": {"some not yet": {"left": 3}},
    "done_asked_again": {"none": {"refs": ""}},
    "done_closed_many": {"none": {"refs": ""}},
    "ask_again": {"who wrote since": {"wrote_at": AT}},
    "queue": {"the Follow-up list": {"follow_up": "all"}},
    "show": {
        "a complaint, and a dispute that Legal has": {
            "flags": (
                FlagLine("a complaint", "CSM Two", AT, "They complain formally.", "", "Legal One"),
                FlagLine("a dispute of the contract", "CSM Two", AT, "Clause 4", "Legal One", ""),
            ),
        },
        "solved, and others before it": {
            "is_open": False, "can_answer": False, "done_last": DONE,
            "check_last": "See page 2.", "done_by": "CSM Two",
            "done_at": AT, "cause": "Deal missing on the statement", "stars": 4,
            "earlier_done": (DoneLine("BW-0911", DONE, "Paid late"), DoneLine("BW-0907", DONE, "")),
        },
        "open again": {"done_last": DONE, "check_last": "", "done_at": AT, "done_by": "CSM Two"},
    },
    "tickets": {
        "one that is over": {
            "tickets": (OpenTicketLine("BW-0911", 1, "Deals missing", "3 d old, closed", "", DONE),)
        },
    },
    "resolve": {
        "could stand under any ticket": {
            "done": "It is fixed.", "check": "Please check.", "general": ("done", "check"),
            "asks_reason": True, "alone": True, "has_bridge": False, "turn": 1,
        },
    },
}  # fmt: skip
