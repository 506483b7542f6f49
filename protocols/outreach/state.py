"""The accounts that are impacted, and how far each is with the newest words. Source: S23."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.notices.events import HAS_IT, Reach, Reached
from protocols.outreach.events import (
    ImpactedNamed,
    OutreachAnswered,
    OutreachCalled,
    OutreachHeard,
    OutreachReplied,
    OutreachSent,
)
from protocols.ticket import Ticket
from protocols.withdrawals.events import TextRecalled


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Outreach:
    """The accounts that are impacted. Source: S23."""

    impacted: tuple[str, ...] = ()


@on(ImpactedNamed)
def _impacted(outreach: Outreach, event: ImpactedNamed) -> Outreach:
    new = tuple(key for key in event.accounts if key not in outreach.impacted)
    return Outreach(outreach.impacted + new)


@part_of(Ticket, under="outreach")
@dataclass(frozen=True, slots=True)
class OutreachTold:
    """The notice that tells them, and what came back from it.

    Attributes:
        notice: The notice's reference, empty before there is one.
        numbers: The texts that were given to it, oldest first.
        listed: The accounts that were.
        reached: How far each account is with the newest text; none while nothing came back.
        unanswered: The accounts that replied and wait for an answer.
    """

    notice: str = ""
    numbers: tuple[int, ...] = ()
    listed: tuple[str, ...] = ()
    reached: tuple[Reached, ...] = ()
    unanswered: tuple[str, ...] = ()

    def reach(self, account: str) -> Reach:
        """Return how far an account is."""
        found = (each.reach for each in self.reached if each.account == account)
        return next(found, Reach.SENDING)

    def at(self, *reaches: Reach) -> tuple[str, ...]:
        """Return the accounts that are so far, in the order of the list."""
        return tuple(key for key in self.listed if self.reach(key) in reaches)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the accounts that have not got the newest text."""
        return tuple(key for key in self.listed if self.reach(key) not in HAS_IT)


@on(OutreachSent)
def _sent(told: OutreachTold, event: OutreachSent) -> OutreachTold:
    again = event.number in told.numbers
    return replace(
        told,
        notice=event.notice,
        numbers=told.numbers if again else (*told.numbers, event.number),
        listed=(*told.listed, *event.accounts),
        reached=told.reached if again else (),
    )


@on(OutreachReplied)
def _replied(told: OutreachTold, event: OutreachReplied) -> OutreachTold:
    if not event.waits or event.account in told.unanswered:
        return told
    return replace(told, unanswered=(*told.unanswered, event.account))


@on(OutreachAnswered)
def _answered(told: OutreachTold, event: OutreachAnswered) -> OutreachTold:
    waiting = tuple(key for key in told.unanswered if key != event.account)
    return replace(told, unanswered=waiting)


@on(OutreachHeard)
def _heard(told: OutreachTold, event: OutreachHeard) -> OutreachTold:
    return _having(told, event.number, event.reached)


@on(OutreachCalled)
def _called(told: OutreachTold, event: OutreachCalled) -> OutreachTold:
    reached = Reached(event.account, Reach.CALLED, event.at, event.by)
    return _having(told, event.number, (reached,))


@on(TextRecalled)
def _recalled(told: OutreachTold, event: TextRecalled) -> OutreachTold:
    held = (Reached(key, Reach.HELD_BACK, event.at, event.by) for key in told.missing)
    return _having(told, event.number, tuple(held))


def _having(told: OutreachTold, number: int, reached: Iterable[Reached]) -> OutreachTold:
    """Return what is known with these; who has the words keeps them, whatever comes late."""
    if not told.numbers or number != told.numbers[-1]:
        return told
    found = {each.account: each for each in told.reached}
    for each in reached:
        before = found.get(each.account)
        if before is None or before.reach not in HAS_IT:
            found[each.account] = each
    return replace(told, reached=tuple(found.values()))
