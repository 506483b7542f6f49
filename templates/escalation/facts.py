"""The facts of an escalation: why, where the ticket stands, who leads it. Source: S94-S96."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.account.outbound import is_lost
from protocols.details.state import Details
from protocols.escalation.asking import first_asked, next_asked
from protocols.escalation.dues import untaken
from protocols.escalation.rows import is_desk
from protocols.escalation.rules import DESK_NOTICE, is_read_of, may_be_asked
from protocols.escalation.state import Escalation
from protocols.fixed_texts.state import FixedTexts
from protocols.kernel.context import Context
from protocols.routing.teams import slug, team_of
from protocols.stage import stage_of
from protocols.targets.clocks import running
from protocols.targets.people import owner
from protocols.targets.taking import is_free
from protocols.ticket import Ticket
from templates.account.outbound import asked_words
from templates.clock.facts import due_name, due_next, is_late, next_at
from templates.escalation.history import MOST, happened
from templates.fixed_texts.told import told_last
from templates.kit import outward
from templates.kit.opener import opened_by
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value
from templates.targets.facts import pressable
from templates.targets.words import WAITED_FOR


def of_escalation(scene: Scene) -> Facts:
    """Return whether it is escalated, why, and who leads it or is asked to."""
    raised = scene.ticket.of(Escalation).now
    lead = raised.taken_by if raised is not None else None
    return {
        "escalated_at": raised.since_at if raised is not None else None,
        "escalated_why": raised.reasons[0] if raised is not None else "",
        "escalation_lead": lead.name if lead is not None else "",
        "escalation_asked": _asked(scene.ticket),
        "can_escalate": raised is None and is_desk(scene.ticket),
        "can_end_escalation": lead is not None,
    }


def _asked(ticket: Ticket) -> str:
    raised = ticket.of(Escalation).now
    return asked_words(ticket, raised.asked, f"escalation/{raised.number}") if raised else ""


@presents("escalation_untaken", "escalation_led", "escalation_late")
def short(scene: Scene) -> Facts:
    """Return why it is escalated, since when, until when, and who is on it."""
    raised, who = scene.ticket.of(Escalation).now, owner(scene.ticket, scene.ctx)
    lead = raised.taken_by if raised is not None else None
    return {
        **scene.common(),
        "reasons": raised.reasons if raised is not None else ("It was escalated",),
        "since_at": raised.since_at if raised is not None else scene.ctx.now,
        "target_at": raised.target_at if raised is not None else None,
        "to": _asked(scene.ticket),
        "lead": lead.name if lead is not None else "",
        "owner": who.name if who is not None else "",
        "not_taken": is_free(scene.ticket),
        "next_person": raised.asked[-1].name
        if raised and raised.asked and not raised.exhausted
        else "",
        "is_told": _is_told(scene.ticket),
    }


@presents("escalation_owner")
def with_owner(scene: Scene) -> Facts:
    """Return what is late, if anything is, and what the owner can do about it."""
    return {**short(scene), **pressable(scene), **_late(scene)}


@presents("escalation_reason")
def reason(scene: Scene) -> Facts:
    """Return what was added last, and what is late."""
    raised = scene.ticket.of(Escalation).now
    reasons = raised.reasons[-scene.number("count") :] if raised is not None else ()
    return {**short(scene), **_late(scene), "added": reasons or ("It was escalated",)}


def _late(scene: Scene) -> Facts:
    clocks = running(scene.ticket, scene.ctx.policy, scene.ctx.calendar)
    first = next((clock for clock in clocks if clock.breach_at <= scene.ctx.now), None)
    return {
        "late": WAITED_FOR[first.measure.name] if first is not None else "",
        "late_at": first.breach_at if first is not None else None,
    }


def _is_told(ticket: Ticket) -> bool:
    """Say whether the account was sent the notice of an escalation."""
    texts = ticket.of(FixedTexts).fixed_texts
    return any(text.name == DESK_NOTICE and not is_lost(ticket, text) for text in texts)


@presents("escalation")
def whole(scene: Scene) -> Facts:
    """Return history, timeline and status, so that nobody has to be briefed. Source: S95."""
    ctx, ticket = scene.ctx, scene.ticket
    binds, lines = due_next(scene), happened(scene)
    told, told_at = told_last(scene)
    return {
        **short(scene),
        "account_sees": stage_of(ticket).value,
        "answer_by": _asked_next_at(scene),
        "due": due_name(binds, ctx.now) if binds is not None else "",
        "due_at": next_at(binds, ctx.now) if binds is not None else None,
        "happened": tuple(lines[-MOST:]),
        "is_late": is_late(binds, ctx.now),
        "more": max(0, len(lines) - MOST),
        "opened_at": ticket.opened_at,
        "opened_by": opened_by(ticket),
        "team": team_of(ticket, ctx.policy),
        "told": told,
        "told_at": told_at,
        "who_next": _who_next(scene),
    }


def _asked_next_at(scene: Scene) -> datetime | None:
    points = untaken(scene.ticket, scene.ctx.policy, scene.ctx.calendar)
    return next((point.at for point in points), None)


def _who_next(scene: Scene) -> str:
    raised = scene.ticket.of(Escalation).now
    found = next_asked(scene.ticket, raised.asked if raised else (), scene.ctx)
    return found.name if found is not None else ""


@presents("escalation_ended")
def ended(scene: Scene) -> Facts:
    """Return who ended it, and why."""
    return {
        **scene.common(),
        "person": scene.name(scene.param("by")),
        "reason": scene.param("reason"),
    }


@presents("same_matter")
def same_matter(scene: Scene) -> Facts:
    """Return which row counts it, and which came before."""
    return {**scene.common(), "row": scene.param("row"), "before": scene.param("before")}


@presents("escalated_desk")
def told(scene: Scene) -> Facts:
    """Return who has taken it, until when we aim to resolve it, whom to talk to. Source: S96.

    Who is only asked is not named: they may not have read it, and another may take it.
    """
    raised = scene.ticket.of(Escalation).now
    lead = raised.taken_by if raised is not None else None
    return {
        **outward.common(scene),
        "lead": outward.someone(scene, lead),
        "target_at": raised.target_at if raised is not None else None,
        "is_new_target": raised is not None and raised.is_new_target,
        "waits": scene.ticket.of(Details).waits,
    }


@dataclass(frozen=True, slots=True)
class RowLine(Value):
    """One row that may be asked for, and whether the account reads that it is escalated then."""

    value: str
    label: str
    is_read: bool


def escalate_facts(ticket: Ticket, ctx: Context) -> Facts:
    """Return what may be asked for, and to whom it goes."""
    return {
        "account": ticket.account.name if ticket.account is not None else "the account",
        "lead": ", ".join(
            "you" if ctx.is_actor(who.key) else who.name for who in first_asked(ticket, (), ctx)
        ),
        "ref": ticket.reference,
        "rows": tuple(
            RowLine(slug(row.name), row.name, is_read_of(ticket, row)) for row in may_be_asked(ctx)
        ),
    }
