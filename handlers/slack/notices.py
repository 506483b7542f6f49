"""What an account writes under a notice in its channel, and what we answer. Source: D19, D24."""

from __future__ import annotations

from handlers.kit import grammar, payloads
from handlers.kit.acting import told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, SlackEvent
from handlers.kit.journey import actor_of
from handlers.kit.ports import Acts
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import NOTED, Answer
from handlers.slack.account import NO_WORDS, is_from_outside
from protocols.kernel.refusals import OldButton
from protocols.notices.events import (
    RecordNoticeAlteration,
    RecordNoticeAnswer,
    RecordNoticeReply,
)
from protocols.notices.routing import NoticeThread
from protocols.people.people import ENGINE, Standing
from templates.notices.words import NOTICE_ANSWERED


def replied(desk: Acts, event: SlackEvent, thread: NoticeThread) -> Answer:
    """Keep what is written in a notice's thread: an account's reply, or an answer of ours.

    Raises:
        NotMet: Slack has not told yet who wrote.
    """
    actor = desk.actor(event.team_id or None, event.user_id)
    text = grammar.readable(event.text) or NO_WORDS
    place = (event.channel_id, event.ts, desk.permalink(event.channel_id, event.ts))
    delivery = f"reply:{event.channel_id}:{event.ts}"
    if actor.standing is Standing.MEMBER:
        answer = RecordNoticeAnswer(thread.reference, thread.account, text, *place)
        desk.submit_to_record(answer, actor, delivery=delivery)
    elif is_from_outside(desk, event, actor):
        reply = RecordNoticeReply(thread.reference, thread.account, actor.who.name, text, *place)
        desk.submit_to_record(reply, actor, delivery=delivery)
    return NOTED


def altered(desk: Acts, event: SlackEvent, was: str) -> Answer:
    """Keep what words in a notice's thread were, and are. Source: M4."""
    before, now = (payloads.within(event, name) for name in ("previous_message", "message"))
    words = before if before.ts else now
    if not words.thread_ts or words.thread_ts == words.ts:
        return NOTED
    thread = desk.notice_of_thread(event.channel_id, words.thread_ts)
    if thread is None:
        return NOTED
    actor = desk.actor(event.team_id or None, event.user_id)
    person = desk.who(event.user_id) or actor.who
    text = grammar.readable(now.text)
    link = desk.permalink(event.channel_id, words.ts)
    command = RecordNoticeAlteration(
        thread.reference, thread.account, person, was, text or (NO_WORDS if event.late else ""),
        event.channel_id, words.ts, link,
    )  # fmt: skip
    desk.submit_to_record(command, ENGINE, delivery=f"event:{event.gesture}")
    return NOTED


def answered(desk: Acts, press: Press) -> Answer:
    """Say that an account was answered by mail or by phone.

    Raises:
        OldButton: The button names no notice.
    """
    ticket, account = need_ticket(desk, press.reference), press.part(1)
    if not press.part(2):
        raise OldButton(reference=press.reference)
    actor = actor_of(desk, press)
    command = RecordNoticeAnswer(press.part(2), account)
    desk.submit_to_record(command, actor, delivery=press.delivery)
    known = desk.context(actor).directory.account(account)
    name = known.name if known is not None else account
    return told(desk, press, ticket, "done_reply_answered", name=name)


DOORS = Doors(presses={NOTICE_ANSWERED: answered})
