"""Ids of buttons and forms, and sentences of events: updates."""

from __future__ import annotations

from collections.abc import Iterable

from protocols.holds.events import HoldKind
from protocols.holds.state import Holds
from protocols.people.people import Actor
from protocols.promises.events import UpdatePrompted
from protocols.ticket import Ticket
from protocols.updates.events import (
    DraftKind,
    ReviewerAsked,
    ReviewReminded,
    TextDelivered,
    TextDrafted,
    TextEdited,
    TextOver,
    TextReleased,
    TextSentBack,
    TextStopped,
    WordsSuggested,
)
from protocols.updates.second_person import SecondReason
from protocols.updates.state import Updates
from templates.kit import titles
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says, silent, simply

UPDATE_DRAFT = action("update.draft", "Draft update")
UPDATE_REVIEW = action("update.review", "Review the draft")
UPDATE_RELEASE = action("update.release")
UPDATE_SUGGEST = action("update.suggest")
UPDATE_USE_SUGGESTED = action("update.use_suggested")
UPDATE_SEND_BACK = action("update.send_back")
UPDATE_NEXT_AT = action("update.next_at")
UPDATE_USE_THIS = action("update.use_this", "Use this")
UPDATE_SUGGEST_THIS = action("update.suggest_this")
UPDATE_CORRECT = action("update.correct")
UPDATE_CORRECTS = action("update.corrects")
VIEW_DRAFT_UPDATE = form("draft_update")
VIEW_DRAFT_CORRECTION = form("draft_correction")
VIEW_SUGGEST_WORDS = form("suggest_words")
VIEW_SEND_BACK = form("send_back")


silent(UpdatePrompted, ReviewerAsked)


def called_text(scene: Scene, number: int) -> str:
    """Return what an outward text is called: its number among updates, else its kind."""
    draft = scene.ticket.of(Updates).draft(number)
    if draft is None:
        return f"text {number}"
    about = f" to update {draft.corrects}" if draft.corrects else ""
    if draft.update_number is not None:
        return f"update {draft.update_number}{', a correction' if about else ''}{about}"
    kind = titles.draft_title(draft.kind.value).lower()
    return (
        f"the {kind}{about}"
        if draft.kind is not DraftKind.UPDATE
        else f"an update (draft {number})"
    )


@says(TextStopped)
def _stopped(_: Scene, event: TextStopped) -> str:
    kind, why = titles.draft_title(event.kind.value).lower(), stopped_for(event.codes)
    if event.asked:
        return f"a check asked {event.by.name} about words for the {kind}: {why}"
    return f"a check stopped words of {event.by.name} for the {kind}: {why}"


@says(TextDelivered)
def _delivered(scene: Scene, event: TextDelivered) -> str:
    draft = scene.ticket.of(Updates).draft(event.number)
    if draft is None or draft.kind is not DraftKind.STATUS_PAGE:
        return f"{called_text(scene, event.number)} is with {scene.account}"
    if draft.poster is None:
        return "the status page took the released text"
    return f"{event.by.name} said that the status text is on the page"


@says(ReviewReminded)
def _review(scene: Scene, event: ReviewReminded) -> str:
    wider = ", more widely" if event.escalated else ""
    return f"a release was asked for {called_text(scene, event.number)}{wider}"


@says(TextDrafted)
def _drafted(scene: Scene, event: TextDrafted) -> str:
    draft = scene.ticket.of(Updates).draft(event.number)
    what = called_text(scene, event.number)
    if draft is not None and draft.alone:
        return f"{event.by.name} wrote {what}"
    return f"{event.by.name} put {what} in review"


@says(TextReleased, decided=True)
def _released(scene: Scene, event: TextReleased) -> str:
    what = called_text(scene, event.number)
    if event.alone:
        return f"{event.by.name} sent {what}, with no second person"
    return f"{event.by.name} released {what}"


simply(TextEdited, lambda s, e: f"{e.by.name} changed {called_text(s, e.number)}")
simply(WordsSuggested, lambda s, e: f"{e.by.name} suggested words for {called_text(s, e.number)}")
simply(
    TextSentBack,
    lambda s, e: f'{e.by.name} sent back {called_text(s, e.number)}: "{e.why}"',
    decided=True,
)


STOPPED = {
    "number": "a card or account number",
    "zone": "a time without zone",
    "cause": "a cause",
    "not_stopped": "a stop that is not confirmed",
    "internal_text": "a finding",
    "other_account": "another account",
    "forecast": "a forecast",
    "speculation": "a guess",
    "reassurance": "a reassurance",
    "apology": "an apology",
    "raw_code": "a raw code",
    "stack_trace": "words of a log",
}
"""What a check stopped a text for, by the code of its objection. Source: M2."""


def stopped_for(codes: Iterable[str]) -> str:
    """Return what checks objected to, each once, as a sentence lists it."""
    return ", ".join(STOPPED.get(code, code) for code in dict.fromkeys(codes))


NOW = {
    "bridge": "it has a bridge now",
    "open": "it is open again",
    "confirmed": "it was said to be solved before",
    "closed": "it is closed",
    "opened_in_error": "it was opened by mistake",
}
"""Why a text is not to be released any more, by where the ticket stands."""


@says(TextOver)
def _over(scene: Scene, event: TextOver) -> str:
    why = NOW.get(event.why, event.why)
    return f"{called_text(scene, event.number)} is not to be released any more: {why}"


NEEDED = {
    SecondReason.TIER: "words of this tier always have one",
    SecondReason.OWNER: "somebody else has the ticket",
    SecondReason.LEGAL: "Legal holds it",
    SecondReason.HOLD: "a hold is in force",
    SecondReason.SECURITY: "it is a security matter",
    SecondReason.CONTRACT: "it is about a contract",
    SecondReason.COMPLAINT: "it is a complaint",
    SecondReason.AMOUNT: "it names an amount with a word such as refund or credit",
    SecondReason.CLOSE: "the account is in its period close",
    SecondReason.NEW: "you are new here",
    SecondReason.MANY: "it answers more than one account",
}
"""Why a second person reads words before they leave, inside a sentence. Source: D45."""


def releaser(ticket: Ticket, kind: DraftKind, reader: Actor | None = None) -> str:
    """Return who else releases words, for the one who reads it, or for many. Source: D15, D22."""
    if ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE):
        return "someone else in Legal" if reader is not None and reader.holds("legal") else "Legal"
    return "the commander or a CS manager" if kind is DraftKind.STATUS_PAGE else "someone else"


def needed_for(rows: Iterable[str]) -> str:
    """Return why words need a second person, as a sentence lists it; empty when they need none."""
    return ", ".join(NEEDED[SecondReason(row)] for row in rows)
