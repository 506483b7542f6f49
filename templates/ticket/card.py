"""The facts of the pinned card in its families. Source: words for the card."""

from __future__ import annotations

from datetime import timedelta

from protocols.account.outbound import is_lost, text_key
from protocols.bridge import pressing
from protocols.bridge.state import BridgeState
from protocols.closure.mistakes import is_told_by_phone
from protocols.closure.state import Closure
from protocols.closure.telling import telling, words_of
from protocols.executives.state import Executives
from protocols.fixed_texts.rules import ENDINGS
from protocols.fixed_texts.state import FixedText, FixedTexts
from protocols.helpers.calling import engineering_waits
from protocols.helpers.state import Helpers
from protocols.investigation.state import Investigation
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.people.people import Role
from protocols.promises.state import Promises
from protocols.replies import by_phone
from protocols.replies.state import Calls
from protocols.roles.state import Roles
from protocols.updates.events import DraftKind, DraftState
from protocols.updates.state import Draft, Updates
from templates.account.outbound import subject_of
from templates.analysis.facts import owed_analysis
from templates.checklist.facts import of_checklist
from templates.closure.facts import confirm_reminder_at, reopens_at
from templates.decisions import facts as decisions
from templates.deliveries.facts import for_account, inside, was_told_by_phone
from templates.holds.facts import holds
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.when import utc_day
from templates.ladder import progress
from templates.outreach.facts import standing
from templates.program_records.facts import record_words
from templates.replies.said import said_beside
from templates.roles.seats import are_settled, seats
from templates.status_page.facts import page_by
from templates.tiers.facts import raised
from templates.updates.words import releaser
from templates.withdrawals.facts import on_its_way

REVIEWER_DUTIES = ("legal", "compliance", "finance")


def _shared(scene: Scene) -> Facts:
    """Return what the cards of Tier 3 and Tier 4 have in common."""
    late, draft = progress.late(scene), scene.waiting
    people = seats(scene)
    vacant = [seat.role.value for seat in scene.ticket.of(Roles).seats if seat.holder is None]
    return {
        **scene.common(),
        **said_beside(scene.ticket),
        "late_step": late.kind if late is not None else None,
        "late_at": late.at if late is not None else None,
        "draft_since": draft.review_since if draft is not None else None,
        "draft_by": draft.written_by.name if draft is not None else "",
        "draft_number": draft.number if draft is not None else None,
        "releasers": scene.can_release(draft) if draft is not None else "",
        "open_roles": tuple(role for role in vacant if role != Role.COMMANDER.value),
        "seats": people,
        "people_settled": are_settled(people),
        "steps": progress.lines(scene),
        "holds": holds(scene),
        "decisions": decisions.for_card(scene),
        "can_ask_decision": scene.ticket.tier.has_bridge
        and bool(scene.ticket.of(Executives).executives),
        "here_count": len(scene.here),
        "here_max": scene.ctx.policy.bridge.size,
        "undelivered": for_account(scene),
        "undelivered_inside": inside(scene),
        **on_its_way(scene),
        "has_account": scene.ticket.account is not None,
        "no_route": scene.has_no_route,
        **_call(scene),
        "engineering_waits": engineering_waits(scene.ticket),
        "security_to": scene.mailed_to if scene.is_security else "",
        **owed_analysis(scene),
        **of_checklist(scene.ticket, scene.ctx),
        "records": record_words(scene.ticket),
    }


def _call(scene: Scene) -> Facts:
    """Return whether the account is to be called, for what, or that it was. Source: D24."""
    ticket = scene.ticket
    owed = scene.has_no_route and by_phone.call_is_owed(ticket)
    done = not owed if scene.has_no_route else was_told_by_phone(scene)
    draft = by_phone.next_to_read(ticket)
    key = text_key(ticket, draft) if draft is not None else ""
    caller = ticket.of(Calls).called_by
    return {
        "call_owed": owed,
        "call_about": subject_of(scene, key) if key else "",
        "called_at": by_phone.last_call(ticket) if done else None,
        "called_by": caller.name if caller is not None else "",
    }


@presents("card")
def card(scene: Scene) -> Facts:
    """Return the facts of the card while the ladder of Tier 3 runs, or a lower one after it."""
    following, ticket = progress.upcoming(scene), scene.ticket
    return {
        **_shared(scene),
        **_exposure(scene),
        "steps_title": "Steps",
        "next_step": following.kind if following is not None else None,
        "next_step_at": following.at if following is not None else None,
        "next_step_by": following.by if following is not None else "",
        "scope": _scope(scene),
        "scope_by": _scope_by(scene),
        "primary": pressing.tier3_primary(ticket, scene.ctx.now),
        "call_started": pressing.call_is_settled(ticket),
        "bring_in": ticket.of(BridgeState).brought_in_at is None
        and ticket.of(Ladder).owes(StepKind.LEADS_HERE),
        "isolation_owed": pressing.is_open(ticket, StepKind.RECORDS_ISOLATED, scene.ctx.now),
    }


def _scope(scene: Scene) -> str:
    ticket = scene.ticket
    if not ticket.of(Investigation).scope:
        return ""
    since = (
        f"since {ticket.of(Investigation).scope_since}"
        if ticket.of(Investigation).scope_since
        else ""
    )
    return ", ".join(
        part
        for part in (ticket.of(Investigation).scope_accounts, since, ticket.of(Investigation).scope)
        if part
    )


def _scope_by(scene: Scene) -> str:
    step = scene.ticket.of(Ladder).step(StepKind.SCOPE)
    by = step.settled_by if step is not None and step.state is StepState.DONE else None
    return by.name if by is not None else scene.contact_name


def _exposure(scene: Scene) -> Facts:
    ticket = scene.ticket
    called = [helper for helper in ticket.of(Helpers).helpers if helper.duty in REVIEWER_DUTIES]
    absent = [helper for helper in called if helper.here_at is None]
    asked = [helper.asked_again_at or helper.asked_at for helper in absent]
    exposed = ticket.of(Investigation)
    return {
        "exposure_at": exposed.exposure_at,
        "exposure_by": exposed.exposure_by.name if exposed.exposure_by is not None else "",
        "not_asked": _not_asked({helper.duty for helper in called}),
        "reviewers": ", ".join(helper.who.name for helper in absent),
        "reviewers_asked_at": min(asked, default=None),
    }


def _not_asked(duties: set[str]) -> str:
    """Return whom a confirmed exposure would call and nobody has called: a threat calls Legal."""
    others = "" if duties & {"legal", "compliance"} else "Legal or Compliance"
    return ", ".join(part for part in (others, "" if "finance" in duties else "Finance") if part)


@presents("card_tier4")
def card_tier4(scene: Scene) -> Facts:
    """Return the facts of the card while incident response leads."""
    ticket, change = scene.ticket, raised(scene)
    commander = ticket.of(Roles).seat(Role.COMMANDER)
    asked = commander.asked if commander is not None else None
    step = ticket.of(Ladder).step(StepKind.COMMANDER)
    promise = ticket.of(Promises).promise
    return {
        **_shared(scene),
        "steps_title": "Tier 4 steps",
        "raised_at": change.at if change is not None else ticket.opened_at,
        "raised_by": change.by.name if change is not None else "",
        "raised_reason": change.reason if change is not None else "",
        "primary": pressing.tier4_primary(ticket),
        "commander_open": scene.holder(Role.COMMANDER) is None,
        "commander_at": step.due_at if step is not None else scene.ctx.now,
        "commander_asked": asked.name if asked is not None else "",
        "outreach_at": scene.owed_at(StepKind.OUTREACH),
        **standing(scene),
        "page_by": page_by(scene),
        "still_owed_at": promise.at if promise is not None else None,
    }


@presents("card_resolved")
def card_resolved(scene: Scene) -> Facts:
    """Return the facts of the card once the ticket is resolved."""
    resolution, policy = scene.ticket.of(Closure).resolution, scene.ctx.policy
    draft = words_of(scene.ticket)
    if resolution is None:
        raise LookupError("only a resolved ticket has this card")
    waits = resolution.told_at is not None and resolution.confirmed_at is None
    years = policy.retention.years
    kept = scene.ticket.opened_at.year + years
    return {
        **scene.common(),
        **progress.counts(scene.ticket, scene.ctx),
        **owed_analysis(scene),
        **standing(scene),
        "holds": holds(scene),
        "undelivered": for_account(scene),
        "telling": telling(scene.ticket).value,
        "told_by_phone": resolution.told_by_phone,
        "draft_number": draft.number if draft is not None else None,
        "no_route": scene.has_no_route,
        "releaser": releaser(scene.ticket, DraftKind.RESOLUTION),
        "resolved_at": resolution.at,
        "resolved_by": resolution.by.name,
        "told_at": resolution.told_at,
        "confirmed_at": resolution.confirmed_at,
        "confirmed_by": resolution.confirmed_by,
        "reminder_at": confirm_reminder_at(scene) if waits else None,
        "reopen_at": reopens_at(scene) if waits else None,
        "first_update_minutes": _first_update_minutes(scene),
        "archive_days": policy.bridge.archive_after // timedelta(days=1),
        "kept_until": f"{utc_day(scene.ticket.opened_at)[:-4]}{kept}",
    }


def _first_update_minutes(scene: Scene) -> int | None:
    taken = [d.delivered_at for d in scene.ticket.of(Updates).drafts if d.delivered_at is not None
             and d.kind in (DraftKind.UPDATE, DraftKind.CORRECTION)
             and d.state is DraftState.DELIVERED]  # fmt: skip
    if not taken:
        return None
    return int((min(taken) - scene.ticket.opened_at).total_seconds() // 60)


@presents("card_in_error")
def card_in_error(scene: Scene) -> Facts:
    """Return the facts of the card of a ticket that was opened by mistake: who hears of it, how."""
    texts = scene.ticket.of(FixedTexts).fixed_texts
    ended = next((text for text in texts if text.name in ENDINGS), None)
    draft = next(
        (d for d in scene.ticket.of(Updates).drafts if d.kind is DraftKind.DISREGARD), None
    )
    told_at = draft.delivered_at if draft is not None else ended.taken_at if ended else None
    return {
        **scene.common(),
        "reason": scene.ticket.of(Closure).error_reason,
        "undelivered": for_account(scene),
        "told_at": told_at,
        "to_call": is_told_by_phone(scene.ticket),
        "draft_number": draft.number if draft and draft.state is DraftState.REVIEW else None,
        "leaving": _is_leaving(scene, ended, draft),
    }


def _is_leaving(scene: Scene, ended: FixedText | None, draft: Draft | None) -> bool:
    """Say whether the word that it was a mistake is on its way to the account."""
    if draft is not None:
        return draft.state is DraftState.RELEASED and not scene.has_no_route
    return ended is not None and ended.taken_at is None and not is_lost(scene.ticket, ended)
