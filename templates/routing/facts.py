"""Facts of the form *Change the ticket*."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.flags.state import Flags
from protocols.kernel.context import Context
from protocols.routing.teams import known_teams, slug, team_of
from protocols.scales import Category, Severity
from protocols.ticket import Ticket
from templates.kit.scene import Facts
from templates.kit.values import Value


@dataclass(frozen=True, slots=True)
class ChoiceLine(Value):
    """One line of a list to choose from."""

    value: str
    label: str


def change_facts(ticket: Ticket, ctx: Context) -> Facts:
    """Return what the ticket is now, and what it could be."""
    team = team_of(ticket, ctx.policy)
    teams = dict.fromkeys((team, *known_teams(ctx.policy, ctx)))
    categories = [one for one in Category if one in ctx.policy.categories or one is ticket.category]
    return {
        "account": ticket.account.name if ticket.account is not None else "the account",
        "categories": tuple(ChoiceLine(one.value, one.label) for one in categories),
        "category": ticket.category.value,
        "flags": tuple(one.flag.value for one in ticket.of(Flags).flagged),
        "ref": ticket.reference,
        "severities": tuple(ChoiceLine(one.value, one.label) for one in Severity),
        "severity": ticket.severity.value,
        "team": slug(team),
        "teams": tuple({slug(one): ChoiceLine(slug(one), one) for one in teams}.values()),
        "tier": int(ticket.tier),
    }
