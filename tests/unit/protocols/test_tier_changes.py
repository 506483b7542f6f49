"""Raising and lowering: what is superseded, what never, what opens again, and who may."""

from __future__ import annotations

import pytest

from protocols.bridge.events import StartCall
from protocols.executives.events import ExecutiveNotified, VendorTold
from protocols.helpers.events import JoinBridge
from protocols.holds.events import HoldKind, PlaceHold
from protocols.holds.state import Holds
from protocols.investigation.events import ConfirmScope, RecordFinding
from protocols.kernel.refusals import AlreadyDone, ReasonNeeded
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.people.people import Role
from protocols.rights.refusals import NotYours
from protocols.roles.events import RoleLapsed, TakeRole
from protocols.roles.state import Roles
from protocols.scales import Impact, NoticedBy, Tier
from protocols.tiers.events import ChangeTier
from protocols.tiers.refusals import CannotLower
from protocols.tiers.state import Tiers
from tests.kit.rules_incident import REF, Incident, instant, who

UP = ChangeTier(REF, Tier.SYSTEMIC, "same double submission in 9 accounts")
DOWN = ChangeTier(REF, Tier.CRITICAL, "one account after all")
SCOPE = ConfirmScope(REF, "one account", "13:10 UTC", "seen in the run")
PLATFORM = frozenset({Impact.PLATFORM_FAILING})
ELEVATED = frozenset({Impact.PAYMENTS_BLOCKED})


def raised(clock: str = "14:37") -> Incident:
    """Return a Tier 3 incident that was raised."""
    incident = Incident.open().delivered().staffed()
    return incident.at(clock).by("engineering-lead-one", UP)


def test_anyone_on_the_ticket_raises_with_a_reason() -> None:
    incident = Incident.open()
    assert isinstance(incident.refused("support-two", UP), NotYours)
    bare = ChangeTier(REF, Tier.SYSTEMIC, " ")
    assert isinstance(incident.refused("csm-one", bare), ReasonNeeded)
    same = ChangeTier(REF, Tier.CRITICAL, "again")
    assert isinstance(incident.refused("csm-one", same), AlreadyDone)
    change = raised().ticket.of(Tiers).tier_changes[0]
    assert (change.before, change.after, change.by) == (3, 4, who("engineering-lead-one"))


def test_tier_4_supersedes_what_is_owed_of_tier_3_and_leaves_what_was_done() -> None:
    states = {step.kind: step.state for step in raised().ticket.of(Ladder).steps if step.run == 1}
    for kind in (StepKind.SCOPE, StepKind.CALL_RUNNING, StepKind.BLAST_RADIUS):
        assert states[kind] is StepState.SUPERSEDED
    assert states[StepKind.LEADS_HERE] is StepState.DONE
    assert states[StepKind.ROLES_TAKEN] is StepState.DONE


def test_a_promise_and_a_hold_are_never_superseded() -> None:
    incident = Incident.open().at("14:36")
    incident.by("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "stop")).by("csm-one", UP)
    assert incident.step(StepKind.FIRST_UPDATE).state is StepState.OWED
    assert incident.step(StepKind.FIRST_UPDATE).due_at == instant("15:02")
    assert incident.promised_at() == instant("15:02")
    assert incident.ticket.of(Holds).holds_in_force(HoldKind.TRANSACTION)
    assert incident.until("15:02").told("late")


def test_tier_4_counts_from_the_raising() -> None:
    incident = raised("14:37")
    assert incident.step(StepKind.COMMANDER).due_at == instant("14:52")
    assert incident.step(StepKind.OUTREACH).due_at == instant("15:07")
    assert incident.asked(Role.COMMANDER) == "engineering-lead-one"
    assert incident.told("brief_t4")
    assert "called/security" in incident.planned()


def test_raising_again_tells_nobody_twice() -> None:
    incident = raised()
    assert len(incident.events(VendorTold)) == 1
    assert len(incident.events(ExecutiveNotified)) == 1
    assert incident.planned().count("heads-up/cs-manager") == 1


def test_back_on_tier_3_what_was_not_done_opens_again_from_that_moment() -> None:
    incident = raised("14:37").at("14:50").by("cs-manager-one", DOWN).agreed()
    assert incident.step(StepKind.SCOPE).due_at == instant("15:05")
    assert incident.step(StepKind.CALL_RUNNING).due_at == instant("15:20")
    assert incident.step(StepKind.BLAST_RADIUS).opens_at == instant("15:20")
    assert incident.step(StepKind.LEADS_HERE).run == 1
    assert incident.step(StepKind.FIRST_UPDATE).run == 1
    assert incident.step(StepKind.COMMANDER).state is StepState.SUPERSEDED
    assert incident.ticket.of(Roles).seat(Role.COMMANDER) is None


def test_what_was_done_under_tier_4_is_not_owed_again() -> None:
    incident = raised().by("csm-one", StartCall(REF), SCOPE)
    incident.by("engineer-one", RecordFinding(REF, "scope", "two batches", 1, 412))
    incident.by("cs-manager-one", DOWN).agreed()
    met = {StepKind.SCOPE, StepKind.CALL_RUNNING, StepKind.BLAST_RADIUS}
    assert incident.owed().isdisjoint(met)


def test_an_update_under_tier_4_is_the_first_update() -> None:
    incident = Incident.open(impacts=PLATFORM, signal=None).delivered()
    incident.at("14:20").updated("csm-one")
    incident.at("14:50").by("cs-manager-one", DOWN).agreed()
    assert StepKind.FIRST_UPDATE not in incident.owed()


def test_leads_who_came_under_tier_4_are_here() -> None:
    incident = Incident.open().by("csm-one", UP)
    incident.by("engineering-lead-one", JoinBridge(REF))
    incident.by("cs-manager-one", JoinBridge(REF), DOWN).agreed()
    assert StepKind.LEADS_HERE not in incident.owed()


def test_three_roles_still_held_are_the_step_again_at_once() -> None:
    incident = Incident.open().by("csm-one", UP).staffed()
    incident.by("cs-manager-one", DOWN).agreed()
    assert incident.step(StepKind.ROLES_TAKEN).state is StepState.DONE


def test_reviewers_who_had_not_come_are_owed_again() -> None:
    incident = Incident.open(funds_confirmed=True)
    incident.at("14:10").by("csm-one", UP)
    assert StepKind.REVIEWERS_HERE not in incident.owed()
    incident.at("14:20").by("cs-manager-one", DOWN).agreed()
    assert incident.step(StepKind.REVIEWERS_HERE).due_at == instant("14:50")


def test_a_ticket_opened_on_tier_4_and_lowered_tells_the_third_party_then() -> None:
    incident = Incident.open(impacts=PLATFORM, signal=None).delivered()
    assert not incident.told("vendor_notice")
    incident.by("cs-manager-one", DOWN).agreed().delivered()
    assert incident.told("vendor_notice")
    assert incident.step(StepKind.VENDOR_TOLD).state is StepState.DONE


def test_raised_once_more_a_new_commander_is_owed() -> None:
    incident = raised().by("engineering-lead-one", TakeRole(REF, Role.COMMANDER))
    incident.at("14:50").by("cs-manager-one", DOWN).agreed().at("15:00").by("csm-one", UP)
    assert incident.step(StepKind.COMMANDER).due_at == instant("15:15")
    assert incident.holder(Role.COMMANDER) is None


def test_from_tier_2_a_manager_lowers_alone() -> None:
    incident = Incident.open(impacts=ELEVATED, signal=None)
    lower = ChangeTier(REF, Tier.ROUTINE, "one user")
    assert isinstance(incident.refused("csm-one", lower), CannotLower)
    assert incident.by("cs-manager-one", lower).ticket.tier is Tier.ROUTINE


@pytest.mark.parametrize("tier", [Tier.CRITICAL, Tier.SYSTEMIC])
def test_a_ticket_raised_from_tier_2_counts_from_the_raising(tier: Tier) -> None:
    incident = Incident.open(impacts=ELEVATED, signal=None).delivered().at("16:00")
    incident.by("csm-one", ChangeTier(REF, tier, "funds moved")).delivered()
    due_at = {Tier.CRITICAL: "17:00", Tier.SYSTEMIC: "16:30"}[tier]
    assert incident.promised_at() == instant(due_at)
    assert incident.told("escalated_customer")
    settled = (StepKind.ACKNOWLEDGE, StepKind.BRIDGE_OPEN, StepKind.SPONSOR_TOLD)
    for kind in settled:
        assert incident.step(kind).state is StepState.DONE
    assert "bridge" in incident.planned()


def test_a_ticket_we_found_and_raised_still_waits_for_the_contacts_press() -> None:
    incident = Incident.open(impacts=ELEVATED, signal=None, noticed_by=NoticedBy.US)
    incident.at("16:00").by("csm-one", ChangeTier(REF, Tier.CRITICAL, "funds moved"))
    assert incident.step(StepKind.ACKNOWLEDGE).due_at == instant("16:15")
    assert incident.told("prompt_acknowledge")


def test_a_bridge_is_made_once_however_often_the_tier_changes() -> None:
    incident = Incident.open()
    incident.by("cs-manager-one", ChangeTier(REF, Tier.ELEVATED, "less")).agreed()
    incident.at("14:20").by("csm-one", ChangeTier(REF, Tier.CRITICAL, "more"))
    assert incident.planned().count("bridge") == 1


def test_a_lowered_ticket_asks_for_no_more_roles() -> None:
    incident = Incident.open().until("14:17")
    incident.by("cs-manager-one", ChangeTier(REF, Tier.ELEVATED, "less")).agreed().until("15:30")
    assert not incident.events(RoleLapsed)


def test_a_brief_that_came_with_tier_4_is_the_one_that_is_edited() -> None:
    incident = Incident.open(impacts=ELEVATED, signal=None).at("16:00").by("csm-one", UP)
    incident.delivered()
    incident.at("16:10").by("cs-manager-one", DOWN).agreed().at("16:11").by("csm-one", SCOPE)
    planned = set(incident.planned())
    for effect in incident.effects:
        assert {key.removeprefix(f"{REF}/") for key in effect.needs} <= planned
    assert [e for e in incident.last_effects if "brief-edit" in e.key]
