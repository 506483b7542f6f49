"""Which team a ticket has, and what another category or severity changes. S70-S78, S140; D33."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from protocols.account.rules import account_card
from protocols.closure.events import Resolve
from protocols.kernel.refusals import AlreadyDone, NotAllowed, WrongState
from protocols.ladder.measures import met
from protocols.naming.events import SetAccount
from protocols.people.directory import Directory
from protocols.policy.policy import Policy
from protocols.policy.sections import EntryRefused
from protocols.routing.events import CategoryChanged, ChangeTicket, SeverityChanged, TicketRouted
from protocols.routing.refusals import NoSuchTeam
from protocols.routing.state import Routing
from protocols.routing.teams import Matter, routed, routed_now, team_of
from protocols.scales import CATEGORIES, Category, Severity
from protocols.stage import Stage, stage_of
from protocols.targets.events import Acknowledge, StartTriage
from protocols.time.targets import Measure
from tests.kit.rules_incident import REF, Incident, people, policy

ROUTINE: dict[str, Any] = {"impacts": frozenset(), "signal": None, "severity": Severity.HIGH}
COMMISSION = Category.COMMISSION_PAYMENT
RESOLVE = Resolve(REF, "The deals were added.", "See the statement.")


def tagged(key: str, *tags: str) -> Directory:
    """Return the sample world with other tags on one account."""
    known = people()
    accounts = (replace(one, tags=tags) if one.key == key else one for one in known.accounts)
    return replace(known, accounts=tuple(accounts))


def opened(account: str = "cedar", category: Category = COMMISSION, **form: Any) -> Incident:
    values = {**ROUTINE, "account_key": account, "category": category, **form}
    return Incident.open(channel=None, by="csm-two", **values)


def entries() -> dict[str, Any]:
    """Return the entries of the desk's policy, to be changed."""
    return dict(json.loads(policy().body))


def team(incident: Incident) -> str:
    return incident.ticket.of(Routing).team


@pytest.mark.parametrize("category", CATEGORIES)
def test_each_category_goes_to_its_team(category: Category) -> None:
    incident = opened("dune", category)
    assert team(incident) == policy().categories[category].team
    assert incident.ticket.of(Routing).since_at == incident.ticket.opened_at


@pytest.mark.parametrize(
    ("tags", "category", "severity", "expected"),
    [
        (("hipaa",), Category.CONTRACT_POLICY, Severity.LOW, "Legal and Compliance"),
        (("hipaa",), COMMISSION, Severity.LOW, "Channel Finance"),
        ((), Category.CONTRACT_POLICY, Severity.LOW, "Channel Operations"),
        (("mssp",), Category.TECHNICAL_PRODUCT, Severity.CRITICAL, "Security Engineering"),
        (("mssp",), Category.TECHNICAL_PRODUCT, Severity.HIGH, "Technical Support"),
    ],
)
def test_rows_of_the_policy_go_before_the_category(
    tags: tuple[str, ...], category: Category, severity: Severity, expected: str
) -> None:
    incident = opened("dune", category, severity=severity, directory=tagged("dune", *tags))
    assert team(incident) == expected


def test_a_row_may_name_an_account() -> None:
    rows = [{"name": "Dune", "accounts": ["dune"], "team": "Dune Desk", "source": "ours"}]
    known = entries()
    known["routing"] = {"default_team": "Channel Operations", "rows": rows}
    account = people().account("dune")
    assert account is not None
    matter = Matter(COMMISSION, Severity.LOW, account_card(account))
    assert routed(Policy.from_mapping(known), matter).team == "Dune Desk"


def test_a_row_with_an_unknown_entry_is_refused_by_its_path() -> None:
    known = entries()
    known["routing"] = {"default_team": "A", "rows": [{"name": "n", "team": "t", "tag": ["x"]}]}
    with pytest.raises(EntryRefused, match=r"routing\.rows\.0"):
        Policy.from_mapping(known)


def test_a_category_that_the_policy_has_no_more_goes_to_the_default_team_and_says_so() -> None:
    without = {key: rule for key, rule in policy().categories.items() if key != COMMISSION}
    found = routed(replace(policy(), categories=without), Matter(COMMISSION, Severity.LOW, None))
    assert found.team == policy().routing.default_team
    assert "no category Commission and Payment" in found.why


def test_another_category_takes_the_ticket_to_its_team_and_asks_the_account_nothing() -> None:
    incident = opened().by("csm-two", Acknowledge(REF)).at("15:00")
    before, said = dict(met(incident.ticket)), len(incident.effects)
    incident.by("csm-two", ChangeTicket(REF, category=Category.DEAL_REGISTRATION))
    assert [type(event) for event in incident.last] == [CategoryChanged, TicketRouted]
    assert incident.ticket.category == Category.DEAL_REGISTRATION
    assert team(incident) == "Channel Operations"
    assert met(incident.ticket) == before
    assert len(incident.effects) == said
    assert Measure.REPLY in before


def test_another_severity_alone_leaves_the_team_that_a_person_chose() -> None:
    incident = opened("dune").by("csm-two", ChangeTicket(REF, "incentive operations"))
    assert team(incident) == "Incentive Operations"
    incident.by("csm-two", ChangeTicket(REF, severity=Severity.LOW))
    assert [type(event) for event in incident.last] == [SeverityChanged]
    assert team(incident) == "Incentive Operations"


def test_severity_critical_takes_a_managed_security_partner_to_security_engineering() -> None:
    incident = opened(category=Category.TECHNICAL_PRODUCT)
    incident.by("csm-two", ChangeTicket(REF, severity=Severity.CRITICAL))
    assert team(incident) == "Security Engineering"
    (moved,) = incident.events(TicketRouted)
    assert moved.why == "Active incident at a managed security partner"


def test_once_the_account_is_known_its_rows_decide() -> None:
    incident = Incident.open(
        **{**ROUTINE, "account_key": None, "category": Category.CONTRACT_POLICY},
        channel=None,
        directory=tagged("dune", "hipaa"),
    )
    incident.by("csm-one", SetAccount(REF, "dune"))
    assert team(incident) == "Legal and Compliance"


def test_an_older_ticket_has_the_team_of_its_category() -> None:
    ticket = opened().ticket.having(Routing())
    assert team_of(ticket, policy()) == "Channel Finance"
    assert team_of(ticket, policy()) == routed_now(ticket, policy()).team


def test_someone_of_the_team_may_take_it_and_sort_it() -> None:
    incident = opened().by("finance-one", Acknowledge(REF))
    assert incident.ticket.poc is not None
    assert incident.ticket.poc.key == "finance-one"
    incident.by("finance-one", ChangeTicket(REF, category=Category.MDF_INCENTIVE))


def test_two_who_take_at_once_one_has_it_and_the_other_reads_who() -> None:
    incident = opened().by("finance-one", Acknowledge(REF))
    refusal = incident.refused("csm-one", Acknowledge(REF))
    assert isinstance(refusal, AlreadyDone)
    assert refusal.facts["person"] == "Finance One"


def test_one_of_the_new_team_takes_what_was_handed_on_and_the_reply_stays_met() -> None:
    incident = opened().by("csm-two", Acknowledge(REF)).at("15:00")
    reply = met(incident.ticket)[Measure.REPLY]
    incident.by("csm-two", ChangeTicket(REF, "Technical Support"))
    incident.by("engineer-one", Acknowledge(REF))
    assert incident.ticket.poc is not None
    assert incident.ticket.poc.key == "engineer-one"
    assert met(incident.ticket)[Measure.REPLY] == reply
    assert isinstance(incident.refused("csm-one", Acknowledge(REF)), AlreadyDone)


@pytest.mark.parametrize(
    ("by", "command", "refusal"),
    [
        ("csm-two", ChangeTicket(REF, "Payroll"), NoSuchTeam),
        ("csm-two", ChangeTicket(REF, category=COMMISSION), AlreadyDone),
        ("engineer-one", ChangeTicket(REF, severity=Severity.LOW), NotAllowed),
    ],
)
def test_what_is_refused(by: str, command: ChangeTicket, refusal: type[Exception]) -> None:
    assert isinstance(opened().refused(by, command), refusal)


def test_what_is_resolved_is_not_sorted_any_more() -> None:
    incident = opened()
    incident.by("csm-two", RESOLVE)
    assert isinstance(incident.refused("csm-two", ChangeTicket(REF, "Legal")), WrongState)


def test_the_stage_is_one_of_five_words() -> None:
    incident = opened()
    assert stage_of(incident.ticket) is Stage.SUBMITTED
    assert stage_of(opened().by("csm-two", StartTriage(REF)).ticket) is Stage.UNDER_REVIEW
    assert stage_of(incident.by("csm-two", Acknowledge(REF)).ticket) is Stage.UNDER_REVIEW
    assert stage_of(incident.by("csm-two", RESOLVE).ticket) is Stage.RESOLVED
    assert stage_of(Incident.open().ticket) is Stage.ESCALATED
