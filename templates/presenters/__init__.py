"""This package owns the way from a ticket to the facts of each surface.

``facts`` answers for every effect that carries words; the other functions answer what people look
up. Nothing here reads a clock: ``ctx.now`` is the instant.
"""

from __future__ import annotations

from collections.abc import Mapping

from protocols.context import Context
from protocols.scales import Tier
from protocols.slices import Investigation
from protocols.ticket import Status, Ticket
from templates.errors import TemplateBroken
from templates.presenters import (  # noqa: F401 - they register what they say
    bridge_lines,
    briefs,
    card,
    decisions,
    for_account,
    for_people,
    lowering,
    reviewing,
    sentences_of_asks,
)
from templates.presenters.certificate import certificate
from templates.presenters.links import Links
from templates.presenters.reading import ask_late, opened, say, show, why
from templates.presenters.registry import PRESENTERS
from templates.presenters.scene import Facts, Scene
from templates.presenters.timeline import timeline

__all__ = [
    "Facts",
    "Links",
    "ask_late",
    "certificate",
    "facts",
    "opened",
    "say",
    "show",
    "template_for",
    "timeline",
    "why",
]


def template_for(template: str, ticket: Ticket) -> str:
    """Return the surface that fits where the ticket stands; most are the one that was named."""
    if template == "card":
        return _card(ticket)
    if template == "topic":
        return "topic_tier4" if ticket.tier is Tier.SYSTEMIC else "topic"
    if template == "brief_t4" and ticket.status is not Status.OPEN:
        return "brief_t3"
    if template == "responder_ask" and ticket.tier is not Tier.SYSTEMIC:
        return "called_ask"
    if template == "reviewer_ask" and ticket.of(Investigation).exposure_at is None:
        return "called_ask"
    return template


def _card(ticket: Ticket) -> str:
    if ticket.status is Status.OPENED_IN_ERROR:
        return "card_in_error"
    if ticket.status is not Status.OPEN:
        return "card_resolved"
    return "card_tier4" if ticket.tier is Tier.SYSTEMIC else "card"


def facts(
    template: str,
    params: Mapping[str, object],
    ticket: Ticket,
    ctx: Context,
    links: Links,
) -> Facts:
    """Return the facts with which a surface is rendered.

    Args:
        template: The name in the effect, or what ``template_for`` made of it.
        params: What the effect says beyond the ticket.
        ticket: The ticket after the change.
        ctx: What was known.
        links: Addresses and identities.

    Raises:
        TemplateBroken: No presenter knows this name, or the ticket lacks what it speaks of.
    """
    name = template_for(template, ticket)
    presenter = PRESENTERS.get(name)
    if presenter is None:
        raise TemplateBroken(name, "nothing gathers its facts")
    try:
        return presenter(Scene(ticket, ctx, links, params))
    except (LookupError, ValueError, StopIteration) as reason:
        raise TemplateBroken(name, f"{type(reason).__name__}: {reason}") from reason
