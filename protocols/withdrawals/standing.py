"""Whether words that were released may still leave, asked at the instant of each send.

Whatever came after the release wins over it: a hold, a closure, another road, a recall.
Source: D15, D17, D24; T14; design, Engine, Outward rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from protocols.account.events import RouteKind
from protocols.account.outbound import (
    OutwardWords,
    has_arrived,
    is_lost,
    newest_acknowledgment,
    text_key,
    words_of,
)
from protocols.account.state import Road
from protocols.bridge.state import BridgeState
from protocols.closure.state import Closure
from protocols.details.state import Details
from protocols.fixed_texts.repeating import repeatable, said
from protocols.fixed_texts.state import FixedText, FixedTexts
from protocols.holds.events import HoldKind
from protocols.holds.state import Holds
from protocols.investigation.state import Investigation
from protocols.kernel.context import Context
from protocols.kernel.endings import edit_key, ending_of
from protocols.promises.state import Promises
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.triage.roads import is_in_a_team_channel, is_inside
from protocols.updates.checking import checked, is_past
from protocols.updates.events import DraftKind, DraftState
from protocols.updates.state import Draft, Updates
from protocols.withdrawals.events import Withdrawal


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is about to leave: its key, and the road it is addressed to.

    Attributes:
        key: The effect's key, which names the text.
        channel_id: The channel it goes to; empty for mail and the status page.
        addresses: Whom a mail goes to.
        channel_of: Whose shared channel that is as Slack was last read, None when unknown.
        begun: Whether it is a mail that others at the account have already.
        in_bridge: Whether it goes to the ticket's own bridge.
        edits: The key of the message before the account that is to say what became of it.
    """

    key: str
    channel_id: str = ""
    addresses: tuple[str, ...] = ()
    channel_of: str | None = None
    begun: bool = False
    in_bridge: bool = False
    edits: str = ""


AT_THE_END = ("text", "ended")
"""Words that may leave although the ticket was opened by mistake: they tell how it ends."""


def objection(ticket: Ticket, leaving: Leaving, ctx: Context) -> Withdrawal | None:
    """Return why words may not leave now, None while their release stands."""
    if leaving.in_bridge:
        return Withdrawal.CHANNEL if ticket.of(BridgeState).shared_at is not None else None
    if is_in_a_team_channel(ticket.reference, leaving.key):
        return None if is_inside(leaving.channel_id, ctx) else Withdrawal.CHANNEL
    if leaving.edits:
        return _of_edit(ticket, leaving, ctx)
    words = words_of(ticket.reference, leaving.key)
    if words is not None and has_arrived(ticket, words) and not leaving.begun:
        return Withdrawal.OUTDATED
    if ticket.status is Status.OPENED_IN_ERROR and (words is None or words.name not in AT_THE_END):
        return Withdrawal.OPENED_IN_ERROR
    against = None if words is None else _of_words(ticket, words, ctx, begun=leaving.begun)
    return against or _of_road(ticket, words, leaving, ctx)


def _of_edit(ticket: Ticket, leaving: Leaving, ctx: Context) -> Withdrawal | None:
    """Return that something else became of a question since, or that it is asked again. D41."""
    suffix = leaving.edits.removeprefix(f"{ticket.reference}/")
    ending = ending_of(ticket, suffix, (), ctx)
    stands = ending is not None and leaving.key == edit_key(ticket.reference, suffix, ending)
    return None if stands else Withdrawal.MOVED_ON


def _of_words(
    ticket: Ticket, words: OutwardWords, ctx: Context, *, begun: bool
) -> Withdrawal | None:
    if words.name == "details-reminder":
        return _of_details(ticket, words, ctx)
    if words.name != "text":
        return _of_fixed(ticket, words, ctx)
    draft = ticket.of(Updates).draft(words.number)
    if draft is None or words.key != text_key(ticket, draft):
        return Withdrawal.OUTDATED
    return of_draft(ticket, draft, ctx, begun=begun)


def of_draft(
    ticket: Ticket, draft: Draft, ctx: Context, *, begun: bool = False
) -> Withdrawal | None:
    """Return what stands against a text's release now, whatever its road.

    ``begun``: it is a mail that others at the account have already.
    """
    leaves = (DraftState.RELEASED, DraftState.DELIVERED) if begun else (DraftState.RELEASED,)
    if draft.state not in leaves or draft.released_at is None:
        return Withdrawal.OUTDATED
    if draft.recalled_at is not None:
        return Withdrawal.RECALLED
    passed = _passed(ticket, draft, draft.released_at)
    if passed is not None:
        return passed
    if draft.next_at is not None and draft.next_at <= ctx.now:
        return Withdrawal.TIME_PASSED
    if _is_held(ticket, draft, draft.released_at, ctx):
        return Withdrawal.LEGAL_HOLD
    if draft.kind is DraftKind.DISREGARD and not has_heard(ticket):
        return Withdrawal.NOTHING_THERE
    return Withdrawal.CHECKS if checked(ticket, draft.fields, ctx).refused else None


def _passed(ticket: Ticket, draft: Draft, released_at: datetime) -> Withdrawal | None:
    """Return whether the ticket went past the point where such words make sense. D7, D24."""
    if is_past(ticket, draft):
        in_error = ticket.status is Status.OPENED_IN_ERROR
        return Withdrawal.OPENED_IN_ERROR if in_error else Withdrawal.MOVED_ON
    resolution = ticket.of(Closure).resolution
    if draft.kind is DraftKind.RESOLUTION and resolution is not None:
        return Withdrawal.MOVED_ON if released_at < resolution.at else None
    if draft.kind is not DraftKind.UPDATE or ticket.status is not Status.CLOSED:
        return None
    # An update that was released before the end promises another one, which will not come.
    ended = [
        ticket.of(Closure).closed_at,
        resolution.confirmed_at if resolution is not None else None,
    ]
    return Withdrawal.CLOSED if any(at is not None and released_at <= at for at in ended) else None


def _is_held(ticket: Ticket, draft: Draft, released_at: datetime, ctx: Context) -> bool:
    """Say whether Legal's hold came after the release; what Legal released under it may leave."""
    by = draft.released_by.key if draft.released_by is not None else ""
    return any(
        hold.asked_at > released_at or (hold.asked_at == released_at and not ctx.holds(by, "legal"))
        for hold in ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE)
    )


def has_heard(ticket: Ticket) -> bool:
    """Say whether anything of ours is with the account."""
    fixed = any(text.taken_at is not None for text in ticket.of(FixedTexts).fixed_texts)
    return fixed or any(draft.delivered_at is not None for draft in ticket.of(Updates).drafts)


def _is_said_again(ticket: Ticket, words: OutwardWords) -> bool:
    """Say whether a later acknowledgment took the place of this one."""
    newest = newest_acknowledgment(ticket)
    return words.name == "ack" and newest is not None and newest.key != words.key


def _something_leaves(ticket: Ticket, besides: OutwardWords) -> bool:
    """Say whether another fixed text is on its way that the account may still read."""
    return any(
        text.taken_at is None and not is_lost(ticket, text)
        for text in ticket.of(FixedTexts).fixed_texts
        if text.key != besides.key
    )


def _binds(ticket: Ticket, words: OutwardWords) -> bool:
    """Say whether the promise that *We are late* makes is the one that binds. Source: D21, D41."""
    promise, text = ticket.of(Promises).promise, _text(ticket, words)
    return promise is not None and text is not None and promise.made_at == text.sent_at


def _text(ticket: Ticket, words: OutwardWords) -> FixedText | None:
    texts = ticket.of(FixedTexts).fixed_texts
    return next((text for text in texts if text.key == words.key), None)


NOTHING_THERE = Withdrawal.NOTHING_THERE
WHILE_OPEN = (
    *("holding", "no-change", "acknowledged", "heard", "why", "escalated-desk"),
    *("secure-link", "support-window"),
)
REPEATS = ("holding", "no-change")
"""Fixed texts that carry released words: what binds these, binds them."""


def is_withdrawn(ticket: Ticket, words: OutwardWords) -> bool:
    """Say whether a fixed text was taken back: it leaves no more."""
    return any(
        t.withdrawn_at is not None for t in ticket.of(FixedTexts).fixed_texts if t.key == words.key
    )


def _of_fixed(ticket: Ticket, words: OutwardWords, ctx: Context) -> Withdrawal | None:
    if is_withdrawn(ticket, words) or _is_said_again(ticket, words):
        return Withdrawal.OUTDATED
    if words.name in _TURNS:
        turn = _TURNS[words.name](ticket.status) and words.number == ticket.of(Closure).reopened
        return None if turn else Withdrawal.MOVED_ON
    if words.name == "ended":
        return None if has_heard(ticket) or _something_leaves(ticket, words) else NOTHING_THERE
    if words.name == "late":
        return None if _binds(ticket, words) else Withdrawal.MOVED_ON
    if ticket.status is Status.CLOSED:
        return Withdrawal.CLOSED
    if words.name in WHILE_OPEN and not ticket.is_live:
        return Withdrawal.MOVED_ON
    text = _text(ticket, words)
    if text is not None and text.until_at is not None and text.until_at <= ctx.now:
        return Withdrawal.TIME_PASSED
    return _of_repeated(ticket, words, ctx) if words.name in REPEATS else None


def _of_details(ticket: Ticket, words: OutwardWords, ctx: Context) -> Withdrawal | None:
    """Return what came between: an answer, or what stands against the questions said again."""
    asked = ticket.of(Details).asked
    if asked is None or asked.number != words.number:
        return Withdrawal.MOVED_ON
    if ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE):
        return Withdrawal.LEGAL_HOLD
    drafts = map(ticket.of(Updates).draft, asked.texts)
    stopped = any(each and checked(ticket, each.fields, ctx).refused for each in drafts)
    return Withdrawal.CHECKS if stopped else None


REPEATED = {"holding": "known", "no_change": "doing"}
"""Which field of a released update a fixed text says again."""


def _of_repeated(ticket: Ticket, words: OutwardWords, ctx: Context) -> Withdrawal | None:
    """Return what came after a press and stands against the released words that it says again."""
    text = _text(ticket, words)
    if text is None or not ticket.of(Updates).released_updates():
        return None
    holds = ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE)
    if any(hold.asked_at >= text.sent_at for hold in holds):
        return Withdrawal.LEGAL_HOLD
    learned = [finding.found_at for finding in ticket.of(Investigation).findings]
    learned += [hold.cleared_at for hold in ticket.of(Holds).holds if hold.cleared_at is not None]
    if not any(at >= text.sent_at for at in learned):
        return None
    field = REPEATED[text.name]
    stopped = said(ticket, field) and not repeatable(ticket, field, ctx)
    return Withdrawal.CHECKS if stopped else None


_TURNS: dict[str, Callable[[Status], bool]] = {
    "reminder": lambda status: status is Status.RESOLVED,
    "ask-again": lambda status: status is Status.OPEN,
    "reopened": lambda status: status is Status.OPEN,
    "confirmed": lambda status: status in (Status.CONFIRMED, Status.CLOSED),
    "closed-unconfirmed": lambda status: status is Status.CLOSED,
}
"""Texts of one turn of the closure: they say where the ticket stands in it."""


def _of_road(
    ticket: Ticket, words: OutwardWords | None, leaving: Leaving, ctx: Context
) -> Withdrawal | None:
    if leaving.channel_id:
        return _of_channel(ticket, leaving, ctx)
    if not leaving.addresses or (words is not None and words.name == "vendor"):
        return None
    contacts = ticket.account.contacts if ticket.account is not None else ()
    stands_in = (
        ticket.of(Road).route.kind is RouteKind.CHANNEL and words is not None and words.by_mail
    )
    allowed = (
        {contact.email for contact in contacts}
        if stands_in
        else set(ticket.of(Road).route.addresses)
    )
    return None if set(leaving.addresses) <= allowed else Withdrawal.ROAD


def _of_channel(ticket: Ticket, leaving: Leaving, ctx: Context) -> Withdrawal | None:
    """A channel is the account's road while it is shared with that account alone. D6, D24."""
    if (
        ticket.of(Road).route.kind is not RouteKind.CHANNEL
        or ticket.of(Road).route.channel_id != leaving.channel_id
    ):
        return Withdrawal.ROAD
    own = ticket.account.key if ticket.account is not None else None
    if leaving.channel_of is not None and leaving.channel_of != own:
        return Withdrawal.CHANNEL
    seen = ctx.channel
    known = seen is not None and seen.channel_id == leaving.channel_id
    return Withdrawal.CHANNEL if known and seen is not None and not seen.is_ext_shared else None
