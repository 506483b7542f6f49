"""Makes what goes on beside the work, each in rounds of its own."""

from __future__ import annotations

from datetime import timedelta

from bot import ids
from bot.engine.lifeline import Lifeline
from bot.engine.relisting import Relisting
from bot.engine.stocktaking import Stocktaking
from bot.evidence.anchoring import Anchoring
from bot.evidence.placing import make_anchors
from bot.forgetting import Forgetting
from bot.missing import MissingPeople
from bot.presence import Presence
from bot.program import Parts
from bot.rounds import Rounds
from bot.settings import Settings


def make_lifeline(settings: Settings, parts: Parts) -> Lifeline | None:
    """Return what mails while Slack is down; None where there is no mail."""
    if settings.mail.url is None:
        return None
    return Lifeline(
        parts.database,
        clock=parts.clock,
        down_for_s=lambda: parts.courier.slack_down_for_s,
        mail_after=parts.facts.policy.slack_down.mail_after,
        mail_of=parts.facts.mail_of,
        refusal=lambda: parts.courier.slack_refusal,
        lose=parts.engine.lost,
        wake=parts.courier.notify,
    )


def make_rounds(settings: Settings, parts: Parts, lifeline: Lifeline | None) -> tuple[Rounds, ...]:
    """Return the rounds of everything that has some, in the order in which they begin."""
    turns = (
        lifeline,
        Presence(parts.database, parts.machine, ids.unique_id()),
        Forgetting(
            parts.database,
            clock=parts.clock,
            machine=parts.machine,
            kept=timedelta(days=settings.database.keep_days),
        ),
        Stocktaking(parts.database, parts.engine, parts.facts, parts.clock),
        _anchoring(settings, parts),
        Relisting(parts.database, parts.facts, parts.clock),
        MissingPeople(parts.database, parts.facts, parts.clock, parts.courier.notify),
        parts.desk.homes,
    )
    return tuple(turn.rounds() for turn in turns if turn is not None)


def _anchoring(settings: Settings, parts: Parts) -> Anchoring | None:
    anchors = make_anchors(settings)
    if anchors is None and settings.desk.drill:
        return None
    return Anchoring(
        parts.database,
        anchors,
        now=parts.clock.now,
        team_id=lambda: parts.facts.known.identity.team_id,
        drill=settings.desk.drill,
    )
