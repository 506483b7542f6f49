"""Ids of buttons, and sentences of events: targets."""

from __future__ import annotations

from protocols.people.people import Who
from protocols.targets.events import (
    AccountHeard,
    Acknowledged,
    Blocked,
    BlockedNamed,
    BlockedUnanswered,
    BusinessBlocked,
    LeftOpen,
    TargetBreached,
    TargetNeared,
    TargetsTakenUp,
    TriageStarted,
)
from protocols.time.targets import Measure
from templates.kit.actions import action
from templates.kit.scene import Scene
from templates.kit.sentences import says, silent, simply
from templates.kit.when import utc

TICKET_ACKNOWLEDGE = action("ticket.acknowledge", "Acknowledge")
TICKET_TRIAGE = action("ticket.triage", "Triage started")
TICKET_SEND_WHY = action("ticket.send_why", "Send to account")
BLOCKED_WHAT = action("blocked.what")

WAITED_FOR = {
    Measure.REPLY.name: "the first reply",
    Measure.ACKNOWLEDGE.name: "a person's acknowledgment",
    Measure.TRIAGE.name: "active triage",
    Measure.RESOLVE.name: "the resolution",
    Measure.NEXT_REPLY.name: "an answer to what they wrote",
    Measure.ENGINEERING.name: "Engineering",
    Measure.CADENCE.name: "word to the account",
}
"""What a clock waits for, in a sentence."""
BLOCKS = {
    Blocked.DEAL: "a deal",
    Blocked.ACCESS: "their access",
    Blocked.CUSTOMER: "a live customer",
    Blocked.DEADLINE: "a deadline",
}
"""What it blocks, as we say it of them."""


def _told(people: tuple[Who, ...]) -> str:
    names = ", ".join(who.name for who in people)
    return f"{names} told" if names else "nobody on duty could be told"


@says(TargetNeared)
def _neared(scene: Scene, event: TargetNeared) -> str:
    if not event.told:
        return ""
    due = utc(event.breach_at, scene.ctx.now)
    return f"{WAITED_FOR[event.measure].capitalize()} is due {due}: {_told(event.told)}"


@says(TargetBreached)
def _breached(scene: Scene, event: TargetBreached) -> str:
    due = utc(event.breach_at, scene.ctx.now)
    return f"LATE: {WAITED_FOR[event.measure]}, was due {due}; {_told(event.told)}"


simply(LeftOpen, lambda _, e: f"Open with no clock running: {_told(e.told)}")
simply(Acknowledged, lambda _, e: f"{e.by.name} acknowledged it, and has it", decided=True)
simply(TriageStarted, lambda _, e: f"{e.by.name} began triage", decided=True)
simply(BlockedUnanswered, lambda _, e: f"LATE: an answer to what blocks them; {_told(e.told)}")
simply(BusinessBlocked, lambda s, e: f"{e.author} says that it blocks {s.account}'s business")
simply(BlockedNamed, lambda _, e: f"{e.author} says what it blocks: {BLOCKS[e.what]}")
silent(TargetsTakenUp, AccountHeard)
