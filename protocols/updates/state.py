"""The outward texts of a ticket, and what became of each. Source: S46-S52; D22."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from protocols.kernel.changing import numbered, on
from protocols.kernel.record import part_of
from protocols.people.people import Staff, Who
from protocols.status_page.events import PageAsked
from protocols.ticket import Ticket
from protocols.updates.events import (
    DraftKind,
    DraftState,
    ReviewerAsked,
    ReviewReminded,
    TextDelivered,
    TextDrafted,
    TextEdited,
    TextOver,
    TextReleased,
    TextSentBack,
    WordsSuggested,
)
from protocols.withdrawals.events import TextRecalled, TextWithdrawn, Withdrawal
from protocols.words.normal_form import normal


@dataclass(frozen=True, slots=True)
class Draft:
    """An outward text: written by one, released by another, bound to its hash. Source: M1, D22.

    ``poster`` is asked to put a status text on the page, where no webhook takes it. ``hands`` are
    those whose words it holds beside its writer's; ``proposers`` suggested since the last change.
    ``withdrawn`` counts how often a release of it was taken back before it had left.
    ``asked_widely_at`` is when everyone who may release it was asked once more, after all that.
    ``asked_of`` is who was the first to be asked to release it.
    ``alone`` says that it left on its writer's word: it needed no second person.
    """

    number: int
    kind: DraftKind
    fields: tuple[tuple[str, str], ...]
    text_hash: str
    written_by: Staff
    edited_by: Staff
    review_since: datetime
    next_at: datetime | None = None
    state: DraftState = DraftState.REVIEW
    asked_reason: str = ""
    suggested_by: Who | None = None
    suggested: tuple[tuple[str, str], ...] = ()
    sent_back_why: str = ""
    released_by: Staff | None = None
    released_at: datetime | None = None
    delivered_at: datetime | None = None
    update_number: int | None = None
    link: str = ""
    poster: Staff | None = None
    corrects: int = 0
    hands: tuple[Who, ...] = ()
    proposers: tuple[Who, ...] = ()
    sent_back_by: Who | None = None
    withdrawn: int = 0
    withdrawn_why: str = ""
    recalled_at: datetime | None = None
    recalled_by: Staff | None = None
    asked_widely_at: datetime | None = None
    alone: bool = False
    asked_of: Staff | None = None

    @property
    def is_last(self) -> bool:
        """Say whether it tells many accounts that no further notice comes. Source: S23."""
        return self.kind is DraftKind.OUTREACH and self.next_at is None

    def field(self, name: str) -> str:
        """Return one field in the form that is checked, older drafts too; empty without it."""
        return normal(dict(self.fields).get(name, ""))


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Updates:
    """Every outward text that was written for this ticket."""

    drafts: tuple[Draft, ...] = ()

    def draft(self, number: int) -> Draft | None:
        """Return the outward text with this number."""
        return next((draft for draft in self.drafts if draft.number == number), None)

    def waiting_drafts(self) -> tuple[Draft, ...]:
        """Return the outward texts that wait for a release, oldest first."""
        return tuple(draft for draft in self.drafts if draft.state is DraftState.REVIEW)

    def released_updates(self) -> tuple[Draft, ...]:
        """Return the updates that have been released, oldest first."""
        kinds = (DraftKind.UPDATE, DraftKind.CORRECTION)
        states = (DraftState.RELEASED, DraftState.DELIVERED)
        return tuple(d for d in self.drafts if d.kind in kinds and d.state in states)

    def delivered_updates(self) -> tuple[Draft, ...]:
        """Return the updates that are with the account, oldest first."""
        return tuple(d for d in self.released_updates() if d.state is DraftState.DELIVERED)


@on(TextDrafted)
def _drafted(updates: Updates, event: TextDrafted) -> Updates:
    draft = Draft(
        number=event.number,
        kind=event.kind,
        fields=event.fields,
        text_hash=event.text_hash,
        written_by=Staff(event.by),
        edited_by=Staff(event.by),
        review_since=event.at,
        next_at=event.next_at,
        asked_reason=event.asked_reason,
        corrects=event.corrects,
    )
    return Updates((*updates.drafts, draft))


def _drafts(updates: Updates, number: int, **changes: Any) -> Updates:
    return Updates(numbered(updates.drafts, number, **changes))


@on(TextEdited)
def _edited(updates: Updates, event: TextEdited) -> Updates:
    return _drafts(
        updates,
        event.number,
        fields=event.fields,
        text_hash=event.text_hash,
        edited_by=Staff(event.by),
        review_since=event.at,
        next_at=event.next_at,
        asked_reason=event.asked_reason,
        state=DraftState.REVIEW,
        suggested_by=None,
        suggested=(),
        sent_back_why="",
        hands=event.hands,
        proposers=(),
        sent_back_by=None,
        asked_widely_at=None,
        asked_of=None,
    )


@on(ReviewerAsked)
def _reviewer_asked(updates: Updates, event: ReviewerAsked) -> Updates:
    return _drafts(updates, event.number, asked_of=event.person)


@on(WordsSuggested)
def _suggested(updates: Updates, event: WordsSuggested) -> Updates:
    changes = {
        "suggested_by": event.by,
        "suggested": event.fields,
        "proposers": event.proposers,
    }
    return _drafts(updates, event.number, **changes)


@on(TextSentBack)
def _sent_back(updates: Updates, event: TextSentBack) -> Updates:
    return _drafts(
        updates,
        event.number,
        state=DraftState.SENT_BACK,
        sent_back_why=event.why,
        sent_back_by=event.reviewer,
    )


@on(TextReleased)
def _released(updates: Updates, event: TextReleased) -> Updates:
    return _drafts(
        updates,
        event.number,
        state=DraftState.RELEASED,
        released_by=Staff(event.by),
        released_at=event.at,
        update_number=event.update_number,
        alone=event.alone,
    )


@on(ReviewReminded)
def _asked_widely(updates: Updates, event: ReviewReminded) -> Updates:
    return _drafts(updates, event.number, asked_widely_at=event.at) if event.daily else updates


@on(TextOver)
def _over(updates: Updates, event: TextOver) -> Updates:
    return _drafts(updates, event.number, state=DraftState.OVER)


@on(PageAsked)
def _page_asked(updates: Updates, event: PageAsked) -> Updates:
    return _drafts(updates, event.number, poster=event.person)


@on(TextDelivered)
def _delivered(updates: Updates, event: TextDelivered) -> Updates:
    changes = {"state": DraftState.DELIVERED, "delivered_at": event.at, "link": event.link}
    return _drafts(updates, event.number, **changes)


@on(TextRecalled)
def _recalled(updates: Updates, event: TextRecalled) -> Updates:
    return _drafts(updates, event.number, recalled_at=event.at, recalled_by=Staff(event.by))


OVER = (Withdrawal.CLOSED, Withdrawal.MOVED_ON, Withdrawal.NOTHING_THERE)
"""Reasons that end the words: nobody is asked to release them again."""


@on(TextWithdrawn)
def _withdrawn(updates: Updates, event: TextWithdrawn) -> Updates:
    draft = updates.draft(event.number)
    if draft is None:
        return updates
    over = event.why in OVER and draft.kind is not DraftKind.UPDATE
    # Nobody can release a time that has passed: its writer names another one first.
    over = over or event.why is Withdrawal.TIME_PASSED
    return _drafts(
        updates,
        draft.number,
        state=DraftState.SENT_BACK if over else DraftState.REVIEW,
        review_since=event.at,
        released_by=None,
        released_at=None,
        update_number=None,
        poster=None,
        recalled_at=None,
        recalled_by=None,
        withdrawn=draft.withdrawn + 1,
        withdrawn_why=event.why.value,
        asked_widely_at=None,
        alone=False,
    )
