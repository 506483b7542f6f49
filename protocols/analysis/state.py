"""That the written analysis was said to be late, and when last. Source: S53, S177."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.analysis.events import RcaDelivered, RcaReminded
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.ticket import Ticket


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Analysis:
    """When whoever owes the analysis was last told that it is late; None before, and after it."""

    late_said_at: datetime | None = None


@on(RcaReminded)
def _reminded(analysis: Analysis, event: RcaReminded) -> Analysis:
    return Analysis(event.at) if event.late else analysis


@on(RcaDelivered)
def _delivered(_analysis: Analysis, _event: RcaDelivered) -> Analysis:
    return Analysis()
