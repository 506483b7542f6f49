"""Sample facts of questions to another team."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from templates.routing.categories import ChoiceLine
from templates.second_reviews.facts import ReviewLine

AT = datetime(2026, 11, 23, 15, 10, tzinfo=UTC)
QUESTION = "Is the October payment of the Elm deal booked, and to whom?"
ANSWER = "It was booked under Birch on 20 November. We move it with the November run."
ASKED = ReviewLine(1, "Finance", "Finance One", QUESTION, AT, True, False, "", "", None)
LINES = (
    replace(ASKED, is_open=False, answer=ANSWER, by="Finance One", at=AT),
    replace(ASKED, number=2, team="Legal", person="", is_late=True),
    replace(ASKED, number=3, team="Engineering", is_open=False, by="CSM One", at=AT),
    replace(ASKED, number=4),
)
BASE: dict[str, Any] = {
    "reviews": "", "review_lines": (), "review_number": 1, "team": "Finance", "owing": "",
}  # fmt: skip
OF_ONE: dict[str, Any] = {
    "again": False,
    "answer": ANSWER,
    "answer_by": AT,
    "answered_by": "Finance One",
    "asked_at": AT,
    "asked_by": "CSM Two",
    "owner": "CSM Two",
    "person": "Finance One",
    "question": QUESTION,
    "tier": 1,
}
SPECIAL: dict[str, dict[str, Any]] = {
    "ask_second_review": {
        "teams": (ChoiceLine("finance", "Finance"), ChoiceLine("legal", "Legal")),
    },
    **dict.fromkeys(
        (
            "second_review_ask",
            "second_review_late",
            "second_review_answer",
            "answer_second_review",
            "drop_second_review",
        ),
        OF_ONE,
    ),
    "triage_asked": {"person": "CSM Two", "words": QUESTION},
    "triage_review": {"person": "Finance One", "words": ANSWER},
    "done_review_asked": {"person": "Finance One", "next_at": AT, "answer_by": AT},
}
VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    "ask_second_review": {
        "owed": {"owing": "Legal (Legal One)"},
        "all owe": {"owing": "Legal (Legal One), Finance, Engineering", "teams": ()},
    },
    "second_review_ask": {
        "again, about a record": {"again": True, "records": "MDF claim C-17 (as of 18 Nov 2026)"},
        "nobody has it": {"owner": ""},
    },
    "second_review_late": {"nobody could be asked": {"person": ""}},
    "triage_asked": {"confidential": {"words": ""}},
    "triage_review": {"confidential": {"words": ""}},
    "done_review_asked": {"nobody on duty": {"person": ""}},
    "show": {"another team": {"review_lines": LINES}},
    "triage": {"another team owes": {"reviews": "Finance (Finance One), Legal"}},
}
