"""This file owns what is said of words that did not arrive."""

from __future__ import annotations

from templates.presenters.scene import Scene

TO_ACCOUNT = {
    "ack": "the acknowledgment",
    "holding": "the holding line",
    "no-change": "the update without change",
    "late": "the word that we are late",
    "escalated": "the escalation notice",
    "reminder": "the question whether it is solved",
    "reopened": "the word that it is open again",
    "confirmed": "the thanks",
}
INSIDE = {
    "bridge": "the bridge's channel",
    "card": "the card",
    "vendor": "the mail to the processor contact",
    "pin": "the pin of the card",
    "topic": "the bridge's topic",
}


def subject(scene: Scene, key: str) -> str:
    """Return what an effect's key stands for, in words."""
    first, _, rest = key.removeprefix(f"{scene.ticket.reference}/").partition("/")
    if first == "text":
        draft = scene.ticket.draft(int(rest)) if rest.isdecimal() else None
        if draft is not None and draft.update_number is not None:
            return f"update {draft.update_number}"
        return "the released text"
    if first.startswith("brief"):
        return f"the brief to {scene.name(rest.partition('/')[0])}"
    if first == "decision":
        return _of_decision(scene, rest)
    known = TO_ACCOUNT.get(first) or INSIDE.get(first)
    return known or f"a message ({first.replace('-', ' ')})"


def _of_decision(scene: Scene, rest: str) -> str:
    number, _, what = rest.partition("/")
    found = scene.ticket.decision(int(number)) if number.isdecimal() else None
    if found is None:
        return "a message (decision)"
    if what == "answer":
        return f"the word to {found.asked_by.name} on the decision"
    return f"the question to {found.asked_of.name}" + (" by mail" if what == "mail" else "")


def for_account(scene: Scene) -> str:
    """Return the words for the account that were refused for good, and not told by phone since.

    Empty when all arrived, or somebody has called.
    """
    unsaid = scene.ticket.dead[scene.ticket.dead_when_called :]
    return ", ".join(subject(scene, key) for key in unsaid if _is_for_account(scene, key))


def was_told_by_phone(scene: Scene) -> bool:
    """Say whether somebody has called since the last words for the account were refused."""
    ticket = scene.ticket
    told = ticket.dead[: ticket.dead_when_called]
    return any(_is_for_account(scene, key) for key in told) and not for_account(scene)


def inside(scene: Scene) -> str:
    """Return everything else that was refused for good; empty when all arrived."""
    dead = (key for key in scene.ticket.dead if not _is_for_account(scene, key))
    return ", ".join(subject(scene, key) for key in dead)


def _is_for_account(scene: Scene, key: str) -> bool:
    first = key.removeprefix(f"{scene.ticket.reference}/").partition("/")[0]
    return first == "text" or first in TO_ACCOUNT
