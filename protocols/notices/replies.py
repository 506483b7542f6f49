"""An account replied to a notice: it is on record, and somebody owes it an answer. Source: D19.

Nobody is left unanswered: a reply that waits has a due point, until one of us writes in its thread
or says that they answered elsewhere. Thanks ask for nothing. Source: D41, D42, M17.
"""

from __future__ import annotations

from collections.abc import Iterator

from protocols.account.events import AccountCard
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone, OldButton
from protocols.kernel.tables import decides, dues_of, falls
from protocols.notices.events import (
    NoticeReplied,
    NoticeReplyAnswered,
    NoticeReplyChased,
    NoticeWordsAltered,
    RecordNoticeAlteration,
    RecordNoticeAnswer,
    RecordNoticeReply,
)
from protocols.notices.state import Notice, NoticeReplies, NoticeTelling
from protocols.policy.policy import Policy
from protocols.rights.guards import manager_name
from protocols.rights.refusals import NotYours
from protocols.time.calendar import BusinessCalendar
from protocols.words.answers.meaning import Meaning, meaning_of


@decides(RecordNoticeReply)
def record_reply(notice: Notice, command: RecordNoticeReply, ctx: Context) -> tuple[Event, ...]:
    """Return that an account wrote, and whether it waits for an answer."""
    _listed(notice, command.account)
    if command.message_ts in notice.of(NoticeReplies).heard:
        return ()
    replied = NoticeReplied(
        ctx.now, ctx.by, command.account, command.author, command.text, command.channel_id,
        command.message_ts, command.link,
        outside=not ctx.actor.speaks_for(command.account),
        waits=meaning_of(command.text) != Meaning.THANKS,
    )  # fmt: skip
    return (replied,)


@decides(RecordNoticeAnswer)
def record_answer(notice: Notice, command: RecordNoticeAnswer, ctx: Context) -> tuple[Event, ...]:
    """Return that an account was answered: what is written in its thread counts by itself.

    Raises:
        AlreadyDone: No reply of the account waits.
        NotYours: The actor says that they answered, and is neither its CSM nor a CS manager.
    """
    card = _listed(notice, command.account)
    if command.message_ts in notice.of(NoticeReplies).heard:
        return ()
    if not command.message_ts:
        if not notice.of(NoticeReplies).of(command.account):
            raise AlreadyDone(reference=notice.about)
        if not ctx.actor.holds("cs-manager") and (card.csm is None or not ctx.is_actor(card.csm)):
            csm = ctx.who(card.csm).name if card.csm is not None else "its CSM"
            raise NotYours(reference=notice.about, poc=csm, manager=manager_name(ctx))
    answered = NoticeReplyAnswered(
        ctx.now, ctx.by, command.account, command.text, command.channel_id, command.message_ts,
        command.link,
    )  # fmt: skip
    return (answered,)


@decides(RecordNoticeAlteration)
def record_alteration(
    notice: Notice, command: RecordNoticeAlteration, ctx: Context
) -> tuple[Event, ...]:
    """Return what words in its thread were, and are; the change decides nothing. Source: M4."""
    _listed(notice, command.account)
    waiting = notice.of(NoticeReplies).of(command.account)
    known = next((each.text for each in waiting if each.message_ts == command.message_ts), "")
    was = command.was or known
    if not was or command.text in (was, known):
        return ()
    altered = NoticeWordsAltered(
        ctx.now, ctx.by, command.account, command.person, was, command.text, command.channel_id,
        command.message_ts, command.link,
    )  # fmt: skip
    return (altered,)


def _listed(notice: Notice, account: str) -> AccountCard:
    card = notice.of(NoticeTelling).card(account)
    if card is None:
        raise OldButton(reference=notice.about)
    return card


@dues_of
def is_unanswered(
    notice: Notice, policy: Policy, _calendar: BusinessCalendar
) -> Iterator[DuePoint]:
    """Yield when whoever answers is asked again, as long as a reply waits."""
    replies = notice.of(NoticeReplies)
    if replies.waiting:
        at = min(reply.since for reply in replies.waiting) + policy.notice.answer_within
        yield DuePoint(f"notice_unanswered:{replies.chased}", "notice_unanswered", at)


@falls("notice_unanswered")
def ask_again(notice: Notice, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return which accounts have waited too long."""
    latest = ctx.now - ctx.policy.notice.answer_within
    late = (reply for reply in notice.of(NoticeReplies).waiting if reply.since <= latest)
    keys = tuple(dict.fromkeys(reply.account for reply in late))
    return (NoticeReplyChased(ctx.now, ctx.by, keys),) if keys else ()
