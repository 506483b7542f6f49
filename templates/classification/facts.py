"""The facts of the question which tier it is. Source: D44; words.md 11.2."""

from __future__ import annotations

from protocols.account.rules import executive_for
from protocols.account.state import Road
from protocols.classification.asking import asked_again_at, next_asked
from protocols.classification.sentence import sentence
from protocols.classification.state import Classification
from protocols.helpers.calling import call, heads_up
from protocols.helpers.events import HelperCalled
from protocols.opening.events import Opening
from protocols.opening.signals import SIGNALS
from protocols.promises.rules import first_update_after
from protocols.scales import Signal, Tier
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


@presents("classify")
def classify(scene: Scene) -> Facts:
    """Return the account's words, what they propose, who will be told, and who is asked next."""
    ticket, ctx = scene.ticket, scene.ctx
    state, opening, route = ticket.of(Classification), ticket.of(Opening), ticket.of(Road).route
    rule = SIGNALS[state.signal] if state.signal is not None else None
    now, policy = ctx.now, ctx.policy
    words, wrote_at = sentence(ticket)
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


def _told(scene: Scene) -> str:
    """Return the names of those of us who hear of it on Tier 3."""
    ticket, ctx = scene.ticket, scene.ctx
    signal = ticket.of(Classification).signal
    legal = call(("legal",), ctx, ticket) if signal is Signal.LEGAL_THREAT else []
    events = [*heads_up(ctx, ticket, signal=signal), *legal]
    called = [event.person.name for event in events if isinstance(event, HelperCalled)]
    executive = executive_for(ticket.account, ctx)
    return ", ".join(dict.fromkeys([*called, *([executive.name] if executive is not None else [])]))
