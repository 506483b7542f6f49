"""What an effect's words are called, by its key."""

from __future__ import annotations

from collections.abc import Iterable

from protocols.account import outbound
from protocols.decisions.state import Decisions
from protocols.deliveries.state import Deliveries
from protocols.people.people import Staff
from protocols.ticket import Ticket
from protocols.updates.events import PUBLIC, DraftKind
from protocols.updates.state import Draft, Updates
from templates.kit import titles
from templates.kit.scene import Scene

TO_ACCOUNT = {
    "ack": "the acknowledgment",
    "holding": "the holding line",
    "no-change": "the update without change",
    "late": "the word that we are late",
    "escalated": "the escalation notice",
    "escalated-desk": "the escalation notice",
    "secure-link": "the word on where card and account numbers belong",
    "support-window": "the word on when somebody is there for them",
    "details-reminder": "the reminder of our questions",
    "reminder": "the question whether it is solved",
    "ask-again": "the question whether it is solved",
    "reopened": "the word that it is open again",
    "confirmed": "the thanks",
    "closed-unconfirmed": "the word that it is closed",
    "ended": "the word that it was opened by mistake",
}
UNREACHED = " (NOT reached: our message was refused)"
INSIDE = {
    "bridge": "the bridge's channel",
    "card": "the card",
    "vendor": "the mail to the processor contact",
    "pin": "the pin of the card",
    "topic": "the bridge's topic",
    "bookmark": "the link of the call",
    "archive": "the bridge's archiving",
}


def subject_of(scene: Scene, key: str) -> str:
    """Return what an effect's key stands for, in words."""
    words = outbound.words_of(scene.ticket.reference, key)
    if words is not None and words.name != "vendor":
        draft = scene.ticket.of(Updates).draft(words.number) if words.name == "text" else None
        return TO_ACCOUNT.get(words.name, "") or (draft_words(draft) if draft else "the text")
    first, _, rest = key.removeprefix(f"{scene.ticket.reference}/").partition("/")
    if first.startswith("brief"):
        return f"the brief to {scene.name(rest.partition('/')[0])}"
    if first == "invite":
        return f"the invitation of {scene.name(rest.partition('/')[0])}"
    if first == "decision":
        return _of_decision(scene, rest)
    return INSIDE.get(first) or _of_message(scene, key, first)


def asked_words(ticket: Ticket, people: Iterable[Staff], suffix: str) -> str:
    """Return who was asked by messages under a key; of whom none reached, it is said. D41."""
    known, beginning = ticket.of(Deliveries), f"{ticket.reference}/{suffix}/"
    refused = {
        person
        for key, person in known.unreached
        if key.startswith(beginning) and key not in known.told
    }
    return ", ".join(f"{who.name}{UNREACHED if who.key in refused else ''}" for who in people)


def draft_words(draft: Draft) -> str:
    """Return what a text is called among those of its ticket."""
    if draft.update_number is not None:
        return f"update {draft.update_number}"
    if draft.kind is DraftKind.UPDATE:
        return f"the update (draft {draft.number})"
    return f"the {titles.draft_title(draft.kind.value).lower()}"


def _of_message(scene: Scene, key: str, first: str) -> str:
    person = dict(scene.ticket.of(Deliveries).unreached).get(key, "")
    if person:
        return f"a message to {scene.name(person)}"
    if key.endswith("/manager"):
        return "a message to the CS manager"
    return f"a message ({first.replace('-', ' ')})"


def _of_decision(scene: Scene, rest: str) -> str:
    number, _, what = rest.partition("/")
    found = scene.ticket.of(Decisions).decision(int(number)) if number.isdecimal() else None
    if found is None:
        return "a message (decision)"
    if what == "answer":
        return f"the word to {found.asked_by.name} on the decision"
    return f"the question to {found.asked_of.name}" + (" by mail" if what == "mail" else "")


def is_public(scene: Scene, key: str) -> bool:
    """Say whether an effect's words are for more than the ticket's account."""
    draft = draft_behind(scene, key)
    return draft is not None and draft.kind in PUBLIC


def draft_behind(scene: Scene, key: str) -> Draft | None:
    """Return the text whose words an effect carries, None for other effects."""
    words = outbound.words_of(scene.ticket.reference, key)
    return (
        scene.ticket.of(Updates).draft(words.number)
        if words is not None and words.name == "text"
        else None
    )
