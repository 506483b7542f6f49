"""``/bridge``: each verb in a bridge, and elsewhere with a reference."""

from __future__ import annotations

import pytest

from protocols.closure.events import MarkOpenedInError
from protocols.contact.state import HandOver
from protocols.holds.events import HoldKind, PlaceHold
from protocols.investigation.state import Investigation
from protocols.people.people import Role
from protocols.roles.state import Roles
from protocols.scales import Impact, Tier
from protocols.tiers.events import ChangeTier
from protocols.tiers.state import Tiers
from protocols.timeline.events import AddNote
from tests.unit.handlers.desk_in_memory import ACMES_TEAM, BRIDGE_CHANNEL, slack_id
from tests.unit.handlers.incident import REF, Incident

ELSEWHERE = "C0GENERAL1"


@pytest.fixture
def incident() -> Incident:
    return Incident()


@pytest.mark.parametrize("text", ["", "status", "  STATUS ", REF, REF.lower(), f"status {REF}"])
def test_the_card_is_shown_for_me(incident: Incident, text: str) -> None:
    answer = incident.bridge("csm-one", text)
    assert answer.body["response_type"] == "ephemeral"
    assert "BW-1001 · Tier 3 · Acme" in answer.text


def test_a_reference_names_the_ticket_elsewhere(incident: Incident) -> None:
    answer = incident.bridge("csm-one", f"status {REF}", channel=ELSEWHERE)
    assert "BW-1001 · Tier 3 · Acme" in answer.text


@pytest.mark.parametrize("text", ["", "status", "update", "note We stop", "timeline"])
def test_outside_a_bridge_my_own_is_named(incident: Incident, text: str) -> None:
    answer = incident.bridge("csm-one", text, channel=ELSEWHERE)
    assert "This is not a bridge" in answer.text
    assert f"<#{BRIDGE_CHANNEL}" in answer.text


def test_outside_a_bridge_one_without_any_is_told_the_form(incident: Incident) -> None:
    answer = incident.bridge("finance-one", "", channel=ELSEWHERE)
    assert "Name it: `/bridge status BW-1001`" in answer.text


def test_an_unknown_reference_is_refused(incident: Incident) -> None:
    assert "no ticket is called BW-9" in incident.bridge("csm-one", "status BW-9").text


def test_a_near_miss_is_asked_back(incident: Incident) -> None:
    answer = incident.bridge("csm-one", "statsu")
    assert "Did you mean `/bridge status`?" in answer.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("help", ""),
        ("HELP", ""),
        ("archive everything", "I don't know `archive`."),
        ("foo", "I don't know `foo`."),
        ("<@U0X>", "I don't know"),
    ],
)
def test_what_is_no_verb_is_named_and_answered_with_help(
    incident: Incident, text: str, said: str
) -> None:
    answer = incident.bridge("csm-one", text).text
    assert "finding TEXT" in answer
    assert said in answer


def test_people_outside_have_no_commands(incident: Incident) -> None:
    answer = incident.slack.slash("U0STRANGER", "/bridge", "", channel=BRIDGE_CHANNEL)
    assert "This is for Bridgewatch Payments staff" in answer.text


def test_a_finding_is_kept_whole(incident: Incident) -> None:
    answer = incident.bridge("csm-one", "finding R03 on 412 payments &amp; 3 more")
    assert incident.ticket.of(Investigation).findings[0].text == "R03 on 412 payments & 3 more"
    assert "finding 1" in answer.text


def test_a_finding_that_begins_with_a_reference_names_its_ticket(incident: Incident) -> None:
    incident.bridge("csm-one", f"finding {REF} R03 on 412 payments", channel=ELSEWHERE)
    assert incident.ticket.of(Investigation).findings[0].text == "R03 on 412 payments"


@pytest.mark.parametrize(
    ("verb", "view"),
    [
        ("finding", "finding"),
        ("note", "note"),
        ("update", "draft_update"),
        ("hold", "place_hold"),
        ("invite", "bring_in"),
        ("role", "hand_over"),
        ("role steward", "hand_over"),
        ("role contact", "hand_over"),
        ("tier", "change_tier"),
        ("tier 4", "change_tier"),
        ("resolve", "resolve"),
    ],
)
def test_a_verb_alone_opens_its_form(incident: Incident, verb: str, view: str) -> None:
    answer = incident.bridge("csm-one", verb)
    assert answer.raw == ""
    assert incident.slack.shown().view["callback_id"] == view


def test_no_text_is_begun_on_a_ticket_that_was_opened_by_mistake(incident: Incident) -> None:
    incident.ask("csm-one", MarkOpenedInError(REF, "not_a_problem", "a test"))
    assert "opened in error" in incident.bridge("csm-one", "update").text
    incident.press("csm-one", "status_page.open")
    assert "opened in error" in incident.told
    assert incident.opened() == 0


@pytest.mark.parametrize(
    "text",
    ["finding It", "note It", "update", "hold", "say", "resolve", "tier 4 It", "role scribe"],
)
def test_a_colleague_who_is_not_on_the_ticket_acts_by_no_verb(
    incident: Incident, text: str
) -> None:
    before = incident.ticket
    answer = incident.bridge("finance-one", text)
    assert "Only people on BW-1001 can do this" in answer.text
    assert (incident.ticket, incident.opened()) == (before, 0)


def test_a_note_is_kept(incident: Incident) -> None:
    incident.bridge("csm-one", "note We stop all runs")
    assert [c.text for c in incident.desk.commands if isinstance(c, AddNote)] == [
        "We stop all runs"
    ]


def test_what_can_be_said_is_shown(incident: Incident) -> None:
    assert "You may say now, word for word" in incident.bridge("csm-one", "say").text


def test_a_person_is_asked_for_a_role(incident: Incident) -> None:
    mention = f"<@{slack_id('support-two')}|support.two>"
    answer = incident.bridge("csm-one", f"role scribe {mention} end of duty")
    seat = incident.ticket.of(Roles).seat(Role.SCRIBE)
    assert seat is not None
    assert seat.asked == incident.who("support-two")
    assert "Support Two is asked" in answer.text


def test_a_role_alone_is_taken(incident: Incident) -> None:
    incident.bridge("csm-one", "role scribe")
    seat = incident.ticket.of(Roles).seat(Role.SCRIBE)
    assert seat is not None
    assert seat.holder == incident.who("csm-one")


def test_a_name_that_is_no_mention_is_nobody(incident: Incident) -> None:
    assert "not in the directory" in incident.bridge("csm-one", "role scribe @support").text


def test_the_contact_is_offered_by_command(incident: Incident) -> None:
    incident.bridge("csm-one", f"role contact <@{slack_id('csm-two')}>")
    assert incident.ticket.of(HandOver).poc_offer is not None


def test_a_person_is_invited_by_command(incident: Incident) -> None:
    answer = incident.bridge("csm-one", f"invite <@{slack_id('security-one')}> knows the ledger")
    assert "Security One is invited" in answer.text


def test_a_lower_tier_is_asked_by_command_and_agreed_to_by_a_press(incident: Incident) -> None:
    answer = incident.bridge("cs-manager-one", "tier 2 nothing moved")
    assert int(incident.ticket.tier) == 3
    assert "Asked: Legal One, Security One. BW-1001 stays Tier 3" in answer.text
    incident.press("legal-one", "tier.agree", "1")
    assert int(incident.ticket.tier) == 2
    assert "BW-1001 is Tier 2 now" in incident.told


def test_legal_keeps_the_tier_by_a_press(incident: Incident) -> None:
    incident.bridge("cs-manager-one", "tier 2 nothing moved")
    incident.press("csm-one", "tier.agree", "1")
    assert "This needs Legal or Security" in incident.told
    incident.press("legal-one", "tier.keep", "1")
    assert "BW-1001 stays Tier 3. CS Manager One has your answer" in incident.told
    assert incident.ticket.tier is Tier.CRITICAL


def test_the_tier_is_raised_by_command(incident: Incident) -> None:
    form = incident.bridge("csm-one", "tier 3 again")
    assert "That is done already" in form.text


def test_tier_4_by_command_asks_first_what_it_is_for(incident: Incident) -> None:
    incident.bridge("csm-one", "tier 4 strange logins &amp; a leak")
    assert not incident.ticket.of(Tiers).tier_changes
    form = incident.own(incident.slack.shown())
    assert (form.stands("tier"), form.stands("reason")) == ("4", "strange logins & a leak")
    answer = incident.send("csm-one", form)
    assert "Tick what makes it Tier 4" in answer.errors["impacts"]
    answer = incident.send("csm-one", form, impacts=["security_incident"])
    assert incident.ticket.tier is Tier.SYSTEMIC
    assert incident.ticket.of(Tiers).impacts_found == {Impact.SECURITY_INCIDENT}
    assert "BW-1001 is Tier 4 now" in answer.text or "BW-1001 is Tier 4 now" in incident.told


def test_a_criterion_of_tier_4_is_not_passed_over_in_silence(incident: Incident) -> None:
    incident.bridge("csm-one", "tier")
    form = incident.own(incident.slack.shown())
    chosen = {"tier": "2", "reason": "less", "impacts": ["card_data"]}
    answer = incident.send("csm-one", form, **chosen)
    assert "Choose Tier 4, or take the tick out" in answer.errors["impacts"]
    assert incident.ticket.tier is Tier.CRITICAL


def test_on_tier_4_the_form_says_what_is_known_and_takes_what_is_new(incident: Incident) -> None:
    platform = frozenset({Impact.PLATFORM_FAILING})
    incident.ask("csm-one", ChangeTier(REF, Tier.SYSTEMIC, "nine accounts", platform))
    form = incident.form("csm-one", "tier.open")
    assert form.stands("impacts") == ["platform_failing"]
    ticked = ["platform_failing", "security_incident"]
    incident.send("csm-one", form, tier="4", reason="the logs show it", impacts=ticked)
    assert incident.ticket.of(Tiers).impacts_found == {
        Impact.PLATFORM_FAILING,
        Impact.SECURITY_INCIDENT,
    }


def test_nothing_to_clear_is_said(incident: Incident) -> None:
    assert "No hold is in force" in incident.bridge("csm-one", "clear").text


def test_the_only_hold_opens_for_clearance(incident: Incident) -> None:
    incident.ask("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies"))
    incident.bridge("csm-one", "clear")
    assert incident.slack.shown().view["callback_id"] == "clear_hold"


def test_of_several_holds_one_is_chosen_on_the_card(incident: Incident) -> None:
    incident.ask("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies"))
    incident.ask("csm-one", PlaceHold(REF, HoldKind.RETENTION, "audit"))
    assert "*Holds*" in incident.bridge("csm-one", "clear").text


def test_the_timeline_is_shown(incident: Incident) -> None:
    assert "BW-1001 · Acme · timeline" in incident.bridge("csm-one", "timeline").text


def test_the_certificate_is_shown(incident: Incident) -> None:
    assert "Certificate · BW-1001" in incident.bridge("csm-one", "certificate").text


def test_a_prefix_names_the_command() -> None:
    incident = Incident()
    incident.desk.command_prefix = "bw-"
    prefixed = type(incident.slack)(incident.desk)
    answer = prefixed.slash("csm-one", "/bw-bridge", "help", channel=BRIDGE_CHANNEL)
    assert "/bw-bridge" in answer.text


def test_one_of_the_accounts_people_learns_nothing(incident: Incident) -> None:
    answer = incident.slack.slash(
        "U0STRANGER", "/bridge", f"status {REF}", channel=ELSEWHERE, team=ACMES_TEAM
    )
    assert "Tier 3" not in answer.text
