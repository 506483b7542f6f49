"""A contact who is away: a cover is asked, one after the other, and what nobody covers is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from protocols.closure.events import MarkOpenedInError
from protocols.contact.events import (
    AnswerPoc,
    ContactAway,
    ContactBack,
    ContactUncovered,
    PocOffered,
)
from protocols.contact.state import Cover, HandOver
from protocols.kernel.effects import Dm
from protocols.losses.events import TakeStock
from protocols.people.people import ENGINE
from protocols.replies.events import RecordReply
from protocols.scales import Impact, Severity
from protocols.time.durations import parse_duration
from tests.kit.rules_incident import REF, Incident, customer, instant, who

BACK = instant("18:00")
STOCK = TakeStock(REF)


def away(incident: Incident, *keys: str, until: datetime = BACK) -> Incident:
    """Have people be away by what their Slack status says, and stock taken."""
    incident.ctx = replace(incident.ctx, statuses=dict.fromkeys(keys, until))
    return incident.by(ENGINE, STOCK)


def lower(severity: Severity) -> Incident:
    return Incident.open(impacts=frozenset(), signal=None, severity=severity)


def asked(incident: Incident) -> str:
    who = incident.ticket.of(HandOver).asked
    return who.key if who is not None else ""


def contact(incident: Incident) -> str:
    assert incident.ticket.poc is not None
    return incident.ticket.poc.key


def test_a_cover_is_asked_for_a_contact_who_is_away_and_once_for_each_absence() -> None:
    incident = Incident.open()
    was = contact(incident)
    away(incident, was).by(ENGINE, STOCK)
    assert len(incident.events(ContactAway)) == 1
    assert asked(incident) not in ("", was)
    assert contact(incident) == was
    assert len(incident.told("poc_offer")) == 1


def test_a_cover_who_accepts_is_the_contact() -> None:
    incident = away(Incident.open(), "csm-one")
    cover = asked(incident)
    incident.by(cover, AnswerPoc(REF, True))
    assert contact(incident) == cover
    assert not incident.ticket.of(Cover).away


def test_where_a_cover_declines_or_is_silent_the_next_is_asked_and_then_the_manager_told() -> None:
    incident = away(Incident.open(), "csm-one")
    first = asked(incident)
    incident.by(first, AnswerPoc(REF, False))
    while not incident.events(ContactUncovered):
        assert asked(incident) not in ("", first, "csm-one")
        incident.until(incident.ctx.now + incident.ctx.policy.roles.accept_within)
    assert len(incident.events(ContactUncovered)) == 1
    (told,) = incident.told("contact_uncovered")
    assert told.to == Dm(who("cs-manager-one"))


def test_where_everybody_is_away_the_manager_is_told_at_once() -> None:
    incident = Incident.open()
    csms = [each.key for each in incident.ctx.directory.people if each.has("csm")]
    away(incident, *csms)
    assert not incident.events(PocOffered)
    assert incident.told("contact_uncovered")


def test_a_contact_who_is_back_is_asked_for_no_more() -> None:
    incident = away(Incident.open(), "csm-one")
    away(incident.at("18:05"))
    assert incident.events(ContactBack)
    assert asked(incident) == ""
    away(incident, "csm-one", until=instant("20:00"))
    assert len(incident.events(ContactAway)) == 2


def test_a_ticket_that_is_over_asks_for_no_cover() -> None:
    incident = Incident.open().by("csm-one", MarkOpenedInError(REF, "not_a_problem", "a try"))
    away(incident, "csm-one")
    assert not incident.events(ContactAway)


def test_of_tier_1_a_cover_is_asked_once_the_account_writes() -> None:
    incident = away(lower(Severity.MEDIUM), "csm-one")
    assert not incident.events(ContactAway)
    wrote = RecordReply(REF, "AP Director One", "When will it come?", "C0ACME", "17.1")
    incident.by(customer(), wrote)
    assert len(incident.events(ContactAway)) == 1
    assert asked(incident) not in ("", "csm-one")
    away(incident)
    assert incident.events(ContactBack)


def test_below_tier_3_a_cover_has_half_an_hour_of_the_day_to_answer() -> None:
    incident = away(
        Incident.open(impacts=frozenset({Impact.PAYMENTS_BLOCKED}), signal=None), "csm-one"
    )
    (due,) = [point for point in incident.dues() if point.kind == "cover_silent"]
    offered = incident.events(PocOffered)[-1]
    desk_time = parse_duration("30 business minutes")
    assert due.at == incident.ctx.calendar.due(offered.at, desk_time)
