"""Outward words: drafted by one, checked, released by another, bound to their hash.

Source: S46, S47, S49-S52; D10, D15, D22; M1, M2.
"""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn

from protocols import commands as cmd
from protocols import events as ev
from protocols.context import Context
from protocols.language import CauseHold, Gravity, LanguageContext, Objection, Review, review
from protocols.outward import RELEASED
from protocols.refusals import (
    AlreadyDone,
    AlreadyReleased,
    HoldInForce,
    LegalMustRelease,
    NoNextUpdate,
    NotAllowed,
    NothingToCorrect,
    NotInTheBridge,
    OldButton,
    SecondPersonNeeded,
    TextChanged,
    WordsRefused,
)
from protocols.rules import hands
from protocols.rules.approval import hash_of, is_of_a_turn_before, text_hash, words_hash
from protocols.rules.fixed_texts import keep_promise, next_number
from protocols.rules.guards import (
    manager_name,
    names_on_duty,
    need_duty,
    need_on_ticket,
    need_reason,
    need_staff,
    need_status,
)
from protocols.rules.ladder import settle_at
from protocols.rules.rights import asked_about, may_release
from protocols.slices import Closure, Holds, Investigation, Updates
from protocols.ticket import (
    Draft,
    DraftKind,
    DraftState,
    HoldKind,
    HoldState,
    Status,
    StepKind,
    Ticket,
)
from protocols.ticket_parts import BridgeState

WITH_NEXT = (DraftKind.UPDATE, DraftKind.CORRECTION, DraftKind.OUTREACH)
COUNTED = (DraftKind.UPDATE, DraftKind.CORRECTION)
ALIVE = (Status.OPEN, Status.RESOLVED, Status.CONFIRMED, Status.CLOSED)
STATUSES = {
    DraftKind.RESOLUTION: (Status.RESOLVED,),
    DraftKind.DISREGARD: (Status.OPENED_IN_ERROR,),
}
"""When a kind of text may be written and released; all others in every status but *in error*."""
FIELD_LABELS = {
    "known": "What we know",
    "doing": "What we are doing",
    "for_you": "For you",
    "wrong": "What we wrote",
    "right": "What is right",
    "done": "What was done",
    "check": "How to check",
    "disregard": "Disregard",
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
        findings=tuple(finding.text for finding in ticket.of(Investigation).findings),
        other_account_names=ctx.directory.account_names,
    )


def checked(ticket: Ticket, fields: tuple[tuple[str, str], ...], ctx: Context) -> Review:
    """Return what the checks say of the fields of an outward text."""
    labelled = {FIELD_LABELS[name]: text for name, text in fields}
    return review(labelled, language_context(ticket, ctx))


def draft_text(ticket: Ticket, command: cmd.DraftText, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide that a text goes into review; an edit voids every reading before it.

    A text that a check stops leaves nothing: neither words nor an entry.

    Raises:
        NoNextUpdate: The kind promises a next update, and none in the future is named.
        WordsRefused: A check refused, or asked for a reason that was not given.
        NotAllowed: Another than the writer edits, or the investigator writes an update.
        NothingToCorrect: No update is with the account.
        WrongState: The ticket is past the point where such a text makes sense.
        AlreadyDone: The same words wait for a release.
    """
    edited = None if command.number is None else _draft(ticket, command.number)
    kind = command.kind if edited is None else edited.kind
    _need_writer(ticket, kind, ctx)
    need_status(ticket, *STATUSES.get(kind, ALIVE))
    if kind in WITH_NEXT and (command.next_at is None or command.next_at <= ctx.now):
        raise NoNextUpdate()
    corrects = _corrected(ticket, kind, command.corrects) if edited is None else edited.corrects
    _refuse_words(ticket, command.fields, command.asked_reason, ctx)
    hashed = text_hash(kind, command.fields, command.next_at, corrects)
    if edited is None:
        _refuse_twin(ticket, hashed)
        number = len(ticket.of(Updates).drafts) + 1
        drafted = ev.TextDrafted(
            ctx.now,
            ctx.by,
            number,
            kind,
            command.fields,
            hashed,
            command.next_at,
            command.asked_reason,
            corrects,
        )
        return (drafted,)
    return (_edit(ticket, edited, command, hashed, ctx),)


def _edit(
    ticket: Ticket, edited: Draft, command: cmd.DraftText, hashed: str, ctx: Context
) -> ev.TextEdited:
    if not ctx.is_actor(edited.written_by.key):
        raise NotAllowed(duties="the writer", people=edited.written_by.name)
    _need_open(ticket, edited)
    return ev.TextEdited(
        ctx.now,
        ctx.by,
        edited.number,
        command.fields,
        hashed,
        command.next_at,
        command.asked_reason,
        hands.after_edit(edited, command.fields),
    )


def _refuse_twin(ticket: Ticket, hashed: str) -> None:
    """The same words waiting twice would be released, and sent, twice."""
    twin = next((d for d in ticket.of(Updates).waiting_drafts() if words_hash(d) == hashed), None)
    if twin is not None:
        raise AlreadyDone(person=twin.written_by.name)


def correctable(ticket: Ticket) -> tuple[Draft, ...]:
    """Return the updates that a correction may be about, the newest first. Source: D24.

    Raises:
        NothingToCorrect: No update is with the account.
    """
    found = ticket.of(Updates).delivered_updates()
    if not found:
        account = ticket.account.name if ticket.account is not None else "the account"
        raise NothingToCorrect(reference=ticket.reference, account=account)
    return tuple(reversed(found))


def _corrected(ticket: Ticket, kind: DraftKind, wanted: int) -> int:
    """Return the number of the update that a text corrects; 0 for all but corrections."""
    if kind is not DraftKind.CORRECTION:
        return 0
    numbers = [draft.update_number or 0 for draft in correctable(ticket)]
    if wanted and wanted not in numbers:
        raise OldButton(reference=ticket.reference)
    return wanted or numbers[0]


def _need_writer(ticket: Ticket, kind: DraftKind, ctx: Context) -> None:
    """Whoever resolves says what was done, the investigator too; all else bars them. D14."""
    need_on_ticket(ticket, ctx)
    if kind is DraftKind.RESOLUTION:
        return
    if any(map(ctx.is_actor, hands.investigators(ticket))):
        raise NotAllowed(duties="someone other than the investigator", people=manager_name(ctx))


def _refuse_words(
    ticket: Ticket, fields: tuple[tuple[str, str], ...], asked_reason: str, ctx: Context
) -> None:
    found = checked(ticket, fields, ctx)
    refused = [f for f in found.findings if f.severity is Gravity.REFUSED]
    stopping = list(found.findings) if not asked_reason.strip() else refused
    if stopping:
        _refuse(tuple(stopping))


def _refuse(stopping: tuple[Objection, ...]) -> NoReturn:
    names = {label: name for name, label in FIELD_LABELS.items()}
    raise WordsRefused(
        findings=tuple((names[f.field], f.sentence, f.code) for f in stopping),
        has_refused=any(f.severity is Gravity.REFUSED for f in stopping),
    )


def _draft(ticket: Ticket, number: int) -> Draft:
    draft = ticket.of(Updates).draft(number)
    if draft is None:
        raise OldButton(reference=ticket.reference)
    return draft


def _need_open(ticket: Ticket, draft: Draft) -> None:
    if draft.state not in (DraftState.REVIEW, DraftState.SENT_BACK):
        raise OldButton(reference=ticket.reference)


def suggest(ticket: Ticket, command: cmd.SuggestWords, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide that a reviewer gives the writer other words. Source: words.md 4.10."""
    draft = _draft(ticket, command.number)
    need_on_ticket(ticket, ctx)
    _need_open(ticket, draft)
    proposers = (*hands.proposed(draft), ctx.by)
    return (ev.WordsSuggested(ctx.now, ctx.by, draft.number, command.fields, proposers),)


def use_suggested(ticket: Ticket, command: cmd.UseSuggested, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide that the writer takes suggested words over; both are hands in the text then."""
    draft = _draft(ticket, command.number)
    _need_open(ticket, draft)
    if not ctx.is_actor(draft.written_by.key):
        raise NotAllowed(duties="the writer", people=draft.written_by.name)
    if not draft.suggested:
        raise OldButton(reference=ticket.reference)
    edit = cmd.DraftText(
        ticket.reference,
        draft.kind,
        draft.suggested,
        draft.next_at,
        draft.asked_reason,
        draft.number,
    )
    return draft_text(ticket, edit, ctx)


def send_back(ticket: Ticket, command: cmd.SendBack, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide that a reviewer returns a text with a reason."""
    draft = _draft(ticket, command.number)
    need_on_ticket(ticket, ctx)
    if draft.state is not DraftState.REVIEW:
        raise OldButton(reference=ticket.reference)
    need_reason(command.why)
    return (ev.TextSentBack(ctx.now, ctx.by, draft.number, command.why, ctx.by),)


def release(ticket: Ticket, command: cmd.ReleaseText, ctx: Context) -> tuple[ev.Event, ...]:
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
    draft = _draft(ticket, command.number)
    if draft.state in RELEASED:
        raise AlreadyReleased(person=_released_by(draft), released_at=draft.released_at)
    if draft.state is not DraftState.REVIEW:
        raise OldButton(reference=ticket.reference)
    if hash_of(draft) != command.text_hash:
        raise _changed(draft, command.text_hash)
    need_status(ticket, *STATUSES.get(draft.kind, ALIVE))
    if _is_of_an_earlier_end(ticket, draft):
        raise OldButton(reference=ticket.reference)
    _need_second_person(ticket, draft, ctx)
    if draft.kind in WITH_NEXT and (draft.next_at is None or draft.next_at <= ctx.now):
        raise NoNextUpdate()
    _refuse_held_words(ticket, draft, ctx)
    numbered = next_update_number(ticket) if draft.kind in COUNTED else None
    return (ev.TextReleased(ctx.now, ctx.by, draft.number, command.text_hash, numbered),)


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
    _refuse(tuple(f for f in found.findings if f.severity is Gravity.REFUSED))


def delivered(
    ticket: Ticket,
    draft: Draft,
    taken_at: datetime,
    link: str,
    ctx: Context,
    *,
    thread_ts: str = "",
) -> tuple[ev.Event, ...]:
    """Return what follows when a released text was taken: promises and steps. Source: S52, D20."""
    if draft.state is not DraftState.RELEASED:
        return ()
    events: list[ev.Event] = [ev.TextDelivered(taken_at, ctx.by, draft.number, link, thread_ts)]
    if draft.kind in (*COUNTED, DraftKind.RESOLUTION):
        written = f"written {draft.written_by.name}, released {_released_by(draft)}"
        events += settle_at(
            ticket, StepKind.FIRST_UPDATE, taken_at, ctx.by, note=written, link=link
        )
        events += settle_at(ticket, StepKind.ACKNOWLEDGE, taken_at, ctx.by, note="by these words")
        events += keep_promise(ticket, ctx, at=taken_at)
    if draft.kind in COUNTED and draft.next_at is not None:
        events.append(ev.PromiseMade(ctx.now, ctx.by, next_number(ticket), draft.next_at))
    if draft.kind is DraftKind.RESOLUTION:
        events.append(ev.ResolutionTold(taken_at, ctx.by))
    if draft.kind is DraftKind.STATUS_PAGE:
        events += settle_at(ticket, StepKind.STATUS_PAGE, taken_at, ctx.by, link=link)
    return tuple(events)


def _released_by(draft: Draft) -> str:
    return draft.released_by.name if draft.released_by is not None else ""
