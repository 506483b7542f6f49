"""Ids of buttons and forms, and sentences of events: fixed texts."""

from __future__ import annotations

from protocols.fixed_texts.events import FixedTextSent, FixedTextTaken
from protocols.fixed_texts.state import FixedTexts
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says

SAY_OPEN = action("say.open", "What can I say?")
SEND_ACKNOWLEDGMENT = action("fixed.acknowledge")
SEND_HOLDING = action("fixed.holding")
SEND_NO_CHANGE = action("fixed.no_change")
SEND_LATE = action("fixed.late")
VIEW_SAY_LATE = form("say_late")


FIXED = {
    "acknowledgment": "the acknowledgment",
    "holding": "the holding line",
    "no_change": "the word that nothing has changed",
    "late": "the word that we are late",
    "escalated": "the escalation notice",
    "escalated_desk": "the escalation notice",
    "duplicate": "the word that it is the same matter as another",
    "not_a_problem": "the word that it was opened by mistake",
    "acknowledged": "the word on who has it",
    "secure_link": "the word on where card and account numbers belong",
    "support_window": "the word on when somebody is there for them",
    "why": "the word on how its time to resolve counts",
}


@says(FixedTextSent)
def _fixed(scene: Scene, event: FixedTextSent) -> str:
    return f"{event.by.name} sent {scene.account} {FIXED.get(event.name, event.name)}"


@says(FixedTextTaken)
def _fixed_taken(scene: Scene, event: FixedTextTaken) -> str:
    sent = next(
        (text for text in scene.ticket.of(FixedTexts).fixed_texts if text.key == event.key), None
    )
    name = FIXED.get(sent.name, sent.name) if sent is not None else "a fixed text"
    return f"{scene.account} has {name}"
