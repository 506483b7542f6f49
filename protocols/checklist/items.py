"""The list itself: what the ticket's signal asks for, and what is done of it. Source: S25-S33.

An action is done by a fact of the record, such as people who are here, or because somebody of us
says so, who says it and when. Nothing else makes it done. Source: D41.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from protocols.account.outbound import newest_acknowledgment
from protocols.bridge.state import BridgeState
from protocols.checklist.state import Checklist, SettledAction
from protocols.engineering.state import Loop
from protocols.helpers.state import Helpers
from protocols.holds.events import HoldKind
from protocols.holds.state import Holds
from protocols.investigation.state import Investigation
from protocols.opening.events import Opening
from protocols.policy.checklist import ActionRule, DoneBy
from protocols.policy.policy import Policy
from protocols.promises.state import Promises
from protocols.replies import by_phone
from protocols.scales import Signal
from protocols.ticket import Ticket

_ENOUGH = {"legal": frozenset({"legal", "compliance"})}
"""One of Legal or Compliance is enough. Source: D9."""


@dataclass(frozen=True, slots=True)
class Action:
    """One action on the list.

    Attributes:
        said: What somebody said of it.
        is_fact: Whether the record itself shows that it is done.
    """

    rule: ActionRule
    said: SettledAction | None
    is_fact: bool

    @property
    def is_open(self) -> bool:
        """Say whether it is neither done nor known not to be needed."""
        return self.said is None and not self.is_fact


def signal_of(ticket: Ticket) -> Signal | None:
    """Return the signal that a person chose, None when nobody chose one."""
    return ticket.of(Opening).signal


def items(ticket: Ticket, policy: Policy) -> tuple[Action, ...]:
    """Return the list of a ticket, in the order of the policy; empty without a signal."""
    signal, said = signal_of(ticket), ticket.of(Checklist).said
    return tuple(
        Action(rule, said(rule.signal, rule.name), _is_fact(ticket, rule))
        for rule in policy.checklist.rows
        if rule.signal is signal
    )


def undone(ticket: Ticket, policy: Policy) -> tuple[ActionRule, ...]:
    """Return what is neither done nor known not to be needed."""
    return tuple(item.rule for item in items(ticket, policy) if item.is_open)


def _is_fact(ticket: Ticket, rule: ActionRule) -> bool:
    return not rule.by.is_word and _FACTS[rule.by](ticket, rule)


def _are_here(ticket: Ticket, rule: ActionRule) -> bool:
    """Say whether somebody of each duty has come or said to be on it. Source: D9, D20."""
    here = {helper.duty for helper in ticket.of(Helpers).helpers if helper.here_at is not None}
    return all(_ENOUGH.get(duty, frozenset({duty})) & here for duty in rule.duties)


def _engineering(ticket: Ticket, _rule: ActionRule) -> bool:
    """Say whether an engineer is on it, or Engineering's own ticket is on record. Source: D28."""
    here = (h.duty for h in ticket.of(Helpers).helpers if h.here_at is not None)
    return ticket.of(Loop).is_open or "engineering-lead" in here


def _is_told(ticket: Ticket, _rule: ActionRule) -> bool:
    """Say whether the account has our acknowledgment: it was taken, or said by phone."""
    sent = newest_acknowledgment(ticket)
    taken = sent is not None and sent.taken_at is not None
    return taken or by_phone.last_call(ticket) is not None


def _is_held(ticket: Ticket, _rule: ActionRule) -> bool:
    return any(hold.kind is HoldKind.DISCLOSURE for hold in ticket.of(Holds).holds)


_FACTS: Mapping[DoneBy, Callable[[Ticket, ActionRule], bool]] = {
    DoneBy.BRIDGE: lambda ticket, _: bool(ticket.of(BridgeState).channel_id),
    DoneBy.PEOPLE: _are_here,
    DoneBy.ENGINEERING: _engineering,
    DoneBy.SCOPE: lambda ticket, _: bool(ticket.of(Investigation).scope),
    DoneBy.CADENCE: lambda ticket, _: bool(ticket.of(Promises).promises),
    DoneBy.TOLD: _is_told,
    DoneBy.HOLD: _is_held,
    DoneBy.WINDOW: lambda ticket, _: ticket.of(Checklist).window is not None,
    DoneBy.SAMPLE_DATA: lambda ticket, _: ticket.of(Checklist).sample is not None,
    DoneBy.EXPORT: lambda *_: False,  # by its link alone, which somebody puts there
    DoneBy.ERROR_CODE: lambda *_: False,  # by the code itself
    DoneBy.SYNC_CHECK: lambda ticket, _: ticket.of(Checklist).check is not None,
}
