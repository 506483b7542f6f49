"""What is asked before it opens a ticket: a report of an account that asks so. Source: M16."""

from __future__ import annotations

from handlers.kit import grammar, payloads
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, SlackEvent
from handlers.kit.journey import actor_of
from handlers.kit.ports import Acts, Desk, Glance, NotNow
from handlers.kit.replies import NOTED, Answer
from handlers.slack import intake
from handlers.slack.account import is_from_outside
from handlers.slack.replies import heard
from protocols.intake.events import Said
from protocols.intake.modes import Intake, intake_of
from protocols.intake.refusals import AlreadyHeard
from protocols.kernel.command import Command
from protocols.kernel.refusals import AlreadyDone
from protocols.nudges.events import (
    AddToNudge,
    AnswerNudge,
    AskAboutReport,
    RewordNudge,
    name_of,
)
from protocols.nudges.state import AskedBeside, Nudge, NudgeAsking
from protocols.people.people import ENGINE, Actor, Standing
from protocols.replies.hearing import began_in
from protocols.replies.reading import ONE_REPORT
from protocols.replies.state import Heard
from protocols.words.answers.meaning import Meaning, meaning_of
from protocols.words.masking import masked_and_cut
from templates.nudges.words import NUDGE_DECLINE, NUDGE_OPEN


def report(desk: Acts, event: SlackEvent) -> Answer | None:
    """Ask our people about a message from outside that is heard beside no ticket at work.

    Where it stands in a thread that is no ticket's, as under a post of ours, or is of someone who
    is no named contact, it is asked about whether reports open by themselves or not. None where
    nobody is asked.

    Raises:
        NotMet: Slack has not told yet who wrote.
    """
    key = desk.account_of_channel(event.channel_id)
    if key is None:
        return None
    actor = desk.actor(event.team_id or None, event.user_id)
    account = desk.context(actor, key).directory.account(key)
    if account is None or actor.standing is Standing.MEMBER:
        return None
    is_theirs = actor.speaks_for(key) and not event.thread_ts
    asks = (Intake.NUDGE,) if is_theirs else (Intake.NUDGE, Intake.ON)
    if intake_of(account) not in asks or _is_heard(desk, event):
        return None
    if not is_from_outside(desk, event, actor):
        return None
    return _asked(desk, event, key, actor)


def _is_heard(desk: Glance, event: SlackEvent) -> bool:
    """Say whether a message asks for nothing, or stands on a ticket already."""
    if meaning_of(grammar.readable(event.text)) is Meaning.THANKS:
        return True
    here = (event.channel_id, event.thread_ts or event.ts)
    found = desk.tickets_in_channel(event.channel_id)
    # Read late, it may have been opened from before it was heard.
    return any(t.of(Heard).message(event.ts) or began_in(t) == here for t in found)


def _asked(desk: Acts, event: SlackEvent, account_key: str, actor: Actor) -> Answer:
    """Ask about it, or add it to what its writer is asked about."""
    said = _said(desk, event, actor, account_key)
    found = desk.nudges_of(account_key)
    if any(nudge.of(NudgeAsking).has(event.ts) for nudge in found):
        return NOTED
    if _added(desk, event, account_key, said):
        return NOTED
    command = AskAboutReport(
        name_of(event.channel_id, event.ts), account_key, event.channel_id, said, event.thread_ts
    )
    try:
        desk.submit_to_record(command, ENGINE, delivery=event.words)
    except AlreadyHeard:
        return NOTED  # it was opened from while its address was asked for
    except AlreadyDone as asked:
        # What it is part of was heard at the same moment.
        if not _added(desk, event, account_key, said):
            raise NotNow(str(asked)) from asked
    return NOTED


def _added(desk: Acts, event: SlackEvent, account_key: str, said: Said) -> bool:
    """Add it to the question of which it is part, and say whether there is one."""
    beside = AskedBeside(tuple(desk.nudges_of(account_key)))
    found = beside.before(said, event.thread_ts, desk.now() - ONE_REPORT)
    if found is not None:
        _kept(desk, found, AddToNudge(found.reference, said), event.words)
    return found is not None


def _said(desk: Glance, event: SlackEvent, actor: Actor, account_key: str) -> Said:
    text = heard(event)
    link = desk.permalink(event.channel_id, event.ts)
    if event.thread_ts and link:
        link = f"{link}?thread_ts={event.thread_ts}&cid={event.channel_id}"
    is_ours = actor.standing is Standing.MEMBER
    return Said(
        actor.who,
        masked_and_cut(text, grammar.DESCRIPTION_MAX),
        event.ts,
        grammar.summary_and_description(text)[0],
        link,
        is_ours,
        event.written_at,
        outside=not (is_ours or actor.speaks_for(account_key)),
    )


def in_thread(desk: Acts, event: SlackEvent) -> Answer | None:
    """Keep what is written in the thread of a message that is asked about; None of any other."""
    key = desk.account_of_channel(event.channel_id)
    if not event.thread_ts or key is None:
        return None
    found = desk.nudges_of(key)
    here = [each for each in found if each.of(NudgeAsking).stands_in(event.thread_ts)]
    nudge = _without_ticket(desk, event, here)
    if nudge is None:
        return None
    actor = desk.actor(event.team_id or None, event.user_id)
    if actor.standing is Standing.MEMBER or is_from_outside(desk, event, actor):
        command = AddToNudge(nudge.reference, _said(desk, event, actor, key))
        return _kept(desk, nudge, command, event.words)
    return NOTED


def _without_ticket(desk: Glance, event: SlackEvent, found: list[Nudge]) -> Nudge | None:
    """Return the question for which no ticket stands yet; it hears of that a moment later."""
    if not found:
        return None
    began = {began_in(ticket) for ticket in desk.tickets_in_channel(event.channel_id)}
    threads = ((each, each.of(NudgeAsking).thread) for each in found)
    return next((each for each, ts in threads if (event.channel_id, ts) not in began), None)


def _kept(desk: Acts, nudge: Nudge, command: Command, delivery: str) -> Answer:
    """Keep what was written, or is said otherwise, while our people are asked.

    Raises:
        NotNow: They have just answered; in a moment the ticket stands on which it is heard.
    """
    if nudge.of(NudgeAsking).is_opening:
        raise NotNow(nudge.reference)
    try:
        desk.submit_to_record(command, ENGINE, delivery=delivery)
    except AlreadyDone as answered:
        raise NotNow(nudge.reference) from answered
    return NOTED


def altered(desk: Acts, event: SlackEvent) -> Answer | None:
    """Keep what a message says now that is asked about; None of any other."""
    before, now = (payloads.within(event, name) for name in ("previous_message", "message"))
    ts = before.ts or now.ts
    key = desk.account_of_channel(event.channel_id)
    nudge = _without_ticket(desk, event, _about(desk, key, ts)) if key is not None else None
    if nudge is None:
        return None
    actor = desk.actor(event.team_id or None, event.user_id)
    text = heard(now) if now.ts else ""
    command = RewordNudge(
        nudge.reference,
        desk.who(event.user_id) or actor.who,
        ts,
        grammar.summary_and_description(text)[0],
        masked_and_cut(text, grammar.DESCRIPTION_MAX),
    )
    return _kept(desk, nudge, command, f"event:{event.gesture}")


def about(desk: Glance, account_key: str, message_ts: str) -> Nudge | None:
    """Return the question about a message that nobody has answered."""
    found = _about(desk, account_key, message_ts)
    return next((nudge for nudge in found if nudge.of(NudgeAsking).end is None), None)


def _about(desk: Glance, account_key: str, message_ts: str) -> list[Nudge]:
    found = desk.nudges_of(account_key)
    return [each for each in found if each.of(NudgeAsking).has(message_ts)]


def _is_opening(desk: Glance, account_key: str, message_ts: str) -> bool:
    """Say whether a question about a message has its answer, and its ticket is on the way."""
    return any(each.of(NudgeAsking).is_opening for each in _about(desk, account_key, message_ts))


def marked(desk: Desk, event: SlackEvent) -> Answer:
    """Take the ticket emoji of one of us: it answers what is asked about the message."""
    ts, key = intake.marked_message(event), desk.account_of_channel(event.channel_id)
    nudge = about(desk, key, ts) if ts and key is not None else None
    actor = desk.actor(event.team_id or None, event.user_id)
    if ts and key is not None and _is_opening(desk, key, ts):
        return NOTED
    if nudge is None or actor.standing is not Standing.MEMBER:
        return intake.marked(desk, event)
    command = AnswerNudge(nudge.reference, opens=True)
    desk.submit_to_record(command, actor, delivery=f"event:{event.gesture}")
    return NOTED


def _answered(desk: Acts, press: Press) -> Answer:
    """Take **Open ticket** or **No thanks**; the question says itself what became of it."""
    opens = press.action == NUDGE_OPEN
    command = AnswerNudge(press.reference, opens)
    desk.submit_to_record(command, actor_of(desk, press), delivery=press.delivery)
    return NOTED


DOORS = Doors(
    presses={NUDGE_OPEN: _answered, NUDGE_DECLINE: _answered},
    events={"reaction_added": marked},
)
