"""What a notice decides: the list, its texts, who has them, who is called. Source: S23, D24."""

from __future__ import annotations

from protocols.account.events import AccountCard
from protocols.account.rules import account_card
from protocols.deliveries.events import BuryDelivery, TakeDelivery
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.record import Record
from protocols.kernel.tables import bars, decides, opens
from protocols.notices.events import (
    HAS_IT,
    AddToNotice,
    EndNotice,
    MarkCalled,
    NoticeCalled,
    NoticeEnded,
    NoticeListed,
    NoticeMissed,
    NoticeOpened,
    NoticeReached,
    NoticeRecalled,
    NoticeWorded,
    OpenNotice,
    Reach,
    Reached,
    RecallNotice,
    SayFurther,
)
from protocols.notices.routing import account_of
from protocols.notices.state import Notice, NoticeTelling, Way
from protocols.rights.guards import need_staff
from protocols.withdrawals.events import WithdrawWords


@bars
def need_one_of_us(_command: Command, _notice: Record | None, ctx: Context) -> None:
    """Refuse everyone from outside.

    Raises:
        Outside: The actor is a guest, a stranger, of another team, or unknown.
    """
    need_staff(ctx)


@opens(OpenNotice)
def open_notice(command: OpenNotice, ctx: Context) -> tuple[Event, ...]:
    """Return that accounts are to be told these words."""
    opened = NoticeOpened(
        ctx.now, ctx.by, command.reference, ctx.team_id, ctx.policy.version, command.about,
        ctx.drill,
    )  # fmt: skip
    worded = NoticeWorded(ctx.now, ctx.by, command.text)
    return (opened, worded, *_listed(NoticeTelling(), command.accounts, ctx))


@decides(AddToNotice)
def add(notice: Notice, command: AddToNotice, ctx: Context) -> tuple[Event, ...]:
    """Return that further accounts are told; whoever is listed stays so once."""
    return _listed(notice.of(NoticeTelling), command.accounts, ctx)


def _listed(telling: NoticeTelling, keys: tuple[str, ...], ctx: Context) -> tuple[Event, ...]:
    new = tuple(_card(key, ctx) for key in dict.fromkeys(keys) if telling.card(key) is None)
    return (NoticeListed(ctx.now, ctx.by, new),) if new else ()


def _card(key: str, ctx: Context) -> AccountCard:
    """Return an account; one that the directory names no more is called by the CS manager."""
    account = ctx.directory.account(key)
    if account is None:
        return AccountCard(key, key, "customer", ctx.policy.calendar.zone)
    return account_card(account)


@decides(SayFurther)
def say_further(notice: Notice, command: SayFurther, ctx: Context) -> tuple[Event, ...]:
    """Return that there are further words for the same list."""
    if notice.of(NoticeTelling).text_of(command.text.number) is not None:
        return ()
    return (NoticeWorded(ctx.now, ctx.by, command.text),)


@decides(RecallNotice)
def recall(notice: Notice, command: RecallNotice, ctx: Context) -> tuple[Event, ...]:
    """Return that what has not left of a text is held back."""
    telling = notice.of(NoticeTelling)
    if telling.text_of(command.number) is None or command.number in telling.recalled:
        return ()
    return (NoticeRecalled(ctx.now, ctx.by, command.number),)


@decides(MarkCalled)
def called(notice: Notice, command: MarkCalled, ctx: Context) -> tuple[Event, ...]:
    """Return that a person told an account by phone, whatever else is on its way to it."""
    newest = notice.of(NoticeTelling).text
    way = (
        notice.of(NoticeTelling).way(command.account, newest.number) if newest is not None else None
    )
    if way is None or way.reached.reach in HAS_IT:
        return ()
    reached = Reached(command.account, Reach.CALLED, command.called_at, command.called_by)
    return (NoticeCalled(ctx.now, ctx.by, way.number, (reached,)),)


@decides(EndNotice)
def end(notice: Notice, _command: EndNotice, ctx: Context) -> tuple[Event, ...]:
    """Return that what it was about is over."""
    return (NoticeEnded(ctx.now, ctx.by),) if notice.is_open else ()


@decides(TakeDelivery)
def taken(notice: Notice, command: TakeDelivery, ctx: Context) -> tuple[Event, ...]:
    """Return that an account has the words; Slack or the mail server took them."""
    way = _way(notice, command.key)
    if way is None:
        return ()
    missed = _missed(notice, way, command, ctx)
    if way.reached.reach in HAS_IT:
        return missed
    reached = Reached(way.send.account, Reach.TOLD, command.taken_at, why=command.link)
    return (NoticeReached(command.taken_at, ctx.by, way.number, (reached,)), *missed)


def _missed(notice: Notice, way: Way, command: TakeDelivery, ctx: Context) -> tuple[Event, ...]:
    """Return which of an account's addresses a mail did not reach, each once."""
    known = notice.of(NoticeTelling).missed
    new = tuple(each for each in command.missed
                if (way.number, way.send.account, each.address) not in known)  # fmt: skip
    return (NoticeMissed(ctx.now, ctx.by, way.number, way.send.account, new),) if new else ()


@decides(BuryDelivery)
def buried(notice: Notice, command: BuryDelivery, ctx: Context) -> tuple[Event, ...]:
    """Return that words were refused for good: the account is called."""
    return _not_there(notice, command.key, Reach.TO_CALL, command.error, ctx)


@decides(WithdrawWords)
def withheld(notice: Notice, command: WithdrawWords, ctx: Context) -> tuple[Event, ...]:
    """Return that words were held back; by a road that is none any more, the account is called."""
    lost = command.why.value in ("road", "channel")
    reach = Reach.TO_CALL if lost else Reach.HELD_BACK
    return _not_there(notice, command.key, reach, command.why.value, ctx)


def _not_there(notice: Notice, key: str, reach: Reach, why: str, ctx: Context) -> tuple[Event, ...]:
    way = _way(notice, key)
    if way is None or way.reached.reach is not Reach.SENDING:
        return ()
    reached = Reached(way.send.account, reach, ctx.now, why=why)
    return (NoticeReached(ctx.now, ctx.by, way.number, (reached,)),)


def _way(notice: Notice, key: str) -> Way | None:
    found = account_of(notice, key)
    return None if found is None else notice.of(NoticeTelling).way(found[1], found[0])
