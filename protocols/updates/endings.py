"""What became of a text that was shown for review, suggested, or sent back. Source: D10, D22."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key, over
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Events, ends
from protocols.ticket import Ticket
from protocols.updates.checking import statuses_of
from protocols.updates.events import DraftState, WordsSuggested
from protocols.updates.released import RELEASED
from protocols.updates.state import Draft, Updates
from protocols.withdrawals.events import TextWithdrawn

ABOUT = "text"


def settled(ticket: Ticket, draft: Draft) -> Became | None:
    """Return what became of a text; None while it waits for a release that may still come."""
    of = str(draft.number)
    if draft.recalled_at is not None:
        return _recalled(draft)
    if draft.state in RELEASED:
        return Became("released", ABOUT, of, draft.released_by, draft.released_at)
    if draft.state is DraftState.SENT_BACK:
        by = draft.sent_back_by
        return Became("sent_back", ABOUT, of, by) if by is not None else Became("void", ABOUT, of)
    return over(ticket.status, ABOUT, of, statuses_of(draft))


def _recalled(draft: Draft) -> Became:
    """Return who took a release back; where it came too late, since when the words are there."""
    of, by = str(draft.number), draft.recalled_by
    if draft.state is DraftState.DELIVERED:
        return Became("recalled_late", ABOUT, of, by, draft.delivered_at, turn="late")
    return Became("recalled", ABOUT, of, by, draft.recalled_at, turn="recalled")


def _taken_back(draft: Draft, events: Events) -> Became | None:
    """Return that a release was taken back just now, and by whom where somebody recalled it."""
    for event in events:
        if isinstance(event, TextWithdrawn) and event.number == draft.number:
            by = event.recalled_by
            return Became("withdrawn", ABOUT, str(draft.number), by, event.at, turn="withdrawn")
    return None


def _changed(draft: Draft) -> Became:
    return Became("changed", ABOUT, str(draft.number), draft.edited_by, draft.review_since)


@ends("review", "review-asked", "review-again")
def in_review(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return whether a text was released, sent back, taken back, or changed since it was shown."""
    draft = ticket.of(Updates).draft(key.number())
    if draft is None:
        return None
    same = key[1:3] == (draft.text_hash, str(stamp(draft.review_since)))
    if draft.state is DraftState.REVIEW and not same:
        return _taken_back(draft, events) or _changed(draft)
    return settled(ticket, draft)


@ends("last-call")
def last_call(ticket: Ticket, _key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return what became of the last text, once none waits that the bridge was asked about."""
    drafts = ticket.of(Updates)
    if drafts.waiting_drafts() or not drafts.drafts:
        return None
    released = [draft for draft in drafts.drafts if draft.state in RELEASED]
    return settled(ticket, released[-1] if released else drafts.drafts[-1])


@ends("suggested")
def suggested(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return whether other words were taken over, or came too late."""
    draft = ticket.of(Updates).draft(key.number())
    if draft is None:
        return None
    newer = next((e for e in events if isinstance(e, WordsSuggested)), None)
    if newer is not None and newer.number == draft.number and stamp(newer.at) != key.number(1):
        return Became("newer", ABOUT, str(draft.number), newer.by, newer.at)
    if draft.state is DraftState.REVIEW and not draft.suggested:
        return _changed(draft)
    if draft.state is DraftState.SENT_BACK and draft.suggested:
        # Its writer may take them over as well as write it anew.
        return over(ticket.status, ABOUT, str(draft.number), statuses_of(draft))
    return settled(ticket, draft)


@ends("sent-back")
def sent_back(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that a text was written anew after it came back."""
    draft = ticket.of(Updates).draft(key.number())
    if draft is None:
        return None
    if draft.state is DraftState.SENT_BACK:
        return over(ticket.status, ABOUT, str(draft.number), statuses_of(draft))
    return _changed(draft) if draft.state is DraftState.REVIEW else settled(ticket, draft)
