"""The targets of a ticket, counted once for all that a gesture asks of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

from protocols.kernel.context import Context
from protocols.ladder.measures import ticket_facts
from protocols.policy.policy import Policy
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar
from protocols.time.targets import ALL, Measure, Target, TicketFacts, targets


@dataclass(frozen=True, slots=True)
class TargetsAsked:
    """What targets rest on; two are alike when their key, calendar and measures are."""

    policy: Policy = field(compare=False)
    facts: TicketFacts = field(compare=False)
    calendar: BusinessCalendar
    measures: tuple[Measure, ...]
    key: tuple[object, ...]

    @classmethod
    def of(
        cls,
        policy: Policy,
        facts: TicketFacts,
        calendar: BusinessCalendar,
        measures: tuple[Measure, ...],
    ) -> TargetsAsked:
        """Return it, with the key by which it is looked up."""
        return cls(policy, facts, calendar, measures, (id(policy), facts.key))

    def found(self) -> tuple[Target, ...]:
        """Return the targets."""
        return targets(self.policy, self.facts, self.calendar, self.measures)


def counted(
    ticket: Ticket, ctx: Context, measures: Collection[Measure] = ALL
) -> tuple[Target, ...]:
    """Return every target of a ticket, or those of some measures.

    One page asks for the same ones up to five times: they are counted at the first.
    """
    wanted = tuple(sorted(measures))
    return _counted(TargetsAsked.of(ctx.policy, ticket_facts(ticket, ctx), ctx.calendar, wanted))


@lru_cache(maxsize=32)
def _counted(asked: TargetsAsked) -> tuple[Target, ...]:
    return asked.found()
