"""The instants at which the clock must speak next, derived from the record alone.

Nobody arms a timer: what is due follows from the state, so that nothing can be forgotten. The
store keeps the answer as rows only so that a query can find what is due. Source: S35, S65, S171.
"""

from __future__ import annotations

from protocols.kernel.due_point import DuePoint
from protocols.kernel.record import Record
from protocols.kernel.tables import rules_of
from protocols.policy.policy import Policy
from protocols.time.calendar import BusinessCalendar


def dues(record: Record, policy: Policy, calendar: BusinessCalendar) -> tuple[DuePoint, ...]:
    """Return every due point of a record that has not passed, in order of time."""
    rules = rules_of(type(record))
    is_at_rest = any(rule(record) for rule in rules.rests)
    of_it = rules.dues_at_rest if is_at_rest else (*rules.dues, *rules.dues_at_rest)
    points = [point for rule in of_it for point in rule(record, policy, calendar)]
    passed = frozenset().union(*(rule(record) for rule in rules.passed))
    return tuple(sorted((p for p in points if p.key not in passed), key=lambda p: (p.at, p.key)))
