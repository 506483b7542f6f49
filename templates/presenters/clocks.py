"""This file owns the clocks of a ticket as people read them: what binds, and every target."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType

from protocols.scales import ProgramLevel, Tier
from protocols.targets import (
    Measure,
    NothingBinds,
    Target,
    TicketFacts,
    binding,
    targets,
)
from protocols.ticket import Status, StepKind, StepState, Ticket
from templates.facts import ClockLine
from templates.presenters.scene import Facts, Scene
from templates.when import span, utc, utc_day


def ticket_facts(scene: Scene) -> TicketFacts:
    """Return what the targets of the ticket rest on."""
    ticket = scene.ticket
    first = ticket.tier_changes[0].before if ticket.tier_changes else ticket.tier
    tiers: list[tuple[Tier, datetime]] = [(first, ticket.opened_at)]
    tiers += [(change.after, change.at) for change in ticket.tier_changes]
    account = ticket.account
    known = scene.ctx.directory.account(account.key) if account is not None else None
    promise, resolution = ticket.promise, ticket.resolution
    owes_rca = resolution is not None and resolution.rca_due_at is not None
    return TicketFacts(
        opened_at=ticket.opened_at,
        tiers=tuple(tiers),
        severity=ticket.severity,
        category=ticket.category,
        program_level=_level(scene),
        tags=frozenset(known.tags) if known is not None else frozenset(),
        met=MappingProxyType(_met(ticket)),
        promised_at=promise.at if promise is not None else None,
        promise_made_at=promise.made_at if promise is not None else None,
        rca_owed_from=resolution.at if owes_rca and resolution is not None else None,
    )


def _level(scene: Scene) -> ProgramLevel | None:
    account = scene.ticket.account
    if account is None or account.program_level is None:
        return None
    return ProgramLevel(account.program_level)


def _met(ticket: Ticket) -> dict[Measure, datetime]:
    met: dict[Measure, datetime | None] = {
        Measure.CALL: ticket.bridge.call_started_at,
        Measure.COMMANDER: _done_at(ticket, StepKind.COMMANDER),
        Measure.OUTREACH: _done_at(ticket, StepKind.OUTREACH),
        Measure.TRIAGE: ticket.findings[0].found_at if ticket.findings else None,
    }
    written = [d.delivered_at for d in ticket.drafts if d.delivered_at is not None]
    met[Measure.REPLY] = met[Measure.FIRST_UPDATE] = min(written, default=None)
    if ticket.tier.has_bridge:
        met[Measure.ACKNOWLEDGE] = _done_at(ticket, StepKind.ACKNOWLEDGE)
    if ticket.resolution is not None and ticket.status is not Status.OPEN:
        met[Measure.RESOLVE] = ticket.resolution.at
        met[Measure.RCA] = ticket.resolution.rca_delivered_at
    return {measure: at for measure, at in met.items() if at is not None}


def _done_at(ticket: Ticket, kind: StepKind) -> datetime | None:
    step = ticket.step(kind)
    return step.settled_at if step is not None and step.state is StepState.DONE else None


def found(scene: Scene) -> tuple[Target, ...]:
    """Return every target of the ticket."""
    return targets(scene.ctx.policy, ticket_facts(scene), scene.ctx.calendar)


def earliest(scene: Scene, *measures: Measure) -> Target:
    """Return the target of these measures that is due first, met or not.

    Raises:
        LookupError: None of them applies.
    """
    applying = [t for t in found(scene) if t.measure in measures and t.due_at is not None]
    if not applying:
        raise LookupError("no such target applies")
    return min(applying, key=lambda target: target.due_at or target.started_at)


def due_next(scene: Scene) -> Target | None:
    """Return the target that binds, None when nothing runs."""
    try:
        return binding(found(scene))
    except NothingBinds:
        return None


def rule_words(target: Target) -> str:
    """Return ``Severity High: within 4 hours`` of the rule ``4 hours · Severity High``."""
    figure, _, whose = target.rule.partition(" · ")
    return f"{whose}: within {figure}" if whose else figure


def left(target: Target, now: datetime) -> str:
    """Return how much time is left, or by how much it is over."""
    if target.due_at is None:
        return "stopped"
    minutes = int((target.due_at - now).total_seconds() // 60)
    return span(minutes) if minutes >= 0 else f"none, over by {span(-minutes)}"


def why(scene: Scene, *, in_utc: bool) -> Facts:
    """Return the facts of the answer to ``why REF``."""
    all_found, now = found(scene), scene.ctx.now
    binds = due_next(scene)
    return {
        **scene.common(),
        "binding_at": binds.due_at if binds is not None else None,
        "binding_name": binds.measure.value.lower() if binds is not None else "",
        "binding_rule": rule_words(binds) if binds is not None else "",
        "started_at": binds.started_at if binds is not None else scene.ticket.opened_at,
        "started_by": "opening" if _from_opening(scene, binds) else "the last change",
        "stopped": "never",
        "left": left(binds, now) if binds is not None else "",
        "in_utc": in_utc,
        "policy": utc_day(scene.ticket.opened_at),
        "clocks": tuple(_clock(target, binds, now) for target in all_found),
    }


def _from_opening(scene: Scene, target: Target | None) -> bool:
    return target is None or target.started_at == scene.ticket.opened_at


def _clock(target: Target, binds: Target | None, now: datetime) -> ClockLine:
    figure, _, whose = target.rule.partition(" · ")
    note = f"does not apply: {target.not_because}" if target.not_because else ""
    if target.met_at is not None:
        note = f"done {utc(target.met_at, now)}"
    later = target.breach_at if target.breach_at != target.due_at else None
    return ClockLine(
        name=target.measure.value,
        target=figure,
        rule=f"{whose} ({target.source})",
        due_at=target.due_at,
        breach_at=later,
        calendar="" if target.calendar == "day and night" else target.calendar,
        note=note,
        binds=target == binds,
    )
