"""What is written on the timeline beside the bot's own entries; executives' presses.

Source: S150, S152, S160; D11, D19; M4.
"""

from __future__ import annotations

from protocols import commands as cmd
from protocols import events as ev
from protocols.context import Context
from protocols.language import CODES
from protocols.normal_form import words
from protocols.refusals import AlreadyDone, NotYours
from protocols.rules import by_phone, fixed_texts, updates
from protocols.rules.guards import manager_name, need_on_ticket, need_reason
from protocols.rules.ladder import settle
from protocols.rules.rights import speaks_for
from protocols.slices import Executives
from protocols.ticket import Executive, Status, StepKind, Ticket


def add_note(ticket: Ticket, command: cmd.AddNote, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide a note."""
    need_on_ticket(ticket, ctx)
    need_reason(command.text)
    return (ev.NoteAdded(ctx.now, ctx.by, command.text, command.author, command.link),)


def record_reply(ticket: Ticket, command: cmd.RecordReply, ctx: Context) -> tuple[ev.Event, ...]:
    """Record that the account wrote; a reply to a confirmed ticket opens it again. Source: D19.

    Who is not a named contact of this account is on record as from outside, and the contact is
    told; their words open nothing. Source: D32, D42.
    """
    counts = speaks_for(ticket, ctx)
    wrote = ev.CustomerWrote(
        ctx.now,
        ctx.by,
        command.author,
        command.text,
        command.channel_id,
        command.message_ts,
        command.link,
        outside=not counts,
    )
    if not counts:
        return (wrote,)
    if ticket.status in (Status.CONFIRMED, Status.CLOSED) and not is_thanks(command.text):
        back_at = fixed_texts.default_next(ticket, ctx)
        again = fixed_texts.opened_again(ticket, "the account wrote again", back_at, ctx)
        return (wrote, *again)
    return (wrote,)


def is_thanks(text: str) -> bool:
    """Say whether a reply only thanks; it neither closes nor re-opens. Source: D7."""
    said = [word for word in words(text) if not word.isdigit()]
    polite = {"thanks", "thank", "you", "thx", "ok", "okay", "great", "perfect", "many", "all"}
    return 0 < len(said) <= 6 and set(said) <= polite


def record_words(ticket: Ticket, command: cmd.RecordWords, ctx: Context) -> tuple[ev.Event, ...]:
    """Record what someone at the account said by phone."""
    need_on_ticket(ticket, ctx)
    need_reason(command.words)
    said = ev.CustomerSaid(ctx.now, ctx.by, command.speaker, command.said_at, command.words)
    return (said,)


def record_call(ticket: Ticket, command: cmd.RecordCall, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide **I called**: it acknowledges, and with no other road it tells released words.

    Source: D24.
    """
    need_on_ticket(ticket, ctx)
    need_reason(command.note)
    events: list[ev.Event] = [ev.AccountCalled(ctx.now, ctx.by, command.note)]
    told = by_phone.to_read(ticket)
    events += updates.delivered(ticket, told[-1], ctx.now, "", ctx) if told else ()
    if not any(isinstance(e, ev.StepSettled) and e.kind == "acknowledge" for e in events):
        events += settle(ticket, StepKind.ACKNOWLEDGE, ctx, note="by phone")
    return tuple(events)


def note_edited(ticket: Ticket, command: cmd.NoteEdited, ctx: Context) -> tuple[ev.Event, ...]:
    """Record that a message in the bridge was edited or deleted. Source: M4."""
    return (ev.MessageAltered(ctx.now, ctx.by, command.person, command.was, command.deleted),)


def mark_seen(ticket: Ticket, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide **Seen**: a fact of its own, never inferred. Source: D11."""
    executive = _told(ticket, ctx)
    if executive is None:
        raise NotYours(reference=ticket.reference, poc="", manager=manager_name(ctx))
    if executive.seen_at is not None:
        raise AlreadyDone(reference=ticket.reference)
    return (ev.BriefSeen(ctx.now, ctx.by, executive.who),)


def ask_question(ticket: Ticket, command: cmd.AskQuestion, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide **Ask a question**. Source: D11."""
    need_reason(command.text)
    executive = _told(ticket, ctx)
    if executive is None:
        need_on_ticket(ticket, ctx)
    asks = ctx.by if executive is None else executive.who
    return (ev.QuestionAsked(ctx.now, ctx.by, asks, command.text),)


def _told(ticket: Ticket, ctx: Context) -> Executive | None:
    """Return the actor as an executive who was told, under the key that the ticket has."""
    return next(
        (e for e in ticket.of(Executives).executives if ctx.same(e.who.key, ctx.by.key)), None
    )


def note_stopped(ticket: Ticket, command: cmd.NoteStopped, ctx: Context) -> tuple[ev.Event, ...]:
    """Record that a check stopped a text: which check, never the words. Source: M2.

    A refusal writes nothing, so whoever met it has this asked on its own. A code that no check
    has is left out: it could carry words.
    """
    need_on_ticket(ticket, ctx)
    codes = tuple(code for code in dict.fromkeys(command.codes) if code in CODES)
    if not codes:
        return ()
    return (ev.TextStopped(ctx.now, ctx.by, command.kind, codes, command.asked, command.number),)
