"""Ids of buttons and forms: answers."""

from __future__ import annotations

from protocols.answers.events import SecondReaderNeeded
from templates.kit.actions import action, form
from templates.kit.sentences import simply
from templates.updates.words import called_text, needed_for

ANSWER_OPEN = action("answer.open", "Answer")
ANSWER_PREVIEW = action("answer.preview", "Preview")
VIEW_WRITE_ANSWER = form("write_answer")

simply(
    SecondReaderNeeded,
    lambda s, e: f"a second person reads {called_text(s, e.number)}: {needed_for(e.rows)}",
)
