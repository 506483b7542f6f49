"""What I leave you: in one list, with the giver until accepted, told when it is not. D39."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from protocols.contact.events import (
    AnswerPoc,
    LeftTicket,
    ListShift,
    OfferPoc,
    PocOfferSilent,
    TakeShift,
)
from protocols.kernel.effects import Dm
from protocols.kernel.endings import ending_of
from protocols.people.duties import Hours
from protocols.scales import Impact, Severity
from protocols.targets.people import owner
from tests.kit.rules_incident import REF, Incident, instant, people, who

TO = who("csm-two")
LIST = ListShift(REF, TO, (LeftTicket(REF, "Acme", "resolution", instant("18:00")),))


def left(severity: Severity = Severity.HIGH, *impacts: Impact) -> Incident:
    incident = Incident.open(impacts=frozenset(impacts), signal=None, severity=severity)
    return incident.at("14:30").by("csm-one", OfferPoc(REF, TO, shift=True), LIST)


def to(incident: Incident, template: str) -> list[object]:
    return [effect.to for effect in incident.told(template)]


def test_what_is_left_comes_in_one_list_and_not_ticket_by_ticket() -> None:
    incident = left()
    assert to(incident, "poc_offer") == []
    assert to(incident, "shift_left") == [Dm(TO)]
    assert owner(incident.ticket, incident.ctx) == who("csm-one"), "until it is accepted"


def test_what_is_accepted_is_theirs_and_the_list_says_who_took_all_of_it() -> None:
    incident = left().at("14:40").by("csm-two", AnswerPoc(REF, accept=True))
    assert owner(incident.ticket, incident.ctx) == TO
    key = next(key for key in incident.planned() if key.startswith("shift/"))
    assert ending_of(incident.ticket, key, incident.last, incident.ctx) is None
    incident.by("csm-two", TakeShift(REF, int(key.split("/")[1])))
    ending = ending_of(incident.ticket, key, incident.last, incident.ctx)
    assert ending is not None
    assert (ending.word, ending.by) == ("taken", TO)
    assert incident.until("18:00").events(PocOfferSilent) == []


@pytest.mark.parametrize(("impacts", "at"), [((), "15:00"), ((Impact.PAYMENTS_BLOCKED,), "15:00")])
def test_what_is_not_accepted_stays_with_the_giver_who_hears_it(
    impacts: tuple[Impact, ...], at: str
) -> None:
    incident = left(Severity.HIGH, *impacts)
    assert incident.due_at("poc_offer_silent") == instant(at)
    incident.until("15:01")
    assert to(incident, "poc_offer_silent") == [Dm(who("csm-one"))]
    assert owner(incident.ticket, incident.ctx) == who("csm-one")
    incident.until("18:00")
    assert len(incident.events(PocOfferSilent)) == 1
    incident.by("csm-two", AnswerPoc(REF, accept=True))
    assert owner(incident.ticket, incident.ctx) == TO, "late is not too late"


def test_where_the_giver_is_off_duty_the_cs_manager_hears_that_nobody_covers() -> None:
    known = people()
    until_1430 = tuple(
        replace(
            one,
            duties=tuple(replace(d, hours=Hours(360, 870), zone="UTC") for d in one.duties),
        )
        if one.key == "csm-one"
        else one
        for one in known.people
    )
    incident = left()
    incident.ctx = replace(incident.ctx, directory=replace(known, people=until_1430))
    incident.until("15:01")
    assert to(incident, "poc_offer_silent") == [Dm(who("csm-one")), Dm(who("cs-manager-one"))]


def test_an_offer_of_one_ticket_is_waited_for_as_well() -> None:
    incident = Incident.open(impacts=frozenset(), signal=None).at("14:30")
    incident.by("csm-one", OfferPoc(REF, TO))
    assert to(incident, "poc_offer") == [Dm(TO)]
    assert incident.due_at("poc_offer_silent") - incident.now == timedelta(minutes=30)
