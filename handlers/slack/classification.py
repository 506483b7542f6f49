"""Saying which tier a report is: two presses of one sentence, and the form for Tier 3. D44."""

from __future__ import annotations

from handlers.kit import grammar
from handlers.kit.acting import context_of, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press
from handlers.kit.ports import Answers, Desk
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import NOTED, Answer
from handlers.slack.opening.form import NOT_IN_THE_LIST, OpeningForm, with_signal
from handlers.slack.opening.gestures import open_form
from protocols.classification.events import Classify
from protocols.classification.rules import need_unclassified
from protocols.classification.sentence import report_now, sentence
from protocols.classification.state import Classification
from protocols.opening.events import Opening
from protocols.opening.signals import SIGNALS
from protocols.scales import Impact, NoticedBy, Tier
from protocols.ticket import Ticket
from protocols.words.masking import masked_and_cut
from templates.classification.words import (
    CLASSIFY_CRITICAL,
    CLASSIFY_ELEVATED,
    CLASSIFY_READ,
    CLASSIFY_ROUTINE,
)


def _routine(desk: Desk, press: Press) -> Answer:
    return _classified(desk, press, Tier.ROUTINE)


def _elevated(desk: Desk, press: Press) -> Answer:
    return _classified(desk, press, Tier.ELEVATED)


def _classified(desk: Desk, press: Press, tier: Tier) -> Answer:
    ticket = submit(desk, press, Classify(press.reference, tier)).ticket
    return told(desk, press, ticket, "done_tier", tier=int(ticket.tier))


def _critical(desk: Answers, press: Press) -> Answer:
    """Open the form with everything filled, and the list of who will be told."""
    ticket = need_ticket(desk, press.reference)
    need_unclassified(ticket, context_of(desk, press, ticket))
    return open_form(desk, press, filled(ticket))


def filled(ticket: Ticket) -> OpeningForm:
    """Return the form as a report fills it: what its words propose, and never below Tier 3."""
    opening, signal = ticket.of(Opening), ticket.of(Classification).signal
    summary, description = _said(ticket)
    form = OpeningForm(
        account_key=ticket.account.key if ticket.account is not None else NOT_IN_THE_LIST,
        signal=signal,
        noticed=NoticedBy.ACCOUNT,
        summary=summary,
        description=description,
        category=ticket.category,
        category_for=ticket.account.kind if ticket.account is not None else "any",
        source=opening.source,
        source_link=opening.source_link,
        reference=ticket.reference,
    )
    form = with_signal(form) if signal is not None else form
    if form.tier.has_bridge:
        return form
    return form.having(Impact.FUNDS_MOVED_WRONGLY if _is_of_money(form) else Impact.RECORDS_WRONG)


def _said(ticket: Ticket) -> tuple[str, str]:
    """Return summary and description: the report as it says now, and what is grave beside it."""
    opening, first, grave = ticket.of(Opening), report_now(ticket), sentence(ticket)[0]
    if grave == first == (opening.description or opening.summary):
        return opening.summary, opening.description
    words = first if grave == first else f"{first}\n{grave}"
    return grammar.summary_and_description(grave)[0], masked_and_cut(words, grammar.DESCRIPTION_MAX)


def _is_of_money(form: OpeningForm) -> bool:
    implied = SIGNALS[form.signal].implies if form.signal is not None else frozenset()
    return Impact.PAYMENTS_BLOCKED in implied or form.signal is None


def _read(_desk: Desk, _press: Press) -> Answer:
    """Acknowledge a button that is a link: Slack opened it already."""
    return NOTED


DOORS = Doors(
    presses={
        CLASSIFY_ROUTINE: _routine,
        CLASSIFY_ELEVATED: _elevated,
        CLASSIFY_CRITICAL: _critical,
        CLASSIFY_READ: _read,
    },
)
