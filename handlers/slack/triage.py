"""What our people write below the card in a team's channel is a note on the ticket. S91; M26."""

from __future__ import annotations

from handlers.kit import grammar, payloads
from handlers.kit.edge import SlackEvent
from handlers.kit.ports import Acts, Glance
from handlers.kit.replies import NOTED, Answer
from handlers.slack.account import NO_WORDS
from protocols.people.people import ENGINE, Standing
from protocols.ticket import Ticket
from protocols.timeline.events import NoteAdded
from protocols.triage.events import AlterNote, NoteAltered, WriteUnderCard


def noted(desk: Acts, event: SlackEvent) -> Answer:
    """Keep it; what was attached without words is kept by its link.

    Raises:
        NotMet: Slack has not told yet who wrote.
    """
    ticket = desk.ticket_of_card(event.channel_id, event.thread_ts)
    actor = desk.actor(event.team_id or None, event.user_id)
    text = grammar.readable(event.text)
    if ticket is None or actor.standing is not Standing.MEMBER or not text.strip():
        return NOTED
    link = desk.permalink(event.channel_id, event.ts)
    delivery = f"under-card:{event.channel_id}:{event.ts}"
    command = WriteUnderCard(ticket.reference, text, link, event.written_at)
    desk.submit(command, actor, delivery=delivery)
    return NOTED


def altered(desk: Acts, event: SlackEvent) -> Answer | None:
    """Keep what a note was, and what it is; None of a message that stands below no card. M4."""
    before, now = (payloads.within(event, name) for name in ("previous_message", "message"))
    words = before if before.ts else now
    below = words.thread_ts not in ("", words.ts)
    ticket = desk.ticket_of_card(event.channel_id, words.thread_ts) if below else None
    if ticket is None:
        return None
    link = desk.permalink(event.channel_id, words.ts)
    # Read late, Slack shows what a note is: what it was stands on record.
    was = grammar.readable(before.text) or _on_record(desk, ticket, link)
    text = grammar.readable(now.text) or (NO_WORDS if event.late else "")
    who = desk.who(event.user_id)
    if who is None or was == text:
        return NOTED
    command = AlterNote(ticket.reference, who, was, text, link, event.written_at)
    desk.submit(command, ENGINE, delivery=f"event:{event.gesture}")
    return NOTED


def _on_record(desk: Glance, ticket: Ticket, link: str) -> str:
    """Return what a note says on the ticket's record; empty where it is not there."""
    past = reversed(desk.history(ticket.reference))
    notes = (each for each in past if isinstance(each, NoteAdded | NoteAltered))
    return next((each.text for each in notes if link and each.link == link), "")
