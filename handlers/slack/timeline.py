"""The record that people read and add to: timeline, certificate, notes.

Source: S44, S160; words.md 1, 7.
"""

from __future__ import annotations

from collections.abc import Mapping

from handlers.kit import grammar, replies
from handlers.kit.acting import (
    context_of,
    insider,
    no_bridge,
    opener,
    submit,
    ticket_of_message,
    told,
)
from handlers.kit.doors import Doors
from handlers.kit.edge import Gesture, MessageShortcut, Press, SlackEvent, Slash, Submission
from handlers.kit.grammar import readable
from handlers.kit.journey import actor_of
from handlers.kit.ports import Acts, Answers, Glance
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import NOTED, Answer
from handlers.kit.showing import reader_context, shown
from protocols.bridge.refusals import ChannelShared
from protocols.bridge.rules import guards_of
from protocols.bridge.state import BridgeState
from protocols.kernel.context import Context
from protocols.people.people import ENGINE
from protocols.ticket import Ticket
from protocols.timeline.events import AddNote, NoteEdited
from templates.kit import render
from templates.kit.render import Json, Message
from templates.ticket.certificate import certificate_facts
from templates.ticket.words import CERTIFICATE_POST, TICKET_CERTIFICATE
from templates.timeline.facts import timeline_facts
from templates.timeline.words import NOTE_OPEN, TICKET_TIMELINE, VIEW_NOTE


def _timeline(desk: Glance, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    return replies.said(timeline_message(desk, slash, ticket))


def _certificate(desk: Glance, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    return replies.said(certificate_message(desk, slash, ticket))


def note_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Add a note*."""
    return render.view("note", {"ref": ticket.reference})


def add_note(desk: Acts, submission: Submission) -> Answer:
    """Put a note on the timeline."""
    command = AddNote(submission.reference, submission.view.text("note"))
    return told(desk, submission, submit(desk, submission, command).ticket, "done_note")


def type_note(desk: Acts, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/bridge note TEXT`` and ``/ticket note REF TEXT``; without words a form opens."""
    if rest:
        command = AddNote(ticket.reference, grammar.readable(rest))
        return told(desk, slash, submit(desk, slash, command).ticket, "done_note")
    found, ctx = insider(desk, slash, ticket.reference)
    return replies.show_view(desk, slash, note_form(found, ctx))


def certificate_message(desk: Glance, gesture: Gesture, ticket: Ticket) -> Message:
    """Return a ticket's certificate, with its chain checked now."""
    ctx = reader_context(desk, gesture, ticket)
    history = desk.history(ticket.reference)
    intact = desk.chain_is_intact(ticket.reference)
    facts = certificate_facts(ticket, history, ctx, desk.links, intact=intact)
    return render.message("certificate", facts)


def timeline_message(
    desk: Glance, gesture: Gesture, ticket: Ticket, *, page: int = 1, only_decisions: bool = False
) -> Message:
    """Return one page of a ticket's timeline, in the reader's zone; page 1 is the newest."""
    ctx = reader_context(desk, gesture, ticket)
    history = desk.history(ticket.reference)
    zone = desk.zone_of(gesture.user_id) or "UTC"
    facts = timeline_facts(ticket, history, page, only_decisions, ctx, desk.links, zone)
    return render.message("timeline", facts)


def _pressed_certificate(desk: Answers, press: Press) -> Answer:
    ticket = need_ticket(desk, press.reference)
    return shown(desk, press, certificate_message(desk, press, ticket))


def _pressed_timeline(desk: Answers, press: Press) -> Answer:
    """Show the timeline; the button says which page, or whether decisions alone."""
    ticket = need_ticket(desk, press.reference)
    only_decisions = press.part(1) == "decisions"
    asked = press.part(2 if only_decisions else 1)
    page = int(asked) if asked.isascii() and asked.isdigit() else 1
    message = timeline_message(desk, press, ticket, page=page, only_decisions=only_decisions)
    return shown(desk, press, message)


def _pressed_post(desk: Answers, press: Press) -> Answer:
    """Post the certificate for everyone in its bridge; anywhere else others might read it.

    Raises:
        ChannelShared: The bridge is shared outside.
    """
    ticket = need_ticket(desk, press.reference)
    message = certificate_message(desk, press, ticket)
    here = press.channel_id and press.channel_id == ticket.of(BridgeState).channel_id
    shared_at = ticket.of(BridgeState).shared_at
    if here and shared_at is not None:
        ctx = context_of(desk, press, ticket)
        people = ", ".join(who.name for who in guards_of(ticket, ctx).values())
        raise ChannelShared(shared_at=shared_at, people=people)
    if not here or not press.response_url:
        return replies.say_and_note(desk, press, render.line("not_posted", {}))
    desk.interactive.respond(press.response_url, replies.in_channel(message))
    return NOTED


def note_altered(desk: Acts, event: SlackEvent) -> Answer:
    """Keep that a person changed or deleted a message in a bridge: it is a record."""
    ticket = desk.ticket_of_bridge(event.channel_id)
    before = _text(event, "previous_message")
    deleted = event.subtype == "message_deleted"
    if ticket is None or (not deleted and before == _text(event, "message")):
        return NOTED
    known = desk.who(event.user_id)
    author = known or desk.actor(event.team_id or None, event.user_id).who
    was = grammar.readable(before)
    command = NoteEdited(ticket.reference, author, was, deleted, event.written_at)
    desk.submit(command, ENGINE, delivery=f"event:{event.gesture}")
    return NOTED


def _text(event: SlackEvent, name: str) -> str:
    found = event.fields.get(name)
    text = found.get("text") if isinstance(found, Mapping) else None
    return text if isinstance(text, str) else ""


PUT_ON_TIMELINE = "timeline.put"


def _put_on_timeline(desk: Acts, shortcut: MessageShortcut) -> Answer:
    """Add a message, its author and its place to the timeline; once, whoever does it."""
    ticket = ticket_of_message(desk, shortcut)
    if ticket is None:
        return no_bridge(desk, shortcut)
    author = desk.who(shortcut.author_id)
    command = AddNote(
        ticket.reference,
        readable(shortcut.text),
        author=author.name if author is not None else "",
        link=desk.permalink(shortcut.channel_id, shortcut.message_ts),
    )
    delivery = f"timeline:{shortcut.channel_id}:{shortcut.message_ts}"
    desk.submit(command, actor_of(desk, shortcut), delivery=delivery)
    done = render.line("done_note", {"ref": ticket.reference})
    return replies.say_and_note(desk, shortcut, done)


DOORS = Doors(
    presses={
        NOTE_OPEN: opener(note_form),
        TICKET_CERTIFICATE: _pressed_certificate,
        TICKET_TIMELINE: _pressed_timeline,
        CERTIFICATE_POST: _pressed_post,
    },
    submissions={
        VIEW_NOTE: add_note,
    },
    message_shortcuts={
        PUT_ON_TIMELINE: _put_on_timeline,
    },
    ticket_verbs={"note": type_note},
    bridge_verbs={
        "timeline": _timeline,
        "certificate": _certificate,
        "note": type_note,
    },
)
