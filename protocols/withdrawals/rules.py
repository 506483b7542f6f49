"""Released words that do not leave: recalled, taken back, or sent by another road.

Whatever is taken back goes into review again, and is released anew before it leaves; nothing that
counted on it is met. Source: D15, D17, D22, D24; T14.
"""

from __future__ import annotations

from protocols.account import outbound
from protocols.account.events import RoadLost, RouteChanged, RouteKind
from protocols.account.rules import is_security_matter, route
from protocols.account.state import Road
from protocols.bridge.catching_up import held_inside
from protocols.deliveries.state import Deliveries
from protocols.fixed_texts.rules import HOLDING, NO_CHANGE
from protocols.fixed_texts.sending import acknowledged_now
from protocols.fixed_texts.state import FixedTexts
from protocols.kernel.changing import fold
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone, NotAllowed, OldButton
from protocols.kernel.tables import decides, follows
from protocols.losses.events import RoadFound
from protocols.naming.events import AccountNamed
from protocols.outreach.state import OutreachTold
from protocols.promises.rules import drop_promise
from protocols.rights.guards import need_staff
from protocols.ticket import Ticket
from protocols.triage.events import CARD, EDIT, CardWithheld
from protocols.triage.roads import card_key
from protocols.triage.state import Triage
from protocols.updates.checking import COUNTED
from protocols.updates.events import PUBLIC, DraftKind, DraftState
from protocols.updates.state import Draft, Updates
from protocols.withdrawals import standing
from protocols.withdrawals.events import (
    ROAD_FOUND,
    RecallText,
    TextRecalled,
    TextRerouted,
    TextWithdrawn,
    Withdrawal,
    WithdrawWords,
)
from protocols.withdrawals.refusals import AlreadyWithThem

ROAD_ERRORS = frozenset(
    {
        "account_inactive",
        "channel_not_found",
        "ekm_access_denied",
        "invalid_auth",
        "is_archived",
        "is_inactive",
        "no_permission",
        "not_authed",
        "not_in_channel",
        "org_login_required",
        "restricted_action",
        "restricted_action_read_only_channel",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
"""Slack's words for a channel that takes nothing of ours, whatever it says."""
NOTHING_THERE = Withdrawal.NOTHING_THERE
AT_ONCE = (
    Withdrawal.RECALLED,
    Withdrawal.LEGAL_HOLD,
    Withdrawal.CHECKS,
    Withdrawal.OPENED_IN_ERROR,
    Withdrawal.NOTHING_THERE,
    Withdrawal.TIME_PASSED,
)


@decides(RecallText)
def recall(ticket: Ticket, command: RecallText, ctx: Context) -> tuple[Event, ...]:
    """Decide that a release is taken back, as long as its words have not left. Source: D24.

    Raises:
        AlreadyWithThem: The words are with the account.
        NotAllowed: The actor neither released them nor has the duty of Legal.
        AlreadyDone: Somebody recalled it already.
    """
    need_staff(ctx)
    draft = ticket.of(Updates).draft(command.number)
    if draft is None:
        raise OldButton(reference=ticket.reference)
    if _is_with_all(ticket, draft):
        raise AlreadyWithThem(
            account="every account", since_at=draft.released_at, what=draft.kind.value
        )
    if draft.state is DraftState.DELIVERED:
        account = ticket.account.name if ticket.account is not None else "the account"
        raise AlreadyWithThem(account=account, since_at=draft.delivered_at, what=draft.kind.value)
    if draft.state is not DraftState.RELEASED:
        raise OldButton(reference=ticket.reference)
    if not may_recall(draft, ctx):
        who = (draft.released_by, *ctx.on_duty("legal"))
        people = ", ".join(dict.fromkeys(each.name for each in who if each is not None))
        raise NotAllowed(duties="who released it, or Legal", people=people)
    if draft.recalled_at is not None:
        by = draft.recalled_by.name if draft.recalled_by is not None else ""
        raise AlreadyDone(person=by, done_at=draft.recalled_at)
    return (TextRecalled(ctx.now, ctx.by, draft.number),)


def _is_with_all(ticket: Ticket, draft: Draft) -> bool:
    told = ticket.of(OutreachTold)
    return draft.kind is DraftKind.OUTREACH and bool(told.listed) and not told.missing


def may_recall(draft: Draft, ctx: Context) -> bool:
    """Say whether the actor may take the release of a text back."""
    own = draft.released_by is not None and ctx.is_actor(draft.released_by.key)
    return own or ctx.actor.holds("legal")


@decides(WithdrawWords)
def withdraw(ticket: Ticket, command: WithdrawWords, ctx: Context) -> tuple[Event, ...]:
    """Return what follows when the courier held words back: they have not left."""
    words = outbound.words_of(ticket.reference, command.key)
    if words is None:
        return held_inside(ticket, command.key, ctx) or _card_held(ticket, command.key, ctx)
    if outbound.has_arrived(ticket, words):
        return ()
    if is_by_mail(ticket, command.key):
        return ()
    if command.why in (Withdrawal.ROAD, Withdrawal.CHANNEL):
        moved = rerouted(ticket, command.key, command.why.value, ctx)
        if moved:
            return moved
    if words.name != "text":
        if standing.is_withdrawn(ticket, words):
            return ()
        ended = words.name == "ended"
        dropped = drop_promise(ticket, ctx) if ended and command.why is NOTHING_THERE else ()
        taken_back = TextWithdrawn(ctx.now, ctx.by, words.key, command.why)
        return (taken_back, *dropped, *_said_anew(ticket, words, taken_back, ctx))
    draft = ticket.of(Updates).draft(words.number)
    if draft is None or words.key != outbound.text_key(ticket, draft):
        return ()
    return _withdrawn(ticket, draft, command.why, ctx) if _is_released(draft) else ()


def _card_held(ticket: Ticket, key: str, ctx: Context) -> tuple[Event, ...]:
    """Return that a card's posting is owed to its team's channel, or what the card shows. M26."""
    now = ticket.of(Triage)
    posting = card_key(ticket, now.number)
    what = CARD if key == posting else EDIT
    is_it = key == posting or key.startswith(f"{posting}/edit/")
    if not now.number or not is_it or now.owed in (CARD, what):
        return ()
    return (CardWithheld(ctx.now, ctx.by, now.number, what),)


def _said_anew(
    ticket: Ticket, words: outbound.OutwardWords, taken_back: TextWithdrawn, ctx: Context
) -> tuple[Event, ...]:
    """Return the acknowledgment with a time that can be kept, where its own has passed. D6, D41."""
    if words.name != "ack" or taken_back.why is not Withdrawal.TIME_PASSED or not ticket.is_live:
        return ()
    return acknowledged_now(fold((taken_back,), ticket), ctx)


def _withdrawn(ticket: Ticket, draft: Draft, why: Withdrawal, ctx: Context) -> tuple[Event, ...]:
    key = outbound.text_key(ticket, draft)
    taken_back = TextWithdrawn(
        ctx.now,
        ctx.by,
        key,
        why,
        draft.number,
        draft.released_by,
        draft.poster,
        draft.recalled_by,
        maybe_left=key in ticket.of(Deliveries).unsure,
    )
    repeats = _repeating(ticket, draft)
    ended = draft.kind is DraftKind.DISREGARD and why is NOTHING_THERE
    return (
        taken_back,
        *(TextWithdrawn(ctx.now, ctx.by, each, why) for each in repeats),
        *(drop_promise(ticket, ctx) if ended else ()),
    )


def _repeating(ticket: Ticket, draft: Draft) -> tuple[str, ...]:
    """Return the keys of fixed texts that say a text's words again and have not left either."""
    if draft.released_at is None or draft.kind not in COUNTED:
        return ()
    return tuple(
        text.key
        for text in ticket.of(FixedTexts).fixed_texts
        if text.name in (HOLDING, NO_CHANGE)
        and text.taken_at is None
        and text.withdrawn_at is None
        and text.sent_at >= draft.released_at
    )


def _is_released(draft: Draft) -> bool:
    return draft.state is DraftState.RELEASED


@follows
def unsaid(
    _before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that released words which wait for a person are not to be said any more.

    They are to be read by phone, or put on the status page by hand: no send asks for them.
    """
    return tuple(
        event
        for draft in ticket.of(Updates).drafts
        if _is_released(draft) and _waits_for_a_person(ticket, draft)
        and (why := standing.of_draft(ticket, draft, ctx)) in AT_ONCE
        for event in _withdrawn(ticket, draft, why, ctx)
    )  # fmt: skip


def _waits_for_a_person(ticket: Ticket, draft: Draft) -> bool:
    if draft.kind in PUBLIC:
        return draft.poster is not None
    nowhere = ticket.of(Road).route.kind is RouteKind.NONE
    if draft.kind is DraftKind.DISREGARD and not standing.has_heard(ticket):
        return nowhere or not _something_leaves(ticket)
    return nowhere or outbound.is_dead(ticket, draft)


def _something_leaves(ticket: Ticket) -> bool:
    """Say whether a fixed text is on its way that the account may still read."""
    return any(
        text.taken_at is None and not outbound.is_lost(ticket, text)
        for text in ticket.of(FixedTexts).fixed_texts
    )


def is_of_the_road(error: str) -> bool:
    """Say whether a refusal is the channel's or the installation's, not that of the words."""
    return error.partition(":")[0] in ROAD_ERRORS


def is_by_mail(ticket: Ticket, key: str) -> bool:
    """Say whether a post's words went by mail instead: whatever becomes of the post, they did."""
    words = outbound.words_of(ticket.reference, key)
    return words is not None and not words.by_mail and words.key in ticket.of(Deliveries).rerouted


def rerouted(ticket: Ticket, key: str, error: str, ctx: Context) -> tuple[Event, ...]:
    """Return that words which the channel does not take go by mail; nothing where they cannot.

    Never so in a security matter: there the contact named for it is the only one. Source: D6, D24.
    """
    words = outbound.for_account(ticket, key)
    if words is None or words.by_mail or is_security_matter(ticket) or not ctx.has_mail:
        return ()
    road = ticket.of(Road).route
    if road.kind is RouteKind.CHANNEL:
        road = route(ticket.account, None, security=False)
    if road.kind is not RouteKind.MAIL:
        return ()
    sent = TextRerouted(ctx.now, ctx.by, words.key, error)
    return (
        (sent,) if road == ticket.of(Road).route else (RoadLost(ctx.now, ctx.by, error, road), sent)
    )


BRINGS_A_ROAD = (RouteChanged, RoadLost, RoadFound, AccountNamed)


@follows
def given_a_road(
    before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that released words which waited for a call leave, now that there is a road. D24.

    They do so once, by the event that brings the road: it follows from nothing else of a change.
    """
    nowhere = RouteKind.NONE
    if before is None or before.of(Road).route.kind is not nowhere:
        return ()
    if not any(isinstance(event, BRINGS_A_ROAD) for event in events):
        return ()
    if ticket.of(Road).route.kind is nowhere:
        return ()
    return tuple(
        TextRerouted(ctx.now, ctx.by, outbound.text_key(ticket, draft), ROAD_FOUND)
        for draft in ticket.of(Updates).drafts
        if _is_released(draft) and draft.kind not in PUBLIC
    )
