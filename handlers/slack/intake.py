"""What a contact writes at the top of their account's channel, heard as a report. M16; D32."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from handlers.kit import grammar, payloads
from handlers.kit.edge import SlackEvent
from handlers.kit.ports import Acts, Desk
from handlers.kit.replies import NOTED, Answer
from handlers.slack.account import is_from_outside
from handlers.slack.replies import heard, on_record, stands_on, written
from protocols.classification.asking import is_another_matter
from protocols.intake.events import HearReport
from protocols.intake.modes import Intake, intake_of
from protocols.intake.refusals import AlreadyHeard
from protocols.intake.state import HeardReport
from protocols.intake.subject_of import subject_of
from protocols.intake.tells import EMOJI
from protocols.kernel.context import Context
from protocols.people.people import ENGINE, Standing, Who
from protocols.replies.hearing import HeardOn
from protocols.replies.reading import ONE_REPORT, joins
from protocols.replies.state import Heard
from protocols.scales import NoticedBy, Severity
from protocols.ticket import Ticket
from protocols.words.answers.meaning import Meaning, meaning_of
from protocols.words.masking import masked_and_cut

_STAMP = re.compile(r"\d{1,12}(?:\.\d{1,9})?", re.ASCII)


def report(desk: Acts, event: SlackEvent) -> Answer | None:
    """Open a ticket for a message, or keep it on its writer's; None where it is no report.

    Only what a named contact writes is one, where the account asks so; greetings and thanks are
    none. Grave words are not kept on a routine ticket.
    """
    key = desk.account_of_channel(event.channel_id)
    if event.thread_ts or key is None:
        return None
    actor = desk.actor(event.team_id or None, event.user_id)
    ctx = desk.context(actor, key)
    account = ctx.directory.account(key)
    if account is None or not actor.speaks_for(key) or intake_of(account) is not Intake.ON:
        return None
    found = desk.tickets_in_channel(event.channel_id)
    if any(stands_on(ticket, event) for ticket in found):
        return NOTED
    text = grammar.readable(event.text)
    greets = meaning_of(text) is Meaning.THANKS
    before = timedelta(0) if greets else ONE_REPORT
    apart = (ticket for ticket in found if not is_another_matter(ticket, text))
    here = (ticket for ticket in apart if not _is_before(event, ticket, before))
    theirs = next((ticket for ticket in here if joins(ticket, actor.who.key, ctx)), None)
    if theirs is not None:
        return written(desk, event, HeardOn(theirs, apart=True))
    if greets:
        return None
    return _opened(desk, event, hear(event, actor.who, heard(event), key, ctx, desk), event.words)


def marked_message(event: SlackEvent) -> str:
    """Return the stamp of the message that was marked with the emoji; empty of any other mark."""
    item = event.fields.get("item")
    if event.fields.get("reaction") != EMOJI or not isinstance(item, Mapping):
        return ""
    return str(item.get("ts") or "")


def marked(desk: Desk, event: SlackEvent) -> Answer:
    """Open a ticket at once for a message from outside that one of us has marked with the emoji."""
    ts = marked_message(event)
    key = desk.account_of_channel(event.channel_id)
    who = desk.who(event.user_id)
    if key is None or who is None or not ts:
        return NOTED
    here = desk.tickets_in_channel(event.channel_id)
    if any(ticket.of(Heard).message(ts) for ticket in here):
        return NOTED
    if event.late and any(
        on_record(desk, ticket, event.channel_id, ts) is not None for ticket in here
    ):
        return NOTED
    found = desk.message_at(event.channel_id, ts)
    if found is None:
        return NOTED
    message = payloads.event({"event": {**found, "channel": event.channel_id}})
    author = desk.actor(message.team_id or None, message.user_id)
    if author.standing is Standing.MEMBER or not is_from_outside(
        desk, replace(message, tries=event.tries), author
    ):
        return NOTED
    ctx = desk.context(author, key)
    text = heard(message)
    command = hear(message, author.who, text, key, ctx, desk)
    # By then it may have been heard, and said to be no report: a colleague says that it is one.
    delivery = f"marked:{message.channel_id}:{message.ts}"
    return _opened(desk, message, replace(command, marked_by=who), delivery)


def _is_before(event: SlackEvent, ticket: Ticket, by: timedelta) -> bool:
    """Say whether a message that is read late was written so long before a ticket's report.

    What was written within the hour is one report, whichever of it was heard first; a greeting that
    went before it is none.
    """
    report_at = _seconds(ticket.of(HeardReport).message_ts)
    return event.late and _seconds(event.ts) + by.total_seconds() < report_at


def _seconds(ts: str) -> float:
    """Return a stamp of Slack's as seconds; 0 of one that is none."""
    return float(ts) if _STAMP.fullmatch(ts) else 0.0


def hear(
    event: SlackEvent, author: Who, text: str, account_key: str, ctx: Context, desk: Acts
) -> HearReport:
    """Return the command that a message is."""
    known = ctx.directory.account(account_key)
    return HearReport(
        reference="",
        team_id=ctx.team_id,
        summary=grammar.summary_and_description(text)[0],
        account_key=account_key,
        noticed_by=NoticedBy.ACCOUNT,
        severity=Severity.MEDIUM,
        category=subject_of(text, ctx.policy, known.kind if known is not None else ""),
        description=masked_and_cut(text, grammar.DESCRIPTION_MAX),
        source_link=desk.permalink(event.channel_id, event.ts),
        author=author,
        channel_id=event.channel_id,
        message_ts=event.ts,
        written_at=event.written_at,
        outside=not ctx.actor.speaks_for(account_key),
    )


def _opened(desk: Acts, event: SlackEvent, command: HearReport, delivery: str) -> Answer:
    try:
        desk.submit(command, ENGINE, delivery=delivery)
    except AlreadyHeard as refused:
        ticket = desk.ticket(str(refused.facts["reference"]))
        if ticket is not None:
            return written(desk, event, HeardOn(ticket, apart=True), delivery=delivery)
    return NOTED
