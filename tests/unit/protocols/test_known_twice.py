"""A colleague whom a ticket knows twice: by their Slack id, from before, and by the directory."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from protocols.bridge.events import BringInNow
from protocols.contact.events import AnswerPoc, OfferPoc
from protocols.contact.state import HandOver
from protocols.executives.events import AskQuestion, MarkSeen
from protocols.executives.state import Executive, Executives
from protocols.helpers.events import SayOnIt
from protocols.helpers.state import Helpers
from protocols.investigation.events import RecordIsolation
from protocols.people.people import Role, Staff, Who
from protocols.rights.state import Known
from protocols.roles.events import DeclineRole, TakeRole
from protocols.roles.state import Roles
from protocols.ticket import Ticket
from tests.kit.rules_incident import REF, Incident, who
from tests.kit.tickets import with_fields


def twice(incident: Incident, person: str, old: Who, **changes: Any) -> Incident:
    """Let the ticket know a person by both keys, and have a part under the older one."""
    ticket: Ticket = incident.ticket
    incident.ctx = replace(incident.ctx, aliases={old.key: person}, members=frozenset({old.key}))
    both = (*ticket.of(Known).people, old, who(person))
    incident._ticket = with_fields(ticket, people=both, **changes)
    return incident


def seated(incident: Incident, role: Role, **changes: Any) -> dict[str, Any]:
    seats = incident.ticket.of(Roles).seats
    return {"seats": tuple(replace(s, **changes) if s.role is role else s for s in seats)}


def test_the_contact_hands_over() -> None:
    old = Who("U0CSMONE01", "CSM One")
    incident = twice(Incident.open(), "csm-one", old, poc=old)
    incident.by("csm-one", OfferPoc(REF, who("csm-two")))
    assert incident.ticket.of(HandOver).poc_offer is not None


def test_who_is_offered_to_be_the_contact_answers() -> None:
    old = Staff(Who("U0CSMTWO01", "CSM Two"))
    incident = Incident.open().by("csm-one", OfferPoc(REF, who("csm-two")))
    asked = incident.ticket.of(HandOver).poc_offer
    assert asked is not None
    offer = replace(asked, to=old)
    twice(incident, "csm-two", old, poc_offer=offer).by("csm-two", AnswerPoc(REF, True))
    assert incident.ticket.poc == who("csm-two")


@pytest.mark.parametrize("answer", [TakeRole, DeclineRole])
def test_who_is_asked_for_a_role_answers(answer: type[TakeRole]) -> None:
    old = Who("U0ENGINEER", "Engineer One")
    incident = Incident.open().by("csm-one", BringInNow(REF))
    asked = seated(incident, Role.INVESTIGATOR, asked=old)
    twice(incident, "engineer-one", old, **asked)
    incident.by("engineer-one", answer(REF, Role.INVESTIGATOR))
    taken = answer is TakeRole
    assert (incident.holder(Role.INVESTIGATOR) == "engineer-one") is taken


def test_the_investigator_says_what_is_isolated() -> None:
    old = Who("U0ENGINEER", "Engineer One")
    incident = Incident.open().staffed()
    held = seated(incident, Role.INVESTIGATOR, holder=old)
    twice(incident, "engineer-one", old, **held)
    incident.by("engineer-one", RecordIsolation(REF, True, "in the quarantine table"))
    assert incident.last


def test_an_executive_says_that_the_brief_was_seen_and_asks() -> None:
    old = Staff(Who("U0SPONSOR1", "Sponsor One"))
    incident = Incident.open()
    told = Executive(old, incident.now)
    twice(incident, "sponsor-one", old, executives=(told,))
    incident.by("sponsor-one", MarkSeen(REF), AskQuestion(REF, "How many payments?"))
    [executive] = incident.ticket.of(Executives).executives
    assert executive.seen_at == incident.now
    assert [question.text for question in executive.questions] == ["How many payments?"]


def test_a_lead_who_is_asked_to_come_is_here() -> None:
    old = Staff(Who("U0LEAD0001", "Engineering Lead One"))
    incident = Incident.open().by("csm-one", BringInNow(REF))
    helpers = tuple(
        replace(each, who=old) if each.who.key == "engineering-lead-one" else each
        for each in incident.ticket.of(Helpers).helpers
    )
    twice(incident, "engineering-lead-one", old, helpers=helpers)
    incident.by("engineering-lead-one", SayOnIt(REF))
    assert [h.here_at for h in incident.ticket.of(Helpers).helpers if h.who == old] == [
        incident.now
    ]
