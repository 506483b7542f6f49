"""Facts of the form *Change the ticket*."""

from __future__ import annotations

from protocols.flags.state import Flags
from protocols.kernel.context import Context
from protocols.routing.teams import known_teams, slug, team_of
from protocols.scales import Severity
from protocols.ticket import Ticket
from templates.kit.scene import Facts
from templates.routing.categories import ChoiceLine, category_lines


def change_facts(ticket: Ticket, ctx: Context) -> Facts:
    """Return what the ticket is now, and what it could be."""
    team = team_of(ticket, ctx.policy)
    teams = dict.fromkeys((team, *known_teams(ctx.policy, ctx)))
    return {
        "account": ticket.account.name if ticket.account is not None else "the account",
        "categories": category_lines(ctx.policy, ticket.category),
        "category": str(ticket.category),
        "flags": tuple(one.flag.value for one in ticket.of(Flags).flagged),
        "is_classified": ticket.is_classified,
        "ref": ticket.reference,
        "severities": tuple(ChoiceLine(one.value, one.label) for one in Severity),
        "severity": ticket.severity.value,
        "team": slug(team),
        "teams": tuple({slug(one): ChoiceLine(slug(one), one) for one in teams}.values()),
        "tier": int(ticket.tier),
    }
