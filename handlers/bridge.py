"""This file owns being on the bridge: joining, the call, who comes and stays. D9, D16, D20."""

from __future__ import annotations

from handlers import grammar, replies
from handlers.acting import insider, opener, part, person, submit, told
from handlers.desk import Desk
from handlers.edge import Press, Slash, Submission
from handlers.replies import Answer
from protocols import commands as cmd
from protocols.context import Context
from protocols.people import Who
from protocols.refusals import OldButton
from protocols.rules.guards import need_duty
from protocols.ticket import Ticket
from protocols.ticket_parts import BridgeState
from templates import actions, render
from templates.render import Json


def join(desk: Desk, press: Press) -> Answer:
    """Come into the bridge."""
    seen = submit(desk, press, cmd.JoinBridge(press.reference))
    return _where(desk, press, seen.ticket, "done_joined")


def on_it(desk: Desk, press: Press) -> Answer:
    """Answer without coming."""
    seen = submit(desk, press, cmd.SayOnIt(press.reference))
    return _where(desk, press, seen.ticket, "done_on_it")


def _where(desk: Desk, press: Press, ticket: Ticket, line: str) -> Answer:
    bridge = ticket.of(BridgeState)
    if not bridge.channel_id:
        return told(desk, press, ticket, "no_bridge_yet")
    return told(
        desk,
        press,
        ticket,
        line,
        channel_id=bridge.channel_id,
        channel_name=bridge.channel_name,
    )


def bring_in_now(desk: Desk, press: Press) -> Answer:
    """Do not wait for T+15."""
    seen = submit(desk, press, cmd.BringInNow(press.reference))
    return told(desk, press, seen.ticket, "done_brought_in")


def start_call(desk: Desk, press: Press) -> Answer:
    """Note that the call runs."""
    seen = submit(desk, press, cmd.StartCall(press.reference))
    return told(desk, press, seen.ticket, "done_call")


def bring_in_form(ticket: Ticket, ctx: Context) -> Json:
    """Return the form *Bring someone in*."""
    facts = {
        "here_count": len(ticket.of(BridgeState).here),
        "here_max": ctx.policy.bridge.size,
        "ref": ticket.reference,
    }
    return render.view("bring_in", facts)


def bring_in(desk: Desk, submission: Submission) -> Answer:
    """Bring one more person in."""
    whom = person(desk, submission.view.text("person"))
    return _invite(desk, submission, submission.reference, whom, submission.view.text("reason"))


def type_invite(desk: Desk, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/bridge invite @person``, with a reason when the bridge is full."""
    mention, _, reason = rest.strip().partition(" ")
    if not mention:
        found, ctx = insider(desk, slash, ticket.reference)
        return replies.show_view(desk, slash, bring_in_form(found, ctx))
    whom = person(desk, grammar.person_id(mention))
    return _invite(desk, slash, ticket.reference, whom, grammar.readable(reason))


def _invite(
    desk: Desk, gesture: Submission | Slash, reference: str, whom: Who, reason: str
) -> Answer:
    seen = submit(desk, gesture, cmd.InvitePerson(reference, whom, reason))
    return told(desk, gesture, seen.ticket, "done_invited", person=whom.name)


def open_keep(desk: Desk, press: Press) -> Answer:
    """Open **Keep, with a reason**, for a CS manager."""
    ticket, ctx = insider(desk, press, press.reference)
    need_duty(ctx, "cs-manager")
    whom = _added(ticket, press.part(1))
    facts = {
        "here_count": len(ticket.of(BridgeState).here),
        "here_max": ctx.policy.bridge.size,
        "person": whom.name,
        "person_key": whom.key,
        "ref": ticket.reference,
    }
    return replies.show_view(desk, press, render.view("keep_person", facts))


def keep(desk: Desk, submission: Submission) -> Answer:
    """Keep a person above the bridge's size."""
    ticket, _ctx = insider(desk, submission, submission.reference)
    whom = _added(ticket, part(submission, 1))
    command = cmd.KeepNinth(ticket.reference, whom, submission.view.text("reason"))
    seen = submit(desk, submission, command)
    return told(desk, submission, seen.ticket, "done_kept", person=whom.name)


def ask_to_leave(desk: Desk, press: Press) -> Answer:
    """Ask one above the bridge's size to leave; that they were asked is on the timeline."""
    ticket, ctx = insider(desk, press, press.reference)
    need_duty(ctx, "cs-manager")
    whom = _added(ticket, press.part(1))
    note = cmd.AddNote(ticket.reference, f"{whom.name} is asked to leave the bridge.")
    seen = submit(desk, press, note)
    asked = desk.slack_id(whom.key)
    if asked is not None and ticket.of(BridgeState).channel_id:
        facts = {"person": ctx.by.name, "here_max": ctx.policy.bridge.size}
        words = {"text": render.line("asked_to_leave", facts)}
        desk.interactive.say_to(ticket.of(BridgeState).channel_id, asked, words)
    return told(desk, press, seen.ticket, "done_asked_to_leave", person=whom.name)


def _added(ticket: Ticket, key: str) -> Who:
    """Return the person on the button, while they are in the bridge.

    Raises:
        OldButton: They have left.
    """
    found = next((who for who in ticket.of(BridgeState).here if who.key == key), None)
    if found is None:
        raise OldButton(reference=ticket.reference)
    return found


PRESSES = {
    actions.BRIDGE_JOIN: join,
    actions.BRIDGE_ON_IT: on_it,
    actions.BRIDGE_BRING_IN: bring_in_now,
    actions.BRIDGE_INVITE: opener(bring_in_form),
    actions.BRIDGE_KEEP: open_keep,
    actions.BRIDGE_ASK_TO_LEAVE: ask_to_leave,
    actions.CALL_STARTED: start_call,
}
SUBMISSIONS = {
    actions.VIEW_BRING_IN: bring_in,
    actions.VIEW_KEEP_PERSON: keep,
}
BRIDGE_VERBS = {"invite": type_invite}
