"""The facts of the question which tier it is. Source: D44; words.md 11.2."""

from __future__ import annotations

from datetime import datetime

from protocols.account.rules import executive_for
from protocols.account.state import Road
from protocols.classification.asking import asked_again_at, next_asked
from protocols.classification.state import Classification
from protocols.helpers.calling import heads_up
from protocols.helpers.events import HelperCalled
from protocols.intake.state import HeardReport
from protocols.opening.events import Opening
from protocols.opening.matrix_words import heard_words
from protocols.opening.signals import SIGNALS
from protocols.promises.rules import first_update_after
from protocols.replies.state import Heard
from protocols.scales import Tier
from protocols.ticket import Ticket
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


@presents("classify")
def classify(scene: Scene) -> Facts:
    """Return the account's words, what they propose, who will be told, and who is asked next."""
    ticket, ctx = scene.ticket, scene.ctx
    state, opening, route = ticket.of(Classification), ticket.of(Opening), ticket.of(Road).route
    rule = SIGNALS[state.signal] if state.signal is not None else None
    now, policy = ctx.now, ctx.policy
    words, wrote_at = _sentence(ticket)
    return {
        **scene.common(),
        "wrote_at": wrote_at,
        "words": words,
        "heard": state.words,
        "label": rule.label if rule is not None else "",
        "floor": int(rule.floor) if rule is not None else 0,
        "ceiling": int(rule.ceiling) if rule is not None else 0,
        "channel_id": route.channel_id,
        "channel_name": route.channel_name,
        "link": opening.source_link,
        "bridge_at": now + policy.tier3.call,
        "first_update_at": now + first_update_after(policy, Tier.CRITICAL),
        "reply_at": now + policy.tier2.acknowledge,
        "triage_at": now + policy.tier2.triage,
        "told": _told(scene),
        "alone": len(state.asked_last) == 1,
        "asked_next": ", ".join(who.name for who in next_asked(ticket, ctx)),
        "asked_next_at": asked_again_at(ticket, policy, ctx.calendar),
    }


def _sentence(ticket: Ticket) -> tuple[str, datetime]:
    """Return the account's words as they stand now, and when they were written.

    Those in which words of the signal matrix were heard; else those of the report.
    """
    opening, report = ticket.of(Opening), ticket.of(HeardReport)
    grave, heard = ticket.of(Classification).words, ticket.of(Heard)
    found = heard.message(report.message_ts) if report.message_ts else None
    first = found.text if found is not None else opening.description or opening.summary
    if grave and not _says(first, grave):
        later = next((each for each in heard.messages if _says(each.text, grave)), None)
        if later is not None:
            return later.text, later.at
    return first, report.wrote_at or ticket.opened_at


def _says(text: str, words: str) -> bool:
    heard = heard_words(text)
    return heard is not None and heard.words == words


def _told(scene: Scene) -> str:
    """Return the names of those of us who hear of it on Tier 3."""
    ticket, ctx = scene.ticket, scene.ctx
    signal = ticket.of(Classification).signal
    called = [
        event.person.name
        for event in heads_up(ctx, ticket, signal=signal)
        if isinstance(event, HelperCalled)
    ]
    executive = executive_for(ticket.account, ctx)
    return ", ".join(dict.fromkeys([*called, *([executive.name] if executive is not None else [])]))
