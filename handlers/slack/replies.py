"""What the account says: written in its channel, pressed there, told by phone.

Source: S98, S99; D7, D19, T13.
"""

from __future__ import annotations

from handlers.kit import grammar, payloads, replies
from handlers.kit.acting import account_name, context_of, opener, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, SlackEvent, Submission, View
from handlers.kit.ports import Acts, Glance
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import NOTED, Answer
from handlers.slack import notices
from handlers.slack.account import NO_WORDS, is_from_outside, need_account, thanks
from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.closure.answering import ENDED, may_confirm
from protocols.closure.events import RecordAnswer
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.refusals import OldButton
from protocols.opening.events import Opening
from protocols.people.people import ENGINE, Contact, Standing
from protocols.replies.events import (
    ColleagueWrote,
    CustomerWrote,
    ReadAnswer,
    RecordAlteration,
    RecordCall,
    RecordOwnWords,
    RecordReply,
    RecordWords,
    WordsAltered,
)
from protocols.replies.hearing import HeardOn, message_in, written_on
from protocols.replies.state import Heard
from protocols.targets.events import Blocked, SayBlocked, SayWhatIsBlocked
from protocols.targets.state import Blocking
from protocols.ticket import Ticket
from templates.account.words import ACCOUNT_BLOCKED
from templates.kit import outward, render
from templates.kit.render import Json, Message
from templates.replies.attached import AttachedLine
from templates.replies.words import (
    ANSWER_NO,
    ANSWER_YES,
    CALLED_OPEN,
    VIEW_CALLED,
    VIEW_THEIR_WORDS,
    WORDS_OPEN,
)
from templates.targets.words import BLOCKED_WHAT


def blocked(desk: Acts, press: Press) -> Answer:
    """Keep **It blocks my business** as the account's word on the ticket."""
    ticket = need_ticket(desk, press.reference)
    actor = need_account(desk, press, ticket)
    # Where the button stands in no message, the gesture itself is the identity.
    stamp = f"{press.message_ts or press.delivery}/blocked/{press.user_id}"
    command = SayBlocked(press.reference, actor.who.name, press.channel_id, stamp)
    noted = submit(desk, press, command).ticket
    replies.tell(desk, press, _thanks_blocked(desk, press, noted))
    return NOTED


def _thanks_blocked(desk: Acts, press: Press, ticket: Ticket) -> Message | str:
    """Return the thanks, with by when a person answers, and the question what it blocks.

    Once they have said it, or the ticket is resolved, nothing is asked.
    """
    blocking = ticket.of(Blocking)
    if blocking.answer_at is None or not (blocking.is_owed and ticket.is_live):
        return thanks(desk, press, ticket)
    facts = outward.of_press(context_of(desk, press, ticket), ticket)
    if blocking.what is not None:
        return render.line("thanks_blocked", {**facts, "at": blocking.answer_at})
    return render.message("blocked_asked", {**facts, "answer_at": blocking.answer_at})


def blocked_what(desk: Acts, press: Press) -> Answer:
    """Keep what it blocks, as the account presses it."""
    ticket = need_ticket(desk, press.reference)
    actor = need_account(desk, press, ticket)
    if press.part(1) not in tuple(Blocked):
        raise OldButton(reference=press.reference)
    command = SayWhatIsBlocked(press.reference, actor.who.name, Blocked(press.part(1)))
    noted = submit(desk, press, command).ticket
    if not noted.is_live:
        return replies.say_and_note(desk, press, thanks(desk, press, noted))
    blocking, facts = noted.of(Blocking), outward.of_press(context_of(desk, press, noted), noted)
    answer_at = blocking.answer_at if blocking.is_owed else None
    line = render.line("thanks_blocked_what", {**facts, "at": answer_at})
    return replies.say_and_note(desk, press, line)


MOST_CONTACTS = 9
"""How many contacts the form offers: Slack shows ten choices, and one of them is someone else."""


def words_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Record their words*; while it is resolved, it asks for their answer."""
    facts = {
        "account": account_name(ticket),
        "asks_solved": ticket.status in ENDED or may_confirm(ticket),
        "contacts": tuple(
            (str(place), contact.name) for place, contact in enumerate(_contacts(ticket))
        ),
        "ref": ticket.reference,
    }
    return render.view("their_words", facts)


def _contacts(ticket: Ticket) -> tuple[Contact, ...]:
    return ticket.account.contacts[:MOST_CONTACTS] if ticket.account is not None else ()


def _speaker(ticket: Ticket, view: View) -> str:
    """Return who said it: the contact that was picked, else the name that was typed."""
    chosen = view.text("contact")
    if chosen.isascii() and chosen.isdigit() and int(chosen) < len(_contacts(ticket)):
        return _contacts(ticket)[int(chosen)].name
    return view.text("speaker")


def record_words(desk: Acts, submission: Submission) -> Answer:
    """Keep what someone at the account said by phone; an answer counts as theirs."""
    view, reference = submission.view, submission.reference
    said_at, words = view.text("said_at"), view.text("words")
    speaker = _speaker(need_ticket(desk, reference), view)
    if not speaker.strip():
        raise replies.Correct(speaker=render.line("error_required", {}))
    solved = view.text("solved")
    command: Command
    if solved in ("yes", "no"):
        command = RecordAnswer(reference, speaker, said_at, words, solved == "yes")
    else:
        command = RecordWords(reference, speaker, said_at, words)
    return told(desk, submission, submit(desk, submission, command).ticket, "done_words")


def called_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *I called*."""
    return render.view("called", {"account": account_name(ticket), "ref": ticket.reference})


def record_call(desk: Acts, submission: Submission) -> Answer:
    """Keep that the account was called: whom, and what was said."""
    speaker = submission.view.text("speaker").strip()
    note = submission.view.text("note").strip()
    spoken = f"{speaker}: {note}" if speaker and note else speaker or note
    ticket = submit(desk, submission, RecordCall(submission.reference, spoken)).ticket
    return told(desk, submission, ticket, "done_call")


MOST_FILES = 10


def attached(event: SlackEvent) -> str:
    """Return what hangs on a message, as its words go on; empty where nothing does."""
    files = tuple(
        AttachedLine(file.name, file.kind, file.size)
        for file in map(payloads.attached, payloads.files(event))
    )
    if not files:
        return ""
    more = max(0, len(files) - MOST_FILES)
    return render.line("attached", {"files": files[:MOST_FILES], "more": more})


def heard(event: SlackEvent) -> str:
    """Return what a message says, and what hangs on it."""
    words = (grammar.readable(event.text), attached(event))
    return "\n".join(filter(None, words)) or NO_WORDS


def written(desk: Acts, event: SlackEvent, found: HeardOn, *, delivery: str = "") -> Answer:
    """Keep a message in an account's channel: of someone outside, or of ours in a ticket's thread.

    Beside a ticket's thread it changes nothing by itself. Source: D15, D19, D42.

    Raises:
        NotMet: Slack has not told yet who wrote.
    """
    if stands_on(found.ticket, event):
        return NOTED
    actor = desk.actor(event.team_id or None, event.user_id)
    files = attached(event)
    text = grammar.readable(event.text) or ("" if files else NO_WORDS)
    place = (event.channel_id, event.ts, desk.permalink(event.channel_id, event.ts))
    delivery = delivery or event.words
    if event.late and on_record(desk, found.ticket, event.channel_id, event.ts) is not None:
        return NOTED
    if actor.standing is Standing.MEMBER:
        if not found.apart:
            own = "\n".join(filter(None, (text, files)))
            command = RecordOwnWords(found.ticket.reference, own, *place, event.written_at)
            desk.submit(command, actor, delivery=delivery)
        return NOTED
    if not is_from_outside(desk, event, actor):
        return NOTED
    reply = RecordReply(
        found.ticket.reference,
        actor.who.name,
        text,
        *place,
        apart=found.apart,
        written_at=event.written_at,
        files=len(payloads.files(event)),
        attached=files,
    )
    desk.submit(reply, actor, delivery=delivery)
    return NOTED


def stands_on(ticket: Ticket, event: SlackEvent) -> bool:
    """Say whether a message is at hand on a ticket, or the ticket was opened from it."""
    began_with = message_in(ticket.of(Opening).source_link)
    here = (event.channel_id, event.ts)
    return ticket.of(Heard).message(event.ts) is not None or began_with == here


def on_record(desk: Glance, ticket: Ticket, channel_id: str, message_ts: str) -> str | None:
    """Return what a message of a channel says on a ticket's record, None where it is not there."""
    words = (
        past.text
        for past in reversed(desk.history(ticket.reference))
        if isinstance(past, CustomerWrote | ColleagueWrote | WordsAltered)
        and past.message_ts == message_ts
        and past.channel_id in ("", channel_id)
    )
    return next(words, None)


def altered(desk: Acts, event: SlackEvent) -> Answer:
    """Keep what words in an account's channel were, and are, when they were heard on a ticket."""
    before, now = (payloads.within(event, name) for name in ("previous_message", "message"))
    words = before if before.ts else now
    found = desk.tickets_in_channel(event.channel_id)
    ticket = written_on(found, words.ts, words.thread_ts)
    was: str | None = grammar.readable(before.text)
    if ticket is None:
        return notices.altered(desk, event, was or "")
    text = grammar.readable(now.text)
    if event.late:
        # Slack shows what words are, and not what they were: that stands on record, or nowhere.
        is_gone = event.subtype == "message_deleted"
        was, text = (
            on_record(desk, ticket, event.channel_id, words.ts),
            "" if is_gone else heard(now),
        )
    if was is None or was == text:
        return NOTED
    actor = desk.actor(event.team_id or None, event.user_id)
    person = desk.who(event.user_id) or actor.who
    link = desk.permalink(event.channel_id, words.ts)
    command = RecordAlteration(
        ticket.reference, person, was, text, event.channel_id, words.ts, link, event.written_at
    )
    desk.submit(command, ENGINE, delivery=f"event:{event.gesture}")
    return NOTED


def read_answer(desk: Acts, press: Press) -> Answer:
    """Take what one of us reads in a message of the account: a Yes, or a No."""
    solved = press.action == ANSWER_YES
    ticket = submit(desk, press, ReadAnswer(press.reference, press.part(1), solved)).ticket
    if not solved:
        return told(desk, press, ticket, "done_answer_no")
    writes = ticket.of(Road).route.kind is not RouteKind.NONE
    return told(desk, press, ticket, "done_answer_yes", told=writes)


DOORS = Doors(
    presses={
        ACCOUNT_BLOCKED: blocked,
        BLOCKED_WHAT: blocked_what,
        ANSWER_NO: read_answer,
        ANSWER_YES: read_answer,
        WORDS_OPEN: opener(words_form),
        CALLED_OPEN: opener(called_form),
    },
    submissions={
        VIEW_THEIR_WORDS: record_words,
        VIEW_CALLED: record_call,
    },
)
