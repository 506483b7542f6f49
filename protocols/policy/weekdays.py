"""Whose hours rest on closed days: those of severity high, of categories and of program levels.

Such a figure is written in plain hours and runs through the night, not through a weekend. What is
for severity critical alone never rests, and what is written in business hours is. Source: D3.
"""

from __future__ import annotations

from dataclasses import replace

from protocols.policy.rules import CategoryRule, SeverityRule, SpecialRule
from protocols.scales import Severity

_NEVER_RESTS = frozenset({Severity.CRITICAL})


def of_severity(severity: Severity, rule: SeverityRule) -> SeverityRule:
    """Return the targets of a severity, on their kind of time."""
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
