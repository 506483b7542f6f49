"""The question whether a message is a report, as a kind of record. Source: M16."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.courier.attempts import Addressed
from bot.engine import kinds
from bot.engine.facts import Facts
from bot.engine.kinds import Beginning, Departure, Remainder
from bot.engine.tickets import open_beside
from protocols.kernel.context import Context
from protocols.nudges.events import AskAboutReport
from protocols.nudges.state import AskedBeside, Nudge, NudgeAsking, NudgeHead
from protocols.people.people import ENGINE, Actor
from protocols.relations.events import OpenBeside
from protocols.replies.hearing import LATELY
from protocols.subjects import KINDS
from protocols.triage.roads import is_inside
from protocols.withdrawals.events import Withdrawal
from store.db import Connection
from store.read import nudges
from store.record_rows import RecordRow
from store.write import records, swaps
from templates.nudges.facts import rendering

NAME = nudges.KIND
_plain = kinds.plain_row(NAME)


def _row(nudge: Nudge, written: Remainder) -> RecordRow:
    return replace(_plain(nudge, written), account_key=nudge.of(NudgeHead).account.key)


def _begin(
    conn: Connection, facts: Facts, command: AskAboutReport, actor: Actor, now: datetime
) -> Beginning:
    records.wait_for_openings(conn, facts.policy.reference_prefix)
    beside = open_beside(conn, facts, command.account, now)
    asked = AskedBeside(of_account(conn, command.account, now))
    ctx = facts.context(
        now,
        actor,
        facts.policy,
        beside={OpenBeside: beside, AskedBeside: asked},
        swaps=swaps.standing(conn, now),
    )
    return Beginning(command, ctx)


def _context(
    conn: Connection, facts: Facts, nudge: Nudge, actor: Actor, now: datetime, _asked: object = ()
) -> Context:
    policy, beside = facts.policy_of(conn, nudge.policy_version), OpenBeside()
    if nudge.of(NudgeAsking).end is None:
        beside = open_beside(conn, facts, nudge.of(NudgeHead).account.key, now)
    return facts.context(
        now, actor, policy, beside={OpenBeside: beside}, swaps=swaps.standing(conn, now)
    )


def _leaving(
    _conn: Connection, facts: Facts, _nudge: Nudge, row: Addressed, now: datetime
) -> Departure:
    """Return that the question stays where nobody but us reads the team's channel. D29."""
    channel, ctx = row.payload.get("channel"), facts.context(now, ENGINE, facts.policy)
    is_ours = not isinstance(channel, str) or is_inside(channel, ctx)
    return Departure(None if is_ours else Withdrawal.CHANNEL)


def asked_since(conn: Connection, account_key: str, since: datetime) -> tuple[Nudge, ...]:
    """Return all questions about an account's messages since an instant, newest first."""
    found = (kinds.read(row) for row in nudges.asked_since(conn, account_key, since=since))
    return tuple(nudge.whole() for nudge in found if isinstance(nudge, Nudge))


def of_account(conn: Connection, account_key: str, now: datetime) -> tuple[Nudge, ...]:
    """Return the questions about an account's messages that are not settled, newest first."""
    found = (kinds.read(row) for row in nudges.open_of(conn, account_key, since=now - LATELY))
    return tuple(nudge.whole() for nudge in found if isinstance(nudge, Nudge))


_EVENTS, _NEWER = kinds.known(Nudge, KINDS[Nudge])
NUDGES = kinds.add(
    kinds.RecordKind(
        name=NAME,
        record=Nudge,
        events=_EVENTS,
        newer=_NEWER,
        shelf=records.OTHERS,
        is_numbered=False,
        row=_row,
        begin=_begin,
        context=_context,
        rendering=rendering,
        held_back=kinds.nothing_held_back,
        leaving=_leaving,
    ),
    KINDS[Nudge],
)
