"""What a digest decides: what waits, and when all of it is told. Source: D8."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.deliveries.events import BuryDelivery
from protocols.digest.events import DigestOpened, DigestTold, HoldForDigest, LineHeld, OpenDigest
from protocols.digest.state import Digest, Waiting
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.tables import decides, dues_of, falls, opens
from protocols.policy.policy import Policy
from protocols.time.calendar import BusinessCalendar


@opens(OpenDigest)
def open_digest(command: OpenDigest, ctx: Context) -> tuple[Event, ...]:
    """Return that one of us has a digest."""
    opened = DigestOpened(
        ctx.now, ctx.by, command.reference, ctx.team_id, ctx.policy.version, command.person,
        ctx.drill,
    )  # fmt: skip
    return (opened,)


@decides(HoldForDigest)
def hold(digest: Digest, command: HoldForDigest, ctx: Context) -> tuple[Event, ...]:
    """Return that a line waits; each once."""
    if any(line.key == command.line.key for line in digest.of(Waiting).lines):
        return ()
    return (LineHeld(ctx.now, ctx.by, command.line, command.until),)


@dues_of
def telling(digest: Digest, _policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when what waits is told."""
    waiting = digest.of(Waiting)
    if waiting.until is not None:
        yield DuePoint(f"digest:{waiting.told + 1}", "digest", waiting.until)


@falls("digest")
def told(digest: Digest, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that what waits is told, but for what has lost its sense since."""
    lines = digest.of(Waiting).lines
    fresh = [line for line in lines if line.stale_at is None or ctx.now < line.stale_at]
    return (DigestTold(ctx.now, ctx.by, tuple(line.key for line in fresh)),)


@decides(BuryDelivery)
def buried(_digest: Digest, _command: BuryDelivery, _ctx: Context) -> tuple[Event, ...]:
    """Return nothing: what Slack refuses for good goes by mail, and each ticket has its lines."""
    return ()
