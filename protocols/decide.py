"""The one door of the rules: ``decide(ticket, command, context) -> events``, or a refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from protocols import commands as cmd
from protocols import events as ev
from protocols.context import Context
from protocols.kernel.changing import fold
from protocols.refusals import UnknownTicket
from protocols.rules import (
    bridge,
    closure,
    decisions,
    deliveries,
    due_points,
    holds,
    investigation,
    lowering,
    opening,
    roles,
    sending,
    status_page,
    tiering,
    timeline,
    updates,
    withdrawing,
)
from protocols.rules.cleaning import cleaned
from protocols.rules.guards import need_staff
from protocols.rules.ladder import settle
from protocols.rules.rights import known_as
from protocols.slices import Outreach, Updates
from protocols.ticket import DraftKind, StepKind, Ticket

Rule = Callable[[Ticket, Any, Context], tuple[ev.Event, ...]]

RULES: dict[type[cmd.Command], Rule] = {
    cmd.FallDue: due_points.fall_due,
    cmd.TakeDelivery: deliveries.taken,
    cmd.BuryDelivery: deliveries.buried,
    cmd.WithdrawWords: withdrawing.withdraw,
    cmd.RecallText: withdrawing.recall,
    cmd.ConfirmScope: bridge.confirm_scope,
    cmd.BringInNow: lambda ticket, _, ctx: bridge.bring_in_now(ticket, ctx),
    cmd.JoinBridge: lambda ticket, _, ctx: bridge.join(ticket, ctx, joined=True),
    cmd.SayOnIt: lambda ticket, _, ctx: bridge.join(ticket, ctx, joined=False),
    cmd.NoteJoined: bridge.note_joined,
    cmd.NoteLeft: bridge.note_left,
    cmd.InvitePerson: bridge.invite,
    cmd.KeepNinth: bridge.keep_ninth,
    cmd.StartCall: lambda ticket, _, ctx: bridge.start_call(ticket, ctx),
    cmd.ConfirmExposure: lambda ticket, _, ctx: bridge.confirm_exposure(ticket, ctx),
    cmd.NoteShared: bridge.note_shared,
    cmd.TakeRole: roles.accept,
    cmd.DeclineRole: roles.decline,
    cmd.AssignRole: roles.assign,
    cmd.OfferPoc: roles.offer_poc,
    cmd.AnswerPoc: roles.answer_poc,
    cmd.RecordFinding: investigation.record_finding,
    cmd.RecordIsolation: investigation.record_isolation,
    cmd.PlaceHold: holds.place,
    cmd.ConfirmStopped: holds.confirm_stopped,
    cmd.ClearHold: holds.clear,
    cmd.DraftText: updates.draft_text,
    cmd.SuggestWords: updates.suggest,
    cmd.UseSuggested: updates.use_suggested,
    cmd.SendBack: updates.send_back,
    cmd.ReleaseText: status_page.release,
    cmd.SayOnPage: status_page.on_page,
    cmd.SendFixed: sending.send_fixed,
    cmd.ChangeTier: tiering.change_tier,
    cmd.AnswerLowering: tiering.answer_lowering,
    cmd.AddImpacted: tiering.name_impacted,
    cmd.AddNote: timeline.add_note,
    cmd.RecordReply: timeline.record_reply,
    cmd.RecordWords: timeline.record_words,
    cmd.RecordCall: timeline.record_call,
    cmd.NoteEdited: timeline.note_edited,
    cmd.NoteStopped: timeline.note_stopped,
    cmd.MarkSeen: lambda ticket, _, ctx: timeline.mark_seen(ticket, ctx),
    cmd.AskQuestion: timeline.ask_question,
    cmd.AskDecision: decisions.ask,
    cmd.Decide: decisions.make,
    cmd.Resolve: closure.resolve,
    cmd.AnswerSolved: closure.answer,
    cmd.RecordAnswer: closure.record_answer,
    cmd.Reopen: closure.reopen,
    cmd.CloseUnconfirmed: closure.close_unconfirmed,
    cmd.MarkOpenedInError: closure.mark_opened_in_error,
    cmd.RecordRca: closure.record_rca,
}


FROM_OUTSIDE = (cmd.AnswerSolved, cmd.RecordReply)
"""All that anyone from outside may ask: to answer for their account, and to be heard. D29, D32."""


def decide(ticket: Ticket | None, command: cmd.Command, ctx: Context) -> tuple[ev.Event, ...]:
    """Return what happens when a command is asked of a ticket, with all its consequences.

    Returns:
        Events in order; empty when the command states what is so already.

    Raises:
        Refused: The rule says no; the class says why.
    """
    if not isinstance(command, FROM_OUTSIDE):
        need_staff(ctx)
    clean, found = cleaned(command)
    numbers = dict.fromkeys((one.kind.value, one.last4) for one in found)
    masked = tuple(ev.NumberMasked(ctx.now, ctx.by, kind, last4) for kind, last4 in numbers)
    if isinstance(clean, cmd.OpenTicket):
        events = (*opening.open_ticket(clean, ctx), *masked)
        return (*events, *_consequences(fold(events), ctx))
    if ticket is None:
        raise UnknownTicket(reference=command.reference)
    ctx = known_as(ticket, ctx)
    events = RULES[type(clean)](ticket, clean, ctx)
    if not events:
        return ()
    events = (*events, *masked)
    return (*events, *_consequences(fold(events, ticket), ctx))


def _consequences(ticket: Ticket, ctx: Context) -> tuple[ev.Event, ...]:
    """Return what follows from where the ticket now stands, whoever brought it there."""
    follow: list[ev.Event] = [*roles.all_taken(ticket, ctx)]
    reviewers = bridge.reviewers_step(ticket, ctx)
    if reviewers is not None:
        follow.append(ev.StepsAdded(ctx.now, ctx.by, (reviewers,)))
    follow += withdrawing.unsaid(ticket, ctx)
    follow += _outreach_released(ticket, ctx)
    follow += decisions.withdrawn(ticket, ctx)
    follow += lowering.withdrawn(ticket, ctx)
    follow += closure.closed_when_nothing_owed(ticket, ctx)
    return tuple(follow)


def _outreach_released(ticket: Ticket, ctx: Context) -> tuple[ev.Event, ...]:
    """The outreach is met by its list and its released text, whichever comes last. Source: S23."""
    released = any(
        draft.kind is DraftKind.OUTREACH and draft.released_at is not None
        for draft in ticket.of(Updates).drafts
    )
    if not (released and ticket.of(Outreach).impacted):
        return ()
    return settle(
        ticket, StepKind.OUTREACH, ctx, note=f"{len(ticket.of(Outreach).impacted)} accounts"
    )
