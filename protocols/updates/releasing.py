"""A second person's release of exactly the text that was read, and what its delivery means.

Source: S47, S49-S52; D15, D17, D20, D22; M1, M6.
"""

from __future__ import annotations

from datetime import datetime

from protocols.bridge.refusals import NotInTheBridge
from protocols.bridge.state import BridgeState
from protocols.closure.events import ResolutionTold
from protocols.closure.state import Closure
from protocols.holds.events import HoldKind
from protocols.holds.refusals import HoldInForce
from protocols.holds.state import Holds
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import OldButton
from protocols.kernel.tables import decides
from protocols.ladder.events import StepKind
from protocols.ladder.rules import settle_at
from protocols.promises.events import PromiseMade
from protocols.promises.rules import keep_promise, next_number
from protocols.rights.guards import manager_name, names_on_duty, need_duty, need_staff, need_status
from protocols.rights.rules import may_release
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.updates import hands
from protocols.updates.approval import hash_of, is_of_a_turn_before
from protocols.updates.checking import (
    COUNTED,
    WITH_NEXT,
    checked,
    need_draft,
    refuse_findings,
    statuses_of,
)
from protocols.updates.events import (
    PUBLIC,
    DraftKind,
    DraftState,
    ReleaseText,
    TextDelivered,
    TextReleased,
)
from protocols.updates.hands import asked_about
from protocols.updates.refusals import (
    AlreadyReleased,
    LegalMustRelease,
    NoNextUpdate,
    SecondPersonNeeded,
    TextChanged,
)
from protocols.updates.released import RELEASED
from protocols.updates.state import Draft, Updates
from protocols.words.language import Gravity


@decides(ReleaseText)
def release(ticket: Ticket, command: ReleaseText, ctx: Context) -> tuple[Event, ...]:
    """Decide the release of exactly the text that was read.

    Raises:
        AlreadyReleased: Somebody was faster.
        OldButton: The text was sent back, or is of a resolution that did not hold.
        TextChanged: Its hash is another than the one that was read, or its release was taken back.
        SecondPersonNeeded: The actor has a hand in its words, or investigates.
        LegalMustRelease: A disclosure hold is in force and the actor is not Legal.
        HoldInForce: The text says what a hold placed since does not allow.
        WordsRefused: What was true when it was written is not true any more.
        NoNextUpdate: Its promised time has passed.
        WrongState: The ticket is past the point where such a text makes sense.
    """
    need_staff(ctx)
    draft = need_draft(ticket, command.number)
    if draft.state in RELEASED:
        raise AlreadyReleased(person=_released_by(draft), released_at=draft.released_at)
    need_status(ticket, *statuses_of(draft))
    if draft.state is not DraftState.REVIEW:
        raise OldButton(reference=ticket.reference)
    if hash_of(draft) != command.text_hash:
        raise _changed(draft, command.text_hash)
    if _is_of_an_earlier_end(ticket, draft):
        raise OldButton(reference=ticket.reference)
    _need_second_person(ticket, draft, ctx)
    names_one = (draft.kind in WITH_NEXT and not draft.is_last) or draft.next_at is not None
    if names_one and (draft.next_at is None or draft.next_at <= ctx.now):
        raise NoNextUpdate()
    _refuse_held_words(ticket, draft, ctx)
    numbered = next_update_number(ticket) if draft.kind in COUNTED else None
    return (TextReleased(ctx.now, ctx.by, draft.number, command.text_hash, numbered),)


def _is_of_an_earlier_end(ticket: Ticket, draft: Draft) -> bool:
    """Say whether a text resolves what was opened again since: the new end has words of its own."""
    resolution = ticket.of(Closure).resolution
    if draft.kind is not DraftKind.RESOLUTION or resolution is None:
        return False
    return draft.review_since < resolution.at


def _changed(draft: Draft, read: str) -> TextChanged:
    """Return why the text that was read is not the one that would be released."""
    what = "older" if draft.text_hash == read else ""
    if is_of_a_turn_before(draft, read):
        what = "taken back"
    return TextChanged(person=draft.edited_by.name, changed_at=draft.review_since, what=what)


def next_update_number(ticket: Ticket) -> int:
    """Return the number of the next update: a withdrawn one leaves a gap, never a second of it."""
    return (
        max(
            (draft.update_number or 0 for draft in ticket.of(Updates).released_updates()), default=0
        )
        + 1
    )


def _need_second_person(ticket: Ticket, draft: Draft, ctx: Context) -> None:
    besides = hands.barred(ticket, draft, ctx)
    if ctx.by.key in besides:
        investigates = any(map(ctx.is_actor, hands.investigators(ticket)))
        raise SecondPersonNeeded(
            people=_names_asked(ticket, draft, ctx) or manager_name(ctx),
            role="investigator" if investigates else "",
        )
    legal = ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE)
    if legal and not ctx.actor.holds("legal"):
        raise LegalMustRelease(since_at=legal[0].asked_at, people=names_on_duty(ctx, "legal"))
    if may_release(ticket, draft.kind, ctx, besides=besides):
        return
    if draft.kind is DraftKind.STATUS_PAGE:
        need_duty(ctx, "cs-manager", "legal")
    where = "" if ticket.of(BridgeState).channel_id else "no_bridge"
    raise NotInTheBridge(
        reference=ticket.reference, people=_names_asked(ticket, draft, ctx), what=where
    )


def _names_asked(ticket: Ticket, draft: Draft, ctx: Context) -> str:
    return ", ".join(ctx.who(key).name for key in asked_about(ticket, draft, ctx)[:4])


def _refuse_held_words(ticket: Ticket, draft: Draft, ctx: Context) -> None:
    """What came after the text was written wins over the approval. Source: D17, M6, T14."""
    found = checked(ticket, draft.fields, ctx)
    if not found.refused:
        return
    later = [
        hold
        for hold in ticket.of(Holds).holds
        if hold.in_force and hold.asked_at > draft.review_since
    ]
    if later:
        raise HoldInForce(placed_at=later[-1].asked_at)
    refuse_findings(tuple(f for f in found.findings if f.severity is Gravity.REFUSED))


def delivered(
    ticket: Ticket,
    draft: Draft,
    taken_at: datetime,
    link: str,
    ctx: Context,
    *,
    thread_ts: str = "",
    by_phone: bool = False,
) -> tuple[Event, ...]:
    """Return what follows when a released text was taken: promises and steps. Source: S52, D20."""
    if draft.state is not DraftState.RELEASED:
        return ()
    events: list[Event] = [TextDelivered(taken_at, ctx.by, draft.number, link, thread_ts)]
    if draft.kind in (*COUNTED, DraftKind.RESOLUTION):
        written = f"written {draft.written_by.name}, released {_released_by(draft)}"
        events += settle_at(
            ticket, StepKind.FIRST_UPDATE, taken_at, ctx.by, note=written, link=link
        )
        events += settle_at(ticket, StepKind.ACKNOWLEDGE, taken_at, ctx.by, note="by these words")
    if draft.kind not in (*PUBLIC, DraftKind.DETAILS):
        events += keep_promise(ticket, ctx, at=taken_at)
    if draft.kind in COUNTED and draft.next_at is not None:
        events.append(PromiseMade(ctx.now, ctx.by, next_number(ticket), draft.next_at))
    if draft.kind is DraftKind.RESOLUTION and ticket.status is Status.RESOLVED:
        events.append(ResolutionTold(taken_at, ctx.by, by_phone))
    if draft.kind is DraftKind.STATUS_PAGE:
        events += settle_at(ticket, StepKind.STATUS_PAGE, taken_at, ctx.by, link=link)
    return tuple(events)


def _released_by(draft: Draft) -> str:
    return draft.released_by.name if draft.released_by is not None else ""
