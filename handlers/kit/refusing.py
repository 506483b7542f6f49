"""The sentence of each refusal: the facts that its words need, whoever raised it.

A rule names its facts as the rule knows them; a sentence names them as a reader does. The two
meet here, so that every refusal has a sentence even where a rule has nothing to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from handlers.kit.ports import Glance
from protocols.decisions import rules as decisions
from protocols.escalation.rules import may_be_asked
from protocols.kernel.context import Context
from protocols.kernel.refusals import Refusal, UnknownTicket
from protocols.routing.teams import known_teams
from protocols.ticket import Ticket
from templates.kit import render
from templates.kit.titles import duration

_NOBODY = "nobody on duty now"
_RENAMED = {
    "reference": "ref",
    "poc": "contact",
    "since_at": "at",
    "changed_at": "at",
    "placed_at": "at",
    "asked_at": "at",
    "shared_at": "at",
    "decided_at": "at",
    "ended_at": "at",
    "opens_at": "at",
    "sent_at": "at",
    "released_at": "at",
    "promised_at": "at",
    "duties": "needed",
    "count": "here_count",
}


def sentence(
    refused: Refusal, ctx: Context, *, reference: str = "", account: str = "", **known: object
) -> str:
    """Return what the one who acted is told, as markup.

    Args:
        refused: The refusal, with the facts of the rule.
        ctx: What the rules knew.
        reference: The ticket, for rules that do not name it.
        account: The account's name, for rules that do not name it.
        known: Further facts, which the rule's own replace.
    """
    facts = {**_blank(ctx, reference, account), **known}
    for name, value in refused.facts.items():
        facts[_RENAMED.get(name, name)] = value
    return render.refusal(refused.code, _fitted(facts, refused.facts, ctx, account))


def need_ticket(desk: Glance, reference: str) -> Ticket:
    """Return the ticket with this reference.

    Raises:
        UnknownTicket: There is none.
    """
    found = desk.ticket(reference)
    if found is None:
        raise UnknownTicket(reference=reference)
    return found


def not_saved(at: datetime) -> str:
    """Return what is told when the database did not take a change."""
    return render.refusal("not_saved", {"at": at, "now": at})


def age(seconds: int) -> str:
    """Return how long ago something was, in one figure."""
    if seconds < 60:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    rounded = seconds // 60 * 60 if seconds < 3600 else seconds // 3600 * 3600
    return duration(rounded) if seconds < 86_400 else f"{seconds // 86_400} d"


def _blank(ctx: Context, reference: str, account: str) -> dict[str, object]:
    """Return every fact that any sentence names, as empty as it may be."""
    return {
        "account": account or "the account",
        "age": "a moment",
        "answer": "the answer",
        "by": "",
        "category": "its category",
        "cause": "this",
        "can_hold": False,
        "at": ctx.now,
        "at_most": "",
        "attempts_found": 0,
        "attempts_wanted": ctx.policy.resolution.attempts,
        "contact": "",
        "done_at": None,
        "file": "",
        "findings": (),
        "here_count": ctx.policy.bridge.size,
        "least": decisions.LEAST_ANSWERS,
        "known": "",
        "link": "",
        "longest": decisions.LONGEST_ANSWER,
        "manager": "",
        "most": decisions.MOST_ANSWERS,
        "needed": "another duty",
        "now": ctx.now,
        "other": "the other ticket",
        "owed": "something",
        "people": "",
        "person": "",
        "ref": reference or "the ticket",
        "role": "role",
        "status": "in another state",
        "team": "",
        "teams": ", ".join(known_teams(ctx.policy, ctx)),
        "rows": ", ".join(row.name for row in may_be_asked(ctx)) or "none",
        "ticket_command": "ticket",
        "tier": 3,
        "until_at": None,
        "times": ctx.policy.update.no_change_in_a_row,
        "us": ctx.policy.vendor_name,
        "what": "this text",
    }


def _fitted(
    facts: dict[str, object], given: Mapping[str, object], ctx: Context, account: str
) -> dict[str, object]:
    if "seconds" in given:
        facts["age"] = age(int(str(given["seconds"])))
    if "minutes" in given:
        facts["at"] = ctx.now - timedelta(minutes=int(str(given["minutes"])))
    if "holds" in given:
        facts["role"] = given["holds"]
    if "count" in given:
        facts["times"] = given["count"]
    longest = facts["at_most"]
    facts["at_most"] = (
        duration(int(longest.total_seconds())) if isinstance(longest, timedelta) else ""
    )
    facts["account"] = _account_name(str(facts["account"] or account), ctx)
    facts["contact"] = facts["contact"] or "the CS manager on duty"
    facts["by"] = facts["by"] or facts["person"]
    facts["people"] = "" if facts["people"] == _NOBODY else facts["people"]
    facts["needed"] = str(facts["needed"]).replace("-", " ")
    facts["status"] = str(facts["status"]).replace("_", " ")
    return facts


def _account_name(named: str, ctx: Context) -> str:
    found = ctx.directory.account(named)
    return found.name if found is not None else (named or "the account")
