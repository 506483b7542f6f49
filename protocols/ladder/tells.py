"""Who is asked to acknowledge when a ladder begins, and who hears that a step is late.

Source: D6; S177.
"""

from __future__ import annotations

from protocols.account.state import Road
from protocols.bridge.roads import bridge_post
from protocols.fixed_texts.state import FixedTexts
from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.tables import Effects, tells
from protocols.ladder.events import LadderStarted, StepKind, StepLate
from protocols.ladder.state import Ladder
from protocols.rights.roads import to_manager
from protocols.ticket import Ticket


@tells(LadderStarted)
def ladder_started(ticket: Ticket, event: LadderStarted, ctx: Context) -> Effects:
    """Send the contact the acknowledgment where it waits for a person. Source: D6."""
    step = ticket.of(Ladder).step(StepKind.ACKNOWLEDGE)
    waits = step is not None and step.run == event.run and step.state == "owed"
    sent = any(text.name == "acknowledgment" for text in ticket.of(FixedTexts).fixed_texts)
    if not waits or sent or ticket.poc is None:
        return ()
    template = "prompt_acknowledge" if ticket.of(Road).route.kind != "none" else "prompt_call"
    return (dm(ticket, f"acknowledge-prompt/{event.run}", ticket.poc, template),)


@tells(StepLate)
def step_late(ticket: Ticket, event: StepLate, ctx: Context) -> Effects:
    """Tell the bridge in one line, and the CS manager, that a step is late. Source: S177.

    The first update is a promise, and told as one.
    """
    suffix = f"late/{event.kind}/{event.run}"
    params: dict[str, object] = {"step": event.kind.value, "run": event.run}
    if event.kind is StepKind.FIRST_UPDATE:
        return ()
    line = bridge_post(ticket, suffix, "late_line", params)
    return (line, *to_manager(ticket, ctx, suffix, "late_manager", params))
