"""What is decided when a due point comes; it never comes twice. Source: S35, S171, S177, S185."""

from __future__ import annotations

from collections.abc import Callable

from protocols import commands as cmd
from protocols import events as ev
from protocols.context import Context
from protocols.dues import role_of
from protocols.people import Role
from protocols.rules import bridge, decisions, fixed_texts, holds, lowering, roles
from protocols.rules.ladder import INVESTIGATION
from protocols.slices import Ladder, Promises, Updates
from protocols.ticket import Status, StepState, Ticket
from protocols.ticket_parts import BridgeState

Rule = Callable[[Ticket, cmd.FallDue, Context], tuple[ev.Event, ...]]


def fall_due(ticket: Ticket, command: cmd.FallDue, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide a due point: first that it has passed, then what it causes."""
    passed = ev.DuePassed(ctx.now, ctx.by, command.key, command.kind, command.planned_at)
    if command.kind.startswith("role_"):
        return (passed, *roles.lapse(ticket, role_of(command.kind), ctx))
    return (passed, *_RULES[command.kind](ticket, command, ctx))


def _step_late(ticket: Ticket, command: cmd.FallDue, ctx: Context) -> tuple[ev.Event, ...]:
    _, kind, run = command.key.split(":")
    return tuple(
        ev.StepLate(ctx.now, ctx.by, step.kind, step.run)
        for step in ticket.of(Ladder).steps
        if step.kind == kind and step.run == int(run) and step.state is StepState.OWED
    )


def _open_activation(ticket: Ticket, command: cmd.FallDue, ctx: Context) -> tuple[ev.Event, ...]:
    if ticket.of(BridgeState).brought_in_at is not None and ticket.of(Ladder).ladder_run == 1:
        return ()
    return bridge.activation(ticket, ctx)


def _open_investigation(ticket: Ticket, command: cmd.FallDue, ctx: Context) -> tuple[ev.Event, ...]:
    return (ev.StepsOpened(ctx.now, ctx.by, INVESTIGATION),)


def _prompt_update(ticket: Ticket, command: cmd.FallDue, ctx: Context) -> tuple[ev.Event, ...]:
    promise = ticket.of(Promises).promise
    if promise is None:
        return ()
    return (ev.UpdatePrompted(ctx.now, ctx.by, promise.number, in_bridge=False),)


def _last_call(ticket: Ticket, command: cmd.FallDue, ctx: Context) -> tuple[ev.Event, ...]:
    promise = ticket.of(Promises).promise
    if promise is None or not ticket.of(Updates).waiting_drafts():
        return ()
    return (ev.UpdatePrompted(ctx.now, ctx.by, promise.number, in_bridge=True),)


def _promise_due(ticket: Ticket, command: cmd.FallDue, ctx: Context) -> tuple[ev.Event, ...]:
    return fixed_texts.late_text(ticket, ctx)


def _decision_due(ticket: Ticket, command: cmd.FallDue, ctx: Context) -> tuple[ev.Event, ...]:
    return decisions.lapse(ticket, int(command.key.split(":")[1]), ctx)


def _review(escalated: bool) -> Rule:
    def decide(ticket: Ticket, command: cmd.FallDue, ctx: Context) -> tuple[ev.Event, ...]:
        number = int(command.key.split(":")[1])
        return (ev.ReviewReminded(ctx.now, ctx.by, number, escalated),)

    return decide


def _stop_unanswered(ticket: Ticket, command: cmd.FallDue, ctx: Context) -> tuple[ev.Event, ...]:
    return holds.stop_lapse(ticket, int(command.key.split(":")[1]), ctx)


def _lowering_unanswered(
    ticket: Ticket, command: cmd.FallDue, ctx: Context
) -> tuple[ev.Event, ...]:
    return lowering.lapse(ticket, int(command.key.split(":")[1]), ctx)


def _confirm_remind(ticket: Ticket, command: cmd.FallDue, ctx: Context) -> tuple[ev.Event, ...]:
    return (ev.ConfirmationReminded(ctx.now, ctx.by),)


def _confirm_reopen(ticket: Ticket, command: cmd.FallDue, ctx: Context) -> tuple[ev.Event, ...]:
    if ticket.status is not Status.RESOLVED:
        return ()
    back_at = ctx.calendar.due(ctx.now, ctx.policy.resolution.confirm_reminder)
    return fixed_texts.opened_again(
        ticket, "no answer from the account", back_at, ctx, by_silence=True
    )


def _rca(late: bool) -> Rule:
    def decide(ticket: Ticket, command: cmd.FallDue, ctx: Context) -> tuple[ev.Event, ...]:
        return (ev.RcaReminded(ctx.now, ctx.by, late),)

    return decide


def _archive(ticket: Ticket, command: cmd.FallDue, ctx: Context) -> tuple[ev.Event, ...]:
    return (ev.BridgeArchiveAsked(ctx.now, ctx.by),)


_RULES: dict[str, Rule] = {
    "step_late": _step_late,
    "open_activation": _open_activation,
    "open_investigation": _open_investigation,
    "prompt_update": _prompt_update,
    "last_call": _last_call,
    "promise_due": _promise_due,
    "decision_due": _decision_due,
    "review_waits": _review(escalated=False),
    "review_escalates": _review(escalated=True),
    "stop_unanswered": _stop_unanswered,
    "lowering_unanswered": _lowering_unanswered,
    "confirm_remind": _confirm_remind,
    "confirm_reopen": _confirm_reopen,
    "rca_remind": _rca(late=False),
    "rca_late": _rca(late=True),
    "archive": _archive,
}

KINDS: frozenset[str] = frozenset(_RULES) | {f"role_{role}" for role in Role}
"""Every kind of due point that this program has a rule for."""
