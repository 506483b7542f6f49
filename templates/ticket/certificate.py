"""The facts of a ticket's certificate: each duty, when it was due, when it was met.

Source: words, 7; S57, S177.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from protocols.closure.state import Closure
from protocols.decisions.state import Decision, Decisions, DecisionState
from protocols.executives.state import Executives
from protocols.holds.events import HoldKind
from protocols.holds.state import Hold, Holds, HoldState
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.ladder import lateness
from protocols.ladder.events import Step, StepKind
from protocols.ticket import Ticket
from protocols.updates.events import TextReleased, TextStopped
from templates.decisions import facts as decisions
from templates.kit.links import Links
from templates.kit.opener import opened_by
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value
from templates.kit.when import utc_stamp
from templates.ladder import progress
from templates.updates.words import stopped_for


@dataclass(frozen=True, slots=True)
class CertificateLine(Value):
    """One numbered line of a certificate.

    Attributes:
        kind: The step's key, or ``hold`` with its history in ``note``.
        opens_at: Shown as "14:17:10 to ..." when it is a window.
        due_at: Planned by; None for lines without a plan.
        settled_at: Done at; None while owed.
        by: Who.
        outcome: ``on_time``, ``late``, ``owed``, ``waived``, ``superseded``.
        late_s: By how many seconds.
        link: The message's address; may be empty.
        note: "seen 14:31 · asked: no"; may be empty.
    """

    kind: str
    due_at: datetime | None
    outcome: str
    opens_at: datetime | None = None
    settled_at: datetime | None = None
    by: str = ""
    late_s: int = 0
    link: str = ""
    note: str = ""


HOLDS = {
    HoldKind.TRANSACTION: "hold",
    HoldKind.DISCLOSURE: "hold_disclosure",
    HoldKind.RETENTION: "hold_retention",
}


def certificate_facts(
    ticket: Ticket, history: Sequence[Event], ctx: Context, links: Links, *, intact: bool
) -> Facts:
    """Return the facts of ``certificate``.

    Args:
        ticket: The ticket as it stands.
        history: Its events, as the journal keeps them.
        ctx: What is known now.
        links: Addresses.
        intact: Whether the journal's chain checks out.
    """
    scene = Scene(ticket, ctx, links, {})
    due, on_time = lateness.later_updates(ticket)
    resolution = ticket.of(Closure).resolution
    return {
        **scene.common(),
        **progress.counts(ticket, ctx),
        "opened_at": ticket.opened_at,
        "opened_by": opened_by(ticket),
        "resolved_at": resolution.at if resolution is not None else None,
        "rows": (*(_row(scene, step) for step in _in_order(ticket)), *_holds(ticket)),
        "updates_total": due,
        "updates_on_time": on_time,
        "decisions": decisions.lines(scene),
        **_stopped(history),
        "texts_released": sum(map(_by_a_second_person, history)),
        "entries": len(history),
        "intact": intact,
        "checked_at": ctx.now,
        "page_url": links.page_url(ticket.reference, "certificate"),
    }


def _by_a_second_person(event: Event) -> bool:
    return isinstance(event, TextReleased) and not event.alone


def _stopped(history: Sequence[Event]) -> Facts:
    """Return how many texts a check stopped, and for what. Source: M2."""
    stopped = [event for event in history if isinstance(event, TextStopped)]
    codes = [code for event in stopped for code in event.codes]
    return {"texts_stopped": len(stopped), "stopped_for": stopped_for(codes)}


def _in_order(ticket: Ticket) -> list[Step]:
    return sorted(progress.shown(ticket), key=lambda step: step.due_at)


def _row(scene: Scene, step: Step) -> CertificateLine:
    by = step.settled_by.name if step.settled_by is not None else ""
    opens_at = step.opens_at if step.kind in progress.WINDOWS else None
    return CertificateLine(
        kind=step.kind.value,
        due_at=step.due_at,
        outcome=lateness.outcome(step),
        opens_at=opens_at,
        settled_at=step.settled_at,
        by=by,
        late_s=math.ceil(step.late_by_s),
        link=step.link if step.link.startswith(("https://", "http://")) else "",
        note=_note(scene, step),
    )


def _note(scene: Scene, step: Step) -> str:
    if step.kind is not StepKind.SPONSOR_TOLD or not scene.ticket.of(Executives).executives:
        return step.note
    told = scene.ticket.of(Executives).executives[0]
    seen = f"seen {_at(scene.ticket, told.seen_at)}" if told.seen_at is not None else "not seen yet"
    facts = [seen, *(_asked(scene.ticket, one) for one in scene.ticket.of(Decisions).decisions)]
    return " · ".join(facts if len(facts) > 1 else [seen, "asked: no"])


def _asked(ticket: Ticket, decision: Decision) -> str:
    """Return that a decision was asked, and that it was made: two facts."""
    asked = f"asked {_at(ticket, decision.asked_at)}"
    if decision.state is not DecisionState.MADE or decision.settled_at is None:
        return asked
    return f"{asked} · decided {_at(ticket, decision.settled_at)}"


def _at(ticket: Ticket, at: datetime) -> str:
    return utc_stamp(at, ticket.opened_at)


def _holds(ticket: Ticket) -> list[CertificateLine]:
    return [
        CertificateLine(
            kind=HOLDS[hold.kind],
            due_at=None,
            outcome="on_time" if hold.state is HoldState.CLEARED else "owed",
            note=_hold_history(ticket, hold),
        )
        for hold in ticket.of(Holds).holds
    ]


def _hold_history(ticket: Ticket, hold: Hold) -> str:
    said = [f"asked {_at(ticket, hold.asked_at)} {hold.asked_by.name}"]
    if hold.stopped_at is not None:
        said.append(f"stopped {_at(ticket, hold.stopped_at)} {hold.stopped_by}")
    if hold.cleared_at is not None and hold.cleared_by is not None:
        said.append(f"cleared {_at(ticket, hold.cleared_at)} {hold.cleared_by.name}")
    return " · ".join(said)
