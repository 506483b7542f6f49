"""The accounts that are impacted. Source: S23."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.outreach.events import ImpactedNamed
from protocols.ticket import Ticket


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Outreach:
    """The accounts that are impacted. Source: S23."""

    impacted: tuple[str, ...] = ()


@on(ImpactedNamed)
def _impacted(outreach: Outreach, event: ImpactedNamed) -> Outreach:
    new = tuple(key for key in event.accounts if key not in outreach.impacted)
    return Outreach(outreach.impacted + new)
