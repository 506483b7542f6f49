"""How the policy's section on routing is read; a policy need not have one. Source: S78, S140."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.policy.sections import Section
from protocols.scales import Category, Severity


@dataclass(frozen=True, slots=True)
class RouteRule:
    """A row that sends tickets to a team; an empty condition always holds. S120, S140."""

    name: str
    team: str
    source: str
    categories: frozenset[Category] = frozenset()
    severities: frozenset[Severity] = frozenset()
    tags: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """Where tickets go beside their category's team: the first row that holds decides.

    Attributes:
        default_team: Who has what has no team otherwise. Source: S65.
    """

    default_team: str
    rows: tuple[RouteRule, ...]


FIRST = RoutingRule(
    "Channel Operations",
    (
        RouteRule(
            "Contract and compliance of a HIPAA partner",
            "Legal and Compliance",
            "S140",
            categories=frozenset({Category.CONTRACT_POLICY}),
            tags=frozenset({"hipaa"}),
        ),
        RouteRule(
            "Active incident at a managed security partner",
            "Security Engineering",
            "S120",
            severities=frozenset({Severity.CRITICAL}),
            tags=frozenset({"mssp"}),
        ),
    ),
)
"""The rows of a policy that has no section of its own."""


def routing(outer: Section) -> RoutingRule:
    """Return where tickets go; a policy older than the section has the first rows."""
    if not outer.has("routing"):
        return FIRST
    section = outer.section("routing")
    rule = RoutingRule(section.text("default_team"), tuple(map(_row, section.listed("rows"))))
    section.done()
    return rule


def _row(section: Section) -> RouteRule:
    rule = RouteRule(
        name=section.text("name"),
        team=section.text("team"),
        source=section.text("source"),
        categories=section.categories(),
        severities=section.choices("severities", Severity),
        tags=frozenset(section.texts("tags")),
        accounts=frozenset(section.texts("accounts")),
    )
    section.done()
    return rule
