"""The clocks of a ticket as people read them: what binds, and every target."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from protocols.escalation.state import Escalation
from protocols.kernel.context import Context
from protocols.ladder.measures import ticket_facts
from protocols.targets.counted import counted
from protocols.targets.sending import can_be_told
from protocols.targets.steps import desk_steps
from protocols.ticket import Ticket
from protocols.time.pauses import Pause, merged
from protocols.time.targets import ALL, Measure, NothingBinds, Target, binding
from templates.clock.hours import calendar_words
from templates.clock.words import STEP_NAMES
from templates.kit.links import Links
from templates.kit.outward import rule_words
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value
from templates.kit.when import figure_named, span, utc_day

_MOST_STOPS = 3


@dataclass(frozen=True, slots=True)
class ClockLine(Value):
    """One clock as ``why`` explains it.

    Attributes:
        name: "First reply", "Resolve".
        target: "4 h", "1 business day".
        rule: Which rule sets it: "Severity High (S109)".
        due_at: When it is due; None when it is stopped.
        breach_at: When it is breached, if that is another time than due.
        calendar: "Berlin desk, Mon-Fri 09:00-17:00 CET", or empty for day and night.
        is_late: Whether it was not met in time.
        binds: Whether it is the next that binds.
        done_at: When it was met.
        paused: How long it stood still: "19 h 8 min"; empty when it did not.
        stopped_at: Since when it stands still; None while it runs.
    """

    name: str
    target: str
    rule: str
    due_at: datetime | None
    breach_at: datetime | None = None
    calendar: str = ""
    is_late: bool = False
    binds: bool = False
    done_at: datetime | None = None
    paused: str = ""
    stopped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StopLine(Value):
    """When clocks stood still; without an end they still do."""

    from_at: datetime
    until_at: datetime | None = None


def found(scene: Scene, measures: Collection[Measure] = ALL) -> tuple[Target, ...]:
    """Return every target of the ticket, or those of some measures."""
    return counted(scene.ticket, scene.ctx, measures)


def earliest(scene: Scene, *measures: Measure) -> Target:
    """Return the target of these measures that is due first, met or not.

    Raises:
        LookupError: None of them applies.
    """
    applying = [target for target in found(scene, measures) if target.due_at is not None]
    if not applying:
        raise LookupError("no such target applies")
    return min(applying, key=lambda target: target.due_at or target.started_at)


def due_unless_stopped(scene: Scene, measure: Measure) -> datetime | None:
    """Return when a measure is due first, met or not; None while it waits for the account.

    Raises:
        LookupError: None of its targets applies.
    """
    applying = [target for target in found(scene, (measure,)) if target.applies]
    if not applying:
        raise LookupError("no such target applies")
    return min((t.due_at for t in applying if t.due_at is not None), default=None)


def due_next(scene: Scene) -> Target | None:
    """Return the target that binds, None when nothing runs."""
    try:
        return binding(found(scene))
    except NothingBinds:
        return None


def next_at(target: Target, now: datetime) -> datetime | None:
    """Return when a target is due: of a range the upper figure once the lower has passed. D4."""
    due_at = target.due_at
    return due_at if due_at is None or now < due_at else target.breach_at


def due_name(target: Target, now: datetime) -> str:
    """Return what is due at `next_at`, and which figure of a range that is: ``resolve (target)``.

    Source: D4.
    """
    return target.measure.value.lower() + figure_named(target.due_at, target.breach_at, now)


def left(target: Target, now: datetime) -> str:
    """Return how much time is left, or by how much it is over."""
    at = next_at(target, now)
    if at is None:
        return "stopped"
    minutes = int((at - now).total_seconds() // 60)
    return span(minutes) if minutes >= 0 else f"none, over by {span(-minutes)}"


def why_on(scene: Scene, *, in_utc: bool) -> Facts:
    """Return the facts of the answer to ``why REF``."""
    all_found, now = found(scene), scene.ctx.now
    binds = due_next(scene)
    return {
        **scene.common(),
        **_escalated(scene.ticket),
        "binding_at": next_at(binds, now) if binds is not None else None,
        "binding_name": due_name(binds, now) if binds is not None else "",
        "binding_rule": rule_words(binds) if binds is not None else "",
        "started_at": binds.started_at if binds is not None else scene.ticket.opened_at,
        "started_by": "opening" if _from_opening(scene, binds) else "the last change",
        "stopped": stop_lines(_stops(scene, binds)),
        "can_send": can_be_told(scene.ticket, scene.ctx),
        "left": left(binds, now) if binds is not None else "",
        "in_utc": in_utc,
        "policy": utc_day(scene.ticket.opened_at),
        "clocks": tuple(
            _clock(target, binds, scene) for target in all_found if not target.not_because
        ),
        "steps_owed": _steps_owed(scene),
    }


def _steps_owed(scene: Scene) -> str:
    """Return which steps the tier owes, each with its row of the policy. Source: S2-S10."""
    rows = (step.row for step in desk_steps(scene.ticket, scene.ctx))
    return " · ".join(
        f"{STEP_NAMES[row.step]} ({row.source}{f', within {row.within}' if row.within else ''})"
        for row in rows
        if row is not None
    )


def _escalated(ticket: Ticket) -> Facts:
    """Return since when it is escalated, why, and who leads it or is asked to."""
    raised = ticket.of(Escalation).now
    lead = raised.taken_by if raised is not None else None
    return {
        "escalated_at": raised.since_at if raised is not None else None,
        "escalated_why": "; ".join(raised.reasons) if raised is not None else "",
        "escalation_lead": lead.name if lead is not None else "",
        "escalation_asked": ", ".join(who.name for who in raised.asked) if raised else "",
    }


def ended_stops(ticket: Ticket, ctx: Context, target: Target) -> tuple[Pause, ...]:
    """Return when a clock stood still and went on, in order; what took none of it is left out."""
    if not target.paused_for:
        return ()
    found = merged(ticket_facts(ticket, ctx).pauses)
    until = target.met_at or ctx.now
    return tuple(
        each
        for each in found
        if each.until_at is not None and each.until_at > target.started_at and each.from_at < until
    )


def _stops(scene: Scene, target: Target | None) -> tuple[Pause, ...]:
    """Return when the clock that binds stood still; where none binds, when any did."""
    found = merged(ticket_facts(scene.ticket, scene.ctx).pauses)
    if target is None:
        return found
    running = tuple(each for each in found if each.until_at is None)
    return (*ended_stops(scene.ticket, scene.ctx, target), *running)


def stop_lines(pauses: tuple[Pause, ...]) -> tuple[StopLine, ...]:
    """Return when clocks waited for the account's answer; of many the newest. Source: S84."""
    return tuple(StopLine(each.from_at, each.until_at) for each in pauses[-_MOST_STOPS:])


def _from_opening(scene: Scene, target: Target | None) -> bool:
    return target is None or target.started_at == scene.ticket.opened_at


def _clock(target: Target, binds: Target | None, scene: Scene) -> ClockLine:
    now, minutes = scene.ctx.now, int(target.paused_for.total_seconds() // 60)
    later = target.breach_at if target.breach_at != target.due_at else None
    return ClockLine(
        name=target.measure.value,
        target=target.figure,
        rule=f"{target.whose} ({target.source})",
        due_at=target.due_at,
        breach_at=later,
        calendar=calendar_words(target.calendar, scene.ctx.calendar),
        is_late=is_late(target, target.met_at or now),
        binds=target == binds,
        done_at=target.met_at,
        paused=span(minutes) if minutes else "",
        stopped_at=target.stopped_since_at,
    )


def is_late(target: Target | None, at: datetime) -> bool:
    """Say whether a target is not met in time, as of an instant."""
    return target is not None and target.breach_at is not None and target.breach_at < at


def why_facts(ticket: Ticket, ctx: Context, links: Links, *, in_utc: bool = False) -> Facts:
    """Return the facts of ``why``: every clock, and which one binds."""
    return why_on(Scene(ticket, ctx, links, {}), in_utc=in_utc)
