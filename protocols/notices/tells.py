"""Who is told what of a notice: accounts by their own roads, callers, the record it is about.

Source: S23, D24; words.md 3.6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from protocols.account.addresses import AccountMail, CustomerThread
from protocols.account.roads import missed_of
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect, Gateway
from protocols.kernel.posting import Post
from protocols.kernel.roads import dm, mail
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, posts, tells
from protocols.notices.endings import ANSWER, CALL, OVER
from protocols.notices.events import (
    HearNotice,
    HearNoticeReply,
    NoticeChased,
    NoticeEnded,
    NoticeMissed,
    NoticePromiseNear,
    NoticeReached,
    NoticeRecalled,
    NoticeReplied,
    NoticeReplyAnswered,
    NoticeReplyChased,
    NoticeSent,
    NoticeWordsAltered,
    Reach,
    Reached,
    Send,
)
from protocols.notices.routing import URGENT_NOTICE, caller_of, channel_stream, key_of
from protocols.notices.state import (
    Notice,
    NoticeReplies,
    NoticeReply,
    NoticeTelling,
    first_reach,
)
from protocols.people.people import Contact, Staff


@tells(NoticeSent)
def sent(notice: Notice, event: NoticeSent, ctx: Context) -> Effects:
    """Send the words to each account by its own road, or ask whoever calls it."""
    words = [_words(notice, event.number, send, ctx) for send in event.sends]
    to_call = [send.account for send in event.sends if first_reach(send) is Reach.TO_CALL]
    return (*(each for each in words if each is not None),
            *_calls(notice, event.number, to_call, "call", ctx))  # fmt: skip


def _words(notice: Notice, number: int, send: Send, ctx: Context) -> Effect | None:
    key = key_of(notice, number, send.account)
    params = {"text": number, "account": send.account}
    if send.channel_id:
        return Effect(
            key=key,
            gateway=Gateway.SLACK,
            method="chat.postMessage",
            to=CustomerThread(send.channel_id, None),
            template="notice",
            params=params,
            stream=channel_stream(send.channel_id),
            reports=True,
            urgent=URGENT_NOTICE,
        )
    if not send.addresses:
        return None
    card = notice.of(NoticeTelling).card(send.account)
    suffix = key.removeprefix(f"{notice.reference}/")
    answers_to = ctx.who(card.csm) if card is not None and card.csm is not None else _manager(ctx)
    to = AccountMail(tuple(Contact("", email) for email in send.addresses), answers_to)
    letter = mail(notice, suffix, to, "notice", params, reports=True)
    return replace(letter, urgent=URGENT_NOTICE)


@tells(NoticeReached)
def reached(notice: Notice, event: NoticeReached, ctx: Context) -> Effects:
    """Ask whoever calls an account that did not get the words."""
    to_call = [each.account for each in event.reached if each.reach is Reach.TO_CALL]
    return _calls(notice, event.number, to_call, "refused", ctx)


@tells(NoticeMissed)
def missed(notice: Notice, event: NoticeMissed, ctx: Context) -> Effects:
    """Tell whoever would call an account which of its addresses have not got the words."""
    card = notice.of(NoticeTelling).card(event.account)
    caller = caller_of(card, ctx) if card is not None else None
    if caller is None:
        return ()
    turn = len(notice.of(NoticeTelling).missed)
    suffix = f"missed/{event.number}/{event.account}/{turn}/{caller.key}"
    params = {"account": event.account, "missed": missed_of(event.missed)}
    return (dm(notice, suffix, caller, "notice_missed", params),)


@tells(NoticeReached)
def held(notice: Notice, event: NoticeReached, ctx: Context) -> Effects:
    """Tell the CS manager of what was held back before it left, but not of a recall."""
    return tuple(
        effect
        for each in event.reached
        if each.reach is Reach.HELD_BACK and each.why not in ("recalled", "outdated")
        for effect in _to_manager(
            notice, f"held/{event.number}/{each.account}", "notice_held",
            {"account": each.account, "why": each.why}, ctx,
        )
    )  # fmt: skip


@tells(NoticeChased)
def chased(notice: Notice, event: NoticeChased, ctx: Context) -> Effects:
    """Ask those who call again, and name every account to the CS manager."""
    turn = notice.of(NoticeTelling).chased
    asked = _calls(notice, event.number, event.accounts, f"again/{turn}", ctx)
    params = {"text": event.number, "accounts": list(event.accounts)}
    return (*asked, *_to_manager(notice, f"late/{turn}", "notice_late", params, ctx))


@tells(NoticeRecalled)
def recalled(notice: Notice, event: NoticeRecalled, ctx: Context) -> Effects:
    """Tell whoever was to call that the words do not stand any more."""
    held = [way.send.account for way in notice.of(NoticeTelling).ways
            if way.number == event.number and way.reached.reach is Reach.HELD_BACK]  # fmt: skip
    return _calls(notice, event.number, held, "recalled", ctx, template="notice_recalled")


@tells(NoticePromiseNear)
def promise_near(notice: Notice, event: NoticePromiseNear, ctx: Context) -> Effects:
    """Tell the CS manager that many accounts wait for the next words."""
    suffix = f"{'missed' if event.is_late else 'near'}/{event.number}"
    params = {"text": event.number, "is_late": event.is_late}
    return _to_manager(notice, suffix, "notice_promise", params, ctx)


@tells(NoticeEnded)
def over(notice: Notice, event: NoticeEnded, ctx: Context) -> Effects:
    """Ask the CS manager for last words where accounts have nothing but recalled ones. S23, D6."""
    telling = notice.of(NoticeTelling)
    have = [card.key for card in telling.accounts if telling.has_words(card)]
    if telling.text is not None or not have:
        return ()
    return _to_manager(notice, OVER, "notice_over", {"accounts": have}, ctx)


def _calls(
    notice: Notice,
    number: int,
    accounts: Iterable[str],
    what: str,
    ctx: Context,
    *,
    template: str = "notice_call",
) -> Effects:
    told = []
    begins = CALL if template == "notice_call" else "no-call"
    for account in accounts:
        card = notice.of(NoticeTelling).card(account)
        caller = caller_of(card, ctx) if card is not None else None
        if caller is not None:
            suffix = f"{begins}/{number}/{account}/{what}/{caller.key}"
            params = {"text": number, "account": account}
            told.append(dm(notice, suffix, caller, template, params))
    return tuple(told)


@tells(NoticeReplied)
def replied(notice: Notice, event: NoticeReplied, ctx: Context) -> Effects:
    """Show an account's words to whoever answers it: its own CSM. Source: D19, D23."""
    name = ANSWER if event.waits else "thanks"
    suffix = f"{name}/{event.channel_id}/{event.message_ts}"
    reply = NoticeReply(
        event.account, event.author, event.text, event.at, event.channel_id, event.message_ts,
        event.link, event.outside,
    )  # fmt: skip
    return _to_answer(notice, suffix, reply, ctx, waits=event.waits)


@tells(NoticeWordsAltered)
def altered(notice: Notice, event: NoticeWordsAltered, ctx: Context) -> Effects:
    """Tell whoever answers the account what words were, and are. Source: D19, M4."""
    card = notice.of(NoticeTelling).card(event.account)
    person = caller_of(card, ctx) if card is not None else None
    if person is None or ctx.same(person.key, event.person.key):
        return ()
    params = {
        "account": event.account, "author": event.person.name, "was": event.was,
        "words": event.text, "link": event.link,
    }  # fmt: skip
    suffix = f"altered/{event.channel_id}/{event.message_ts}/{stamp(event.at)}/{person.key}"
    return (dm(notice, suffix, person, "notice_altered", params),)


@posts(NoticeWordsAltered)
def alteration_heard(notice: Notice, event: NoticeWordsAltered, _ctx: Context) -> tuple[Post, ...]:
    """Post to the record that opened the notice that words in its thread were changed."""
    said = HearNoticeReply(
        notice.about, notice.reference, event.account, event.person.name, event.text, event.link,
        was=event.was,
    )  # fmt: skip
    return (Post(said),)


@tells(NoticeReplyChased)
def unanswered(notice: Notice, event: NoticeReplyChased, ctx: Context) -> Effects:
    """Ask whoever answers again, and name every account that waits to the CS manager."""
    replies = notice.of(NoticeReplies)
    asked = [
        effect
        for reply in replies.waiting
        if reply.account in event.accounts
        for effect in _to_answer(
            notice,
            f"{ANSWER}/{reply.channel_id}/{reply.message_ts}/again/{replies.chased}",
            reply, ctx, again=True,
        )
    ]  # fmt: skip
    params = {"accounts": list(event.accounts)}
    suffix = f"unanswered/{replies.chased}"
    return (*asked, *_to_manager(notice, suffix, "notice_unanswered", params, ctx))


def _to_answer(
    notice: Notice,
    suffix: str,
    reply: NoticeReply,
    ctx: Context,
    *,
    waits: bool = True,
    again: bool = False,
) -> Effects:
    card = notice.of(NoticeTelling).card(reply.account)
    person = caller_of(card, ctx) if card is not None else None
    if person is None:
        return ()
    params = {
        "account": reply.account,
        "author": reply.author,
        "words": reply.text,
        "wrote_at": reply.at.isoformat(),
        "link": reply.link,
        "outside": reply.outside,
        "waits": waits,
        "again": again,
    }
    return (dm(notice, f"{suffix}/{person.key}", person, "notice_reply", params),)


def _manager(ctx: Context) -> Staff | None:
    return ctx.first_on_duty("cs-manager")


def _to_manager(
    notice: Notice, suffix: str, template: str, params: Mapping[str, object], ctx: Context
) -> Effects:
    manager = _manager(ctx)
    if manager is None:
        return ()
    return (dm(notice, f"{suffix}/{manager.key}", manager, template, params),)


@posts(NoticeSent)
def on_their_way(notice: Notice, event: NoticeSent, ctx: Context) -> tuple[Post, ...]:
    """Post to the record that opened the notice how far each account is."""
    found = tuple(Reached(send.account, first_reach(send), event.at) for send in event.sends)
    return _heard(notice, event.number, found)


@posts(NoticeReached)
def heard(notice: Notice, event: NoticeReached, ctx: Context) -> tuple[Post, ...]:
    """Post to the record that opened the notice what became of each account."""
    return _heard(notice, event.number, event.reached)


@posts(NoticeReplied)
def reply_heard(notice: Notice, event: NoticeReplied, ctx: Context) -> tuple[Post, ...]:
    """Post to the record that opened the notice that an account replied."""
    said = HearNoticeReply(
        notice.about, notice.reference, event.account, event.author, event.text, event.link,
        waits=event.waits,
    )  # fmt: skip
    return (Post(said),)


@posts(NoticeReplyAnswered)
def answer_heard(notice: Notice, event: NoticeReplyAnswered, ctx: Context) -> tuple[Post, ...]:
    """Post to the record that opened the notice that an account was answered."""
    said = HearNoticeReply(
        notice.about, notice.reference, event.account, event.by.name, event.text, event.link,
        answered_by=event.by,
    )  # fmt: skip
    return (Post(said),)


def _heard(notice: Notice, number: int, found: tuple[Reached, ...]) -> tuple[Post, ...]:
    return (Post(HearNotice(notice.about, notice.reference, number, found)),)
