"""The steps of Tier 1 and 2, as a ladder: read off what stands, with no clock of their own.

Each is due when its clock is, so that its warning and its breach are the clock's, told once (D8).
Which steps a tier owes is the policy's, and whether one has a time of its own.

Source: S2-S10, S52; D2, D28.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.engineering.state import Loop
from protocols.kernel.context import Context
from protocols.ladder.lateness import StepStanding
from protocols.policy.desk_steps import DeskStepKind, DeskStepRow, row_of
from protocols.promises.state import Promises
from protocols.targets.counted import counted
from protocols.ticket import Ticket
from protocols.time.basis import Target
from protocols.time.targets import Measure


@dataclass(frozen=True, slots=True)
class DeskStep:
    """One step as it stands.

    Attributes:
        standing: None where it is not owed on this ticket.
        row: What of the policy has the tier owe it; None where nothing does.
        waits: Whether its clock stands still until the account answers.
        due_at: When it is late; None where nothing says so.
    """

    kind: DeskStepKind
    standing: StepStanding | None
    due_at: datetime | None = None
    done_at: datetime | None = None
    row: DeskStepRow | None = None
    waits: bool = False


_MEASURES = {
    DeskStepKind.ACKNOWLEDGE: (Measure.ACKNOWLEDGE, Measure.REPLY),
    DeskStepKind.TRIAGE: (Measure.TRIAGE,),
    DeskStepKind.ENGINEERING: (Measure.ENGINEERING,),
    DeskStepKind.UPDATE: (Measure.NEXT_REPLY, Measure.UPDATE, Measure.CADENCE),
    DeskStepKind.RESOLVE: (Measure.RESOLVE,),
}


def desk_steps(ticket: Ticket, ctx: Context) -> tuple[DeskStep, ...]:
    """Return the steps of a ticket of Tier 1 or 2; none where it has a bridge, or no tier yet."""
    if ticket.tier.has_bridge or not ticket.is_classified:
        return ()
    found = counted(ticket, ctx)
    rows = {kind: row_of(ctx.policy.desk_steps, ticket.tier, kind) for kind in DeskStepKind}
    steps = (_step(kind, ticket, found, rows[kind], ctx.now) for kind in DeskStepKind)
    return tuple(replace(step, row=rows[step.kind]) for step in steps)


def _step(
    kind: DeskStepKind,
    ticket: Ticket,
    found: tuple[Target, ...],
    row: DeskStepRow | None,
    now: datetime,
) -> DeskStep:
    its = [each for each in found if each.measure in _MEASURES[kind] and each.applies]
    if kind is DeskStepKind.ENGINEERING:
        return _engineering(ticket, its, now, is_owed=row is not None)
    if kind is DeskStepKind.UPDATE:
        its = [each for each in its if each.met_at is None] or _kept(ticket, its)
    if not its:
        return DeskStep(kind, None)
    # Where several say the same, the earliest binds; where none runs, its clock stands still.
    first = min(its, key=lambda each: each.breach_at or datetime.max.replace(tzinfo=now.tzinfo))
    due_at, met_at = first.breach_at, first.met_at
    if met_at is not None:
        is_late = due_at is not None and met_at > due_at
        return DeskStep(
            kind, StepStanding.DONE_LATE if is_late else StepStanding.DONE, due_at, met_at
        )
    is_late = due_at is not None and due_at <= now
    standing = StepStanding.LATE if is_late else StepStanding.NOW
    return DeskStep(kind, standing, due_at, waits=first.stopped_since_at is not None)


def _kept(ticket: Ticket, its: list[Target]) -> list[Target]:
    """Return what of the cadence was kept; nothing where no update was ever promised."""
    kept = any(promise.kept_at is not None for promise in ticket.of(Promises).promises)
    return its if kept else []


def _engineering(ticket: Ticket, its: list[Target], now: datetime, *, is_owed: bool) -> DeskStep:
    """Return whether Engineering is in: its loop is opened on Tier 2. Source: S7, D28."""
    loop, kind = ticket.of(Loop), DeskStepKind.ENGINEERING
    due_at = min((each.breach_at for each in its if each.breach_at is not None), default=None)
    if loop.is_open:
        is_late = due_at is not None and loop.taken_at is not None and loop.taken_at > due_at
        done = StepStanding.DONE_LATE if is_late else StepStanding.DONE
        return DeskStep(kind, done, due_at, loop.taken_at)
    if not is_owed or not ticket.is_live:
        return DeskStep(kind, None)
    is_late = bool(loop.exhausted_at) or (due_at is not None and due_at <= now)
    return DeskStep(kind, StepStanding.LATE if is_late else StepStanding.NOW, due_at)
