"""The end of a ticket: resolved, solved, re-opened, closed, opened by mistake.

Source: S53, S98-S101; D7; words.md 2, 3.5, 4.8.
"""

from __future__ import annotations

from collections.abc import Mapping

from handlers.kit import grammar, replies
from handlers.kit.acting import account_name, insider, number, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash, Submission, View
from handlers.kit.grammar import is_reference
from handlers.kit.journey import actor_of
from handlers.kit.ports import Acts, Answers, Desk, Glance
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import NOTED, Answer, Correct
from handlers.slack.account import need_account, thanks
from handlers.slack.same_problem import answers
from handlers.slack.updates import drafting, objecting
from handlers.slack.updates.drafting import need_words
from handlers.slack.updates.drafts import own_draft
from protocols.account.events import RouteKind
from protocols.account.rules import is_security_matter
from protocols.account.state import Road
from protocols.closure.events import (
    AnswerSolved,
    CloseUnconfirmed,
    MarkOpenedInError,
    NameCause,
    RateResolution,
    Reopen,
    Resolve,
)
from protocols.closure.mistakes import is_told_by_phone, was_told
from protocols.closure.refusals import CouldStandAnywhere
from protocols.closure.rules import OWED_WORDS, has_readers, owed
from protocols.closure.specific import general_fields
from protocols.closure.state import Closure
from protocols.closure.telling import words_of
from protocols.fixed_texts.rules import ENDINGS
from protocols.fixed_texts.state import FixedTexts
from protocols.kernel.context import Context
from protocols.kernel.refusals import OldButton
from protocols.rights.guards import need_on_ticket
from protocols.scales import Tier
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind, DraftText
from protocols.updates.refusals import WordsRefused
from protocols.updates.second_person import reasons
from protocols.updates.state import Draft, Updates
from protocols.verification.refusals import NotVerified
from protocols.verification.rules import is_unverified
from templates.checklist.facts import undone_words
from templates.closure.facts import cause_facts, resolving_facts
from templates.closure.words import (
    CAUSE_OPEN,
    RATING_GIVE,
    SOLVED_NO,
    SOLVED_YES,
    TICKET_MISTAKE,
    TICKET_RESOLVE,
    TICKET_USE_THIS,
    VIEW_NAME_CAUSE,
    VIEW_OPENED_BY_MISTAKE,
    VIEW_RESOLVE,
    VIEW_STILL_WRONG,
)
from templates.kit import render
from templates.kit.render import Json
from templates.kit.scene import Facts
from templates.problems.facts import forecast
from templates.updates.instead import Stop
from templates.updates.words import needed_for, releaser


def solved(desk: Acts, press: Press) -> Answer:
    """Note that the account says it is solved."""
    command = AnswerSolved(press.reference, solved=True)
    ticket = submit(desk, press, command).ticket
    line = render.line("thanks_solved", {"ref": ticket.reference})
    replies.tell(desk, press, thanks(desk, press, ticket) if ticket.is_live else line)
    return NOTED


def rate(desk: Acts, press: Press) -> Answer:
    """Note how someone at the account rates it. Source: M18."""
    stars = number(press.part(1), press.reference)
    submit(desk, press, RateResolution(press.reference, stars))
    replies.tell(desk, press, render.line("thanks_rated", {"stars": stars}))
    return NOTED


def open_still_wrong(desk: Answers, press: Press) -> Answer:
    """Ask someone at the account what is still wrong."""
    ticket = need_ticket(desk, press.reference)
    need_account(desk, press, ticket)
    view = render.view("still_wrong", {"ref": ticket.reference})
    return replies.show_view(desk, press, view)


def still_wrong(desk: Acts, submission: Submission) -> Answer:
    """Note that it is not solved, in the account's own words."""
    words = submission.view.text("still_wrong")
    command = AnswerSolved(submission.reference, solved=False, words=words)
    ticket = submit(desk, submission, command).ticket
    return replies.updated(replies.notice(thanks(desk, submission, ticket), ticket.reference))


DUPLICATE = "duplicate"


def open_mistake(desk: Answers, press: Press) -> Answer:
    """Ask what it was: wrong account, a duplicate, or not a problem."""
    ticket = need_ticket(desk, press.reference)
    need_on_ticket(ticket, desk.context(actor_of(desk, press)))
    account = ticket.account.name if ticket.account is not None else "no account"
    facts = {"ref": ticket.reference, "account": account, "was_told": was_told(ticket)}
    return replies.show_view(desk, press, render.view("opened_by_mistake", facts))


def submit_mistake(desk: Acts, submission: Submission) -> Answer:
    """Take the ticket out of the figures; it stays in the record."""
    view = submission.view
    kind, reason = view.text("mistake"), view.text("reason")
    if not kind:
        raise Correct(mistake=render.line("error_required", {}))
    shown = ""
    if kind == DUPLICATE:
        other = _duplicate_of(desk, submission)
        reason = f"duplicate of {other.reference}: {reason}"
        shown = "" if is_security_matter(other) else other.reference
    command = MarkOpenedInError(submission.reference, kind, reason, shown)
    seen = desk.submit(command, actor_of(desk, submission), delivery=submission.delivery)
    facts = {
        "account": account_name(seen.ticket),
        "ref": submission.reference,
        "releaser": releaser(seen.ticket, DraftKind.DISREGARD),
        "told": _how_told(seen.ticket),
    }
    done = render.line("done_mistake", facts)
    return replies.updated(replies.notice(done))


def _how_told(ticket: Ticket) -> str:
    """Return how the account hears that the ticket was a mistake; empty when it knows of none."""
    if is_told_by_phone(ticket):
        return "call"
    if ticket.of(Updates).waiting_drafts():
        return "review"
    return "leaving" if any(t.name in ENDINGS for t in ticket.of(FixedTexts).fixed_texts) else ""


def _duplicate_of(desk: Glance, submission: Submission) -> Ticket:
    """Return the ticket that this one repeats: another one of the same account, that stands."""
    named = submission.view.text("duplicate_of").strip().upper()
    other = desk.ticket(named) if is_reference(named) else None
    if other is None or named == submission.reference:
        shown = render.refusal("unknown_ticket", {"ref": named or "(nothing)"})
        raise Correct(duplicate_of=shown)
    own = need_ticket(desk, submission.reference).account
    theirs = other.account
    if own is not None and (theirs is None or theirs.key != own.key):
        facts = {"account": own.name, "ref": named}
        raise Correct(duplicate_of=render.line("error_not_their_ticket", facts))
    if other.status is Status.OPENED_IN_ERROR:
        raise Correct(duplicate_of=render.line("error_a_mistake_too", {"ref": named}))
    return other


def resolve_form(
    ticket: Ticket,
    ctx: Context,
    *,
    draft: Draft | None = None,
    words: Mapping[str, str] | None = None,
    stops: tuple[Stop, ...] = (),
    turn: int = 0,
    also: Facts | None = None,
) -> Json:
    """Return the form *Resolve*; its words go through a release, and may be written anew.

    ``turn`` is how often its words were stopped or changed by a press, as in other forms; ``also``
    says which tickets with the same problem they answer.
    """
    stands = words if words is not None else dict(draft.fields) if draft is not None else {}
    general = general_fields(tuple(stands.items()), ticket)
    facts = {
        "account": account_name(ticket),
        **(also if also is not None else forecast((), ())),
        "asks_reason": objecting.asks_reason(stops) or bool(general and not stops),
        **resolving_facts(ticket, ctx, anew=draft is not None),
        "check": stands.get("check", ""),
        "done": stands.get("done", ""),
        "draft_number": draft.number if draft is not None else None,
        "general": general,
        **_release(ticket, "\n".join(stands.values()), ctx),
        "owed": ", ".join(OWED_WORDS[reason] for reason in owed(ticket)),
        "ref": ticket.reference,
        "sent_back_why": draft.sent_back_why if draft is not None else "",
        "stops": stops,
        "turn": turn,
        "undone": undone_words(ticket, ctx),
        "unverified": is_unverified(ticket, "\n".join(stands.values()), ctx),
    }
    kept = (ticket.reference, str(draft.number) if draft is not None else "", "", "", str(turn))
    return render.view("resolve", facts) | {"private_metadata": "|".join(kept)}


def _release(ticket: Ticket, words: str, ctx: Context) -> dict[str, object]:
    """Return whether the words leave on their writer's word, and why not. Source: D45."""
    named = has_readers(ticket)
    needs = reasons(ticket, DraftKind.RESOLUTION, words, ctx) if named else ()
    low = ticket.tier < Tier.CRITICAL
    return {
        "alone": named and not needs,
        "no_route": ticket.of(Road).route.kind is RouteKind.NONE,
        "needs": needed_for(needs) if low else "",
        "needs_release": named,
        "releaser": releaser(ticket, DraftKind.RESOLUTION, ctx.actor),
    }


def open_resolve(desk: Answers, press: Press) -> Answer:
    """Open *Resolve*: empty, or with the words that came back, for whoever wrote them."""
    ticket, ctx = insider(desk, press, press.reference)
    draft = None
    if press.part(1):
        draft = own_draft(ticket, number(press.part(1), ticket.reference), ctx)
        if draft.kind is not DraftKind.RESOLUTION:
            raise OldButton(reference=ticket.reference)
    form = resolve_form(ticket, ctx, draft=draft, also=answers(desk, press, ticket))
    return replies.show_view(desk, press, form)


def type_resolve(desk: Desk, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Open *Resolve* for the ticket that was named, or of the bridge."""
    found, ctx = insider(desk, slash, ticket.reference)
    form = resolve_form(found, ctx, also=answers(desk, slash, found))
    return replies.show_view(desk, slash, form)


def resolve(desk: Acts, submission: Submission) -> Answer:
    """Resolve the ticket; the words for the account go into review."""
    view = submission.view
    command = Resolve(
        submission.reference,
        view.text("done"),
        view.text("how_to_check"),
        view.text("asked_reason"),
        view.text("cause"),
    )
    need_words([("done", command.done), ("how_to_check", command.check)])
    edited = drafting.number_of(view)
    try:
        ticket = submit(desk, submission, _anew(command, edited)).ticket
    except WordsRefused as refused:
        kind = DraftKind.RESOLUTION
        objecting.kept(desk, submission, submission.reference, refused, kind)
        found, ctx = insider(desk, submission, submission.reference)
        also = answers(desk, submission, found, tuple(_words(view).items()))
        form = _stopped(found, ctx, view, _words(view), also)
        if form is None:
            raise objecting.under_fields(refused) from refused
        return replies.updated(form)
    except (CouldStandAnywhere, NotVerified):
        found, ctx = insider(desk, submission, submission.reference)
        also = answers(desk, submission, found, tuple(_words(view).items()))
        return replies.updated(_drawn_again(found, ctx, view, _words(view), also)[0])
    words = words_of(ticket)
    alone = words is not None and words.alone
    named = has_readers(ticket)
    facts = {"needs_release": named, "alone": alone, "anew": edited is not None}
    facts["no_route"] = ticket.of(Road).route.kind is RouteKind.NONE
    by = releaser(ticket, DraftKind.RESOLUTION, actor_of(desk, submission))
    return told(desk, submission, ticket, "done_resolved", releaser=by, **facts)


def _words(view: View) -> dict[str, str]:
    return {"done": view.text("done"), "check": view.text("how_to_check")}


def _stopped(
    ticket: Ticket, ctx: Context, view: View, words: Mapping[str, str], also: Facts
) -> Json | None:
    """Return the form with what stands against its words; None when nothing does."""
    form, stops = _drawn_again(ticket, ctx, view, words, also)
    is_general = bool(general_fields(tuple(words.items()), ticket))
    return form if stops or is_general or words != _words(view) else None


def _drawn_again(
    ticket: Ticket, ctx: Context, view: View, words: Mapping[str, str], also: Facts
) -> tuple[Json, tuple[Stop, ...]]:
    """Return the form in another turn, and what the checks say of its words."""
    edited = drafting.number_of(view)
    draft = ticket.of(Updates).draft(edited) if edited is not None else None
    stops = objecting.stops_in(words, ticket, ctx)
    turn = drafting.turn_of(view) + 1
    form = resolve_form(ticket, ctx, draft=draft, words=words, stops=stops, turn=turn, also=also)
    return form, stops


def use_this(desk: Answers, press: Press) -> Answer:
    """Put the offered words in the place of those that a check stopped. Source: D43."""
    view = press.view
    if view is None or view.callback_id != VIEW_RESOLVE:
        raise OldButton(reference=press.reference)
    ticket, ctx = insider(desk, press, view.reference)
    words = objecting.used(_words(view), press.part(1), press.part(2), ticket, ctx)
    form = _stopped(ticket, ctx, view, words, answers(desk, press, ticket))
    if form is not None:
        desk.interactive.update_view(view.id, form, view_hash=view.hash)
    return NOTED


def open_cause(desk: Answers, press: Press) -> Answer:
    """Open **Name the cause**. Source: D7."""
    ticket, ctx = insider(desk, press, press.reference)
    return replies.show_view(desk, press, render.view("name_cause", cause_facts(ticket, ctx)))


def name_cause(desk: Acts, submission: Submission) -> Answer:
    """Put on record what a resolved ticket came from."""
    command = NameCause(submission.reference, submission.view.text("cause"))
    ticket = submit(desk, submission, command).ticket
    resolution = ticket.of(Closure).resolution
    cause = resolution.cause if resolution is not None else ""
    return told(desk, submission, ticket, "done_cause", cause=cause)


def _anew(command: Resolve, edited: int | None) -> Resolve | DraftText:
    """Return the command that writes the words of a resolution anew; else the one to resolve."""
    if edited is None:
        return command
    fields = (("done", command.done), ("check", command.check))
    kind, reason = DraftKind.RESOLUTION, command.asked_reason
    return DraftText(command.reference, kind, fields, None, reason, edited)


def type_reopen(desk: Acts, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket reopen``, with the reason."""
    command = Reopen(ticket.reference, grammar.readable(rest))
    return told(desk, slash, submit(desk, slash, command).ticket, "done_reopened")


def type_close(desk: Acts, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket close``, with the reason: the account never said whether it is solved."""
    command = CloseUnconfirmed(ticket.reference, grammar.readable(rest))
    closed = submit(desk, slash, command).ticket
    writes = closed.of(Road).route.kind is not RouteKind.NONE
    return told(desk, slash, closed, "done_closed", told=writes)


DOORS = Doors(
    presses={
        CAUSE_OPEN: open_cause,
        SOLVED_YES: solved,
        SOLVED_NO: open_still_wrong,
        RATING_GIVE: rate,
        TICKET_MISTAKE: open_mistake,
        TICKET_RESOLVE: open_resolve,
        TICKET_USE_THIS: use_this,
    },
    submissions={
        VIEW_NAME_CAUSE: name_cause,
        VIEW_STILL_WRONG: still_wrong,
        VIEW_OPENED_BY_MISTAKE: submit_mistake,
        VIEW_RESOLVE: resolve,
    },
    ticket_verbs={
        "reopen": type_reopen,
        "close": type_close,
        "resolve": type_resolve,
    },
    bridge_verbs={
        "resolve": type_resolve,
    },
)
