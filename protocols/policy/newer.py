"""Sections that a policy of an earlier release does not have: it has their first figures."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from protocols.policy import escalation
from protocols.policy.calendars import calendars, period_closes, team_calendars
from protocols.policy.causes import causes
from protocols.policy.checklist import checklist
from protocols.policy.desk_steps import desk_steps
from protocols.policy.rules import (
    Alone,
    AwaitingRule,
    ClassifyRule,
    CollectRule,
    EscalateRule,
    LatenessRule,
    QuietRule,
    RelationsRule,
    ReplyRule,
    SecondPersonRule,
)
from protocols.policy.second_review import second_review
from protocols.policy.sections import Section
from protocols.time.durations import Duration, DurationKind, parse_duration


def newer(outer: Section) -> dict[str, Any]:
    """Return every such section, by the name that a policy has for it."""
    return {
        "lateness": lateness(outer),
        "escalate": escalate(outer),
        "collect": collect(outer),
        "second_person": second_person(outer),
        "awaiting": awaiting(outer),
        "second_review": second_review(outer),
        "quiet": quiet(outer),
        "classify": classify(outer),
        "reply": reply(outer),
        "checklist": checklist(outer),
        "relations": relations(outer),
        "calendars": calendars(outer),
        "team_calendars": team_calendars(outer),
        "period_closes": period_closes(outer),
        "causes": causes(outer),
        "desk_steps": desk_steps(outer),
    }


def lateness(outer: Section) -> LatenessRule:
    """Return what is passed over as on time; a policy older than it has the first figure."""
    if not outer.has("lateness"):
        return LatenessRule(timedelta(minutes=1))
    section = outer.section("lateness")
    rule = LatenessRule(section.elapsed("grace"))
    section.done()
    return rule


_ESCALATE = {
    "blocked_within": "30m",
    "look_every": "1 business day",
    "take_within": "1 business hour",
    "take_within_critical": "15m",
    "look_at_least_every": "4h",
    "new_target": "1 business day",
    "offer_within": "30m",
}


def escalate(outer: Section) -> EscalateRule:
    """Return when a person is owed, and what is escalated; an older policy has the first figures.

    A section may name some of the figures, rows and lines, and leave the others. Source: D45.
    """
    section = outer.section("escalate") if outer.has("escalate") else Section({})
    known = {**_ESCALATE, **{name: section.raw(name) for name in _ESCALATE if section.has(name)}}
    figures = Section(known, section.path)
    rule = EscalateRule(
        blocked_within=figures.elapsed("blocked_within"),
        look_every=figures.duration("look_every"),
        take_within=figures.duration("take_within"),
        take_within_critical=figures.elapsed("take_within_critical"),
        new_target=figures.duration("new_target"),
        rows=escalation.rows(section),
        lines=escalation.lines(section),
        look_at_least_every=figures.elapsed("look_at_least_every"),
        offer_within=figures.elapsed("offer_within"),
        leads=escalation.leads(section),
    )
    section.done()
    return rule


def collect(outer: Section) -> CollectRule:
    """Return how long words in a row are collected; a policy older than it has the first figures.

    Source: D8.
    """
    if not outer.has("collect"):
        return CollectRule(timedelta(minutes=1), timedelta(minutes=30))
    section = outer.section("collect")
    rule = CollectRule(section.elapsed("words"), section.elapsed("messages"))
    section.done()
    return rule


def second_person(outer: Section) -> SecondPersonRule:
    """Return which words leave without a second person; an older policy has the first rows. D45."""
    if not outer.has("second_person"):
        words = ("refund", "credit", "liable", "liability", "waive")
        every, kept_up = frozenset(Alone), frozenset({Alone.ASK, Alone.UPDATE})
        return SecondPersonRule(every, kept_up, words, timedelta(days=30))
    section = outer.section("second_person")
    rule = SecondPersonRule(
        section.choices("tier1_alone", Alone),
        section.choices("tier2_alone", Alone),
        section.texts("amount_words"),
        section.elapsed("new_for"),
    )
    section.done()
    return rule


def awaiting(outer: Section) -> AwaitingRule:
    """Return what an account's silence brings; an older policy has the first figures. D45."""
    if not outer.has("awaiting_information"):
        first, second, back = (Duration(DurationKind.BUSINESS_DAYS, days) for days in (1, 3, 5))
        return AwaitingRule(first, second, back, timedelta(hours=4))
    section = outer.section("awaiting_information")
    rule = AwaitingRule(
        section.duration("remind_first"),
        section.duration("remind_second"),
        section.duration("back_after"),
        section.elapsed("call_after"),
    )
    section.done()
    return rule


def quiet(outer: Section) -> QuietRule:
    """Return an account's quiet hours; an older policy has the first ones. Source: D45.

    Raises:
        EntryRefused: The day ends before it begins.
    """
    if not outer.has("quiet_hours"):
        return QuietRule(9, 17)
    section = outer.section("quiet_hours")
    hours = section.whole("account_from", 0, 23), section.whole("account_until", 1, 24)
    rule = QuietRule(*hours, _minute(section, "list_at")) if section.has("list_at") else QuietRule(
        *hours
    )  # fmt: skip
    if rule.account_until <= rule.account_from:
        raise section.refuse("account_until", "It lies after account_from.")
    section.done()
    return rule


def _minute(section: Section, name: str) -> int:
    """Return a time of day as the minute after midnight."""
    shape = _CLOCK.fullmatch(section.text(name))
    if shape is None:
        raise section.refuse(name, 'Write a time of day in quotes, as "08:45".')
    return int(shape[1]) * 60 + int(shape[2])


_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_REPLY = {
    "tier1": "8 business hours",
    "tier1_platinum": "4 business hours",
    "tier2": "2 business hours",
    "tier2_critical": "1h",
    "tier3": "30m",
    "tier4": "30m",
}


def reply(outer: Section) -> ReplyRule:
    """Return by when an account's words are answered; an older policy has the first figures. M17.

    A section may name some of the figures and leave the others.
    """
    if not outer.has("reply"):
        return ReplyRule(*map(parse_duration, _REPLY.values()))
    section = outer.section("reply")
    figures = (
        section.duration(name) if section.has(name) else parse_duration(first)
        for name, first in _REPLY.items()
    )
    rule = ReplyRule(*figures)
    section.done()
    return rule


def classify(outer: Section) -> ClassifyRule:
    """Return when the next is asked for a tier; a policy older than it has the first figures.

    Source: D44.
    """
    if not outer.has("classify"):
        half_an_hour = Duration(DurationKind.BUSINESS_TIME, 1800)
        return ClassifyRule(timedelta(minutes=5), half_an_hour)
    section = outer.section("classify")
    figures = (section.elapsed("urgent_next"), section.duration("routine_next"))
    again = (section.elapsed("urgent_again"),) if section.has("urgent_again") else ()
    rule = ClassifyRule(*figures, *again)
    section.done()
    return rule


_RELATIONS = {"undo_within": "24h", "report_after": "10m", "ask_again": "1 business day"}


def relations(outer: Section) -> RelationsRule:
    """Return the figures of tickets that belong together; an older policy has the first ones.

    A section may name some of the figures and leave the others. Source: S67, S68.
    """
    section = outer.section("relations") if outer.has("relations") else Section({})
    known = {**_RELATIONS, **{name: section.raw(name) for name in _RELATIONS if section.has(name)}}
    figures = Section(known, section.path)
    rule = RelationsRule(
        undo_within=figures.elapsed("undo_within"),
        report_after=figures.elapsed("report_after"),
        ask_again=figures.duration("ask_again"),
    )
    section.done()
    return rule
