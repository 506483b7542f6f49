"""The signal matrix as data: what was observed, which tiers it proposes, what to do and not.

Source: S25-S34.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from protocols.scales import Impact, Signal, Tier


@dataclass(frozen=True, slots=True)
class SignalRule:
    """One row of the matrix.

    Attributes:
        label: the words in the form.
        floor: the lowest tier it may open as.
        ceiling: the highest tier it proposes.
        implies: the impact boxes that it ticks.
        sources: where it comes from.
        do: what the desk does first.
        do_not: what the desk must not do; empty when nothing is forbidden.
        decided_by: the duty that decides within the range; empty when the opener does.
        source: its line.
    """

    label: str
    floor: Tier
    ceiling: Tier
    implies: frozenset[Impact]
    sources: tuple[str, ...]
    do: tuple[str, ...]
    do_not: tuple[str, ...]
    decided_by: str
    source: str

    @property
    def range_text(self) -> str:
        """Return the tiers as the form shows them, e.g. ``Tier 2 to 3``."""
        if self.floor == self.ceiling:
            return f"Tier {int(self.floor)}"
        return f"Tier {int(self.floor)} to {int(self.ceiling)}"

    @property
    def preset_text(self) -> str:
        """Return what to do and not, in one line, as the form shows it."""
        parts = [f"Do: {'; '.join(self.do)}."]
        if self.do_not:
            parts.append(f"Do not: {', or '.join(self.do_not)}.")
        return " ".join(parts)


def _rule(
    label: str,
    tiers: tuple[int, int],
    source: str,
    *,
    implies: tuple[Impact, ...],
    sources: tuple[str, ...],
    do: tuple[str, ...],
    do_not: tuple[str, ...] = (),
    decided_by: str = "",
) -> SignalRule:
    floor, ceiling = map(Tier, tiers)
    return SignalRule(
        label, floor, ceiling, frozenset(implies), sources, do, do_not, decided_by, source
    )


SIGNALS: Mapping[Signal, SignalRule] = MappingProxyType(
    {
        Signal.PAYMENT_RUN_MISSED: _rule(
            "Payment run did not start on time",
            (2, 2),
            "S26",
            implies=(Impact.PAYMENTS_BLOCKED,),
            sources=("platform monitoring", "customer report"),
            do=(
                "reach out to the account first",
                "confirm the scope",
                "open an engineering ticket",
                "set when updates come",
            ),
        ),
        Signal.RECON_VARIANCE: _rule(
            "Customer reports a reconciliation variance",
            (2, 3),
            "S27",
            implies=(Impact.BALANCE_QUESTIONED,),
            sources=("customer ticket", "quarterly review"),
            do=("ask for sample data", "bring the data and finance team"),
            do_not=("dismiss it as user error",),
        ),
        Signal.DUPLICATE_PAYMENT: _rule(
            "Duplicate payment confirmed",
            (3, 3),
            "S28",
            implies=(Impact.FUNDS_MOVED_WRONGLY,),
            sources=("customer accounts payable team",),
            do=("bridge now", "bring Finance, Legal, Engineering", "write everything down"),
        ),
        Signal.ACH_RETURN_SPIKE: _rule(
            "Cluster of ACH returns R02, R03, R04",
            (2, 3),
            "S29",
            implies=(Impact.PAYMENTS_BLOCKED, Impact.BATCH_SCOPE),
            sources=("payment processor", "platform monitoring"),
            do=(
                "compare with the Nacha return reason codes",
                "bring Compliance if it is systemic",
            ),
        ),
        Signal.UNUSUAL_LOGIN: _rule(
            "Unusual login or permission change",
            (3, 4),
            "S30",
            implies=(),
            sources=("security monitoring",),
            do=("Security now", "tell the account's named contact"),
            do_not=("look into it yourself", "write in a shared channel"),
            decided_by="security",
        ),
        Signal.AUDIT_REQUEST: _rule(
            "Audit request before a period close",
            (1, 2),
            "S31",
            implies=(),
            sources=("customer CFO or Controller",),
            do=(
                "confirm the scope of the audit",
                "prepare the exports",
                "assign a support window",
            ),
        ),
        Signal.LEGAL_THREAT: _rule(
            "Legal threat over non-payment",
            (3, 3),
            "S32",
            implies=(),
            sources=("customer escalation",),
            do=("acknowledge", "hold the line", "bring Legal and CS leadership"),
            do_not=("name a cause until Legal clears it",),
        ),
        Signal.ERP_INTEGRATION: _rule(
            "ERP integration failing (NetSuite, SAP, ...)",
            (2, 2),
            "S33",
            implies=(Impact.PAYMENTS_BLOCKED,),
            sources=("error log", "customer report"),
            do=(
                "record the API error code as a finding",
                "work with integration engineering",
                "set a checkpoint to verify the sync",
            ),
        ),
    }
)
"""Every signal of the matrix, in the order of the form."""
