"""Whose hours rest on closed days: those of severity high, of categories and of program levels.

Such a figure is written in plain hours and runs through the night, not through a weekend. What is
for severity critical alone never rests, and what is written in business hours is. Source: D3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from protocols.policy.rules import CategoryRule, SeverityRule, SpecialRule
from protocols.scales import Severity

_NEVER_RESTS = frozenset({Severity.CRITICAL})


def of_severities(found: Mapping[Severity, SeverityRule]) -> Mapping[Severity, SeverityRule]:
    """Return the targets of each severity, on their kind of time."""
    return MappingProxyType({each: _of_severity(each, rule) for each, rule in found.items()})


def _of_severity(severity: Severity, rule: SeverityRule) -> SeverityRule:
    if severity in _NEVER_RESTS:
        return rule
    return SeverityRule(rule.reply.on_weekdays, rule.resolve.on_weekdays)


def of_category(rule: CategoryRule) -> CategoryRule:
    """Return the target of a category, on its kind of time."""
    return replace(rule, resolve=rule.resolve.on_weekdays)


def of_special(rule: SpecialRule) -> SpecialRule:
    """Return a special target on its kind of time."""
    if rule.severities == _NEVER_RESTS:
        return rule
    reply, resolve = rule.reply, rule.resolve
    return replace(
        rule,
        reply=reply.on_weekdays if reply is not None else None,
        resolve=resolve.on_weekdays if resolve is not None else None,
    )
