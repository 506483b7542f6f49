"""The checks of an outward text, and which text of a ticket is meant. Source: S46, S50; M2."""

from __future__ import annotations

from typing import NoReturn

from protocols.holds.events import HoldKind
from protocols.holds.state import Holds, HoldState
from protocols.investigation.state import Investigation
from protocols.kernel.context import Context
from protocols.kernel.refusals import OldButton
from protocols.scales import Tier
from protocols.second_reviews.state import SecondReviews
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind, DraftState
from protocols.updates.refusals import WordsRefused
from protocols.updates.state import Draft, Updates
from protocols.words.language import (
    CODES,
    CauseHold,
    Gravity,
    LanguageContext,
    Objection,
    Review,
    check,
    review,
)

WITH_NEXT = (DraftKind.UPDATE, DraftKind.CORRECTION, DraftKind.OUTREACH)
MAY_NAME_NEXT = (*WITH_NEXT, DraftKind.STATUS_PAGE)
"""Whose form asks for the time of the next update; a status text of before names none."""
COUNTED = (DraftKind.UPDATE, DraftKind.CORRECTION)
ALIVE = (Status.OPEN, Status.RESOLVED, Status.CONFIRMED, Status.CLOSED)
STATUSES = {
    DraftKind.RESOLUTION: (Status.RESOLVED,),
    DraftKind.DISREGARD: (Status.OPENED_IN_ERROR,),
    DraftKind.DETAILS: (Status.OPEN,),
}
"""When a kind of text may be written and released; all others in every status but *in error*."""


def statuses(kind: DraftKind, *, last: bool = False) -> tuple[Status, ...]:
    """Return when a text may be written and released.

    The last words to many accounts are said of a mistake, too: they have the notice. S23, D6.
    """
    return (*ALIVE, Status.OPENED_IN_ERROR) if last else STATUSES.get(kind, ALIVE)


def statuses_of(draft: Draft) -> tuple[Status, ...]:
    """Return when a draft may be written anew and released."""
    return statuses(draft.kind, last=draft.is_last)


def is_past(ticket: Ticket, draft: Draft) -> bool:
    """Say whether the ticket went past the point where such a text makes sense.

    Questions say that a clock waits for the answer: none does on Tier 3 and 4.
    """
    if draft.kind is DraftKind.DETAILS and ticket.tier.has_bridge:
        return True
    return ticket.status not in statuses_of(draft)


FIELD_LABELS = {
    "known": "What we know",
    "doing": "What we are doing",
    "for_you": "For you",
    "wrong": "What we wrote",
    "right": "What is right",
    "done": "What was done",
    "check": "How to check",
    "disregard": "Disregard",
    "questions": "Questions",
    "answer": "Answer",
}
"""The fields of outward texts and their names on screen."""


def language_context(ticket: Ticket, ctx: Context) -> LanguageContext:
    """Return what the checks of outward words need to know of a ticket."""
    legal = ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE)
    stopped = any(
        hold.kind is HoldKind.TRANSACTION and hold.state is HoldState.STOPPED
        for hold in ticket.of(Holds).holds
    )
    own = ticket.account.name if ticket.account is not None else ""
    return LanguageContext(
        account=own or "the account",
        cause_hold=CauseHold(legal[0].asked_by.name, legal[0].asked_at) if legal else None,
        payments_stopped=stopped,
        findings=_internal(ticket),
        other_account_names=ctx.directory.account_names,
    )


def _internal(ticket: Ticket) -> tuple[str, ...]:
    """Return what was found, and what another team answered: neither leaves as it was written."""
    answers = (review.answer for review in ticket.of(SecondReviews).reviews if review.answer)
    return (*(finding.text for finding in ticket.of(Investigation).findings), *answers)


ALWAYS = frozenset({"number", "other_account", "internal_text", "not_stopped"})
"""What stops words on every tier; on Tier 3 and 4 all checks do. Source: D43."""
_HINTS = frozenset({"cause", "forecast"})


def binding(ticket: Ticket) -> frozenset[str]:
    """Return the kinds of objection that stop words on this ticket: those of its tier.

    What Legal holds stays in on every tier. Source: D43, S56.
    """
    if ticket.tier >= Tier.CRITICAL:
        return CODES
    held = bool(ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE))
    return ALWAYS | {"cause"} if held else ALWAYS


def checked(ticket: Ticket, fields: tuple[tuple[str, str], ...], ctx: Context) -> Review:
    """Return what the checks of the ticket's tier say of the fields of an outward text."""
    return review(_labelled(fields), language_context(ticket, ctx), binding(ticket))


def names_any_account(fields: tuple[tuple[str, str], ...], ctx: Context) -> tuple[Objection, ...]:
    """Return where words name an account, whosever: they are for many. Source: D45."""
    of_nobody = LanguageContext("no account", other_account_names=ctx.directory.account_names)
    return review(_labelled(fields), of_nobody, frozenset({"other_account"})).findings


def hints(
    ticket: Ticket, fields: tuple[tuple[str, str], ...], ctx: Context
) -> tuple[Objection, ...]:
    """Return what is only pointed out, and stops nothing: on Tier 2, causes and forecasts. D43."""
    if ticket.tier is not Tier.ELEVATED:
        return ()
    only = _HINTS - binding(ticket)
    return review(_labelled(fields), language_context(ticket, ctx), only).findings


def stops(ticket: Ticket, field: str, text: str, ctx: Context) -> tuple[Objection, ...]:
    """Return what the checks of the ticket's tier say of words in one field."""
    return check(field, text, language_context(ticket, ctx), binding(ticket))


def _labelled(fields: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {FIELD_LABELS[name]: text for name, text in fields}


def refuse_findings(stopping: tuple[Objection, ...]) -> NoReturn:
    """Refuse words for what the checks found in them.

    Raises:
        WordsRefused: Always.
    """
    names = {label: name for name, label in FIELD_LABELS.items()}
    raise WordsRefused(
        findings=tuple((names[f.field], f.sentence, f.code) for f in stopping),
        has_refused=any(f.severity is Gravity.REFUSED for f in stopping),
    )


def need_draft(ticket: Ticket, number: int) -> Draft:
    """Return the text with this number.

    Raises:
        OldButton: There is none.
    """
    draft = ticket.of(Updates).draft(number)
    if draft is None:
        raise OldButton(reference=ticket.reference)
    return draft


def need_open(ticket: Ticket, draft: Draft) -> None:
    """Refuse a change of a text that is neither in review nor sent back.

    Raises:
        OldButton: It was released, or ended.
    """
    if draft.state not in (DraftState.REVIEW, DraftState.SENT_BACK):
        raise OldButton(reference=ticket.reference)
