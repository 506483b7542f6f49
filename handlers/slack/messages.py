"""Which messages in Slack are for whom: an account's, and those of a bridge.

Source: S98; D7, D19, T13.
"""

from __future__ import annotations

from collections.abc import Mapping

from handlers.kit import grammar, payloads
from handlers.kit.doors import Doors
from handlers.kit.edge import Payload, SlackEvent
from handlers.kit.ports import Acts, Glance
from handlers.kit.replies import NOTED, Answer
from handlers.slack import nudges
from handlers.slack.intake import report
from handlers.slack.losses import deleted
from handlers.slack.notices import replied
from handlers.slack.replies import altered, written
from handlers.slack.timeline import note_altered
from handlers.slack.triage import altered as note_changed
from handlers.slack.triage import noted
from protocols.classification.asking import is_another_matter
from protocols.replies.hearing import HeardOn, heard_on

_WRITTEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""Subtypes of messages that a person wrote."""
_ALTERED = frozenset({"message_changed", "message_deleted"})


def is_an_echo(body: Payload) -> bool:
    """Say whether an event is about a message that no handler would do anything with.

    Most of what Slack tells us is what we just did: our own posts and edits, topics, joins in
    words. Whoever is at the door may answer these at once.
    """
    fields = body.get("event")
    if body.get("type") != "event_callback" or not isinstance(fields, Mapping):
        return False
    return fields.get("type") == "message" and _is_nobodys(payloads.event(body))


def _is_nobodys(event: SlackEvent) -> bool:
    if event.is_bot:
        return event.subtype != "message_deleted"
    return not event.user_id or event.subtype not in _ALTERED | _WRITTEN


def message(desk: Acts, event: SlackEvent) -> Answer:
    """Keep what is written in an account's channel, and what is altered there or in a bridge."""
    if _is_nobodys(event):
        return NOTED
    if event.is_bot:
        return deleted(desk, event)
    if desk.ticket_of_bridge(event.channel_id) is not None:
        return note_altered(desk, event) if event.subtype in _ALTERED else NOTED
    if event.thread_ts and desk.ticket_of_card(event.channel_id, event.thread_ts) is not None:
        return noted(desk, event)
    if event.subtype in _ALTERED:
        return _altered(desk, event)
    if event.thread_ts and not desk.ticket_of_customer(event.channel_id, event.thread_ts):
        thread = desk.notice_of_thread(event.channel_id, event.thread_ts)
        if thread is not None:
            return replied(desk, event, thread)
    for hear in (nudges.in_thread, report):
        heard = hear(desk, event)
        if heard is not None:
            return heard
    return _beside(desk, event)


def _altered(desk: Acts, event: SlackEvent) -> Answer:
    """Keep what a message was: a note below a card, what is asked about, or an account's words."""
    for change in (note_changed, nudges.altered):
        kept = change(desk, event)
        if kept is not None:
            return kept
    return altered(desk, event)


def _beside(desk: Acts, event: SlackEvent) -> Answer:
    """Keep it on a ticket; where none is at work, our people may be asked whether it is one.

    They are asked, too, where grave words stand beside a routine ticket.
    """
    found = _heard_on(desk, event)
    if found is not None and not _is_another(found, event):
        return written(desk, event, found)
    asked = nudges.report(desk, event)
    if asked is None and found is not None:
        return written(desk, event, found)
    return NOTED if asked is None else asked


def _is_another(found: HeardOn, event: SlackEvent) -> bool:
    return found.apart and is_another_matter(found.ticket, grammar.readable(event.text))


def _heard_on(desk: Glance, event: SlackEvent) -> HeardOn | None:
    """Return on which ticket a message is heard: that of its thread, else one of its channel."""
    if event.thread_ts:
        own = desk.ticket_of_customer(event.channel_id, event.thread_ts)
        if own is not None:
            return HeardOn(own, apart=False)
    found = desk.tickets_in_channel(event.channel_id)
    written_at = event.written_at
    if written_at is not None:
        # What is read late was written to those who were there: not on a ticket of afterwards.
        found = [ticket for ticket in found if ticket.opened_at <= written_at]
    if not found:
        return None
    actor = desk.actor(event.team_id or None, event.user_id)
    return heard_on(found, event.channel_id, event.thread_ts, actor.who.key, desk.context(actor))


DOORS = Doors(events={"message": message})
