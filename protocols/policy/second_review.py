"""By when another team answers what it was asked; an older policy has the first figures. S92."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.policy.sections import Section
from protocols.time.durations import Duration, parse_duration


@dataclass(frozen=True, slots=True)
class SecondReviewRule:
    """When a team is reminded that it owes an answer, and its asker told that it is late."""

    remind_after: Duration
    late_after: Duration


def second_review(outer: Section) -> SecondReviewRule:
    """Return when an answer of another team is late."""
    if not outer.has("second_review"):
        four, eight = map(parse_duration, ("4 business hours", "8 business hours"))
        return SecondReviewRule(four, eight)
    section = outer.section("second_review")
    rule = SecondReviewRule(section.duration("remind_after"), section.duration("late_after"))
    section.done()
    return rule
