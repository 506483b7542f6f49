"""A text in review: read, released by another, suggested anew, sent back.

Source: S46-S52; D15, D22.
"""

from __future__ import annotations

from handlers.kit import replies
from handlers.kit.acting import account_name, context_of, insider, number, part, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Gesture, Press, Submission
from handlers.kit.ports import Acts, Answers, Glance
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer
from handlers.kit.showing import shown
from handlers.slack.updates import drafting, objecting
from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.kernel.context import Context
from protocols.kernel.refusals import OldButton
from protocols.outreach.rules import others
from protocols.ticket import Ticket
from protocols.updates.checking import FIELD_LABELS
from protocols.updates.events import DraftKind, ReleaseText, SendBack, SuggestWords, UseSuggested
from protocols.updates.hands import asked_about
from protocols.updates.refusals import TextChanged, WordsRefused
from protocols.updates.state import Draft, Updates
from protocols.words.normal_form import normal
from templates.kit import render
from templates.kit.presenting import facts_of
from templates.kit.render import Message
from templates.updates.words import (
    UPDATE_RELEASE,
    UPDATE_REVIEW,
    UPDATE_SEND_BACK,
    UPDATE_SUGGEST,
    UPDATE_SUGGEST_THIS,
    UPDATE_USE_SUGGESTED,
    VIEW_SEND_BACK,
    VIEW_SUGGEST_WORDS,
    releaser,
)


def review_message(desk: Glance, gesture: Gesture, ticket: Ticket, draft: Draft) -> Message:
    """Return a text in review, with its buttons bound to what is read."""
    ctx = context_of(desk, gesture, ticket)
    params = {"draft": draft.number}
    return render.message("review", facts_of("review", params, ticket, ctx, desk.links))


def who_releases(ticket: Ticket, draft: Draft, ctx: Context) -> str:
    """Return the names of those who may release a text."""
    keys = asked_about(ticket, draft, ctx)
    return ", ".join(ctx.who(key).name for key in keys)


def open_review(desk: Answers, press: Press) -> Answer:
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


def release(desk: Acts, press: Press) -> Answer:
    """Release exactly the text that was read: its number and its hash are on the button."""
    reference = press.reference
    command = ReleaseText(reference, number(press.part(1), reference), press.part(2))
    try:
        ticket = submit(desk, press, command).ticket
    except WordsRefused as refused:
        kind = need_ticket(desk, reference).of(Updates).drafts[command.number - 1].kind
        objecting.kept(desk, press, reference, refused, kind, command.number)
        _offer_others(desk, press, command.number)
        raise
    except TextChanged:
        _show_again(desk, press, command.number)
        raise
    draft = ticket.of(Updates).draft(command.number)
    if draft is not None and draft.poster is not None:
        return told(desk, press, ticket, "done_released_page", person=draft.poster.name)
    what = draft.kind.value if draft is not None else ""
    nowhere = ticket.of(Road).route.kind is RouteKind.NONE
    return told(
        desk,
        press,
        ticket,
        "done_released",
        what=what,
        no_route=nowhere,
        accounts_count=len(others(ticket)),
    )


def _offer_others(desk: Answers, press: Press, wanted: int) -> None:
    """Show what stops a text, and what could stand in its place: whoever releases it suggests it.

    Where the words need their writer, nothing is offered. Source: D43.
    """
    ticket, ctx = insider(desk, press, press.reference)
    draft = _waiting(ticket, str(wanted))
    if draft.kind is DraftKind.DISREGARD:
        return
    facts = {
        "draft_number": wanted,
        "ref": ticket.reference,
        "stops": objecting.stops_in(dict(draft.fields), ticket, ctx),
        "written_by": draft.written_by.name,
    }
    replies.tell(desk, press, render.message("stopped_release", facts))


def suggest_this(desk: Acts, press: Press) -> Answer:
    """Give the writer the words that were offered instead of those that a check stops."""
    ticket, ctx = insider(desk, press, press.reference)
    draft = _waiting(ticket, press.part(1))
    fields = objecting.all_used(draft.fields, ticket, ctx)
    submit(desk, press, SuggestWords(ticket.reference, draft.number, fields))
    return told(desk, press, ticket, "done_suggested", writer=draft.written_by.name)


def _show_again(desk: Answers, press: Press, wanted: int) -> None:
    """Show the text as it stands, with buttons bound to it: it is read again, then released."""
    ticket, _ctx = insider(desk, press, press.reference)
    draft = _waiting(ticket, str(wanted))
    replies.tell(desk, press, review_message(desk, press, ticket, draft))


def open_suggest(desk: Answers, press: Press) -> Answer:
    """Open **Suggest words**, with the text as it stands."""
    ticket, ctx = insider(desk, press, press.reference)
    draft = _waiting(ticket, press.part(1))
    facts = {
        "draft_number": draft.number,
        "entries": tuple((name, FIELD_LABELS[name], text) for name, text in draft.fields),
        "ref": ticket.reference,
        "releaser": releaser(ticket, draft.kind, ctx.actor),
        "written_by": draft.written_by.name,
    }
    return replies.show_view(desk, press, render.view("suggest_words", facts))


def suggest(desk: Acts, submission: Submission) -> Answer:
    """Give the writer other words."""
    reference = submission.reference
    wanted = number(part(submission, 1), reference)
    draft = need_ticket(desk, reference).of(Updates).draft(wanted)
    if draft is None:
        raise OldButton(reference=reference)
    view = submission.view
    fields = tuple((name, normal(view.text(name)) or text) for name, text in draft.fields)
    seen = submit(desk, submission, SuggestWords(reference, wanted, fields))
    return told(desk, submission, seen.ticket, "done_suggested", writer=draft.written_by.name)


def use_suggested(desk: Acts, press: Press) -> Answer:
    """Take the suggested words over; the writer stays the last editor."""
    reference = press.reference
    wanted = number(press.part(1), reference)
    try:
        ticket = submit(desk, press, UseSuggested(reference, wanted)).ticket
    except WordsRefused as refused:
        ticket, ctx = insider(desk, press, reference)
        suggested = ticket.of(Updates).drafts[wanted - 1]
        objecting.kept(desk, press, reference, refused, suggested.kind, wanted)
        form = drafting.BY_KIND.get(suggested.kind)
        if form is None:
            raise replies.Correct(words=objecting.in_words(refused)) from refused
        typed = drafting.of_suggestion(suggested, ticket, ctx)
        return replies.show_view(desk, press, drafting.drawn(form, ticket, ctx, typed))
    draft = ticket.of(Updates).draft(wanted)
    ctx = context_of(desk, press, ticket)
    names = "" if draft is None else who_releases(ticket, draft, ctx)
    hint = "" if draft is None else objecting.hint(ticket, draft.fields, ctx)
    return told(desk, press, ticket, "done_in_review", releasers=names, hint=hint)


def open_send_back(desk: Answers, press: Press) -> Answer:
    """Open **Send back**."""
    ticket, _ctx = insider(desk, press, press.reference)
    draft = _waiting(ticket, press.part(1))
    facts = {
        "draft_number": draft.number,
        "ref": ticket.reference,
        "written_by": draft.written_by.name,
    }
    return replies.show_view(desk, press, render.view("send_back", facts))


def send_back(desk: Acts, submission: Submission) -> Answer:
    """Return a text to its writer with a reason."""
    reference = submission.reference
    wanted = number(part(submission, 1), reference)
    seen = submit(desk, submission, SendBack(reference, wanted, submission.view.text("why")))
    draft = seen.ticket.of(Updates).draft(wanted)
    writer = draft.written_by.name if draft is not None else account_name(seen.ticket)
    return told(desk, submission, seen.ticket, "done_sent_back", writer=writer)


DOORS = Doors(
    presses={
        UPDATE_REVIEW: open_review,
        UPDATE_RELEASE: release,
        UPDATE_SUGGEST: open_suggest,
        UPDATE_SUGGEST_THIS: suggest_this,
        UPDATE_USE_SUGGESTED: use_suggested,
        UPDATE_SEND_BACK: open_send_back,
    },
    submissions={
        VIEW_SUGGEST_WORDS: suggest,
        VIEW_SEND_BACK: send_back,
    },
)
