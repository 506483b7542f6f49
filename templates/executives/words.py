"""Ids of buttons and forms, and sentences of events: executives."""

from __future__ import annotations

from protocols.executives.events import (
    BriefSeen,
    ExecutiveNotified,
    ExecutiveReached,
    QuestionAsked,
    VendorTold,
)
from templates.kit.actions import action, form
from templates.kit.sentences import simply

EXEC_SEEN = action("exec.seen")
EXEC_ASK = action("exec.ask")
VIEW_ASK_QUESTION = form("ask_question")


simply(ExecutiveNotified, lambda _, e: f"the brief to {e.person.name} is on its way")
simply(ExecutiveReached, lambda _, e: f"{e.person.name} has the brief")
simply(BriefSeen, lambda _, e: f"{e.person.name} has seen the brief")
simply(QuestionAsked, lambda _, e: f'{e.person.name} asked: "{e.text}"')
simply(VendorTold, lambda _, _e: "the processor contact was told")
