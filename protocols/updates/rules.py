"""Outward texts before their release: written, changed, suggested to, sent back.

Source: S46, S49, S50; D10, D14, D22, D24; M2.
"""

from __future__ import annotations

from datetime import datetime

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone, NotAllowed, OldButton
from protocols.kernel.tables import decides, follows
from protocols.outreach.state import OutreachTold
from protocols.rights.guards import manager_name, need_on_ticket, need_reason, need_status
from protocols.ticket import Ticket
from protocols.updates import hands
from protocols.updates.approval import text_hash, words_hash
from protocols.updates.checking import (
    WITH_NEXT,
    checked,
    is_past,
    need_draft,
    need_open,
    refuse_findings,
    statuses,
)
from protocols.updates.events import (
    DraftKind,
    DraftState,
    DraftText,
    NoteStopped,
    SendBack,
    SuggestWords,
    TextDrafted,
    TextEdited,
    TextOver,
    TextSentBack,
    TextStopped,
    UseSuggested,
    WordsSuggested,
)
from protocols.updates.refusals import FixedWords, NoNextUpdate, NothingToCorrect
from protocols.updates.state import Draft, Updates
from protocols.words.language import CODES, Gravity


@decides(NoteStopped)
def note_stopped(ticket: Ticket, command: NoteStopped, ctx: Context) -> tuple[Event, ...]:
    """Record that a check stopped a text: which check, never the words. Source: M2.

    A refusal writes nothing, so whoever met it has this asked on its own. A code that no check
    has is left out: it could carry words.
    """
    need_on_ticket(ticket, ctx)
    codes = tuple(code for code in dict.fromkeys(command.codes) if code in CODES)
    if not codes:
        return ()
    return (TextStopped(ctx.now, ctx.by, command.kind, codes, command.asked, command.number),)


@decides(DraftText)
def draft_text(ticket: Ticket, command: DraftText, ctx: Context) -> tuple[Event, ...]:
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
    edited = None if command.number is None else need_draft(ticket, command.number)
    kind = command.kind if edited is None else edited.kind
    _need_writer(ticket, kind, ctx)
    last = _is_last(ticket, kind, command)
    need_status(ticket, *statuses(kind, last=last))
    names_one = (kind in WITH_NEXT and not last) or command.next_at is not None
    if names_one and _is_past(command.next_at, ctx):
        raise NoNextUpdate()
    corrects = _corrected(ticket, kind, command.corrects) if edited is None else edited.corrects
    _refuse_words(ticket, command.fields, command.asked_reason, ctx)
    hashed = text_hash(kind, command.fields, command.next_at, corrects)
    if edited is None:
        _refuse_twin(ticket, hashed, ctx)
        number = len(ticket.of(Updates).drafts) + 1
        drafted = TextDrafted(
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


def _is_last(ticket: Ticket, kind: DraftKind, command: DraftText) -> bool:
    """Say whether many accounts, which have a notice, are told that no further one comes. S23."""
    ends = kind is DraftKind.OUTREACH and command.next_at is None
    return ends and bool(ticket.of(OutreachTold).notice)


def _is_past(next_at: datetime | None, ctx: Context) -> bool:
    return next_at is None or next_at <= ctx.now


def _edit(
    ticket: Ticket, edited: Draft, command: DraftText, hashed: str, ctx: Context
) -> TextEdited:
    if not ctx.is_actor(edited.written_by.key):
        raise NotAllowed(duties="the writer", people=edited.written_by.name)
    need_open(ticket, edited)
    return TextEdited(
        ctx.now,
        ctx.by,
        edited.number,
        command.fields,
        hashed,
        command.next_at,
        command.asked_reason,
        hands.after_edit(edited, command.fields),
    )


def _refuse_twin(ticket: Ticket, hashed: str, ctx: Context) -> None:
    """The same words waiting twice would be released, and sent, twice.

    What left on its writer's word is not pressed twice either, but for the words of a resolution:
    one that did not hold may be followed by another with the same words. Source: D15.
    """
    since = ctx.now - ctx.policy.update.press_again_after
    twins = (
        draft
        for draft in ticket.of(Updates).drafts
        if words_hash(draft) == hashed
        and (draft.state is DraftState.REVIEW or _has_just_left(draft, since))
    )
    twin = next(twins, None)
    if twin is not None:
        raise AlreadyDone(person=twin.written_by.name, done_at=twin.review_since)


def _has_just_left(draft: Draft, since: datetime) -> bool:
    return draft.alone and draft.kind is not DraftKind.RESOLUTION and draft.review_since > since


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
        refuse_findings(tuple(stopping))


@decides(SuggestWords)
def suggest(ticket: Ticket, command: SuggestWords, ctx: Context) -> tuple[Event, ...]:
    """Decide that a reviewer gives the writer other words. Source: words.md 4.10."""
    draft = need_draft(ticket, command.number)
    need_on_ticket(ticket, ctx)
    need_open(ticket, draft)
    proposers = (*hands.proposed(draft), ctx.by)
    return (WordsSuggested(ctx.now, ctx.by, draft.number, command.fields, proposers),)


@decides(UseSuggested)
def use_suggested(ticket: Ticket, command: UseSuggested, ctx: Context) -> tuple[Event, ...]:
    """Decide that the writer takes suggested words over; both are hands in the text then."""
    draft = need_draft(ticket, command.number)
    need_open(ticket, draft)
    if not ctx.is_actor(draft.written_by.key):
        raise NotAllowed(duties="the writer", people=draft.written_by.name)
    if not draft.suggested:
        raise OldButton(reference=ticket.reference)
    edit = DraftText(
        ticket.reference,
        draft.kind,
        draft.suggested,
        draft.next_at,
        draft.asked_reason,
        draft.number,
    )
    return draft_text(ticket, edit, ctx)


@decides(SendBack)
def send_back(ticket: Ticket, command: SendBack, ctx: Context) -> tuple[Event, ...]:
    """Decide that a reviewer returns a text with a reason.

    Raises:
        OldButton: It is not in review.
        FixedWords: Nobody wrote it, so nobody can write it anew.
    """
    draft = need_draft(ticket, command.number)
    need_on_ticket(ticket, ctx)
    if draft.state is not DraftState.REVIEW:
        raise OldButton(reference=ticket.reference)
    if draft.kind is DraftKind.DISREGARD:
        raise FixedWords(reference=ticket.reference)
    need_reason(command.why)
    of_resolution = draft.kind is DraftKind.RESOLUTION
    return (TextSentBack(ctx.now, ctx.by, draft.number, command.why, ctx.by, of_resolution),)


@follows
def over(
    _before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that texts in review which the ticket went past are not to be released any more."""
    return tuple(
        TextOver(ctx.now, ctx.by, draft.number, _why_over(ticket, draft))
        for draft in ticket.of(Updates).waiting_drafts()
        if is_past(ticket, draft)
    )


def _why_over(ticket: Ticket, draft: Draft) -> str:
    is_asking = draft.kind is DraftKind.DETAILS and ticket.is_live
    return "bridge" if is_asking else ticket.status.value
