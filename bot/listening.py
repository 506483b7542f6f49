"""Makes what reads back in Slack whatever nobody heard."""

from __future__ import annotations

from bot.gateways.outcomes import SlackCalls
from bot.program import Parts
from bot.slack.app import Dispatcher
from bot.slack.missed import MissedPace, MissedReader
from bot.slack.missed_people import MissedPeople
from protocols.bridge.state import BridgeState


def missed_reader(
    slack: SlackCalls, parts: Parts, app: Dispatcher, pace: MissedPace | None
) -> MissedReader:
    """Return a reader whose events go to the handlers of what is heard."""
    return MissedReader(
        slack,
        parts.database,
        parts.facts,
        parts.reader,
        app,
        parts.machine,
        parts.clock,
        _people(parts),
        pace=pace,
    )


def _people(parts: Parts) -> MissedPeople:
    def here(channel_id: str) -> frozenset[str]:
        with parts.desk.gesture() as desk:
            ticket = desk.ticket_of_bridge(channel_id)
        people = ticket.of(BridgeState).here if ticket is not None else ()
        return frozenset(who.key for who in people)

    def key_of(user_id: str) -> str:
        actor = parts.facts.actor(None, user_id)
        who = parts.facts.who(user_id) or (actor.who if actor.is_person else None)
        return who.key if who is not None else ""

    return MissedPeople(here, key_of, parts.facts.slack_id)
