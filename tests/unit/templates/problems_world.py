"""Sample facts of tickets that have the same problem."""

from __future__ import annotations

from typing import Any

NOT = "BW-1004 (held by Legal), BW-1005 (resolved already)"
SPECIAL: dict[str, dict[str, Any]] = {
    "problem_report": {
        "all_count": 3,
        "told_count": 2,
        "told": "BW-1002, BW-1003",
        "leaving": "",
        "to_call": "",
        "held_back": "",
        "silent": "",
        "not_answered": NOT,
        "linked_since": "",
        "open_again": "",
        "rest_count": 1,
    },
    "followed": {"why": "The time to resolve has passed"},
    "problem_still": {"other": "BW-1002"},
    "problem_here": {
        "other": "BW-1009",
        "why": "",
        "into": "",
        "is_open": True,
        "asks_cause": False,
    },
    "cause_ask": {"other": "BW-1009", "category": "Platform and Portal Access"},
    "done_answer_rest": {"to": "BW-1004", "minutes": 10},
}
VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    "problem_report": {
        "all told": {"all_count": 2, "not_answered": "", "rest_count": 0},
        "on the way": {
            "told_count": 0,
            "told": "",
            "leaving": "BW-1002",
            "to_call": "BW-1003",
            "held_back": "BW-1006",
            "silent": "BW-1007",
            "linked_since": "BW-1008",
            "open_again": "BW-1010",
        },
    },
    "followed": {"its tier": {"why": "", "tier": 3}},
    "draft_outreach": {"for a problem": {"of_payments": False}},
    "impacted": {"for a problem": {"proposed": "Birch\nCedar Resellers"}},
    "show": {"a problem": {"is_problem": True}, "followed": {"follows": True, "can_follow": False}},
    "problem_here": {
        "not answered": {"why": "held by Legal"},
        "merged": {"why": "part of another ticket", "into": "BW-1003"},
        "asks for its cause": {"asks_cause": True},
        "over": {"why": "resolved already", "is_open": False},
    },
    "review": {"for many": {"also": "BW-1002, BW-1003", "also_count": 2}},
    "resolve": {"for many": {"answers": "BW-1002 (Birch), BW-1003", "answers_not": NOT}},
}
