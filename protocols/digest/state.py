"""The digest of one of us: what waits for them, and until when. Source: D8."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from protocols.clock.state import PassedPoints
from protocols.digest.events import DigestOpened, DigestTold, HeldLine, LineHeld
from protocols.kernel.changing import begins, on
from protocols.kernel.record import Layout, Record, part_of
from protocols.people.people import Staff


class Digest(Record):
    """What one of us is told together."""

    slices: ClassVar[dict[type, Layout]] = {}
    __slots__ = ()

    @property
    def reference(self) -> str:
        """Return the digest's name, made from the person's key."""
        return self.of(DigestHead).reference

    @property
    def person(self) -> Staff:
        """Return whose it is."""
        return self.of(DigestHead).person

    @property
    def team_id(self) -> str:
        """Return the workspace in which it was begun."""
        return self.of(DigestHead).team_id

    @property
    def policy_version(self) -> str:
        """Return the digest of the policy that it was begun under."""
        return self.of(DigestHead).policy_version

    @property
    def opened_at(self) -> datetime:
        """Return when it was begun."""
        return self.of(DigestHead).opened_at

    @property
    def drill(self) -> bool:
        """Say whether it belongs to a drill."""
        return self.of(DigestHead).drill

    @property
    def is_open(self) -> bool:
        """Say whether anything waits to be told."""
        return bool(self.of(Waiting).lines)


part_of(Digest)(PassedPoints)


@part_of(Digest)
@dataclass(frozen=True, slots=True)
class DigestHead:
    """What everybody asks of a digest."""

    reference: str
    team_id: str
    policy_version: str
    opened_at: datetime
    person: Staff
    drill: bool = False


@part_of(Digest)
@dataclass(frozen=True, slots=True)
class Waiting:
    """The lines that wait, the oldest first, until when, and how often lines were told."""

    lines: tuple[HeldLine, ...] = ()
    until: datetime | None = None
    told: int = 0


begins(DigestOpened, Digest)


@on(DigestOpened)
def _opened(event: DigestOpened) -> DigestHead:
    return DigestHead(
        event.reference, event.team_id, event.policy_version, event.at, event.person, event.drill
    )


@on(LineHeld)
def _held(waiting: Waiting, event: LineHeld) -> Waiting:
    until = event.until if waiting.until is None else min(waiting.until, event.until)
    return replace(waiting, lines=(*waiting.lines, event.line), until=until)


@on(DigestTold)
def _told(waiting: Waiting, event: DigestTold) -> Waiting:
    return Waiting(told=waiting.told + 1)
