"""What the account has read last: only what Slack or the mail server took. Source: D41, S95."""

from __future__ import annotations

from datetime import datetime

from protocols.account.outbound import is_lost
from protocols.fixed_texts.state import FixedTexts
from protocols.updates.events import PUBLIC
from protocols.updates.state import Updates
from templates.account.outbound import draft_words
from templates.kit.scene import Scene

TEXTS = {
    "acknowledgment": "acknowledgment",
    "holding": "holding line",
    "no_change": "nothing new",
    "late": "that we are late",
    "escalated": "escalation",
    "escalated_desk": "escalation",
    "duplicate": "that it is the same matter as another",
    "not_a_problem": "that it was opened by mistake",
    "acknowledged": "who has it",
    "secure_link": "where card and account numbers belong",
    "support_window": "when somebody is there for them",
    "why": "how its time to resolve counts",
}


def told_last(scene: Scene) -> tuple[str, datetime | None]:
    """Return what reached the account last, and when; nothing while nothing did."""
    told = [
        (text.taken_at, TEXTS.get(text.name, text.name))
        for text in scene.ticket.of(FixedTexts).fixed_texts
        if text.taken_at is not None and not is_lost(scene.ticket, text)
    ]
    told += [
        (draft.delivered_at, draft_words(draft))
        for draft in scene.ticket.of(Updates).drafts
        if draft.delivered_at is not None and draft.kind not in PUBLIC
    ]
    at, words = max(told, default=(None, ""))
    return words, at
