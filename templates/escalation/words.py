"""Ids of buttons and forms, and sentences of events: escalations."""

from __future__ import annotations

from protocols.escalation.events import (
    AccountCameBack,
    Escalated,
    EscalationAsked,
    EscalationEnded,
    EscalationLate,
    EscalationReason,
    EscalationTaken,
    SameMatter,
)
from protocols.people.people import BOT, Who
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says, silent, simply

ESCALATION_OPEN = action("escalation.open", "Escalate")
ESCALATION_TAKE = action("escalation.take", "I have it")
ESCALATION_END = action("escalation.end", "End escalation")
VIEW_ESCALATE = form("escalate")
VIEW_END_ESCALATION = form("end_escalation")


def _names(people: tuple[Who, ...]) -> str:
    return ", ".join(who.name for who in people) or "nobody on duty"


@says(Escalated, decided=True)
def _escalated(_: Scene, event: Escalated) -> str:
    by = "" if event.by.key == BOT.key else f" by {event.by.name}"
    owner = event.owner.name if event.owner is not None else "nobody"
    return f"escalated{by} ({event.why}): {_names(event.to)} asked; {owner} of {event.team} had it"


@says(EscalationReason, decided=True)
def _reason(_: Scene, event: EscalationReason) -> str:
    by = "" if event.by.key == BOT.key else f", {event.by.name}"
    return f"one more reason why it is escalated{by}: {event.why}"


@says(EscalationAsked)
def _asked(_: Scene, event: EscalationAsked) -> str:
    further = event.person.name if event.person is not None else "nobody further on duty"
    reminded = f"; {_names(event.reminded)} reminded" if event.reminded else ""
    return f"nobody leads the escalation yet: {further} asked{reminded}"


simply(EscalationTaken, lambda _, e: f"{e.by.name} leads the escalation", decided=True)
simply(
    EscalationLate, lambda _, e: f"LATE: the escalation's target has passed; {_names(e.told)} told"
)
simply(
    EscalationEnded, lambda _, e: f'{e.by.name} ended the escalation: "{e.reason}"', decided=True
)


@says(SameMatter)
def _same_matter(_: Scene, event: SameMatter) -> str:
    told = f"; {event.told.name} told" if event.told is not None else ""
    return f"{event.row}: {', '.join(event.before)} before it{told}"


silent(AccountCameBack)
