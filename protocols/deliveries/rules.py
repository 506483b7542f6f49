"""What an outcome of a delivery means for the ticket: steps done, promises kept. Source: D20."""

from __future__ import annotations

from datetime import datetime

from protocols.account.outbound import BY_MAIL, words_of
from protocols.account.state import Road
from protocols.bridge.events import BridgeOpened
from protocols.bridge.state import BridgeState
from protocols.deliveries import undelivered
from protocols.deliveries.events import (
    THREAD_GONE,
    AddressesMissed,
    BuryDelivery,
    DeliveryBuried,
    DeliveryRevived,
    TakeDelivery,
)
from protocols.deliveries.state import Deliveries
from protocols.executives.events import ExecutiveReached
from protocols.executives.state import Executives
from protocols.fixed_texts.events import FixedTextTaken
from protocols.fixed_texts.rules import ENDINGS
from protocols.fixed_texts.state import FixedTexts
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import decides
from protocols.ladder.events import StepKind
from protocols.ladder.rules import settle_at
from protocols.promises.rules import keep_promise
from protocols.ticket import Ticket
from protocols.triage.events import CardStood
from protocols.updates.releasing import delivered
from protocols.updates.state import Updates
from protocols.withdrawals import rules as withdrawing

FIRST_WORDS = ("acknowledgment", "escalated")
"""The texts that tell an account that its report is taken up at this tier. Source: S37, S96."""


@decides(TakeDelivery)
def taken(ticket: Ticket, command: TakeDelivery, ctx: Context) -> tuple[Event, ...]:
    """Return what follows when Slack or the mail server took an effect.

    The times kept are those of the delivery, not of the press before it.
    """
    at = command.taken_at
    events = _taken(ticket, command, at, ctx)
    known = ticket.of(Deliveries)
    if command.key in known.dead or command.key in known.tried:
        events = (DeliveryRevived(at, ctx.by, command.key), *events)
    return (*events, *_missed(ticket, command, ctx))


def _missed(ticket: Ticket, command: TakeDelivery, ctx: Context) -> tuple[Event, ...]:
    """Return which addresses a mail did not reach, each once."""
    known = ticket.of(Deliveries).missed
    new = tuple(each for each in command.missed if (command.key, each.address) not in known)
    return (AddressesMissed(ctx.now, ctx.by, command.key, new),) if new else ()


def _taken(ticket: Ticket, command: TakeDelivery, at: datetime, ctx: Context) -> tuple[Event, ...]:
    subject, _, rest = command.key.removeprefix(f"{ticket.reference}/").partition("/")
    if subject == "bridge" and command.channel_id:
        return _bridge_opened(ticket, command, at, ctx)
    if subject == "triage":
        stood = command.message_ts and rest.isdigit()
        return (CardStood(at, ctx.by, int(rest), command.message_ts),) if stood else ()
    if subject in ("brief", "brief-tier4"):
        return _brief_taken(ticket, rest.partition("/")[0], at, ctx)
    if subject == "vendor":
        return settle_at(ticket, StepKind.VENDOR_TOLD, at, ctx.by, note="mail accepted")
    if subject == "text":
        draft = ticket.of(Updates).draft(int(rest.partition("/")[0]))
        if draft is None:
            return ()
        begun = _begins_thread(ticket, command)
        return delivered(ticket, draft, at, command.link, ctx, thread_ts=begun)
    return _fixed_taken(ticket, command, at, ctx)


def _begins_thread(ticket: Ticket, command: TakeDelivery) -> str:
    """Return the stamp of a post that is the thread's parent: the first that stands there. D24.

    Where the account has deleted its parent, the next words of the ticket take its place.
    """
    road = ticket.of(Road)
    begins = not road.thread_ts or command.note == THREAD_GONE
    return command.message_ts if begins and command.channel_id == road.route.channel_id else ""


def _bridge_opened(
    ticket: Ticket, command: TakeDelivery, at: datetime, ctx: Context
) -> tuple[Event, ...]:
    if ticket.of(BridgeState).channel_id == command.channel_id:
        return ()
    opened = BridgeOpened(at, ctx.by, command.channel_id, command.channel_name)
    return (opened, *settle_at(ticket, StepKind.BRIDGE_OPEN, at, ctx.by))


def _brief_taken(ticket: Ticket, person: str, at: datetime, ctx: Context) -> tuple[Event, ...]:
    executive = next((e for e in ticket.of(Executives).executives if e.who.key == person), None)
    if executive is None or executive.taken_at is not None:
        return ()
    reached = ExecutiveReached(at, ctx.by, executive.who)
    return (reached, *settle_at(ticket, StepKind.SPONSOR_TOLD, at, ctx.by))


def _fixed_taken(
    ticket: Ticket, command: TakeDelivery, at: datetime, ctx: Context
) -> tuple[Event, ...]:
    key = command.key.removesuffix(BY_MAIL)
    text = next((t for t in ticket.of(FixedTexts).fixed_texts if t.key == key), None)
    if text is None or text.taken_at is not None:
        return ()
    thread_ts = _begins_thread(ticket, command)
    events: list[Event] = [FixedTextTaken(at, ctx.by, key, command.link, thread_ts)]
    if text.name in ENDINGS:
        events += keep_promise(ticket, ctx, at=at)
    if text.name in FIRST_WORDS:
        events += settle_at(ticket, StepKind.ACKNOWLEDGE, at, ctx.by, link=command.link)
    return tuple(events)


@decides(BuryDelivery)
def buried(ticket: Ticket, command: BuryDelivery, ctx: Context) -> tuple[Event, ...]:
    """Return that something which had to arrive was refused for good.

    Words that the account's channel does not take go by mail where it has an address. D24.
    """
    if command.key in ticket.of(Deliveries).dead or withdrawing.is_by_mail(ticket, command.key):
        return ()
    if withdrawing.is_of_the_road(command.error):
        moved = withdrawing.rerouted(ticket, command.key, command.error, ctx)
        if moved:
            return moved
    return (_died(ticket, command, ctx),)


def _died(ticket: Ticket, command: BuryDelivery, ctx: Context) -> DeliveryBuried:
    """Return the event; of one cause a person is told once, until something of it arrives. S177.

    Words for the account are told of each time: each is to be read to it by phone.
    """
    inside = words_of(ticket.reference, command.key) is None
    cause = f"{command.error} {command.person}".strip() if inside and not command.behind else ""
    again = cause in ticket.of(Deliveries).causes
    listed = undelivered.NOWHERE
    if inside and not command.behind:
        listed = undelivered.listed_in(ticket, command, ctx, again=again)
    return DeliveryBuried(
        ctx.now,
        ctx.by,
        command.key,
        command.error,
        command.person,
        command.behind,
        cause,
        again=again,
        reason=command.error.partition(":")[0],
        batch=listed.batch,
        teller=listed.teller,
        message=listed.message,
    )
