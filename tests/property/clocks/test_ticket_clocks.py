"""What holds of a ticket's clocks, whatever is paused, met, changed or slept over.

I17-I19 and I21-I24. A re-opened ticket keeps what was met, so of I18 holds what D33 says.
Source: S84, D2, D8, D33.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from hypothesis import strategies as st

from protocols.clock.state import PassedPoints
from protocols.kernel.changing import fold
from protocols.ladder.measures import facts_of
from protocols.scales import CATEGORIES, Impact, ProgramLevel, Severity, Tier
from protocols.targets.clocks import WATCHED, running
from protocols.targets.events import TargetBreached
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar, Pause
from protocols.time.targets import Measure, Target, TicketFacts, targets
from tests.kit.chance import histories
from tests.kit.rules_incident import Incident, calendar, policy
from tests.property.clocks.drawing import NOTHING, calendars, law, lengths, pauses_after

OPENED = datetime(2024, 1, 2, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
openings = st.integers(0, 5 * 365 * 24 * 60).map(lambda each: OPENED + timedelta(minutes=each))


@st.composite
def facts(draw: st.DrawFn) -> TicketFacts:
    """Draw a ticket of any kind with pauses behind it, changed up to twice in its tier."""
    opened_at = draw(openings)
    tiers, at = [(draw(st.sampled_from(Tier)), opened_at)], opened_at
    for tier in draw(st.lists(st.sampled_from(Tier), max_size=2)):
        at += draw(lengths)
        tiers.append((tier, at))
    return TicketFacts(
        opened_at=opened_at,
        tiers=tuple(tiers),
        severity=draw(st.sampled_from(Severity)),
        category=draw(st.sampled_from(CATEGORIES)),
        program_level=draw(st.sampled_from((None, *ProgramLevel))),
        tags=draw(st.frozensets(st.just("mssp"))),
        pauses=draw(pauses_after(opened_at)),
    )


def clocks(ticket: TicketFacts, desk: BusinessCalendar) -> tuple[Target, ...]:
    """Return the clocks that apply to a ticket and are looked after."""
    return tuple(each for each in targets(policy(), ticket, desk, WATCHED) if each.applies)


def with_met(ticket: TicketFacts, after: timedelta) -> TicketFacts:
    """Return the ticket with everything met so long after its opening."""
    met_at = ticket.opened_at + after
    return replace(ticket, met=MappingProxyType(dict.fromkeys(WATCHED, met_at)))


@law(calendars(), facts(), lengths, lengths)
def test_i17_a_pause_that_ends_with_the_matter_still_counts(
    desk: BusinessCalendar, ticket: TicketFacts, after: timedelta, paused: timedelta
) -> None:
    from_at = max([ticket.opened_at, *(each.until_at or OPENED for each in ticket.pauses)]) + after
    done = with_met(ticket, from_at + paused - ticket.opened_at)
    still = replace(done, pauses=(*ticket.pauses, Pause(from_at)))
    ended = replace(done, pauses=(*ticket.pauses, Pause(from_at, from_at + paused)))
    assert clocks(still, desk) == clocks(ended, desk)


@law(calendars(), facts(), lengths, lengths)
def test_i18_what_was_met_stays_as_it_was_when_the_ticket_is_open_again(
    desk: BusinessCalendar, ticket: TicketFacts, after: timedelta, paused: timedelta
) -> None:
    done = with_met(ticket, after)
    later = ticket.opened_at + after + paused
    again = replace(done, pauses=(*done.pauses, Pause(later)))
    assert clocks(again, desk) == clocks(done, desk)
    assert not any(each.runs for each in clocks(again, desk))


@law(facts(), st.sampled_from(Severity), st.sampled_from((None, *ProgramLevel)))
def test_i19_a_higher_severity_is_never_due_later(
    ticket: TicketFacts, other: Severity, level: ProgramLevel | None
) -> None:
    order = list(Severity)
    graver, milder = sorted((ticket.severity, other), key=order.index)
    for measure in (Measure.REPLY, Measure.RESOLVE):
        dues = [
            min(_breaches(clocks(one, calendar()), measure))
            for one in (
                replace(ticket, severity=severity, program_level=level)
                for severity in (graver, milder)
            )
        ]
        assert dues[0] <= dues[1]


def _breaches(found: tuple[Target, ...], measure: Measure) -> list[datetime]:
    mine = [each.breach_at for each in found if each.measure is measure]
    return [at for at in mine if at is not None]


@law(calendars(), facts(), facts(), lengths)
def test_a_change_of_severity_category_level_or_tier_keeps_what_was_paused_and_met(
    desk: BusinessCalendar, ticket: TicketFacts, changed: TicketFacts, after: timedelta
) -> None:
    met_at = ticket.opened_at + after
    before = replace(ticket, met=MappingProxyType({Measure.REPLY: met_at}))
    since = replace(
        before,
        severity=changed.severity,
        category=changed.category,
        program_level=changed.program_level,
        tiers=(*before.tiers, (changed.tier, before.tiers[-1][1])),
    )
    whole = sum((_lasted(each, ticket.opened_at) for each in ticket.pauses), NOTHING)
    for each in clocks(since, desk):
        if each.measure is Measure.REPLY:
            assert each.met_at == met_at
        elif each.started_at == ticket.opened_at:
            assert each.paused_for == whole
        assert each.due_at is not None
    alike = {(each.measure, each.rule, each.source): each for each in clocks(before, desk)}
    for each in clocks(replace(since, tiers=before.tiers), desk):
        assert alike.get((each.measure, each.rule, each.source), each) == each


def _lasted(pause: Pause, since_at: datetime) -> timedelta:
    return (pause.until_at or since_at) - max(pause.from_at, since_at)


@law(calendars(), facts())
def test_i24_a_pause_stops_a_clock_until_its_breach_and_not_at_it(
    desk: BusinessCalendar, ticket: TicketFacts
) -> None:
    for each in clocks(ticket, desk):
        assert each.breach_at is not None
        at_it = replace(ticket, pauses=(*ticket.pauses, Pause(each.breach_at)))
        before = replace(ticket, pauses=(*ticket.pauses, Pause(each.breach_at - MOMENT)))
        # One that begins where another ends goes on from that one, and stood before the breach.
        goes_on = any(pause.until_at == each.breach_at for pause in ticket.pauses)
        assert (each in clocks(at_it, desk)) is not goes_on
        assert each not in clocks(before, desk)


@law(histories(), few=4, many=300)
def test_i21_what_is_kept_and_what_is_read_again_have_the_same_clocks(incident: Incident) -> None:
    again: Ticket = fold(incident.history)
    assert facts_of(again) == facts_of(incident.ticket)
    asked = incident.ctx.policy, incident.ctx.calendar
    assert running(again, *asked) == running(incident.ticket, *asked)


@law(histories(), few=4, many=300)
def test_i23_each_breach_is_told_once(incident: Incident) -> None:
    incident.until(incident.now + timedelta(days=9))
    told = Counter((each.measure, each.breach_at) for each in incident.events(TargetBreached))
    assert set(told.values()) <= {1}


ROUTINE = frozenset[Impact]()
wakings = st.lists(st.integers(1, 40), min_size=1, max_size=8)


def opened(severity: Severity) -> Incident:
    """Open a routine ticket that nobody touches."""
    return Incident.open(impacts=ROUTINE, signal=None, severity=severity)


@law(st.sampled_from(Severity), wakings, few=6, many=200)
def test_i23_a_breach_is_told_for_its_time_though_nobody_was_awake(
    severity: Severity, hours: list[int]
) -> None:
    awake, asleep = opened(severity), opened(severity)
    for each in hours:
        asleep.at(asleep.now + timedelta(hours=each)).until(asleep.now)
    awake.until(asleep.now)
    breaches = [
        sorted((each.measure, each.breach_at) for each in one.events(TargetBreached))
        for one in (awake, asleep)
    ]
    assert breaches[0] == breaches[1]
    assert all(each.at >= each.breach_at for each in asleep.events(TargetBreached))


@law(st.sampled_from(Severity), calendars(), few=6, many=200)
def test_i22_a_breach_stays_as_it_was_when_the_calendar_is_another(
    severity: Severity, other: BusinessCalendar
) -> None:
    incident = opened(severity).until("23:59", 30)
    before = incident.events(TargetBreached)
    passed = incident.ticket.of(PassedPoints).passed
    incident.ctx = replace(incident.ctx, calendar=other)
    assert not passed & {point.key for point in incident.dues()}
    after = incident.until(incident.now + timedelta(days=20)).events(TargetBreached)
    assert after[: len(before)] == before
