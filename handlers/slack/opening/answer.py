"""What the form becomes once it is submitted, and the preview before it is.

Source: words.md 2, The answer; D6.
"""

from __future__ import annotations

import logging

from handlers.kit import replies
from handlers.kit.journey import error_code
from handlers.kit.ports import Desk, NotSaved, Previews, Seen
from handlers.kit.replies import Answer
from handlers.slack.opening.facts import OpeningScene
from protocols.account.refusals import NoRoute
from protocols.fixed_texts.events import SendFixed
from protocols.fixed_texts.rules import ACKNOWLEDGMENT
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect, Gateway
from protocols.opening.events import OpenTicket
from protocols.people.people import Actor
from protocols.scales import Category
from protocols.ticket import Ticket
from templates.kit import render
from templates.kit.presenting import facts_of
from templates.opening.facts import opened_facts

_LOGGER = logging.getLogger(__name__)


def answer(desk: Desk, view_id: str, opened: Seen, ctx: Context) -> Answer:
    """Return the opened ticket in the form's place, and have it rewritten when all is sent.

    The ticket is open whatever fails from here on, so a fault is never told as a failed opening.
    """
    ticket = opened.ticket
    try:
        # What is sent before the form is watched would never be shown in it: so it is looked at
        # once more after that.
        desk.watch_opened(ticket.reference, view_id)
        facts = opened_facts(_as_it_stands(desk, ticket), ctx, desk.links)
        shown = render.view("opened", facts)
    except Exception as fault:
        code = error_code(fault)
        _LOGGER.exception("%s is open, but its answer failed with code %s", ticket.reference, code)
        shown = replies.notice(render.line("done_opened", {"ref": ticket.reference}))
    return replies.updated(shown)


def _as_it_stands(desk: Desk, ticket: Ticket) -> Ticket:
    """Return a ticket as it is now, or as it was opened where the database is away."""
    try:
        return desk.ticket(ticket.reference) or ticket
    except NotSaved:
        return ticket


def preview(desk: Desk, seen: OpeningScene) -> dict[str, object]:
    """Return the modal with the acknowledgment, word for word as it would leave."""
    account = seen.account.name if seen.account is not None else "the account"
    return render.view("see_text", {"account": account, "preview": _words(desk, seen)})


def _words(desk: Desk, seen: OpeningScene) -> str:
    """Return the acknowledgment's words, by opening the ticket in thought."""
    ctx = seen.ctx
    category = seen.form.category_or_preset(seen.kind) or Category.TECHNICAL_PRODUCT
    command = seen.form.command(ctx.team_id, category, seen.poc_key)
    thought = _thought(desk, command, ctx.actor)
    if thought is None:
        return render.line("nothing_leaves", {})
    ticket, effect = thought
    facts = facts_of(str(effect.template), effect.params, ticket, ctx, desk.links)
    if effect.gateway is Gateway.MAIL:
        mail = render.mail(str(effect.template), facts, drill=ctx.drill)
        return f"{mail.subject}\n\n{mail.body}"
    return _read(render.message(str(effect.template), facts))


def _thought(desk: Previews, command: OpenTicket, actor: Actor) -> tuple[Ticket, Effect] | None:
    """Return the ticket that would be opened, and its acknowledgment; None when none can leave."""
    opened = desk.preview(command, actor)
    found = _acknowledgment(opened.effects)
    if found is not None or not opened.ticket.tier.has_bridge:
        return None if found is None else (opened.ticket, found)
    press = SendFixed(opened.ticket.reference, ACKNOWLEDGMENT)
    try:
        pressed = desk.preview(press, actor, after=opened)
    except NoRoute:
        return None
    found = _acknowledgment(pressed.effects)
    return None if found is None else (pressed.ticket, found)


def _acknowledgment(effects: tuple[Effect, ...]) -> Effect | None:
    return next((each for each in effects if (each.template or "").startswith("ack_")), None)


def _read(message: render.Message) -> str:
    """Return a message's words without its markup."""
    parts = (
        part
        for block in message.blocks
        for part in (block.get("text"), *(block.get("fields") or ()), *_elements(block))
    )
    texts = (part.get("text") for part in parts if isinstance(part, dict))
    return "\n".join(replies.plain(str(text)) for text in texts if text)


def _elements(block: dict[str, object]) -> tuple[object, ...]:
    elements = block.get("elements")
    return tuple(elements) if block.get("type") == "context" and isinstance(elements, list) else ()
