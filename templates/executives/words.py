"""Ids of buttons and forms, and sentences of events: executives."""

from __future__ import annotations

from protocols.executives.events import (
    BriefSeen,
    ExecutiveNotified,
    ExecutiveReached,
    NoExecutiveFound,
    QuestionAnswered,
    QuestionAsked,
    QuestionOverdue,
    VendorTold,
)
from templates.kit.actions import action, form
from templates.kit.sentences import simply

EXEC_SEEN = action("exec.seen")
EXEC_ASK = action("exec.ask")
QUESTION_ANSWER = action("question.answer", "Answer")
VIEW_ASK_QUESTION = form("ask_question")
VIEW_ANSWER_QUESTION = form("answer_question")


simply(ExecutiveNotified, lambda _, e: f"the brief to {e.person.name} is on its way")
simply(NoExecutiveFound, lambda _, _e: "no executive was told: no sponsor, and nobody on duty")
simply(ExecutiveReached, lambda _, e: f"{e.person.name} has the brief")
simply(BriefSeen, lambda _, e: f"{e.person.name} has seen the brief")
simply(QuestionAsked, lambda _, e: f'{e.person.name} asked: "{e.text}"')
simply(QuestionAnswered, lambda _, e: f'{e.by.name} answered: "{e.text}"')
simply(QuestionOverdue, lambda _, e: f"question {e.number} has no answer yet; it was asked again")
simply(VendorTold, lambda _, _e: "the processor contact was told")
