"""A ticket that turns out to be a security matter takes the named contact's road from then on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from protocols.account.addresses import AccountMail, CustomerThread
from protocols.account.events import RouteChanged, RouteKind
from protocols.account.refusals import NoRoute
from protocols.account.rules import is_security_matter
from protocols.account.state import Road
from protocols.fixed_texts.events import SendFixed
from protocols.fixed_texts.state import FixedTexts
from protocols.kernel.effects import Effect, Gateway
from protocols.kernel.refusals import AlreadyDone
from protocols.ladder.events import StepKind
from protocols.ladder.state import Ladder
from protocols.people.directory import Directory
from protocols.people.people import Contact
from protocols.promises.state import Promises
from protocols.replies.events import RecordReply
from protocols.scales import Impact, NoticedBy, Tier
from protocols.tiers.events import ChangeTier, ImpactsFound
from protocols.tiers.state import Tiers
from tests.kit.rules_incident import REF, SHARED, Incident, customer, instant, people

NAMED = "ap.director.one@acme.example"
SECURITY = frozenset({Impact.SECURITY_INCIDENT})
UP = ChangeTier(REF, Tier.SYSTEMIC, "strange logins", SECURITY)
ELEVATED = frozenset({Impact.PAYMENTS_BLOCKED})


def raised() -> Incident:
    """Return a Tier 3 incident, acknowledged in the shared channel, raised for security."""
    incident = Incident.open().delivered().staffed().at("14:37")
    return incident.by("engineering-lead-one", UP)


def to_account(effects: list[Effect]) -> list[Effect]:
    return [e for e in effects if isinstance(e.to, CustomerThread)]


def mails(incident: Incident) -> list[tuple[str, tuple[str, ...]]]:
    """Return the texts that went to the account by mail, with their addresses."""
    sent = [e for e in incident.effects if e.gateway is Gateway.MAIL and e.template is not None]
    return [
        (e.template or "", tuple(contact.email for contact in e.to.contacts))
        for e in sent
        if isinstance(e.to, AccountMail) and Contact("", NAMED) in e.to.contacts
    ]


def without_mail() -> Directory:
    """Return the sample world with nobody at Acme who has a mail address."""
    known = people()
    accounts = tuple(
        replace(each, contacts=tuple(replace(c, email="") for c in each.contacts))
        if each.key == "acme"
        else each
        for each in known.accounts
    )
    return replace(known, accounts=accounts)


def test_from_then_on_words_go_to_the_named_contact_by_mail_only() -> None:
    incident = raised()
    assert incident.ticket.of(Road).route.kind is RouteKind.MAIL
    assert incident.ticket.of(Road).route.addresses == (NAMED,)
    before = len(to_account(incident.effects))
    incident.by("csm-one", SendFixed(REF, "holding")).delivered().updated()
    incident.until("18:00")
    assert len(to_account(incident.effects)) == before
    sent = [template for template, _ in mails(incident)]
    assert sent[0] == "escalated_customer"
    assert {"holding", "update_customer", "late"} <= set(sent)
    assert {addresses for _, addresses in mails(incident)} == {(NAMED,)}


def test_the_named_contact_reads_of_it_with_the_promise_that_binds() -> None:
    incident = raised()
    assert [t.name for t in incident.ticket.of(FixedTexts).fixed_texts] == [
        "acknowledgment",
        "escalated",
    ]
    assert incident.promised_at() == instant("15:02")
    assert len(incident.ticket.of(Promises).promises) == 1


def test_security_is_asked_at_once_and_the_bridge_and_the_contact_read_which_road_is_closed() -> (
    None
):
    incident = raised()
    assert "called/security" in incident.planned()
    told = [e for e in incident.last_effects if e.template == "security_route"]
    assert [e.params.get("person") for e in told] == [None, "csm-one"]


@pytest.mark.parametrize("impact", [Impact.PLATFORM_FAILING, Impact.CARD_DATA])
def test_the_other_criteria_of_tier_4_leave_the_channel_open(impact: Impact) -> None:
    incident = Incident.open().delivered()
    up = ChangeTier(REF, Tier.SYSTEMIC, "it spreads", frozenset({impact}))
    incident.by("csm-one", up)
    assert incident.ticket.of(Road).route.kind is RouteKind.CHANNEL
    assert incident.ticket.of(Tiers).impacts_found == {impact}
    assert not is_security_matter(incident.ticket)
    assert not incident.told("security_route")


def test_a_raise_without_a_criterion_is_no_security_matter() -> None:
    incident = Incident.open().by("csm-one", ChangeTier(REF, Tier.SYSTEMIC, "it spreads"))
    assert not incident.events(ImpactsFound)
    assert incident.ticket.of(Road).route.kind is RouteKind.CHANNEL


def test_raised_from_tier_2_the_first_words_go_by_mail() -> None:
    incident = Incident.open(impacts=ELEVATED, signal=None).delivered().at("16:00")
    before = len(to_account(incident.effects))
    incident.by("csm-one", UP)
    assert len(to_account(incident.effects)) == before
    assert mails(incident) == [("escalated_customer", (NAMED,))]
    assert incident.promised_at() == instant("16:30")


def test_of_what_we_found_the_contact_still_sends_the_first_words_by_mail() -> None:
    incident = Incident.open(noticed_by=NoticedBy.US).at("14:10").by("csm-one", UP)
    assert not mails(incident)
    incident.by("csm-one", SendFixed(REF, "acknowledgment")).delivered()
    assert mails(incident) == [("ack_customer_found_by_us", (NAMED,))]


def test_found_on_tier_4_it_closes_the_channel_and_restarts_nothing() -> None:
    platform = frozenset({Impact.PLATFORM_FAILING})
    incident = Incident.open(impacts=platform, signal=None).delivered().at("14:10")
    due_at, runs = incident.step(StepKind.COMMANDER).due_at, incident.ticket.of(Ladder).ladder_run
    incident.by("csm-one", UP)
    assert incident.ticket.of(Road).route.kind is RouteKind.MAIL
    assert incident.step(StepKind.COMMANDER).due_at == due_at
    assert incident.ticket.of(Ladder).ladder_run == runs
    assert not incident.ticket.of(Tiers).tier_changes
    assert mails(incident) == [("escalated_customer", (NAMED,))]
    assert isinstance(incident.refused("csm-one", UP), AlreadyDone)


def test_a_lowered_tier_opens_no_channel_again() -> None:
    down = ChangeTier(REF, Tier.CRITICAL, "no break-in after all")
    incident = raised().by("cs-manager-one", down).agreed()
    assert incident.ticket.of(Road).route.kind is RouteKind.MAIL
    assert is_security_matter(incident.ticket)


def test_a_ticket_opened_as_a_security_matter_changes_no_road() -> None:
    incident = Incident.open(impacts=SECURITY, signal=None).delivered()
    assert not incident.events(RouteChanged)
    assert isinstance(incident.refused("csm-one", UP), AlreadyDone)


def test_without_a_mail_contact_the_account_is_called() -> None:
    incident = Incident.open(directory=without_mail(), channel=SHARED).delivered().at("14:30")
    before = len(to_account(incident.effects))
    incident.by("csm-one", UP)
    assert incident.ticket.of(Road).route.kind is RouteKind.NONE
    assert isinstance(incident.refused("csm-one", SendFixed(REF, "holding")), NoRoute)
    incident.until("15:30")
    assert len(to_account(incident.effects)) == before
    assert incident.told("overdue_update")


def test_what_the_account_writes_in_the_old_thread_is_still_theirs() -> None:
    incident = raised()
    assert incident.ticket.of(Road).thread_channel == SHARED.channel_id
    reply = RecordReply(REF, "AP Director One", "What now?", SHARED.channel_id, "1.1")
    incident.by(customer(), reply)
    assert incident.told("reply_line")
