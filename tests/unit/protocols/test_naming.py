"""The account of a ticket that was opened without one: who sets it, and what is owed then. D41."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from protocols.account.addresses import CustomerThread
from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.closure.events import Resolve
from protocols.contact.state import HandOver
from protocols.executives.state import Executives
from protocols.fixed_texts.events import FixedTextSent, SendFixed
from protocols.kernel.refusals import AlreadyDone, Refusal, WrongState
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.naming.events import SetAccount
from protocols.naming.refusals import AccountUnknown
from protocols.outreach.state import Outreach
from protocols.replies.events import RecordCall
from protocols.rights.refusals import NotYours
from protocols.scales import Impact, NoticedBy
from tests.kit.rules_incident import REF, SHARED, Incident, instant, without_sponsors

ACME = SetAccount(REF, "acme")


def nameless(**form: Any) -> Incident:
    return Incident.open(account_key=None, channel=None, **form)


def named(incident: Incident, clock: str = "14:10") -> Incident:
    """Set the account, in a world where its channel is known."""
    incident.at(clock)
    incident.ctx = replace(incident.ctx, channel=SHARED)
    return incident.by("csm-one", ACME)


def test_nothing_goes_outside_before_and_the_acknowledgment_goes_then() -> None:
    incident = nameless()
    assert not incident.events(FixedTextSent)
    named(incident)
    (ack,) = incident.told("ack_customer")
    assert ack.to == CustomerThread("C0ACME0001", None)
    assert incident.ticket.account is not None
    assert incident.ticket.of(Road).route.kind is RouteKind.CHANNEL
    assert incident.promised_at() == instant("15:10")
    incident.delivered()
    assert incident.step(StepKind.ACKNOWLEDGE).state is StepState.DONE


def test_of_what_we_found_the_contact_is_asked_to_send_the_first_words() -> None:
    incident = named(nameless(noticed_by=NoticedBy.US))
    assert not incident.events(FixedTextSent)
    assert [e.params["person"] for e in incident.told("prompt_acknowledge")] == ["csm-one"]
    incident.by("csm-one", SendFixed(REF, "acknowledgment"))
    assert incident.told("ack_customer_found_by_us")


def test_the_processor_and_the_sponsor_are_told_as_steps() -> None:
    incident = nameless(directory=without_sponsors(duty=False))
    assert not incident.ticket.of(Executives).executives
    named(incident)
    assert incident.ticket.of(Ladder).step(StepKind.VENDOR_TOLD) is not None
    assert "vendor" in incident.planned()


def test_an_executive_who_was_told_is_not_told_again() -> None:
    incident = named(nameless())
    assert len(incident.ticket.of(Executives).executives) == 1
    assert [key for key in incident.planned() if key.startswith("brief/")].count(
        "brief/sponsor-one"
    ) == 1


def test_its_own_csm_is_asked_to_be_the_contact() -> None:
    incident = nameless(by="csm-two").at("14:10").by("csm-two", ACME)
    offered = incident.ticket.of(HandOver).asked
    assert offered is not None
    assert offered.key == "csm-one"


def test_on_tier_4_it_is_on_the_list_of_impacted_accounts() -> None:
    boxes = frozenset({Impact.PLATFORM_FAILING})
    incident = named(nameless(impacts=boxes, signal=None))
    assert "acme" in incident.ticket.of(Outreach).impacted


def test_below_tier_3_it_is_acknowledged_too() -> None:
    incident = named(nameless(impacts=frozenset(), signal=None))
    assert incident.told("ack_customer_routine")


def test_an_account_that_was_called_before_is_not_acknowledged_again() -> None:
    incident = nameless().by("csm-one", RecordCall(REF, "They know"))
    assert not named(incident).events(FixedTextSent)


@pytest.mark.parametrize(
    ("by", "command", "refusal"),
    [
        ("support-two", ACME, NotYours),
        ("csm-one", SetAccount(REF, "nowhere"), AccountUnknown),
    ],
)
def test_who_may_not_and_what_is_not_there(
    by: str, command: SetAccount, refusal: type[Refusal]
) -> None:
    assert isinstance(nameless().refused(by, command), refusal)


def test_it_is_set_once() -> None:
    assert isinstance(named(nameless()).refused("csm-one", SetAccount(REF, "birch")), AlreadyDone)
    assert isinstance(Incident.open().refused("csm-one", ACME), AlreadyDone)


def test_a_ticket_that_has_ended_takes_none() -> None:
    incident = nameless(impacts=frozenset(), signal=None)
    incident.by("csm-one", Resolve(REF, "The list was sent.", "Look at your list."))
    assert isinstance(incident.refused("csm-one", ACME), WrongState)
