"""A ticket goes on on another: silent outside, nothing owed is lost, and it can be undone.

The one that is merged rests: what is due of it is due on the one that stands, to which what it
owed is posted, and whoever means it is led on. Only what it has become it says itself. Undone, it
is as if it had never rested. Source: S66, S68; D33, D41.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from protocols.account.outbound import is_lost
from protocols.bridge.state import BridgeState
from protocols.closure.refusals import StillOwed
from protocols.closure.rules import OWED_WORDS
from protocols.closure.rules import owed as holds_owed
from protocols.escalation.state import Escalation
from protocols.fixed_texts.state import FixedTexts
from protocols.intake.state import HeardReport
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.posting import Post
from protocols.kernel.refusals import WrongState
from protocols.kernel.tables import bars, decides, posts, rests
from protocols.people.people import Standing
from protocols.promises.state import Promises
from protocols.relations.events import (
    HEAR,
    SOLVE,
    HearLink,
    HearMerge,
    HearSplit,
    MergeHeard,
    MergeTickets,
    MergeUndone,
    Owed,
    SplitHeard,
    TicketMerged,
    UndoMerge,
)
from protocols.relations.refusals import (
    HasOpenBridge,
    IsEscalated,
    IsMerged,
    MergedLongAgo,
    OfAnotherAccount,
    StandsForOthers,
    StaysConfidential,
    WordsAreLeaving,
)
from protocols.relations.rules import is_of_one_account, need_other
from protocols.relations.state import Relations
from protocols.rights.guards import need_status
from protocols.rights.rules import is_confidential
from protocols.routing.rules import need_sorter
from protocols.status import Status
from protocols.targets.clocks import running
from protocols.targets.state import Blocking
from protocols.ticket import Ticket
from protocols.time.targets import Measure
from protocols.updates.events import DraftState
from protocols.updates.state import Updates

ANSWERS = (Measure.REPLY, Measure.ACKNOWLEDGE, Measure.NEXT_REPLY)
ON_THE_WAY = (DraftState.REVIEW, DraftState.RELEASED)
STAYS = (UndoMerge, HearMerge, HearSplit, HearLink)
"""What may be asked of a ticket that was merged; all else is asked of the one that stands."""


@rests
def is_merged(ticket: Ticket) -> bool:
    """Say whether a ticket goes on on another: what it owes is due there."""
    return bool(ticket.of(Relations).merged_into)


@bars
def lead_on(command: Command, ticket: Ticket | None, ctx: Context) -> None:
    """Refuse what people ask of a ticket that goes on on another; they hear on which.

    Raises:
        IsMerged: It does.
    """
    if ticket is None or not is_merged(ticket) or ctx.actor.standing is Standing.MACHINE:
        return
    if not isinstance(command, STAYS):
        into = ticket.of(Relations).merged_into
        raise IsMerged(reference=ticket.reference, other=into)


@decides(MergeTickets)
def merge(ticket: Ticket, command: MergeTickets, ctx: Context) -> tuple[Event, ...]:
    """Decide that a ticket goes on on another.

    Raises:
        OfAnotherAccount: They are not of one account: a link is the way.
        HasOpenBridge: One of the two has a bridge.
        IsEscalated: It is escalated.
        StandsForOthers: Other tickets have the same problem as it.
        StaysConfidential: It is confidential, and the other is not.
        StillOwed: A hold on it is not cleared, or an analysis is owed.
        WordsAreLeaving: Words for the account wait for a release, or are on their way.
    """
    need_sorter(ticket, ctx)
    other = need_other(ticket, command, ctx)
    need_status(ticket, Status.OPEN)
    if other.status is not Status.OPEN:
        raise WrongState(reference=other.reference, status=other.status.value)
    if not is_of_one_account(ticket, other):
        raise OfAnotherAccount(reference=ticket.reference, other=other.reference)
    if has_bridge(ticket):
        raise HasOpenBridge(reference=ticket.reference, other=other.reference)
    if ticket.of(Escalation).now is not None:
        raise IsEscalated(reference=ticket.reference, other=other.reference)
    if ticket.of(Relations).has_problem:
        raise StandsForOthers(reference=ticket.reference, other=other.reference)
    if is_confidential(ticket) and not is_confidential(other):
        raise StaysConfidential(reference=ticket.reference, other=other.reference)
    _need_nothing_under_way(ticket)
    return (TicketMerged(ctx.now, ctx.by, other.reference, owed(ticket, ctx)),)


def has_bridge(ticket: Ticket) -> bool:
    """Say whether a ticket has a bridge, or one that is not shut."""
    bridge = ticket.of(BridgeState)
    return ticket.tier.has_bridge or bool(bridge.channel_id and bridge.archived_at is None)


def _need_nothing_under_way(ticket: Ticket) -> None:
    reasons = holds_owed(ticket)
    if reasons:
        raise StillOwed(owed=", ".join(OWED_WORDS[reason] for reason in reasons))
    texts = ticket.of(FixedTexts).fixed_texts
    leaving = any(
        text.taken_at is None and text.withdrawn_at is None and not is_lost(ticket, text)
        for text in texts
    )
    drafts = any(draft.state in ON_THE_WAY for draft in ticket.of(Updates).drafts)
    if leaving or drafts or ticket.of(HeardReport).is_due:
        raise WordsAreLeaving(reference=ticket.reference)


def owed(ticket: Ticket, ctx: Context) -> tuple[Owed, ...]:
    """Return what a ticket owes its account: the earliest of each, late or not."""
    earliest: dict[str, datetime] = {}
    for one in _owed(ticket, ctx):
        earliest[one.what] = min(one.by_at, earliest.get(one.what, one.by_at))
    return tuple(Owed(what, by_at) for what, by_at in sorted(earliest.items()))


def _owed(ticket: Ticket, ctx: Context) -> Iterator[Owed]:
    for clock in running(ticket, ctx.policy, ctx.calendar):
        if clock.measure in ANSWERS:
            yield Owed(HEAR, clock.breach_at)
        elif clock.measure is Measure.RESOLVE:
            yield Owed(SOLVE, clock.breach_at)
    promise, blocking = ticket.of(Promises).promise, ticket.of(Blocking)
    if promise is not None:
        yield Owed(HEAR, promise.at)
    if blocking.is_owed and blocking.answer_at is not None:
        yield Owed(HEAR, blocking.answer_at)
    for merged in ticket.of(Relations).merged:
        yield from merged.owed


@decides(UndoMerge)
def undo(ticket: Ticket, command: UndoMerge, ctx: Context) -> tuple[Event, ...]:
    """Decide that a ticket goes on by itself again.

    Raises:
        WrongState: It was never merged, or goes on by itself.
        MergedLongAgo: Too much has happened on the other since.
    """
    need_sorter(ticket, ctx)
    relations = ticket.of(Relations)
    if not relations.merged_into or relations.merged_at is None:
        raise WrongState(reference=ticket.reference, status=ticket.status.value)
    if ctx.now > relations.merged_at + ctx.policy.relations.undo_within:
        raise MergedLongAgo(reference=ticket.reference, other=relations.merged_into)
    return (MergeUndone(ctx.now, ctx.by, relations.merged_into),)


@posts(TicketMerged)
def told_there(ticket: Ticket, event: TicketMerged, ctx: Context) -> tuple[Post, ...]:
    """Post to the one that stands what it has to keep now."""
    return (Post(HearMerge(event.into, ticket.reference, event.owed), ctx.actor),)


@posts(MergeUndone)
def split_there(ticket: Ticket, event: MergeUndone, ctx: Context) -> tuple[Post, ...]:
    """Post to the other that this one keeps its own again."""
    return (Post(HearSplit(event.out_of, ticket.reference), ctx.actor),)


@decides(HearMerge)
def hear_merge(ticket: Ticket, command: HearMerge, ctx: Context) -> tuple[Event, ...]:
    """Decide that another ticket goes on here, whatever became of this one since."""
    if ticket.of(Relations).merged_one(command.other) is not None:
        return ()
    return (MergeHeard(ctx.now, ctx.by, command.other, command.owed),)


@decides(HearSplit)
def hear_split(ticket: Ticket, command: HearSplit, ctx: Context) -> tuple[Event, ...]:
    """Decide that another ticket goes on by itself again."""
    if ticket.of(Relations).merged_one(command.other) is None:
        return ()
    return (SplitHeard(ctx.now, ctx.by, command.other),)
