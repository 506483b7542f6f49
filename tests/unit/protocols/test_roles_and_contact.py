"""Who holds what: the three roles, the commander, the one contact, the leads, the ninth person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from protocols.bridge.events import (
    BringInNow,
    InvitePerson,
    KeepNinth,
    LeadsBroughtIn,
    NoteJoined,
    NoteLeft,
    PersonInvited,
)
from protocols.bridge.refusals import BridgeFull
from protocols.bridge.state import BridgeState
from protocols.contact.events import AnswerPoc, OfferPoc, PocOffered
from protocols.contact.refusals import NotACsm, NotOfItsTeam
from protocols.contact.state import HandOver
from protocols.helpers.events import HelperCalledAgain, JoinBridge, SayOnIt
from protocols.investigation.events import ConfirmExposure
from protocols.kernel.refusals import AlreadyDone, NotAllowed, ReasonNeeded
from protocols.ladder.events import StepKind, StepState
from protocols.people.directory import Directory
from protocols.people.people import BRIDGE_ROLES, Role, Who
from protocols.people.refusals import PersonUnknown
from protocols.rights.refusals import NotAsked, NotYours
from protocols.roles.events import AssignRole, DeclineRole, RoleTaken, RotaExhausted, TakeRole
from protocols.roles.refusals import RoleAlreadyTaken, RoleConflict
from protocols.scales import Impact, Severity
from tests.kit.rules_incident import REF, Incident, instant, people, who

INVESTIGATOR, COMMUNICATOR, SCRIBE = BRIDGE_ROLES


def test_at_t15_the_bot_brings_in_the_leads_and_asks_three_different_people() -> None:
    incident = Incident.open().until("14:16:59")
    assert incident.ticket.of(BridgeState).brought_in_at is None
    incident.until("14:17")
    assert incident.ticket.of(BridgeState).brought_in_at == instant("14:17")
    asked = [incident.asked(role) for role in BRIDGE_ROLES]
    assert asked == ["engineer-one", "csm-two", "support-one"]
    invited = {event.person.key for event in incident.events(PersonInvited)}
    assert invited == {"engineering-lead-one", "cs-manager-one"}


def test_brought_in_now_the_bot_does_not_bring_in_again_at_t15() -> None:
    incident = Incident.open().at("14:05").by("csm-one", BringInNow(REF)).until("14:18")
    assert len(incident.events(LeadsBroughtIn)) == 1
    assert isinstance(incident.refused("csm-one", BringInNow(REF)), AlreadyDone)


def test_a_lead_who_came_is_not_invited_again() -> None:
    incident = Incident.open().by("engineering-lead-one", JoinBridge(REF)).until("14:17")
    again = [event.person.key for event in incident.events(HelperCalledAgain)]
    assert again == ["cs-manager-one"]


def test_both_leads_here_or_on_it_is_the_step() -> None:
    incident = Incident.open().by("engineering-lead-one", JoinBridge(REF))
    assert StepKind.LEADS_HERE in incident.owed()
    incident.by("cs-manager-one", SayOnIt(REF))
    assert incident.step(StepKind.LEADS_HERE).state is StepState.DONE


def test_one_who_does_not_answer_within_five_minutes_is_passed_over() -> None:
    incident = Incident.open().until("14:21:59")
    assert incident.asked(SCRIBE) == "support-one"
    incident.until("14:22")
    assert incident.asked(SCRIBE) == "support-two"
    silent = [e.params["silent"] for e in incident.told("role_unanswered")]
    assert "support-one" in silent
    assert [e for e in incident.told("page_role") if e.params["person"] == "support-two"]


def test_at_the_end_of_the_rota_the_manager_is_asked_to_name_someone() -> None:
    incident = Incident.open().until("14:32")
    assert {event.role for event in incident.events(RotaExhausted)} == set(BRIDGE_ROLES)
    assert incident.step(StepKind.ROLES_TAKEN).late_told
    incident.by("cs-manager-one", AssignRole(REF, SCRIBE, who("support-two")))
    incident.by("support-two", TakeRole(REF, SCRIBE))
    assert incident.holder(SCRIBE) == "support-two"


def test_one_who_declines_makes_way_for_the_next_at_once() -> None:
    incident = Incident.open().until("14:17").by("support-one", DeclineRole(REF, SCRIBE))
    assert incident.asked(SCRIBE) == "support-two"


def test_only_the_one_asked_declines() -> None:
    incident = Incident.open().until("14:17")
    assert isinstance(incident.refused("csm-one", DeclineRole(REF, SCRIBE)), NotAsked)


def test_three_different_people_with_roles_are_the_step() -> None:
    incident = Incident.open().staffed()
    assert incident.step(StepKind.ROLES_TAKEN).state is StepState.DONE
    assert [incident.holder(role) for role in BRIDGE_ROLES] == [
        "engineer-one",
        "csm-two",
        "support-one",
    ]


def test_the_slower_of_two_on_one_button_reads_who_was_faster() -> None:
    incident = Incident.open().until("14:17").by("support-one", TakeRole(REF, SCRIBE))
    refusal = incident.at("14:17:04").refused("csm-one", TakeRole(REF, SCRIBE))
    assert isinstance(refusal, RoleAlreadyTaken)
    assert refusal.facts["person"] == "Support One"
    assert refusal.facts["seconds"] == 4


@pytest.mark.parametrize(
    ("holds", "wants"), [(INVESTIGATOR, COMMUNICATOR), (COMMUNICATOR, INVESTIGATOR)]
)
def test_the_investigator_never_writes_to_the_customer(holds: Role, wants: Role) -> None:
    incident = Incident.open().by("csm-one", TakeRole(REF, holds))
    assert isinstance(incident.refused("csm-one", TakeRole(REF, wants)), RoleConflict)
    manager = AssignRole(REF, wants, who("csm-one"), "few are here")
    assert isinstance(incident.refused("cs-manager-one", manager), RoleConflict)


def test_with_three_on_duty_nobody_holds_two_roles() -> None:
    incident = Incident.open().by("csm-one", TakeRole(REF, COMMUNICATOR))
    assert isinstance(incident.refused("csm-one", TakeRole(REF, SCRIBE)), RoleConflict)
    asked = AssignRole(REF, SCRIBE, who("csm-one"), "few are here")
    assert isinstance(incident.refused("cs-manager-one", asked), RoleConflict)


def _short_staffed() -> Incident:
    kept = ("csm-one", "cs-manager-one", "engineer-one")
    few = tuple(person for person in people().people if person.key in kept)
    incident = Incident.open(directory=Directory(few, people().teams, people().accounts))
    return incident.by("csm-one", TakeRole(REF, COMMUNICATOR))


def test_with_fewer_than_three_on_duty_a_manager_may_give_two_roles_with_a_reason() -> None:
    incident = _short_staffed()
    incident.by("cs-manager-one", AssignRole(REF, SCRIBE, who("csm-one"), "two are here"))
    incident.by("csm-one", TakeRole(REF, SCRIBE))
    assert incident.holder(SCRIBE) == incident.holder(COMMUNICATOR) == "csm-one"


@pytest.mark.parametrize(("by", "reason"), [("cs-manager-one", " "), ("csm-one", "two are here")])
def test_two_roles_need_a_manager_and_a_reason(by: str, reason: str) -> None:
    asked = AssignRole(REF, SCRIBE, who("csm-one"), reason)
    assert isinstance(_short_staffed().refused(by, asked), RoleConflict)


def test_a_role_handed_over_stays_with_its_holder_until_the_other_accepts() -> None:
    incident = Incident.open().staffed()
    incident.by("support-one", AssignRole(REF, SCRIBE, who("support-two")))
    assert incident.holder(SCRIBE) == "support-one"
    incident.by("support-two", TakeRole(REF, SCRIBE))
    assert incident.holder(SCRIBE) == "support-two"
    assert incident.events(RoleTaken)[-1].before == who("support-one")


@pytest.mark.parametrize("silent", [True, False])
def test_a_hand_over_that_is_not_accepted_leaves_the_holder_and_the_rota_alone(
    silent: bool,
) -> None:
    incident = Incident.open().staffed()
    incident.by("support-one", AssignRole(REF, SCRIBE, who("support-two")))
    if silent:
        incident.until("14:08")
    else:
        incident.by("support-two", DeclineRole(REF, SCRIBE))
    assert incident.holder(SCRIBE) == "support-one"
    assert incident.asked(SCRIBE) is None
    assert not incident.events(RotaExhausted)


def test_a_role_is_not_handed_to_its_holder() -> None:
    incident = Incident.open().staffed()
    again = AssignRole(REF, SCRIBE, who("support-one"))
    assert isinstance(incident.refused("csm-one", again), AlreadyDone)


def test_one_whom_slack_does_not_know_is_neither_asked_nor_named() -> None:
    incident = Incident.open(unreachable=frozenset({"engineer-one"})).until("14:17")
    assert incident.asked(INVESTIGATOR) == "engineering-lead-one"
    named = AssignRole(REF, INVESTIGATOR, who("engineer-one"))
    assert isinstance(incident.refused("csm-one", named), PersonUnknown)


def test_someone_who_is_not_on_the_ticket_takes_no_role() -> None:
    incident = Incident.open()
    assert isinstance(incident.refused("support-two", TakeRole(REF, SCRIBE)), NotYours)


def test_one_who_was_called_is_on_the_ticket_and_a_stranger_is_not() -> None:
    incident = Incident.open()
    incident.by("engineering-lead-one", JoinBridge(REF))
    assert isinstance(incident.refused("finance-one", JoinBridge(REF)), NotYours)


def test_the_contact_stays_until_the_other_accepts() -> None:
    incident = Incident.open().by("csm-one", OfferPoc(REF, who("csm-two")))
    assert incident.ticket.poc == who("csm-one")
    assert isinstance(incident.refused("csm-one", AnswerPoc(REF, accept=True)), NotAsked)
    incident.by("csm-two", AnswerPoc(REF, accept=True))
    assert incident.ticket.poc == who("csm-two")
    assert incident.ticket.of(HandOver).poc_offer is None


def test_a_declined_contact_stays_where_it_was() -> None:
    incident = Incident.open().by("csm-one", OfferPoc(REF, who("csm-two")))
    incident.by("csm-two", AnswerPoc(REF, accept=False))
    assert incident.ticket.poc == who("csm-one")


@pytest.mark.parametrize(
    ("by", "to", "why"),
    [
        ("csm-one", "engineer-one", NotACsm),
        ("csm-one", "csm-one", AlreadyDone),
        ("engineering-lead-one", "csm-two", NotAllowed),
        ("support-two", "csm-two", NotYours),
    ],
)
def test_the_contact_is_offered_by_its_holder_to_another_csm(by: str, to: str, why: type) -> None:
    assert isinstance(Incident.open().refused(by, OfferPoc(REF, who(to))), why)


def desk_ticket() -> Incident:
    """Return a ticket of Technical Support, on Tier 1."""
    return Incident.open(impacts=frozenset(), signal=None, severity=Severity.MEDIUM)


@pytest.mark.parametrize("to", ["engineer-one", "support-one", "csm-two", "cs-manager-one"])
def test_a_ticket_of_the_desk_is_given_to_whoever_could_take_it(to: str) -> None:
    incident = desk_ticket().by("csm-one", OfferPoc(REF, who(to)))
    assert incident.by(to, AnswerPoc(REF, accept=True)).ticket.poc == who(to)


def test_a_ticket_of_the_desk_is_given_to_nobody_of_another_team() -> None:
    assert isinstance(
        desk_ticket().refused("csm-one", OfferPoc(REF, who("finance-one"))), NotOfItsTeam
    )


def test_who_is_asked_already_is_not_asked_again() -> None:
    incident = desk_ticket().by("csm-one", OfferPoc(REF, who("csm-two")))
    incident.by("csm-one", OfferPoc(REF, who("csm-two")))
    assert not incident.last
    assert [e.key for e in incident.effects if e.template == "poc_offer"] != []
    assert len([e for e in incident.history if isinstance(e, PocOffered)]) == 1


def test_a_manager_hands_the_contact_over_when_its_holder_is_gone() -> None:
    incident = Incident.open().by("cs-manager-one", OfferPoc(REF, who("csm-two")))
    assert incident.ticket.of(HandOver).poc_offer is not None


def test_exposure_confirmed_later_gives_the_reviewers_a_quarter_of_an_hour() -> None:
    incident = Incident.open().at("14:25").by("csm-one", ConfirmExposure(REF))
    assert incident.step(StepKind.REVIEWERS_HERE).due_at == instant("14:40")
    assert isinstance(incident.refused("csm-one", ConfirmExposure(REF)), AlreadyDone)
    incident.by("compliance-one", JoinBridge(REF))
    assert StepKind.REVIEWERS_HERE in incident.owed()
    incident.by("finance-one", JoinBridge(REF))
    assert incident.step(StepKind.REVIEWERS_HERE).state is StepState.DONE


def test_exposure_confirmed_early_has_the_reviewers_due_with_the_activation() -> None:
    incident = Incident.open().at("14:05").by("csm-one", ConfirmExposure(REF))
    assert incident.step(StepKind.REVIEWERS_HERE).due_at == instant("14:32")


def _full() -> Incident:
    incident = Incident.open()
    for person in people().people[:8]:
        incident.by("csm-one", NoteJoined(REF, who(person.key)))
    return incident


def test_the_ninth_person_needs_a_managers_reason() -> None:
    incident = _full()
    ninth = InvitePerson(REF, who("finance-one"), "needed")
    assert isinstance(incident.refused("csm-one", ninth), BridgeFull)
    bare = InvitePerson(REF, who("finance-one"))
    assert isinstance(incident.refused("cs-manager-one", bare), BridgeFull)
    incident.by("cs-manager-one", ninth)
    incident.by("finance-one", NoteJoined(REF, who("finance-one")))
    assert not incident.told("ninth_person")


def test_a_ninth_whom_slack_let_in_brings_the_manager_the_question() -> None:
    incident = _full()
    incident.by("finance-one", NoteJoined(REF, who("finance-one"), who("csm-two")))
    asked = incident.told("ninth_person")
    assert [e.params["by"] for e in asked] == ["csm-two", "csm-two"]
    keep = KeepNinth(REF, who("finance-one"), "counts the money")
    assert isinstance(incident.refused("csm-one", keep), NotAllowed)
    assert isinstance(incident.refused("cs-manager-one", replace(keep, reason="")), ReasonNeeded)
    incident.by("cs-manager-one", keep)
    assert "finance-one" in incident.ticket.of(BridgeState).kept


def test_one_person_with_both_lead_duties_is_invited_once() -> None:
    lead = replace(people().people[3], duties=people().people[3].duties + people().people[2].duties)
    few = (people().people[0], lead)
    incident = Incident.open(directory=Directory(few, people().teams, people().accounts))
    incident.until("14:17")
    assert len([key for key in incident.planned() if key.startswith(f"invite/{lead.key}")]) == 1


def test_a_commander_who_is_silent_is_followed_by_the_next() -> None:
    incident = Incident.open(impacts=frozenset({Impact.PLATFORM_FAILING}), signal=None)
    assert incident.asked(Role.COMMANDER) == "engineering-lead-one"
    incident.until("14:07")
    assert incident.asked(Role.COMMANDER) == "security-one"
    incident.by("security-one", TakeRole(REF, Role.COMMANDER))
    assert incident.step(StepKind.COMMANDER).state is StepState.DONE


def test_a_rota_at_its_end_is_said_once() -> None:
    incident = Incident.open(impacts=frozenset({Impact.PLATFORM_FAILING}), signal=None)
    incident.until("14:12").by("csm-one", BringInNow(REF))
    ended = [e.role for e in incident.events(RotaExhausted)]
    assert ended.count(Role.COMMANDER) == 1


def test_who_left_the_channel_is_not_here() -> None:
    incident = Incident.open().by("csm-one", NoteJoined(REF, Who("csm-one", "CSM One")))
    incident.by("csm-one", NoteLeft(REF, who("csm-one")))
    assert incident.ticket.of(BridgeState).here == ()
