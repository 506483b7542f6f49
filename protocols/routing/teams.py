"""Which team a ticket goes to: the first row of the policy that holds, else its category's team.

Source: S65, S70-S78, S120, S140.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from protocols.account.events import AccountCard
from protocols.kernel.context import Context
from protocols.policy.policy import Policy
from protocols.policy.routing import RouteRule
from protocols.routing.refusals import NoSuchCategory
from protocols.routing.state import Routing
from protocols.scales import Category, Severity
from protocols.ticket import Ticket

_NOT_IN_A_SLUG = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Matter:
    """What of a ticket decides its team."""

    category: Category
    severity: Severity
    account: AccountCard | None


@dataclass(frozen=True, slots=True)
class Routed:
    """Where it goes, and why.

    Attributes:
        why: The row of the policy that decided; empty when the category did.
    """

    team: str
    why: str = ""


def routed(policy: Policy, matter: Matter) -> Routed:
    """Return the team of a matter; a category that the policy has no more has the default team."""
    row = next((row for row in policy.routing.rows if _holds(row, matter)), None)
    if row is not None:
        return Routed(row.team, row.name)
    category = policy.categories.get(matter.category)
    if category is None:
        gone = f"the policy has no category {policy.title_of(matter.category)}"
        return Routed(policy.routing.default_team, gone)
    return Routed(category.team)


def need_category(category: Category, policy: Policy) -> None:
    """Refuse a category that the policy does not have, or has no more.

    Raises:
        NoSuchCategory: It has none of this key.
    """
    if category not in policy.categories:
        raise NoSuchCategory


def _holds(row: RouteRule, matter: Matter) -> bool:
    tags = matter.account.tags if matter.account is not None else frozenset()
    key = matter.account.key if matter.account is not None else ""
    return (
        (not row.categories or matter.category in row.categories)
        and (not row.severities or matter.severity in row.severities)
        and (not row.tags or not row.tags.isdisjoint(tags))
        and (not row.accounts or key in row.accounts)
    )


def routed_now(ticket: Ticket, policy: Policy) -> Routed:
    """Return where a ticket would go as it stands."""
    return routed(policy, Matter(ticket.category, ticket.severity, ticket.account))


def team_calendar(team: str, policy: Policy) -> str:
    """Return the key of a team's calendar; empty where it has the desk's. Source: S117."""
    return policy.team_calendars.get(slug(team), "")


def calendar_at_opening(policy: Policy, matter: Matter) -> str:
    """Return the key of the calendar that counts: the account's own, else its team's. D13, S117."""
    own = matter.account.calendar if matter.account is not None else ""
    return own or team_calendar(routed(policy, matter).team, policy)


def team_of(ticket: Ticket, policy: Policy) -> str:
    """Return the team that has a ticket; of one of before, the team that its category has."""
    return ticket.of(Routing).team or routed_now(ticket, policy).team


def known_teams(policy: Policy, ctx: Context) -> tuple[str, ...]:
    """Return every team that may have a ticket: those of the policy, then the directory's."""
    named = (*teams_of(policy), *(team.name for team in ctx.directory.teams))
    return tuple(dict.fromkeys(named))


def teams_of(policy: Policy) -> tuple[str, ...]:
    """Return every team to which the policy gives tickets."""
    named = [rule.team for rule in policy.categories.values()]
    named += [row.team for row in policy.routing.rows]
    return tuple(dict.fromkeys((*named, policy.routing.default_team)))


@lru_cache(maxsize=256)  # a few names, compared whenever something happens to a ticket
def slug(team: str) -> str:
    """Return a team's name in the one form in which two are compared, and which forms carry."""
    return _NOT_IN_A_SLUG.sub("-", team.strip().casefold()).strip("-")


def is_of_team(ticket: Ticket, ctx: Context) -> bool:
    """Say whether who asks belongs to the team that has the ticket. Source: S164."""
    return belongs_to(team_of(ticket, ctx.policy), ctx)


def belongs_to(team: str, ctx: Context) -> bool:
    """Say whether who asks belongs to a team, by its name."""
    return has_member(team, ctx.by.key, ctx)


def has_member(team: str, key: str, ctx: Context) -> bool:
    """Say whether a person belongs to a team, by its name."""
    person = ctx.directory.person(ctx.key_of(key))
    if person is None:
        return False
    wanted = slug(team)
    return any(
        team.key in person.teams and slug(team.name) == wanted for team in ctx.directory.teams
    )
