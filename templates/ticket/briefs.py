"""The facts of the executives' briefs. Source: words, 5; D11."""

from __future__ import annotations

from datetime import datetime

from protocols.account.outbound import newest_acknowledgment
from protocols.closure.state import Closure
from protocols.decisions.state import Decisions
from protocols.executives.state import Executives
from protocols.helpers.calling import LEAD_DUTIES
from protocols.investigation.state import Investigation
from protocols.ladder.events import StepKind
from protocols.ladder.state import Ladder
from protocols.people.people import Role
from protocols.promises.state import Promises
from protocols.status import Status
from protocols.updates.events import DraftKind, DraftState
from protocols.updates.state import Updates
from templates.decisions import facts as decisions
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.outreach.facts import all_told, standing
from templates.tiers.facts import raised


@presents("brief_t3")
def brief_t3(scene: Scene) -> Facts:
    """Return what an executive reads of a ticket of Tier 3, and of any at its end."""
    ticket = scene.ticket
    executive = next(
        (e for e in ticket.of(Executives).executives if e.who.key == scene.param("person")), None
    )
    leads = [helper for duty in LEAD_DUTIES if (helper := scene.helper(duty)) is not None]
    told = newest_acknowledgment(ticket)
    return {
        **scene.common(),
        "confirmed": ticket.of(Investigation).exposure_at is not None,
        "decide_by_at": decisions.asked_until(scene, scene.param("person")),
        "sox_relevant": ticket.account is not None and ticket.account.sox_relevant,
        "leads": tuple(helper.who.name for helper in leads),
        "told_at": told.taken_at if told is not None else None,
        "being_told": told is not None and told.taken_at is None,
        **_end(scene),
        "missed_at": missed_at(scene),
        "mailed_at": executive.notified_at if executive is not None else scene.ctx.now,
    }


@presents("brief_t4")
def brief_t4(scene: Scene) -> Facts:
    """Return what an executive reads while incident response leads."""
    ticket, change = scene.ticket, raised(scene)
    holder, step = scene.holder(Role.COMMANDER), scene.ticket.of(Ladder).step(StepKind.COMMANDER)
    on = [
        draft.delivered_at
        for draft in ticket.of(Updates).drafts
        if draft.kind is DraftKind.STATUS_PAGE and draft.state is DraftState.DELIVERED
    ]
    return {
        **scene.common(),
        "raised_at": change.at if change is not None else None,
        "commander": holder.name if holder is not None else "",
        "commander_at": step.due_at if step is not None else scene.ctx.now,
        "decide_by_at": decisions.asked_until(scene, scene.param("person")),
        "decisions_count": len(ticket.of(Decisions).decisions),
        "funds": _funds(scene),
        "regulators": "",
        "status_released_at": on[0] if on else None,
        "outreach_at": scene.owed_at(StepKind.OUTREACH),
        **standing(scene),
        "outreach_done": all_told(scene),
        **_end(scene),
        "missed_at": missed_at(scene),
    }


def _end(scene: Scene) -> Facts:
    """Return what is so of the end: resolved, told, confirmed are three facts. Source: D41."""
    ticket = scene.ticket
    resolution = ticket.of(Closure).resolution if ticket.status is not Status.OPEN else None
    if resolution is None:
        return dict.fromkeys(("resolved_at", "resolution_told_at", "solved_at"))
    return {
        "resolved_at": resolution.at,
        "resolution_told_at": resolution.told_at,
        "solved_at": resolution.confirmed_at,
    }


def missed_at(scene: Scene) -> datetime | None:
    """Return the promised time that passed last without an update; None once one has come. D21."""
    missed = None
    for promise in scene.ticket.of(Promises).promises:
        if promise.kept_at is not None:
            missed = None
        elif promise.lapsed and not promise.unheard:
            missed = promise.at
    return missed


def _funds(scene: Scene) -> str:
    """Say what is confirmed of funds: amounts stay with findings."""
    return "confirmed" if scene.ticket.of(Investigation).exposure_at is not None else ""
