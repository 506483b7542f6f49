"""Makes what hears Slack, and what reads back whatever nobody heard."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt import App

from bot.engine.cards import CardPlace
from bot.gateways.outcomes import SlackCalls
from bot.gateways.slack import SlackGateway, is_this_machine
from bot.program import Parts
from bot.settings import Settings
from bot.slack import app as slack_app
from bot.slack.app import Dispatcher
from bot.slack.missed import MissedPace, MissedReader
from bot.slack.missed_people import MissedPeople
from bot.slack.socket_mode import SlackSocket
from handlers.slack.subjects import register_all
from protocols.account.state import Road
from protocols.bridge.state import BridgeState
from protocols.replies.state import Heard


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
        cards=_cards(parts),
        heard=_heard(parts),
        pace=pace,
    )


def _heard(parts: Parts) -> Callable[[str], dict[str, str]]:
    def heard(channel_id: str) -> dict[str, str]:
        with parts.desk.gesture() as desk:
            return {
                each.message_ts: desk.slack_id(each.by.key) or each.by.key
                for ticket in desk.tickets_in_channel(channel_id)
                if ticket.is_open and channel_id == ticket.of(Road).route.channel_id
                for each in ticket.of(Heard).messages
            }

    return heard


def _cards(parts: Parts) -> Callable[[str], CardPlace | None]:
    def place(channel_id: str) -> CardPlace | None:
        with parts.desk.gesture() as desk:
            ticket = desk.ticket_of_bridge(channel_id)
            return desk.card_of(ticket) if ticket is not None else None

    return place


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


def bolt_app(settings: Settings, parts: Parts) -> App:
    """Make what has every gesture and event handled, whichever way it comes in."""
    secret = settings.slack.signing_secret
    token = settings.slack.bot_token
    app = slack_app.make_app(
        token.get_secret_value() if token is not None else "",
        lambda: parts.facts.known.identity,
        secret.get_secret_value() if secret is not None else None,
    )
    register_all(app, parts.desk)
    return app


def socket_to(
    settings: Settings, parts: Parts, app: App, opener: SlackGateway, missed: MissedReader
) -> SlackSocket:
    """Make the socket; each time it is greeted anew, what was missed is read."""

    def greeted() -> None:
        missed.ask()
        # Slack is there: whoever waits to ask it who is who need not wait longer.
        if not parts.facts.known.complete:
            parts.reader.ask()

    is_near = is_this_machine(settings.slack.api_url)
    return SlackSocket(app, opener, parts.machine, through_proxy=not is_near, greeted=greeted)
