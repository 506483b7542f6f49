"""The facts of what is said of a target: what it waits for, and who has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.escalation.roads import leads
from protocols.escalation.state import Escalation
from protocols.ladder.measures import answered_at, met
from protocols.replies.events import WordsCollected
from protocols.replies.in_a_row import lines
from protocols.scales import Tier
from protocols.targets.clocks import running
from protocols.targets.people import owner
from protocols.targets.sending import clock_told, latest_told
from protocols.targets.state import Blocking, TargetWatch
from protocols.targets.steps import desk_steps
from protocols.time.targets import Measure
from templates.clock.facts import ended_stops
from templates.clock.hours import calendar_words
from templates.clock.words import STEP_NAMES
from templates.kit import outward
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value
from templates.kit.when import utc
from templates.targets.words import BLOCKS, WAITED_FOR


@presents("acknowledged_customer", "acknowledged_partner")
def acknowledged(scene: Scene) -> Facts:
    """Return who of us has it."""
    return outward.common(scene)


@presents("why_told")
def why_told(scene: Scene) -> Facts:
    """Return how the time to resolve counts: the figures of the clock, in the account's zone."""
    ctx, clock = scene.ctx, clock_told(scene.ticket, scene.ctx)
    if clock is None:
        raise LookupError("no time to resolve runs")
    return {
        **outward.common(scene),
        "started_at": clock.started_at,
        "stops": outward.stops(scene, ended_stops(scene.ticket, ctx, clock)),
        "stopped_since_at": clock.stopped_since_at,
        "due_at": clock.due_at,
        "latest_at": latest_told(scene.ticket, ctx),
        "figure": outward.figure(str(clock.figures)),
        "whose": outward.whose(clock),
        "calendar": outward.figure(calendar_words(clock.calendar, ctx.calendar)),
    }


def pressable(scene: Scene) -> Facts:
    """Return what a person can do about the targets of a ticket now, and what they did."""
    watch, ticket = scene.ticket.of(TargetWatch), scene.ticket
    is_low = ticket.is_live and not ticket.tier.has_bridge
    by = watch.acknowledged_by
    return {
        "can_acknowledge": is_low and watch.acknowledged_at is None,
        "can_triage": is_low and ticket.tier is Tier.ELEVATED and Measure.TRIAGE not in met(ticket),
        "acknowledged_by": by.name if by is not None else "",
        "acknowledged_at": watch.acknowledged_at,
    }


@dataclass(frozen=True, slots=True)
class DeskStepLine(Value):
    """One step of Tier 1 or 2, as a line shows it; ``standing`` is empty where it is not owed."""

    name: str
    standing: str
    due_at: datetime | None = None
    done_at: datetime | None = None
    waits: bool = False


def step_lines(scene: Scene) -> tuple[DeskStepLine, ...]:
    """Return the steps of Tier 1 and 2 as they stand."""
    return tuple(
        DeskStepLine(
            STEP_NAMES[step.kind],
            step.standing.value if step.standing is not None else "",
            step.due_at,
            step.done_at,
            step.waits,
        )
        for step in desk_steps(scene.ticket, scene.ctx)
    )


def blocked_since(scene: Scene) -> Facts:
    """Return since when the account waits for an answer to what blocks it, and whether too long."""
    blocking = scene.ticket.of(Blocking)
    owed = blocking.is_owed and scene.ticket.is_live
    late = blocking.answer_at is not None and blocking.answer_at <= scene.ctx.now
    return {
        "blocked_at": blocking.answer_at if owed else None,
        "blocked_late": owed and late,
        "blocked_what": BLOCKS[blocking.what] if blocking.what is not None else "",
        "blocked_since": blocking.since_at if scene.ticket.is_live else None,
    }


@presents("target_near", "target_breached")
def target(scene: Scene) -> Facts:
    """Return which target it is, and who has the ticket."""
    return {
        **_has_it(scene),
        "can_resolve": scene.ticket.is_live,
        "waited_for": WAITED_FOR[scene.param("measure")],
        "breach_at": datetime.fromisoformat(scene.param("breach_at")),
    }


@presents("left_open")
def left_open(scene: Scene) -> Facts:
    """Return what is late on a ticket on which no clock runs any more."""
    ctx = scene.ctx
    late = {
        WAITED_FOR[clock.measure.name]: utc(clock.breach_at, ctx.now)
        for clock in running(scene.ticket, ctx.policy, ctx.calendar)
        if clock.breach_at <= ctx.now
    }
    return {
        **_has_it(scene),
        "opened_at": scene.ticket.opened_at,
        "late": ", ".join(f"{what} (was due {at})" for what, at in late.items()),
    }


@presents("has_it")
def has_it(scene: Scene) -> Facts:
    """Return what the one who has the ticket from now on can do, and by when a reply is due."""
    clocks = running(scene.ticket, scene.ctx.policy, scene.ctx.calendar)
    replies = (Measure.REPLY, Measure.ACKNOWLEDGE)
    due_at = next((c.breach_at for c in clocks if c.measure in replies), None)
    return {**_has_it(scene), "reply_at": due_at if answered_at(scene.ticket) is None else None}


@presents("business_blocked", "blocked_named", "blocked_unanswered")
def blocked(scene: Scene) -> Facts:
    """Return who says that it blocks their business, what, and by when a person answers."""
    blocking, raised = scene.ticket.of(Blocking), scene.ticket.of(Escalation).now
    return {
        **_has_it(scene),
        "author": blocking.author,
        "since_at": blocking.since_at,
        "answer_at": blocking.answer_at if blocking.is_owed else None,
        "phone": scene.account_phone,
        "what": BLOCKS[blocking.what] if blocking.what is not None else "",
        "lead": ", ".join(who.name for who in leads(scene.ticket)),
        "is_led": raised is not None and raised.taken_by is not None,
    }


@presents("account_wrote")
def account_wrote(scene: Scene) -> Facts:
    """Return what the account wrote."""
    return {
        **_has_it(scene),
        "author": scene.param("author"),
        "words": scene.param("words"),
        "link": scene.param("link"),
        "at": datetime.fromisoformat(scene.param("wrote_at")),
    }


@dataclass(frozen=True, slots=True)
class WrittenLine(Value):
    """One of the account's messages that are told together."""

    author: str
    words: str


_MOST_LINES = 5


@presents("words_collected")
def words_collected(scene: Scene) -> Facts:
    """Return what the account wrote in a row: how much, since when, and the newest of it."""
    event = WordsCollected(
        datetime.fromisoformat(scene.param("to")),
        scene.ctx.by,
        scene.number("count"),
        datetime.fromisoformat(scene.param("since")),
    )
    in_bridge = scene.ticket.tier.has_bridge
    shown = () if in_bridge else lines(scene.ticket, event)[-_MOST_LINES:]
    return {
        **_has_it(scene),
        "count": event.count,
        "before_these": 0 if in_bridge else event.count - len(shown),
        "from_at": event.since_at,
        "in_bridge": in_bridge,
        "lines": tuple(WrittenLine(line.author, line.text) for line in shown),
        "to_at": event.at,
    }


def _has_it(scene: Scene) -> Facts:
    who = owner(scene.ticket, scene.ctx)
    return {
        **scene.common(),
        **pressable(scene),
        "owner": who.name if who is not None else "",
        "is_owner": who is not None and who.key == scene.param("person"),
    }
