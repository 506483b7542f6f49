"""Words by another road, and who hears that released words were not sent. Source: D24; T14."""

from __future__ import annotations

from protocols.account.events import RouteKind
from protocols.account.outbound import BY_MAIL, OutwardWords, words_of
from protocols.account.roads import customer
from protocols.account.state import Road
from protocols.bridge.roads import told_inside
from protocols.closure.state import Closure
from protocols.fixed_texts.state import FixedTexts
from protocols.fixed_texts.tells import fixed_template
from protocols.kernel.context import Context
from protocols.kernel.tables import Effects, tells
from protocols.people.people import BOT, Staff
from protocols.replies.state import Calls
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind, DraftState
from protocols.updates.state import Updates
from protocols.updates.tells import in_review, released_template
from protocols.withdrawals.events import TextRerouted, TextWithdrawn

TURNS = {
    "reminder": "reminder",
    "ask-again": "ask_again",
    "reopened": "reopened",
    "confirmed": "confirmed",
    "closed-unconfirmed": "closed_unconfirmed",
}
"""Texts of the closure, by the name that their keys have."""


@tells(TextRerouted)
def rerouted(ticket: Ticket, event: TextRerouted, ctx: Context) -> Effects:
    """Send by mail, under a key of their own, words that the channel did not take. Source: D24."""
    words = words_of(ticket.reference, event.key)
    if words is None:
        return ()
    template, params = _again(ticket, words)
    return customer(ticket, f"{event.key}{BY_MAIL}", template, params)


def _again(ticket: Ticket, words: OutwardWords) -> tuple[str, dict[str, object]]:
    """Return template and parameters of words that are said by another road."""
    draft = ticket.of(Updates).draft(words.number) if words.name == "text" else None
    if draft is not None:
        disregard = draft.kind is DraftKind.DISREGARD
        template = "disregard" if disregard else released_template(ticket, draft)
        return template, {"draft": draft.number}
    if words.name == "details-reminder":
        return "details_reminder", {"draft": words.number}
    if words.name in TURNS:
        tried = sorted((*ticket.of(Calls).calls, *ticket.of(Closure).asked_again))
        attempted = tuple(at.isoformat() for at in tried)
        return TURNS[words.name], {"by_silence": False, "attempted": attempted}
    text = next(text for text in ticket.of(FixedTexts).fixed_texts if text.key == words.key)
    return fixed_template(ticket, text.name), {"text_key": text.key}


def _sender(ticket: Ticket, key: str, ctx: Context) -> Staff | None:
    """Return who sent a fixed text by a press; None for one that left by itself."""
    texts = ticket.of(FixedTexts).fixed_texts
    sent_by = next((text.sent_by for text in texts if text.key == key), None)
    return None if sent_by is None or sent_by == BOT else ctx.who(sent_by.key)


@tells(TextWithdrawn)
def withdrawn(ticket: Ticket, event: TextWithdrawn, ctx: Context) -> Effects:
    """Tell who released, recalled, wrote or was to say a text that it was not sent.

    It is in review again. Where words go by phone or by hand, somebody has them in front of them.
    """
    draft = ticket.of(Updates).draft(event.number)
    by_phone = ticket.poc if draft is None or ticket.of(Road).route.kind is RouteKind.NONE else None
    writer = _sender(ticket, event.key, ctx) if draft is None else draft.edited_by
    about = (event.released_by, event.recalled_by, writer, event.poster, by_phone)
    suffix = f"withdrawn/{event.key.removeprefix(f'{ticket.reference}/')}"
    params: dict[str, object] = {
        "key": event.key,
        "why": event.why.value,
        "maybe": event.maybe_left,
    }
    told = told_inside(ticket, suffix, "withdrawn_line", params, about)
    if draft is None or draft.state is not DraftState.REVIEW:
        return tuple(told)
    return (*told, *in_review(ticket, event, ctx))
