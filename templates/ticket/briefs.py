"""The facts of the executives' briefs. Source: words, 5; D11."""

from __future__ import annotations

from datetime import datetime

from protocols.account.outbound import acknowledgments, newest_acknowledgment
from protocols.closure.state import Closure
from protocols.decisions.state import Decisions
from protocols.deliveries.state import Deliveries
from protocols.executives.briefs import brief_key
from protocols.executives.state import Executive, Executives
from protocols.helpers.calling import LEAD_DUTIES
from protocols.helpers.state import Helpers
from protocols.investigation.state import Investigation
from protocols.ladder.events import StepKind
from protocols.ladder.state import Ladder
from protocols.opening.events import Opening
from protocols.people.people import Role
from protocols.promises.state import Promises
from protocols.replies import by_phone
from protocols.roles.state import Roles
from protocols.scales import NoticedBy
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
    executive = _executive(scene)
    leads = [helper for duty in LEAD_DUTIES if (helper := scene.helper(duty)) is not None]
    return {
        **scene.common(),
        "confirmed": ticket.of(Investigation).exposure_at is not None,
        "decide_by_at": decisions.asked_until(scene, scene.param("person")),
        "sox_relevant": ticket.account is not None and ticket.account.sox_relevant,
        "leads": tuple(helper.who.name for helper in leads),
        **_told(scene),
        "reported": ticket.of(Opening).noticed_by is NoticedBy.ACCOUNT,
        "seen_at": executive.seen_at if executive is not None else None,
        **_end(scene),
        "missed_at": missed_at(scene),
        "mailed_at": _mailed_at(scene, executive),
    }


def _told(scene: Scene) -> Facts:
    """Return whether the account was told that we have it: in writing, by phone, or not. D41."""
    ticket = scene.ticket
    sent = newest_acknowledgment(ticket)
    return {
        "told_at": sent.taken_at if sent is not None else None,
        "called_at": by_phone.last_call(ticket),
        "being_told": sent is not None and sent.taken_at is None,
        "not_told": sent is None and bool(acknowledgments(ticket)),
    }


def _mailed_at(scene: Scene, executive: Executive | None) -> datetime | None:
    """Return as of when the brief was mailed too; None where no mail could leave or arrive."""
    if executive is None or not scene.ctx.has_mail or not scene.email(executive.who.key):
        return None
    mailed = f"{brief_key(scene.ticket, executive.who.key)}/mail"
    return None if mailed in scene.ticket.of(Deliveries).dead else executive.notified_at


def _executive(scene: Scene) -> Executive | None:
    told = scene.ticket.of(Executives).executives
    return next((each for each in told if each.who.key == scene.param("person")), None)


@presents("brief_t4")
def brief_t4(scene: Scene) -> Facts:
    """Return what an executive reads while incident response leads."""
    ticket, change, executive = scene.ticket, raised(scene), _executive(scene)
    holder, step = scene.holder(Role.COMMANDER), scene.ticket.of(Ladder).step(StepKind.COMMANDER)
    seat = ticket.of(Roles).seat(Role.COMMANDER)
    on = [
        draft.delivered_at
        for draft in ticket.of(Updates).drafts
        if draft.kind is DraftKind.STATUS_PAGE and draft.state is DraftState.DELIVERED
    ]
    return {
        **scene.common(),
        "raised_at": change.at if change is not None else None,
        "commander": holder.name if holder is not None else "",
        "commander_asked": seat.asked.name if seat is not None and seat.asked is not None else "",
        "commander_at": step.due_at if step is not None else scene.ctx.now,
        "decide_by_at": decisions.asked_until(scene, scene.param("person")),
        "decisions_count": len(ticket.of(Decisions).decisions),
        "funds": _funds(scene),
        "compliance": _called(scene, "compliance"),
        "seen_at": executive.seen_at if executive is not None else None,
        "status_released_at": on[0] if on else None,
        "outreach_at": scene.owed_at(StepKind.OUTREACH),
        **standing(scene),
        "outreach_done": all_told(scene),
        **_end(scene),
        "missed_at": missed_at(scene),
    }


def _called(scene: Scene, duty: str) -> str:
    """Return who was called for a duty last; empty where nobody was."""
    called = (each for each in reversed(scene.ticket.of(Helpers).helpers) if each.duty == duty)
    return next((each.who.name for each in called), "")


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
