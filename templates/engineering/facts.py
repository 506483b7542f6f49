"""Facts of the loop to Engineering: who is asked, who is on it."""

from __future__ import annotations

from protocols.engineering.state import Loop
from protocols.helpers.calling import engineering_waits
from protocols.ladder.measures import met
from protocols.scales import Tier
from protocols.targets.people import owner
from protocols.ticket import Ticket
from protocols.time.targets import Measure
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


def loop_words(ticket: Ticket) -> str:
    """Return where the loop to Engineering stands, empty where none is owed. Source: D28, D41."""
    loop = ticket.of(Loop)
    if ticket.tier is not Tier.ELEVATED and not loop.is_open:
        return ""
    if engineering_waits(ticket):
        return "not asked before Security asks for it"
    if loop.taken_by is not None:
        return f"{loop.taken_by.name} is on it"
    if loop.address:
        return f"its ticket: {loop.address}"
    if loop.asked is not None:
        return f"{loop.asked.name} is asked, and has not answered yet"
    return "nobody on duty has answered" if loop.exhausted_at is not None else "not asked"


@presents("engineer_ask", "engineer_asked", "engineering_in", "no_engineer")
def engineering(scene: Scene) -> Facts:
    """Return who is asked or on it, and by when triage is due."""
    who = owner(scene.ticket, scene.ctx)
    return {
        **scene.common(),
        "owner": who.name if who is not None else "",
        "engineering": loop_words(scene.ticket),
        "minutes": int(scene.ctx.policy.roles.accept_within.total_seconds() // 60),
        "can_triage": scene.ticket.is_live and Measure.TRIAGE not in met(scene.ticket),
    }
