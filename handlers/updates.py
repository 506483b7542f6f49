"""This file owns words for an account on their way: drafted, reviewed, released by another.

Source: S46-S52; D10, D15, D22; words.md 4.10.
"""

from __future__ import annotations

from handlers import drafting, objecting, promising, replies
from handlers.acting import (
    account_name,
    context_of,
    insider,
    number,
    part,
    submit,
    told,
)
from handlers.desk import Desk
from handlers.drafting import TextForm, Typed
from handlers.edge import Press, Slash, Submission
from handlers.refusing import need_ticket
from handlers.replies import NOTED, Answer
from handlers.showing import review_message, shown
from protocols import commands as cmd
from protocols.context import Context
from protocols.normal_form import normal
from protocols.refusals import (
    NoNextUpdate,
    NotAllowed,
    NothingToRecall,
    OldButton,
    TextChanged,
    WordsRefused,
)
from protocols.rules.rights import asked_about
from protocols.rules.updates import FIELD_LABELS
from protocols.slices import Road, Updates
from protocols.ticket import Draft, DraftKind, DraftState, RouteKind, Ticket
from templates import actions, render

_OPEN = (DraftState.REVIEW, DraftState.SENT_BACK)


def open_update(desk: Desk, press: Press) -> Answer:
    """Open **Draft update**: empty, or with the text that its writer writes anew."""
    return _open(desk, press, drafting.UPDATE)


def open_outreach(desk: Desk, press: Press) -> Answer:
    """Open **Draft outreach**."""
    return _open(desk, press, drafting.OUTREACH)


def open_status_page(desk: Desk, press: Press) -> Answer:
    """Open **Status page**; a text that waits for its release is shown instead."""
    ticket, _ctx = insider(desk, press, press.reference)
    waiting = [d for d in ticket.of(Updates).waiting_drafts() if d.kind is DraftKind.STATUS_PAGE]
    if waiting:
        return shown(desk, press, review_message(desk, press, ticket, waiting[-1]))
    return _open(desk, press, drafting.STATUS_PAGE)


def open_correction(desk: Desk, press: Press) -> Answer:
    """Open **Correct an update**. Source: D24."""
    ticket, ctx = insider(desk, press, press.reference)
    typed = drafting.correcting(ticket, ctx)
    return replies.show_view(desk, press, drafting.drawn(drafting.CORRECTION, ticket, ctx, typed))


def _open(desk: Desk, press: Press, form: TextForm) -> Answer:
    ticket, ctx = insider(desk, press, press.reference)
    typed = drafting.blank(ctx)
    if press.part(1):
        draft = _own_draft(ticket, number(press.part(1), ticket.reference), ctx)
        form = drafting.BY_KIND.get(draft.kind, form)
        typed = drafting.of_draft(draft, ctx)
    return replies.show_view(desk, press, drafting.drawn(form, ticket, ctx, typed))


def _own_draft(ticket: Ticket, wanted: int, ctx: Context) -> Draft:
    draft = ticket.of(Updates).draft(wanted)
    if draft is None or draft.state not in _OPEN or draft.kind not in drafting.BY_KIND:
        raise OldButton(reference=ticket.reference)
    if not ctx.is_actor(draft.written_by.key):
        raise NotAllowed(duties="the writer", people=draft.written_by.name)
    return draft


def type_update(desk: Desk, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/bridge update``."""
    found, ctx = insider(desk, slash, ticket.reference)
    view = drafting.drawn(drafting.UPDATE, found, ctx, drafting.blank(ctx))
    return replies.show_view(desk, slash, view)


def type_correct(desk: Desk, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/bridge correct``."""
    found, ctx = insider(desk, slash, ticket.reference)
    typed = drafting.correcting(found, ctx)
    return replies.show_view(desk, slash, drafting.drawn(drafting.CORRECTION, found, ctx, typed))


def choose_corrected(desk: Desk, press: Press) -> Answer:
    """Draw the form again when another update is to be corrected: its words stand in it then."""
    view = press.view
    if view is None or view.callback_id != actions.VIEW_DRAFT_CORRECTION:
        raise OldButton(reference=press.reference)
    ticket, ctx = insider(desk, press, view.reference)
    typed, shown_before = drafting.of_view(view), drafting.shown_update(view)
    if str(typed.corrects) == shown_before:
        return NOTED
    typed = drafting.turned(typed, ticket, number(shown_before, ticket.reference))
    again = drafting.drawn(drafting.CORRECTION, ticket, ctx, typed)
    desk.interactive.update_view(view.id, again, view_hash=view.hash)
    return NOTED


def choose_next(desk: Desk, press: Press) -> Answer:
    """Draw the form again when a time is chosen: *At another time* brings a field for it."""
    if press.view is None or press.view.callback_id not in drafting.FORMS:
        raise OldButton(reference=press.reference)
    ticket, ctx = insider(desk, press, press.view.reference)
    has_field = "next_at" in press.view.blocks
    if has_field == (press.view.text("next") == promising.OTHER):
        return NOTED
    view = _again(press.view.callback_id, ticket, ctx, drafting.of_view(press.view))
    desk.interactive.update_view(press.view.id, view, view_hash=press.view.hash)
    return NOTED


def _again(callback_id: str, ticket: Ticket, ctx: Context, typed: Typed) -> render.Json:
    return drafting.drawn(drafting.FORMS[callback_id], ticket, ctx, typed)


def put_in_review(desk: Desk, submission: Submission) -> Answer:
    """Put a text in review, or say under its fields what stands against it."""
    view, reference = submission.view, submission.reference
    form = drafting.FORMS[view.callback_id]
    ticket = need_ticket(desk, reference)
    ctx = context_of(desk, submission, ticket)
    edited = drafting.number_of(view)
    command = cmd.DraftText(
        reference,
        form.kind,
        drafting.written(form, view, ticket, ctx),
        promising.promised(view, drafting.base_of(view)),
        view.text("asked_reason"),
        edited,
        drafting.corrects_of(view) if form is drafting.CORRECTION else 0,
    )
    try:
        seen = submit(desk, submission, command)
    except NoNextUpdate as refused:
        raise promising.past(view) from refused
    except WordsRefused as refused:
        objecting.kept(desk, submission, reference, refused, form.kind, edited)
        if "asked_reason" in view.blocks or not objecting.may_be_overruled(refused):
            raise objecting.under_fields(refused) from refused
        typed = drafting.of_view(view, objections=objecting.in_words(refused))
        return replies.updated(_again(view.callback_id, ticket, ctx, typed))
    return _in_review(desk, submission, seen.ticket, edited, ctx)


def _in_review(
    desk: Desk, submission: Submission, ticket: Ticket, edited: int | None, ctx: Context
) -> Answer:
    draft = (
        ticket.of(Updates).draft(edited) if edited is not None else ticket.of(Updates).drafts[-1]
    )
    names = "" if draft is None else who_releases(ticket, draft, ctx)
    return told(desk, submission, ticket, "done_in_review", releasers=names)


def who_releases(ticket: Ticket, draft: Draft, ctx: Context) -> str:
    """Return the names of those who may release a text."""
    keys = asked_about(ticket, draft, ctx)
    return ", ".join(ctx.who(key).name for key in keys)


def open_review(desk: Desk, press: Press) -> Answer:
    """Show a text that waits, with its buttons; nobody releases what they have not read."""
    ticket, _ctx = insider(desk, press, press.reference)
    return shown(desk, press, review_message(desk, press, ticket, _waiting(ticket, press.part(1))))


def _waiting(ticket: Ticket, named: str) -> Draft:
    """Return the text in review that a button names by its number or its kind."""
    waiting = [
        draft
        for draft in ticket.of(Updates).waiting_drafts()
        if named in ("", str(draft.number), draft.kind.value)
    ]
    if not waiting:
        raise OldButton(reference=ticket.reference)
    return waiting[-1]


def release(desk: Desk, press: Press) -> Answer:
    """Release exactly the text that was read: its number and its hash are on the button."""
    reference = press.reference
    command = cmd.ReleaseText(reference, number(press.part(1), reference), press.part(2))
    try:
        ticket = submit(desk, press, command).ticket
    except WordsRefused as refused:
        kind = need_ticket(desk, reference).of(Updates).drafts[command.number - 1].kind
        objecting.kept(desk, press, reference, refused, kind, command.number)
        raise
    except TextChanged:
        _show_again(desk, press, command.number)
        raise
    draft = ticket.of(Updates).draft(command.number)
    if draft is not None and draft.poster is not None:
        return told(desk, press, ticket, "done_released_page", person=draft.poster.name)
    what = draft.kind.value if draft is not None else ""
    nowhere = ticket.of(Road).route.kind is RouteKind.NONE
    return told(desk, press, ticket, "done_released", what=what, no_route=nowhere)


def _show_again(desk: Desk, press: Press, wanted: int) -> None:
    """Show the text as it stands, with buttons bound to it: it is read again, then released."""
    ticket, _ctx = insider(desk, press, press.reference)
    draft = _waiting(ticket, str(wanted))
    replies.tell(desk, press, review_message(desk, press, ticket, draft))


def recall(desk: Desk, press: Press) -> Answer:
    """Take a release back, if its words have not left. Source: D24."""
    reference = press.reference
    command = cmd.RecallText(reference, number(press.part(1), reference))
    return told(desk, press, submit(desk, press, command).ticket, "done_recalled")


def type_recall(desk: Desk, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/bridge recall`` and ``/ticket recall``: the newest release that has not left.

    Raises:
        NothingToRecall: No released text is on its way.
    """
    newest = _newest_release(ticket)
    if newest is None:
        raise NothingToRecall(reference=ticket.reference)
    command = cmd.RecallText(ticket.reference, newest.number)
    return told(desk, slash, submit(desk, slash, command).ticket, "done_recalled")


def _newest_release(ticket: Ticket) -> Draft | None:
    """Return the text that was released last and may be recalled, first one that is not yet.

    Released words for an outreach are sent by people, and stay released.
    """
    found = [
        (draft.recalled_at is None, draft.released_at, draft.number)
        for draft in ticket.of(Updates).drafts
        if draft.state is DraftState.RELEASED
        and draft.kind is not DraftKind.OUTREACH
        and draft.released_at is not None
    ]
    return ticket.of(Updates).draft(max(found)[2]) if found else None


def on_page(desk: Desk, press: Press) -> Answer:
    """Note that the released status text is on the page."""
    reference = press.reference
    command = cmd.SayOnPage(reference, number(press.part(1), reference))
    return told(desk, press, submit(desk, press, command).ticket, "done_on_page")


def open_suggest(desk: Desk, press: Press) -> Answer:
    """Open **Suggest words**, with the text as it stands."""
    ticket, _ctx = insider(desk, press, press.reference)
    draft = _waiting(ticket, press.part(1))
    facts = {
        "draft_number": draft.number,
        "entries": tuple((name, FIELD_LABELS[name], text) for name, text in draft.fields),
        "ref": ticket.reference,
        "written_by": draft.written_by.name,
    }
    return replies.show_view(desk, press, render.view("suggest_words", facts))


def suggest(desk: Desk, submission: Submission) -> Answer:
    """Give the writer other words."""
    reference = submission.reference
    wanted = number(part(submission, 1), reference)
    draft = need_ticket(desk, reference).of(Updates).draft(wanted)
    if draft is None:
        raise OldButton(reference=reference)
    view = submission.view
    fields = tuple((name, normal(view.text(name)) or text) for name, text in draft.fields)
    seen = submit(desk, submission, cmd.SuggestWords(reference, wanted, fields))
    return told(desk, submission, seen.ticket, "done_suggested", writer=draft.written_by.name)


def use_suggested(desk: Desk, press: Press) -> Answer:
    """Take the suggested words over; the writer stays the last editor."""
    reference = press.reference
    wanted = number(press.part(1), reference)
    try:
        ticket = submit(desk, press, cmd.UseSuggested(reference, wanted)).ticket
    except WordsRefused as refused:
        kind = need_ticket(desk, reference).of(Updates).drafts[wanted - 1].kind
        objecting.kept(desk, press, reference, refused, kind, wanted)
        raise replies.Correct(words=objecting.in_words(refused)) from refused
    draft = ticket.of(Updates).draft(wanted)
    ctx = context_of(desk, press, ticket)
    names = "" if draft is None else who_releases(ticket, draft, ctx)
    return told(desk, press, ticket, "done_in_review", releasers=names)


def open_send_back(desk: Desk, press: Press) -> Answer:
    """Open **Send back**."""
    ticket, _ctx = insider(desk, press, press.reference)
    draft = _waiting(ticket, press.part(1))
    facts = {
        "draft_number": draft.number,
        "ref": ticket.reference,
        "written_by": draft.written_by.name,
    }
    return replies.show_view(desk, press, render.view("send_back", facts))


def send_back(desk: Desk, submission: Submission) -> Answer:
    """Return a text to its writer with a reason."""
    reference = submission.reference
    wanted = number(part(submission, 1), reference)
    seen = submit(desk, submission, cmd.SendBack(reference, wanted, submission.view.text("why")))
    draft = seen.ticket.of(Updates).draft(wanted)
    writer = draft.written_by.name if draft is not None else account_name(seen.ticket)
    return told(desk, submission, seen.ticket, "done_sent_back", writer=writer)


PRESSES = {
    actions.UPDATE_DRAFT: open_update,
    actions.OUTREACH_DRAFT: open_outreach,
    actions.STATUS_PAGE_OPEN: open_status_page,
    actions.STATUS_PAGE_ON: on_page,
    actions.UPDATE_NEXT_AT: choose_next,
    actions.UPDATE_CORRECT: open_correction,
    actions.UPDATE_CORRECTS: choose_corrected,
    actions.UPDATE_REVIEW: open_review,
    actions.UPDATE_RELEASE: release,
    actions.UPDATE_RECALL: recall,
    actions.UPDATE_SUGGEST: open_suggest,
    actions.UPDATE_USE_SUGGESTED: use_suggested,
    actions.UPDATE_SEND_BACK: open_send_back,
}
SUBMISSIONS = {
    **dict.fromkeys(drafting.FORMS, put_in_review),
    actions.VIEW_SUGGEST_WORDS: suggest,
    actions.VIEW_SEND_BACK: send_back,
}
TICKET_VERBS = {"recall": type_recall}
BRIDGE_VERBS = {"update": type_update, "correct": type_correct, "recall": type_recall}
