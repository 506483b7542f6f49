"""The facts of what leads and reviewers are asked. Source: words, 4.7-4.10."""

from __future__ import annotations

from protocols.bridge.state import BridgeState
from protocols.helpers.calling import engineering_waits
from protocols.helpers.state import Helpers
from protocols.investigation.state import Investigation
from protocols.ladder.events import StepKind
from protocols.ladder.state import Ladder
from protocols.roles.state import Roles
from protocols.ticket import Ticket
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


@presents("heads_up")
def heads_up(scene: Scene) -> Facts:
    """Return by when a lead is needed, and when they are asked again."""
    step = scene.ticket.of(Ladder).step(StepKind.LEADS_HERE)
    anchor = scene.ticket.of(Ladder).ladder_at or scene.ctx.now
    window = scene.ctx.policy.tier3.activation
    return {
        **scene.common(),
        "duty": scene.param("duty"),
        "due_at": step.due_at if step is not None else anchor + window.late,
        "asked_again_at": step.opens_at if step is not None else anchor + window.opens,
    }


@presents("lead_asked_again")
def lead_asked_again(scene: Scene) -> Facts:
    """Return since when a lead was told."""
    helper = scene.helper(scene.param("duty"))
    return {**heads_up(scene), "told_at": helper.asked_at if helper is not None else scene.ctx.now}


@presents("reviewer_ask", "called_ask", "responder_ask", "page_called")
def called(scene: Scene) -> Facts:
    """Return for which duty a person is called, by when, and why."""
    step, exposed_by = (
        scene.ticket.of(Ladder).step(StepKind.REVIEWERS_HERE),
        scene.ticket.of(Investigation).exposure_by,
    )
    window = scene.ctx.policy.tier3.activation
    usual = scene.ctx.now + (window.late - window.opens)
    return {
        **scene.common(),
        "duty": scene.param("duty"),
        "engineering_waits": engineering_waits(scene.ticket),
        "due_at": step.due_at if step is not None else usual,
        "exposure_at": scene.ticket.of(Investigation).exposure_at,
        "exposure_by": exposed_by.name if exposed_by is not None else "",
    }


def brought_in(ticket: Ticket) -> str:
    """Return the names of those who were asked when the missing were brought in. Source: D41."""
    at = ticket.of(BridgeState).brought_in_at
    asked = [h.who.name for h in ticket.of(Helpers).helpers if at in (h.asked_at, h.asked_again_at)]
    asked += [s.asked.name for s in ticket.of(Roles).seats if s.asked and s.asked_at == at]
    return ", ".join(dict.fromkeys(asked))
