"""What our people write below the card in a team's channel is a note on the ticket. S91; M26."""

from __future__ import annotations

from handlers.kit import grammar
from handlers.kit.edge import SlackEvent
from handlers.kit.ports import Acts
from handlers.kit.replies import NOTED, Answer
from protocols.people.people import Standing
from protocols.triage.events import WriteUnderCard


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
    desk.submit(WriteUnderCard(ticket.reference, text, link), actor, delivery=delivery)
    return NOTED
