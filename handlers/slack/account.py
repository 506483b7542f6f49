"""Who speaks for an account, and what Slack tells of its channel. Source: M4; D7."""

from __future__ import annotations

from handlers.kit.acting import account_name, context_of
from handlers.kit.edge import Gesture, Options, SlackEvent
from handlers.kit.journey import actor_of
from handlers.kit.ports import Desk, Glance, NotMet
from handlers.kit.replies import NOTED, Answer
from protocols.closure.refusals import OurOwnPress
from protocols.people.people import ENGINE, Actor, Standing
from protocols.rights.refusals import NotMetYet
from protocols.ticket import Ticket
from templates.kit import render


def reread(desk: Desk, event: SlackEvent) -> Answer:
    """Have the facts of an account's channel, or of a team's, read again."""
    if desk.account_of_channel(event.channel_id) is not None:
        desk.channel_changed(event.channel_id)
    return reread_team(desk, event)


def reread_team(desk: Desk, event: SlackEvent) -> Answer:
    """Have the facts of a team's channel read again: who came may be from outside. S91; M26."""
    teams = desk.context(ENGINE).directory.teams
    if any(team.channel == event.channel_id for team in teams):
        desk.channel_changed(event.channel_id)
    return NOTED


OPTIONS_MOST = 100
OPTION_TEXT_MOST = 75
"""What Slack takes of a list that it asks for."""


def found_accounts(
    desk: Glance, typed: Options, most: int = OPTIONS_MOST
) -> list[dict[str, object]]:
    """Return the accounts that fit what one of us typed, as options; none for people outside."""
    actor = actor_of(desk, typed)
    if actor.standing is not Standing.MEMBER:
        return []
    found = desk.context(actor).directory.search_accounts(typed.typed)[:most]
    return [option(account.key, account.name) for account in found]


def option(value: str, text: str) -> dict[str, object]:
    """Return one choice of a list that Slack asks for."""
    return {"text": {"type": "plain_text", "text": text[:OPTION_TEXT_MOST]}, "value": value}


def may_be_ours(desk: Desk, event: SlackEvent) -> Answer:
    """Have the accounts' channels read again: one that was none of them may be one now."""
    desk.channel_changed(event.channel_id)
    return NOTED


def thanks(desk: Glance, gesture: Gesture, ticket: Ticket) -> str:
    """Return the thanks for an answer, with who takes it from here."""
    contact = context_of(desk, gesture, ticket).public_name(ticket.poc) or "Your contact"
    return render.line("thanks_not_solved", {"contact": contact, "ref": ticket.reference})


def need_account(desk: Glance, gesture: Gesture, ticket: Ticket) -> Actor:
    """Return who presses, for someone at the ticket's account.

    Raises:
        NotMetYet: Slack has not said yet who they are.
        OurOwnPress: They are one of us, or of another account.
    """
    actor = actor_of(desk, gesture)
    if not actor.is_met:
        raise NotMetYet()
    if ticket.account is None or not actor.speaks_for(ticket.account.key):
        raise OurOwnPress(account=account_name(ticket))
    return actor


NO_WORDS = "(a file, without words)"
TRIES = 2
"""How often an event is asked for again while Slack has not told who wrote."""


def is_from_outside(desk: Glance, event: SlackEvent, actor: Actor) -> bool:
    """Say whether a writer is from outside: of another workspace, or a guest of ours.

    Of a user of our own workspace whom Slack never named, nothing is taken for the account's word.

    Raises:
        NotMet: Slack has not told yet who it is, and may send the event again.
    """
    if actor.is_person:
        return True
    if event.tries < TRIES:
        raise NotMet(event.user_id)
    return event.team_id != desk.context(actor).team_id
