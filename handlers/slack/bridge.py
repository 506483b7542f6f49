"""Being on the bridge: joining, the call, who comes, stays and leaves.

Source: D9, D16, D20; S183.
"""

from __future__ import annotations

from handlers.kit import grammar, replies
from handlers.kit.acting import context_of, insider, opener, part, person, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, SlackEvent, Slash, Submission
from handlers.kit.ports import Acts, Answers, Desk, Glance
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import NOTED, Answer
from handlers.slack.account import may_be_ours, reread, reread_team
from protocols.bridge.events import (
    BringInNow,
    GoOnInBridge,
    InvitePerson,
    KeepNinth,
    NoteJoined,
    NoteLeft,
    NoteShared,
    NoteUnshared,
    StartCall,
)
from protocols.bridge.state import BridgeState
from protocols.helpers.calling import ENGINEERING
from protocols.helpers.events import AskEngineering, JoinBridge, SayOnIt
from protocols.helpers.state import Helpers
from protocols.holds.state import Holds
from protocols.kernel.context import Context
from protocols.kernel.refusals import OldButton
from protocols.people.people import ENGINE, Actor, Who
from protocols.rights.guards import need_duty, need_staff
from protocols.ticket import Ticket
from protocols.timeline.events import AddNote
from templates.bridge.words import (
    BRIDGE_ASK_TO_LEAVE,
    BRIDGE_GO,
    BRIDGE_GO_ON,
    BRIDGE_INVITE,
    BRIDGE_JOIN,
    BRIDGE_KEEP,
    CALL_STARTED,
    LINK,
    VIEW_BRING_IN,
    VIEW_KEEP_PERSON,
)
from templates.helpers.facts import brought_in
from templates.helpers.words import BRIDGE_ASK_ENGINEERING, BRIDGE_BRING_IN, BRIDGE_ON_IT
from templates.kit import render
from templates.kit.render import Json


def join(desk: Acts, press: Press) -> Answer:
    """Come into the bridge."""
    seen = submit(desk, press, JoinBridge(press.reference))
    return _where(desk, press, seen.ticket, "done_joined")


def on_it(desk: Acts, press: Press) -> Answer:
    """Answer without coming."""
    seen = submit(desk, press, SayOnIt(press.reference))
    return _where(desk, press, seen.ticket, "done_on_it")


def _where(desk: Answers, press: Press, ticket: Ticket, line: str) -> Answer:
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


def bring_in_now(desk: Acts, press: Press) -> Answer:
    """Do not wait for T+15."""
    seen = submit(desk, press, BringInNow(press.reference))
    return told(desk, press, seen.ticket, "done_brought_in", people=brought_in(seen.ticket))


def ask_engineering(desk: Acts, press: Press) -> Answer:
    """Have Engineering look into an unusual login: Security asks for it. Source: D36."""
    ticket = submit(desk, press, AskEngineering(press.reference)).ticket
    asked = (h.who.name for h in ticket.of(Helpers).helpers if h.duty == ENGINEERING)
    return told(desk, press, ticket, "done_brought_in", people=", ".join(asked))


def start_call(desk: Acts, press: Press) -> Answer:
    """Note that the call runs."""
    seen = submit(desk, press, StartCall(press.reference))
    return told(desk, press, seen.ticket, "done_call")


def bring_in_form(ticket: Ticket, ctx: Context) -> Json:
    """Return the form *Bring someone in*."""
    facts = {
        "here_count": len(ticket.of(BridgeState).here),
        "here_max": ctx.policy.bridge.size,
        "ref": ticket.reference,
    }
    return render.view("bring_in", facts)


def bring_in(desk: Acts, submission: Submission) -> Answer:
    """Bring one more person in."""
    whom = person(desk, submission.view.text("person"))
    return _invite(desk, submission, submission.reference, whom, submission.view.text("reason"))


def type_invite(desk: Acts, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/bridge invite @person``, with a reason when the bridge is full."""
    mention, _, reason = rest.strip().partition(" ")
    if not mention:
        found, ctx = insider(desk, slash, ticket.reference)
        return replies.show_view(desk, slash, bring_in_form(found, ctx))
    whom = person(desk, grammar.person_id(mention))
    return _invite(desk, slash, ticket.reference, whom, grammar.readable(reason))


def _invite(
    desk: Acts, gesture: Submission | Slash, reference: str, whom: Who, reason: str
) -> Answer:
    seen = submit(desk, gesture, InvitePerson(reference, whom, reason))
    return told(desk, gesture, seen.ticket, "done_invited", person=whom.name)


def open_keep(desk: Answers, press: Press) -> Answer:
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


def keep(desk: Acts, submission: Submission) -> Answer:
    """Keep a person above the bridge's size."""
    ticket, _ctx = insider(desk, submission, submission.reference)
    whom = _added(ticket, part(submission, 1))
    command = KeepNinth(ticket.reference, whom, submission.view.text("reason"))
    seen = submit(desk, submission, command)
    return told(desk, submission, seen.ticket, "done_kept", person=whom.name)


def ask_to_leave(desk: Acts, press: Press) -> Answer:
    """Ask one above the bridge's size to leave; that they were asked is on the timeline."""
    ticket, ctx = insider(desk, press, press.reference)
    need_duty(ctx, "cs-manager")
    whom = _added(ticket, press.part(1))
    note = AddNote(ticket.reference, f"{whom.name} is asked to leave the bridge.")
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


def _pressed_go(desk: Acts, press: Press) -> Answer:
    """Let in who was asked to stop payments; name the bridge where the button is no link to it.

    Source: S183, D17.
    """
    ticket = need_ticket(desk, press.reference)
    ctx = context_of(desk, press, ticket)
    need_staff(ctx)
    key, bridge = ctx.by.key, ticket.of(BridgeState)
    is_here = any(who.key == key for who in bridge.here)
    if bridge.channel_id and ticket.of(Holds).asked_to_stop(key) and not is_here:
        submit(desk, press, JoinBridge(ticket.reference))
    if press.part(1) == LINK and is_here:
        return NOTED
    if not bridge.channel_id:
        return replies.say_and_note(
            desk, press, render.line("no_bridge_yet", {"ref": ticket.reference})
        )
    facts = {
        "ref": ticket.reference,
        "channel_id": bridge.channel_id,
        "channel_name": bridge.channel_name,
    }
    return replies.say_and_note(desk, press, render.line("bridge_is", facts))


def joined(desk: Desk, event: SlackEvent) -> Answer:
    """Note who came into a bridge, and who brought them."""
    ticket = desk.ticket_of_bridge(event.channel_id)
    person = _person(desk, event)  # who comes into an account's channel is met before they write
    if ticket is None or person is None:
        return may_be_ours(desk, event) if person is None else reread_team(desk, event)
    inviter = event.fields.get("inviter")
    added_by = desk.who(inviter) if isinstance(inviter, str) and inviter else None
    is_outside = not _is_ours(desk, event)
    command = NoteJoined(ticket.reference, person, added_by, is_outside, late=event.late)
    desk.submit(command, ENGINE if added_by is None else Actor(added_by), delivery=_delivery(event))
    return NOTED


def left(desk: Desk, event: SlackEvent) -> Answer:
    """Note who left a bridge; whether the bot itself left an account's channel is asked."""
    ticket = desk.ticket_of_bridge(event.channel_id)
    person = _person(desk, event)
    if ticket is None or person is None:
        return reread(desk, event) if person is None else NOTED
    command = NoteLeft(ticket.reference, person, late=event.late)
    desk.submit(command, ENGINE, delivery=_delivery(event))
    return NOTED


def _person(desk: Glance, event: SlackEvent) -> Who | None:
    """Return who came or left; None for a bot, and for one the desk knows nothing of."""
    actor = desk.actor(event.team_id or None, event.user_id)
    return desk.who(event.user_id) or (actor.who if actor.is_person else None)


def _is_ours(desk: Glance, event: SlackEvent) -> bool:
    """Say whether who came is one of us; else they are seen there, and on no ticket for it."""
    return desk.who(event.user_id) is not None


def _delivery(event: SlackEvent) -> str:
    return f"event:{event.gesture}:{event.user_id}"


def shared(desk: Desk, event: SlackEvent) -> Answer:
    """Note that a bridge was shared outside; have an account's channel looked at again."""
    ticket: Ticket | None = desk.ticket_of_bridge(event.channel_id)
    if ticket is not None:
        command = NoteShared(ticket.reference, event.channel_id)
        desk.submit(command, ENGINE, delivery=f"event:{event.gesture}")
    return reread(desk, event)


def unshared(desk: Desk, event: SlackEvent) -> Answer:
    """Note that a bridge is ours alone again; one shared with others still stays mute."""
    ticket: Ticket | None = desk.ticket_of_bridge(event.channel_id)
    if ticket is not None and event.fields.get("is_ext_shared") is False:
        command = NoteUnshared(ticket.reference, event.channel_id, event.asked_at)
        desk.submit(command, ENGINE, delivery=f"event:{event.gesture}")
    return reread(desk, event)


def go_on(desk: Desk, press: Press) -> Answer:
    """Have posting go on: the share was taken back, and Slack, asked now, says so too."""
    channel_id = need_ticket(desk, press.reference).of(BridgeState).channel_id
    command = GoOnInBridge(press.reference, desk.is_shared_outside(channel_id))
    seen = submit(desk, press, command)
    return told(desk, press, seen.ticket, "done_go_on")


DOORS = Doors(
    presses={
        BRIDGE_JOIN: join,
        BRIDGE_ON_IT: on_it,
        BRIDGE_BRING_IN: bring_in_now,
        BRIDGE_ASK_ENGINEERING: ask_engineering,
        CALL_STARTED: start_call,
        BRIDGE_KEEP: open_keep,
        BRIDGE_ASK_TO_LEAVE: ask_to_leave,
        BRIDGE_INVITE: opener(bring_in_form),
        BRIDGE_GO: _pressed_go,
        BRIDGE_GO_ON: go_on,
    },
    submissions={
        VIEW_BRING_IN: bring_in,
        VIEW_KEEP_PERSON: keep,
    },
    events={
        "member_joined_channel": joined,
        "member_left_channel": left,
        "channel_shared": shared,
        "channel_unshared": unshared,
    },
    bridge_verbs={
        "invite": type_invite,
    },
)
