"""Writing words for an account, until they are in review.

Source: S46-S52; D10, D24; words.md 4.10.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.kit import replies
from handlers.kit.acting import context_of, insider, number, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash, Submission
from handlers.kit.ports import Acts, Answers
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import NOTED, Answer
from handlers.slack import promises
from handlers.slack.updates import drafting, objecting
from handlers.slack.updates.drafting import TextForm, Typed
from handlers.slack.updates.review import who_releases
from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.kernel.context import Context
from protocols.kernel.refusals import NotAllowed, OldButton
from protocols.ticket import Ticket
from protocols.updates.checking import MAY_NAME_NEXT
from protocols.updates.events import DraftState, DraftText
from protocols.updates.refusals import NoNextUpdate, WordsRefused
from protocols.updates.state import Draft, Updates
from protocols.verification.refusals import NotVerified
from templates.details.facts import clock_facts
from templates.kit import render
from templates.updates.words import (
    UPDATE_CORRECT,
    UPDATE_CORRECTS,
    UPDATE_DRAFT,
    UPDATE_NEXT_AT,
    UPDATE_USE_THIS,
    VIEW_DRAFT_CORRECTION,
)

_OPEN = (DraftState.REVIEW, DraftState.SENT_BACK)


def open_update(desk: Answers, press: Press) -> Answer:
    """Open **Draft update**: empty, or with the text that its writer writes anew."""
    return open_draft(desk, press, drafting.UPDATE)


def open_correction(desk: Answers, press: Press) -> Answer:
    """Open **Correct an update**. Source: D24."""
    ticket, ctx = insider(desk, press, press.reference)
    typed = drafting.correcting(ticket, ctx)
    return replies.show_view(desk, press, drafting.drawn(drafting.CORRECTION, ticket, ctx, typed))


def open_draft(desk: Answers, press: Press, form: TextForm) -> Answer:
    """Open a form for a text: empty, or with the words of the text on the button."""
    ticket, ctx = insider(desk, press, press.reference)
    typed = drafting.blank(ctx)
    if press.part(1):
        draft = own_draft(ticket, number(press.part(1), ticket.reference), ctx)
        if draft.kind not in drafting.BY_KIND:
            raise OldButton(reference=ticket.reference)
        form = drafting.BY_KIND[draft.kind]
        typed = drafting.of_draft(draft, ctx)
    return replies.show_view(desk, press, drafting.drawn(form, ticket, ctx, typed))


def own_draft(ticket: Ticket, wanted: int, ctx: Context) -> Draft:
    """Return a text that the actor may write anew.

    Raises:
        OldButton: It is neither in review nor sent back.
        NotAllowed: Somebody else wrote it.
    """
    draft = ticket.of(Updates).draft(wanted)
    if draft is None or draft.state not in _OPEN:
        raise OldButton(reference=ticket.reference)
    if not ctx.is_actor(draft.written_by.key):
        raise NotAllowed(duties="the writer", people=draft.written_by.name)
    return draft


def type_update(desk: Answers, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/bridge update``."""
    found, ctx = insider(desk, slash, ticket.reference)
    view = drafting.drawn(drafting.UPDATE, found, ctx, drafting.blank(ctx))
    return replies.show_view(desk, slash, view)


def type_correct(desk: Answers, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/bridge correct``."""
    found, ctx = insider(desk, slash, ticket.reference)
    typed = drafting.correcting(found, ctx)
    return replies.show_view(desk, slash, drafting.drawn(drafting.CORRECTION, found, ctx, typed))


def choose_corrected(desk: Answers, press: Press) -> Answer:
    """Draw the form again when another update is to be corrected: its words stand in it then."""
    view = press.view
    if view is None or view.callback_id != VIEW_DRAFT_CORRECTION:
        raise OldButton(reference=press.reference)
    ticket, ctx = insider(desk, press, view.reference)
    typed, shown_before = drafting.of_view(view), drafting.shown_update(view)
    if str(typed.corrects) == shown_before:
        return NOTED
    typed = drafting.turned(typed, ticket, number(shown_before, ticket.reference))
    again = drafting.drawn(drafting.CORRECTION, ticket, ctx, typed)
    desk.interactive.update_view(view.id, again, view_hash=view.hash)
    return NOTED


def choose_next(desk: Answers, press: Press) -> Answer:
    """Draw the form again when a time is chosen: *At another time* brings a field for it."""
    if press.view is None or press.view.callback_id not in drafting.FORMS:
        raise OldButton(reference=press.reference)
    ticket, ctx = insider(desk, press, press.view.reference)
    has_field = "next_at" in press.view.blocks
    if has_field == (press.view.text("next") == promises.OTHER):
        return NOTED
    typed = drafting.of_view(press.view)
    if typed.turn:
        typed = drafting.stopped(typed, ticket, ctx)
    view = _again(press.view.callback_id, ticket, ctx, typed)
    desk.interactive.update_view(press.view.id, view, view_hash=press.view.hash)
    return NOTED


def use_this(desk: Answers, press: Press) -> Answer:
    """Put the offered words in the place of those that a check stopped. Source: D43."""
    view = press.view
    if view is None or view.callback_id not in drafting.FORMS:
        raise OldButton(reference=press.reference)
    ticket, ctx = insider(desk, press, view.reference)
    typed = drafting.of_view(view)
    words = objecting.used(typed.words, press.part(1), press.part(2), ticket, ctx)
    typed = drafting.stopped(replace(typed, words=words), ticket, ctx)
    again = _again(view.callback_id, ticket, ctx, typed)
    desk.interactive.update_view(view.id, again, view_hash=view.hash)
    return NOTED


def _again(callback_id: str, ticket: Ticket, ctx: Context, typed: Typed) -> render.Json:
    return drafting.drawn(drafting.FORMS[callback_id], ticket, ctx, typed)


def put_in_review(desk: Acts, submission: Submission) -> Answer:
    """Put a text in review, or say under its fields what stands against it."""
    view, reference = submission.view, submission.reference
    form = drafting.FORMS[view.callback_id]
    ticket = need_ticket(desk, reference)
    ctx = context_of(desk, submission, ticket)
    edited = drafting.number_of(view)
    command = DraftText(
        reference,
        form.kind,
        drafting.written(form, view, ticket, ctx),
        promises.promised(view, drafting.base_of(view)) if form.kind in MAY_NAME_NEXT else None,
        view.text("asked_reason"),
        edited,
        drafting.corrects_of(view) if form is drafting.CORRECTION else 0,
    )
    try:
        seen = submit(desk, submission, command)
    except NoNextUpdate as refused:
        raise promises.past(view) from refused
    except WordsRefused as refused:
        objecting.kept(desk, submission, reference, refused, form.kind, edited)
        typed = drafting.stopped(drafting.of_view(view), ticket, ctx)
        if not typed.stops:
            raise objecting.under_fields(refused) from refused
        return replies.updated(_again(view.callback_id, ticket, ctx, typed))
    except NotVerified:
        typed = drafting.stopped(drafting.of_view(view), ticket, ctx)
        return replies.updated(_again(view.callback_id, ticket, ctx, typed))
    return _in_review(desk, submission, seen.ticket, edited, ctx)


def _in_review(
    desk: Answers, submission: Submission, ticket: Ticket, edited: int | None, ctx: Context
) -> Answer:
    draft = (
        ticket.of(Updates).draft(edited) if edited is not None else ticket.of(Updates).drafts[-1]
    )
    if draft is not None and draft.alone:
        nowhere = ticket.of(Road).route.kind is RouteKind.NONE
        done = drafting.BY_KIND[draft.kind].done
        clocks = clock_facts(ticket, ctx)
        return told(desk, submission, ticket, done, no_route=nowhere, **clocks)
    names = "" if draft is None else who_releases(ticket, draft, ctx)
    hint = "" if draft is None else objecting.hint(ticket, draft.fields, ctx)
    return told(desk, submission, ticket, "done_in_review", releasers=names, hint=hint)


DOORS = Doors(
    presses={
        UPDATE_DRAFT: open_update,
        UPDATE_CORRECT: open_correction,
        UPDATE_CORRECTS: choose_corrected,
        UPDATE_NEXT_AT: choose_next,
        UPDATE_USE_THIS: use_this,
    },
    submissions={
        **dict.fromkeys(drafting.FORMS, put_in_review),
    },
    bridge_verbs={
        "update": type_update,
        "correct": type_correct,
    },
)
