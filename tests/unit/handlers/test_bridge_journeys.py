"""On the bridge: join, call, scope, findings, isolation, exposure, notes, who comes and stays."""

from __future__ import annotations

import pytest

from protocols.bridge.events import InvitePerson, NoteJoined, NoteLeft, PersonInvited
from protocols.bridge.state import BridgeState
from protocols.helpers.state import Helpers
from protocols.investigation.state import Investigation
from protocols.ladder.events import StepKind
from protocols.ladder.state import Ladder
from protocols.people.people import Who
from protocols.timeline.events import AddNote
from tests.unit.handlers.desk_in_memory import ACMES_TEAM, BRIDGE_CHANNEL, slack_id
from tests.unit.handlers.incident import REF, Incident


@pytest.fixture
def incident() -> Incident:
    return Incident()


FORMS = {
    "scope.open": (),
    "finding.open": (),
    "isolated.open": (),
    "exposure.open": (),
    "note.open": (),
    "tier.open": (),
    "hold.place": (),
    "hand_over.open": (),
    "words.open": (),
    "called.open": (),
    "bridge.invite": (),
    "ticket.resolve": (),
    "update.draft": (),
    "outreach.draft": (),
    "outreach.accounts": (),
    "status_page.open": (),
    "analysis.open": (),
}


@pytest.mark.parametrize("action", FORMS)
def test_a_form_opens_for_one_on_the_ticket(incident: Incident, action: str) -> None:
    form = incident.form("csm-one", action)
    assert form.view["private_metadata"].split("|")[0] == REF


@pytest.mark.parametrize("action", [*FORMS, "say.open"])
def test_no_form_opens_for_people_outside(incident: Incident, action: str) -> None:
    incident.press("U0STRANGER", action, team=ACMES_TEAM)
    assert incident.opened() == 0
    assert "This is for Bridgewatch Payments staff" in incident.told


@pytest.mark.parametrize("action", [*FORMS, "say.open"])
def test_no_form_opens_for_a_colleague_who_is_not_on_the_ticket(
    incident: Incident, action: str
) -> None:
    incident.press("finance-one", action)
    assert incident.opened() == 0
    assert "Only people on BW-1001 can do this" in incident.told


def test_a_form_of_an_unknown_ticket_is_refused(incident: Incident) -> None:
    incident.slack.press("csm-one", "scope.open", "BW-9999")
    assert "no ticket is called BW-9999" in incident.told


def test_an_entry_of_the_menu_does_what_it_names(incident: Incident) -> None:
    incident.slack.pick("csm-one", f"hold.place|{REF}", channel=BRIDGE_CHANNEL)
    assert incident.slack.shown().view["callback_id"] == "place_hold"


def test_a_lead_joins_and_is_told_where(incident: Incident) -> None:
    incident.press("engineering-lead-one", "bridge.join")
    assert f"<#{BRIDGE_CHANNEL}" in incident.told
    helper = next(h for h in incident.ticket.of(Helpers).helpers if h.duty == "engineering-lead")
    assert helper.here_at is not None


def test_a_lead_who_is_on_it_has_answered(incident: Incident) -> None:
    incident.press("cs-manager-one", "bridge.on_it")
    helper = next(h for h in incident.ticket.of(Helpers).helpers if h.duty == "cs-manager")
    assert helper.here_at is not None
    assert "you are on it" in incident.told


def test_the_leads_are_brought_in_once(incident: Incident) -> None:
    incident.press("csm-one", "bridge.bring_in")
    assert incident.ticket.of(BridgeState).brought_in_at is not None
    incident.press("csm-one", "bridge.bring_in")
    assert "done already" in incident.told


def test_the_call_is_started_by_anyone_there(incident: Incident) -> None:
    incident.press("cs-manager-one", "call.started")
    assert incident.ticket.of(BridgeState).call_started_by == incident.who("cs-manager-one")


def test_the_scope_is_confirmed_by_its_form(incident: Incident) -> None:
    form = incident.form("csm-one", "scope.open")
    answer = incident.send("csm-one", form, since="13:10 UTC", how="Seen by the bank")
    assert not incident.ticket.of(Ladder).owes(StepKind.SCOPE)
    assert answer.raw == ""
    assert "Scope confirmed on BW-1001" in incident.told


def test_one_who_is_not_in_the_bridge_reads_the_answer_in_the_form(incident: Incident) -> None:
    form = incident.form("cs-manager-one", "note.open")
    answer = incident.send("cs-manager-one", form, note="We stop all runs.")
    assert answer.body["response_action"] == "update"
    assert "On the timeline of BW-1001" in answer.text


def test_a_scope_finding_with_both_counts_is_the_blast_radius(incident: Incident) -> None:
    form = incident.form("csm-one", "finding.open")
    found = {"kind": "scope", "finding": "One run", "accounts_count": "1", "records_count": "412"}
    incident.send("csm-one", form, **found)
    assert not incident.ticket.of(Ladder).owes(StepKind.BLAST_RADIUS)
    assert incident.ticket.of(Investigation).findings[0].records_count == 412


def test_another_finding_leaves_the_blast_radius_owed(incident: Incident) -> None:
    form = incident.form("csm-one", "finding.open")
    found = {"kind": "cause", "finding": "A retry", "accounts_count": "1", "records_count": "412"}
    incident.send("csm-one", form, **found)
    assert incident.ticket.of(Ladder).owes(StepKind.BLAST_RADIUS)


def test_a_count_that_is_no_number_is_told_under_its_field(incident: Incident) -> None:
    form = incident.form("csm-one", "finding.open")
    answer = incident.send("csm-one", form, finding="One run", records_count="about 400")
    assert answer.errors == {"records_count": "A whole number."}
    assert incident.ticket.of(Investigation).findings == ()


def test_records_are_isolated_by_the_investigator(incident: Incident) -> None:
    incident.staff()
    form = incident.form("engineer-one", "isolated.open")
    incident.send("engineer-one", form, how="Moved to the quarantine ledger")
    assert not incident.ticket.of(Ladder).owes(StepKind.RECORDS_ISOLATED)


def test_another_does_not_say_that_records_are_isolated(incident: Incident) -> None:
    incident.staff()
    form = incident.form("csm-two", "isolated.open")
    answer = incident.send("csm-two", form, how="I think so")
    assert "the investigator" in answer.errors["how"]
    assert incident.ticket.of(Ladder).owes(StepKind.RECORDS_ISOLATED)


def test_not_possible_is_an_answer_too(incident: Incident) -> None:
    incident.staff()
    form = incident.form("engineer-one", "isolated.open")
    incident.slack.press_in("engineer-one", form, "isolated.not_possible", REF)
    over = incident.own(incident.slack.shown())
    assert over.view["callback_id"] == "not_possible"
    incident.send("engineer-one", over, why="The ledger is append-only")
    assert not incident.ticket.of(Ladder).owes(StepKind.RECORDS_ISOLATED)


def test_exposure_is_confirmed_with_who_has_seen_it(incident: Incident) -> None:
    form = incident.form("csm-one", "exposure.open")
    incident.send("csm-one", form, seen_by="AP Director One, in the bank's report")
    assert incident.ticket.of(Investigation).exposure_by == incident.who("csm-one")
    notes = [c.text for c in incident.desk.commands if isinstance(c, AddNote)]
    assert notes == ["Exposure seen by: AP Director One, in the bank's report"]
    assert "Finance One" in incident.told


def crowd(incident: Incident) -> None:
    """Fill the bridge with nine people."""
    names = ("csm-two", "cs-manager-one", "engineering-lead-one", "engineer-one")
    more = ("support-one", "support-two", "legal-one", "finance-one")
    for person in (*names, *more):
        incident.ask("cs-manager-one", NoteJoined(REF, incident.who(person)))


def test_a_ninth_person_needs_a_manager_with_a_reason(incident: Incident) -> None:
    crowd(incident)
    form = incident.form("csm-one", "bridge.invite")
    answer = incident.send(
        "csm-one", form, person=slack_id("security-one"), reason="They know the ledger"
    )
    assert "A CS manager may invite anyway" in answer.errors["person"]


def test_a_manager_invites_a_ninth_with_a_reason(incident: Incident) -> None:
    crowd(incident)
    form = incident.form("cs-manager-one", "bridge.invite")
    incident.send("cs-manager-one", form, person=slack_id("security-one"), reason="Needed")
    assert "Security One is invited" in incident.told


def test_a_manager_keeps_the_ninth_with_a_reason(incident: Incident) -> None:
    crowd(incident)
    form = incident.form("cs-manager-one", "bridge.keep", "finance-one")
    incident.send("cs-manager-one", form, reason="Clears the hold")
    assert "finance-one" in incident.ticket.of(BridgeState).kept


def test_only_a_manager_is_asked_about_the_ninth(incident: Incident) -> None:
    crowd(incident)
    incident.press("csm-one", "bridge.keep", "finance-one")
    assert incident.opened() == 0
    assert "This needs cs manager" in incident.told


def test_the_one_asked_to_leave_is_told_alone(incident: Incident) -> None:
    crowd(incident)
    incident.press("cs-manager-one", "bridge.ask_to_leave", "finance-one")
    said = [given for name, given in incident.desk.interactive.calls if name == "say"]
    assert [given["user_id"] for given in said] == [slack_id("finance-one")]
    assert "Finance One is asked to leave" in incident.told


def test_one_who_has_left_is_not_asked_to_leave(incident: Incident) -> None:
    crowd(incident)
    incident.ask("cs-manager-one", NoteLeft(REF, Who("finance-one", "Finance One")))
    incident.press("cs-manager-one", "bridge.ask_to_leave", "finance-one")
    assert "earlier state" in incident.told


def test_one_who_left_with_a_seat_is_asked_back_in_by_a_press(incident: Incident) -> None:
    incident.staff()
    who = Who("csm-two", "CSM Two")
    incident.ask("cs-manager-one", NoteJoined(REF, who))
    incident.ask("cs-manager-one", NoteLeft(REF, who))
    incident.press("cs-manager-one", "bridge.ask_back", "csm-two")
    assert "CSM Two" in incident.told
    asked = [each for each in incident.desk.journal[REF] if isinstance(each, PersonInvited)]
    assert asked[-1].person.key == "csm-two"


def test_a_guest_is_not_invited(incident: Incident) -> None:
    incident.desk.outside.add(slack_id("security-one"))
    form = incident.form("csm-one", "bridge.invite")
    answer = incident.send("csm-one", form, person=slack_id("security-one"), reason="Help")
    assert "That person is not in the directory" in answer.errors["person"]
    assert not any(isinstance(c, InvitePerson) for c in incident.desk.commands)


def test_one_takes_a_vacant_role_by_the_form_too(incident: Incident) -> None:
    form = incident.form("csm-one", "hand_over.open", "scribe")
    incident.send("csm-one", form, person=slack_id("csm-one"))
    assert "You are the scribe" in incident.told
