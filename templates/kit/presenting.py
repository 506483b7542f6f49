"""The way from an effect to the facts of its surface. Nothing reads a clock here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from protocols.investigation.state import Investigation
from protocols.kernel.context import Context
from protocols.scales import Tier
from protocols.status import Status
from protocols.ticket import Ticket
from templates.kit.errors import TemplateBroken
from templates.kit.links import Links
from templates.kit.scene import Facts, Scene


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


def facts_of(
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
    return presented(template_for(template, ticket), Scene(ticket, ctx, links, params))


def presented(name: str, scene: object) -> Facts:
    """Return the facts of a surface, gathered from a scene of the kind of record it is about.

    Raises:
        TemplateBroken: No presenter knows this name, or the record lacks what it speaks of.
    """
    presenter = PRESENTERS.get(name)
    if presenter is None:
        raise TemplateBroken(name, "nothing gathers its facts")
    try:
        return presenter(scene)
    except (LookupError, ValueError, StopIteration) as reason:
        raise TemplateBroken(name, f"{type(reason).__name__}: {reason}") from reason


Presenter = Callable[[Any], Facts]
PRESENTERS: dict[str, Presenter] = {}


def presents(*names: str) -> Callable[[Presenter], Presenter]:
    """Register the presenter of one or more surfaces."""

    def register(function: Presenter) -> Presenter:
        for name in names:
            PRESENTERS[name] = function
        return function

    return register
