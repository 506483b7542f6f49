"""The list of impacted accounts, the words for all of them, and when each has been told.

Source: S23, D24.
"""

from __future__ import annotations

from dataclasses import replace

from protocols.account.rules import is_security_matter
from protocols.closure.events import ClosedUnconfirmed, OpenedInError, TicketClosed
from protocols.counts import counted
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.posting import Post
from protocols.kernel.refusals import AlreadyDone, OldButton
from protocols.kernel.tables import decides, follows, posts
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.rules import settle
from protocols.ladder.state import Ladder
from protocols.notices.events import (
    HAS_IT,
    AddToNotice,
    EndNotice,
    HearNotice,
    HearNoticeReply,
    MarkCalled,
    NoticeText,
    OpenNotice,
    Reach,
    RecallNotice,
    SayFurther,
)
from protocols.outreach.events import (
    AddImpacted,
    CallImpacted,
    ImpactedNamed,
    OutreachAltered,
    OutreachAnswered,
    OutreachCalled,
    OutreachHeard,
    OutreachReplied,
    OutreachSent,
)
from protocols.outreach.state import Outreach, OutreachTold
from protocols.rights.guards import need_on_ticket
from protocols.ticket import Ticket
from protocols.updates.checking import binding, language_context
from protocols.updates.events import DraftKind, DraftState
from protocols.updates.state import Draft, Updates
from protocols.withdrawals.events import TextRecalled
from protocols.words.language import check


@decides(AddImpacted)
def name_impacted(ticket: Ticket, command: AddImpacted, ctx: Context) -> tuple[Event, ...]:
    """Decide that accounts are impacted; unknown and inactive ones are left out. Source: S23."""
    need_on_ticket(ticket, ctx)
    new = tuple(
        key
        for key in dict.fromkeys(command.accounts)
        if _is_active(key, ctx) and key not in ticket.of(Outreach).impacted
    )
    return (ImpactedNamed(ctx.now, ctx.by, new),) if new else ()


def _is_active(key: str, ctx: Context) -> bool:
    account = ctx.directory.account(key)
    return account is not None and account.active


def others(ticket: Ticket) -> tuple[str, ...]:
    """Return the impacted accounts beside the ticket's own, which gets the ticket's updates."""
    own = ticket.account.key if ticket.account is not None else None
    return tuple(key for key in ticket.of(Outreach).impacted if key != own)


def newest_text(ticket: Ticket) -> Draft | None:
    """Return the newest words for all accounts that are released and stand."""
    found = (
        draft
        for draft in reversed(ticket.of(Updates).drafts)
        if draft.kind is DraftKind.OUTREACH
        and draft.state is DraftState.RELEASED
        and draft.recalled_at is None
    )
    return next(found, None)


@follows
def goes_out(
    _before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that the words go to the list, whichever of the two comes last. Source: S23."""
    text, told = newest_text(ticket), ticket.of(OutreachTold)
    if text is None or not ticket.of(Outreach).impacted or _told_by_people(ticket):
        return ()
    new = tuple(key for key in others(ticket) if key not in told.listed)
    is_new_text = text.number not in told.numbers
    if new or (is_new_text and told.listed):
        return (OutreachSent(ctx.now, ctx.by, f"{ticket.reference}-N1", text.number, new),)
    if not others(ticket):
        return settle(ticket, StepKind.OUTREACH, ctx, note="no other account is listed")
    return ()


def _told_by_people(ticket: Ticket) -> bool:
    """Say whether people told the accounts, as before notices were sent; it is not said again."""
    step = ticket.of(Ladder).step(StepKind.OUTREACH)
    return not ticket.of(OutreachTold).notice and step is not None and step.state is StepState.DONE


@follows
def each_has_it(
    _before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that the outreach is done: every account has the words, or a person called it."""
    told = ticket.of(OutreachTold)
    if not told.listed or told.missing:
        return ()
    return settle(ticket, StepKind.OUTREACH, ctx, note=counted(len(told.listed), "account"))


@decides(HearNotice)
def hear(ticket: Ticket, command: HearNotice, ctx: Context) -> tuple[Event, ...]:
    """Return what became of accounts, as the notice says."""
    if command.number not in ticket.of(OutreachTold).numbers:
        return ()
    return (OutreachHeard(ctx.now, ctx.by, command.number, command.reached),)


@decides(HearNoticeReply)
def hear_reply(ticket: Ticket, command: HearNoticeReply, ctx: Context) -> tuple[Event, ...]:
    """Return that an account replied to the notice, or was answered, as the notice says."""
    if command.notice != ticket.of(OutreachTold).notice:
        return ()
    account, said = command.account, (command.words, command.link)
    if command.was:
        return (OutreachAltered(ctx.now, ctx.by, account, command.author, command.was, *said),)
    if command.answered_by is not None:
        stopped = _stops(ticket, account, command.words, ctx)
        return (OutreachAnswered(ctx.now, ctx.by, account, command.answered_by, *said, stopped),)
    return (OutreachReplied(ctx.now, ctx.by, account, command.author, *said, command.waits),)


def _stops(ticket: Ticket, account: str, words: str, ctx: Context) -> tuple[str, ...]:
    """Return what the checks of the ticket's tier say of words to another account. Source: D43."""
    known = ctx.directory.account(account)
    name = known.name if known is not None else account
    about = replace(language_context(ticket, ctx), account=name)
    return tuple(each.advice for each in check("Written", words, about, binding(ticket)))


@decides(CallImpacted)
def called(ticket: Ticket, command: CallImpacted, ctx: Context) -> tuple[Event, ...]:
    """Decide that an account was told by phone, by its own CSM or somebody on the ticket. D24.

    Raises:
        OldButton: The words for this account do not stand any more.
        AlreadyDone: The account has them.
        NotYours: The actor is neither its CSM nor on the ticket.
    """
    told, account = ticket.of(OutreachTold), ctx.directory.account(command.account)
    if account is None or command.account not in told.listed:
        raise OldButton(reference=ticket.reference)
    if account.csm is None or not ctx.is_actor(account.csm):
        need_on_ticket(ticket, ctx)
    if told.reach(account.key) in HAS_IT:
        raise AlreadyDone(reference=ticket.reference)
    if told.reach(account.key) is Reach.HELD_BACK:
        raise OldButton(reference=ticket.reference)
    return (OutreachCalled(ctx.now, ctx.by, told.numbers[-1], account.key),)


@posts(OutreachSent)
def to_the_notice(ticket: Ticket, event: OutreachSent, _ctx: Context) -> tuple[Post, ...]:
    """Post the words and the list to the notice; the first time this opens it."""
    draft, told = ticket.of(Updates).draft(event.number), ticket.of(OutreachTold)
    if draft is None or draft.released_at is None:
        return ()
    text = NoticeText(
        draft.number, draft.fields, draft.released_at, draft.next_at, is_security_matter(ticket),
        last=draft.is_last,
    )  # fmt: skip
    if told.listed == event.accounts and told.numbers == (event.number,):
        return (Post(OpenNotice(event.notice, ticket.reference, text, event.accounts)),)
    further = (Post(SayFurther(event.notice, text)),)
    added = (Post(AddToNotice(event.notice, event.accounts)),) if event.accounts else ()
    return (*further, *added)


def recallable(ticket: Ticket) -> Draft | None:
    """Return the words for all that may still be held back from an account, None without any."""
    told, newest = ticket.of(OutreachTold), newest_text(ticket)
    is_out = newest is not None and newest.number in told.numbers[-1:]
    return newest if is_out and told.missing else None


@posts(TextRecalled)
def recalled(ticket: Ticket, event: TextRecalled, _ctx: Context) -> tuple[Post, ...]:
    """Post to the notice that its words do not stand any more."""
    told = ticket.of(OutreachTold)
    if event.number not in told.numbers:
        return ()
    return (Post(RecallNotice(told.notice, event.number)),)


@posts(OutreachCalled)
def told_by_phone(ticket: Ticket, event: OutreachCalled, _ctx: Context) -> tuple[Post, ...]:
    """Post to the notice that an account need not be called any more."""
    return (Post(MarkCalled(ticket.of(OutreachTold).notice, event.account, event.by, event.at)),)


@posts(TicketClosed, ClosedUnconfirmed, OpenedInError)
def ended(ticket: Ticket, event: Event, _ctx: Context) -> tuple[Post, ...]:
    """Post to the notice that what it is about is over; of a mistake nobody is called any more."""
    told = ticket.of(OutreachTold)
    if not told.notice:
        return ()
    is_mistake = isinstance(event, OpenedInError)
    held_back = (Post(RecallNotice(told.notice, told.numbers[-1])),) if is_mistake else ()
    return (*held_back, Post(EndNotice(told.notice)))
