"""Ids of buttons and forms, and sentences of events: routing."""

from __future__ import annotations

from protocols.routing.events import CategoryChanged, SeverityChanged, TicketRouted
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says, simply

TICKET_CHANGE = action("ticket.change", "Change")
VIEW_CHANGE_TICKET = form("change_ticket")


@says(TicketRouted, decided=True)
def _routed(_: Scene, event: TicketRouted) -> str:
    why = f" ({event.why})" if event.why else ""
    return f"{event.by.name} gave it to {event.team}{why}, after {event.before}"


simply(
    CategoryChanged,
    lambda _, e: f"{e.by.name} changed {e.before.label} to {e.after.label}",
    decided=True,
)
simply(
    SeverityChanged,
    lambda _, e: f"{e.by.name} changed Severity {e.before.label} to Severity {e.after.label}",
    decided=True,
)
