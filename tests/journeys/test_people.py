"""Who comes to the bridge: leads, roles, hand-overs, and the ninth person."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from protocols.bridge.state import BridgeState
from protocols.ladder.events import StepKind
from protocols.roles.state import Roles
from store.journal_rows import DESK
from store.read import chains
from store.read.verification import verify
from tests.kit.journey import BRIDGE, SHARED, Journey, journey

ROLES = ("investigator", "communicator", "scribe")


@pytest.fixture
def bridge(desk: Journey) -> Journey:
    """Give a desk with Acme's Tier 3 ticket open, its bridge set up."""
    desk.opened()
    desk.acme_was_acknowledged()
    return desk


def test_join_brings_a_lead_into_the_bridge(bridge: Journey) -> None:
    bridge.press("engineering-lead-one", "Join", None)
    assert BRIDGE in bridge.person("engineering-lead-one").channels
    assert "✅ Engineering Lead One, here" in bridge.card()


def test_i_am_on_it_is_an_answer_without_joining(bridge: Journey) -> None:
    bridge.press("cs-manager-one", "I am on it", None)
    assert BRIDGE not in bridge.person("cs-manager-one").channels
    assert "✅ CS Manager One" in bridge.card()
    bridge.press("engineering-lead-one", "Join", None)
    assert bridge.is_done(StepKind.LEADS_HERE)


def test_at_fifteen_minutes_the_missing_are_brought_in_and_roles_asked(bridge: Journey) -> None:
    bridge.minute(14.5)
    assert BRIDGE not in bridge.person("engineering-lead-one").channels
    assert not any("will you be" in told for told in bridge.told("engineer-one"))
    bridge.minute(15.1)
    assert BRIDGE in bridge.person("engineering-lead-one").channels
    assert BRIDGE in bridge.person("cs-manager-one").channels
    asked = {
        seat.role.value: seat.asked.key for seat in bridge.ticket.of(Roles).seats if seat.asked
    }
    assert set(asked) >= set(ROLES)
    for role in ROLES:
        assert any(f"will you be the {role}?" in told for told in bridge.told(asked[role]))


def test_anyone_may_bring_them_in_before_the_time(bridge: Journey) -> None:
    bridge.press("csm-one", "Bring them in now")
    assert BRIDGE in bridge.person("engineering-lead-one").channels
    assert any("will you be the investigator?" in told for told in bridge.told("engineer-one"))


def test_an_unanswered_role_goes_to_the_next_and_the_manager_hears_of_it(bridge: Journey) -> None:
    bridge.minute(15.1)
    first = bridge.asked("scribe")
    bridge.minute(20.5)
    second = bridge.asked("scribe")
    assert {first, second} == {"support-one", "support-two"}
    assert any("will you be the scribe?" in told for told in bridge.told(second))
    assert any("has not answered" in told for told in bridge.told("cs-manager-one"))
    pages = [page["body"] for page in bridge.slack.pages if "scribe" in str(page)]
    assert [page["person"] for page in pages] == [second]


def test_a_question_that_is_settled_says_who_settled_it_and_asks_no_more(bridge: Journey) -> None:
    bridge.minute(15.1)
    asked = bridge.asked("scribe")
    question = bridge.reads(asked, "will you be the scribe?", None)
    bridge.press("cs-manager-one", "Take scribe")
    settled = bridge.reads(asked, "CS Manager One has had it since", None)
    assert (settled.ts, settled.buttons) == (question.ts, [])
    said = bridge.answered(asked, lambda: bridge.presses_old(asked, question, "I can't", None))
    assert said.startswith("Nothing was done. ")
    assert "scribe.* CS Manager One has had it since" in said
    assert bridge.holder("scribe") == "cs-manager-one"


def test_at_the_rotas_end_the_manager_is_asked_to_name_someone(bridge: Journey) -> None:
    bridge.minute(15.1)
    bridge.minute(26)
    assert any("nobody on the rota has answered" in told for told in bridge.told("cs-manager-one"))
    assert "open" in bridge.card()


def test_a_role_that_is_declined_goes_on_at_once(bridge: Journey) -> None:
    bridge.minute(15.1)
    asked = bridge.asked("scribe")
    bridge.press(asked, "I can't", None)
    assert bridge.asked("scribe") not in ("", asked)


def test_three_roles_are_taken_by_three_people(bridge: Journey) -> None:
    bridge.minute(15.1)
    bridge.press("engineer-one", "Accept", None)
    bridge.press("csm-two", "Accept", None)
    bridge.press("support-one", "Accept", None)
    assert bridge.has_line("✅ Engineer One is the investigator.")
    assert bridge.has_line("✅ CSM Two is the communicator.")
    assert bridge.has_line("✅ Support One is the scribe.")
    assert any("You are the investigator" in told for told in bridge.told("engineer-one"))
    assert {"engineer-one", "csm-two", "support-one"} <= bridge.here()
    assert bridge.is_done(StepKind.ROLES_TAKEN)
    assert "✅ Engineer One, taken" in bridge.card()


def test_the_investigator_never_becomes_the_communicator(bridge: Journey) -> None:
    bridge.types("csm-one", "/bridge", "role investigator @engineer-one")
    bridge.press("engineer-one", "Accept", None)
    engineer = "engineer-one"
    said = bridge.answered(engineer, lambda: bridge.press(engineer, "Take communicator"))
    assert "Role unchanged." in said
    assert bridge.holder("communicator") == ""


def test_a_role_stays_with_its_holder_until_the_other_accepts(bridge: Journey) -> None:
    bridge.minute(15.1)
    bridge.press("support-one", "Accept", None)
    bridge.form(
        "support-one", "Hand over", None, person="Support Two", reason="End of duty",
    )  # fmt: skip
    assert bridge.holder("scribe") == "support-one"
    bridge.press("support-two", "Accept", None)
    assert bridge.holder("scribe") == "support-two"
    assert bridge.has_line("✅ Support Two is the scribe.")


def test_the_one_contact_is_handed_over_and_everybody_sees_who_it_is(bridge: Journey) -> None:
    bridge.form("csm-one", "Hand over", person="CSM Two")
    assert bridge.contact() == "csm-one"
    bridge.press("csm-two", "Accept", None)
    assert bridge.contact() == "csm-two"
    assert bridge.has_line("CSM Two is Acme's one contact now.")
    topics = [call.args["topic"] for call in bridge.slack.calls("conversations.setTopic")]
    assert "contact: CSM Two" in topics[-1]
    bridge.hears(SHARED)


def test_nobody_but_a_csm_becomes_the_contact(bridge: Journey) -> None:
    form = bridge.opens("csm-one", "Hand over")
    form.choose("person", "Engineer One")
    form.submit()
    bridge.settle()
    assert "not a CSM" in " ".join(form.errors.values())
    assert bridge.contact() == "csm-one"


def eight_people(desk: Journey) -> None:
    """Fill the bridge: seven more beside the one who opened."""
    desk.press("csm-one", "Bring them in now")
    for who in ("engineer-one", "csm-two", "support-one"):
        desk.press(who, "Accept", None)
    for who in ("legal-one", "finance-one"):
        desk.types("csm-one", "/bridge", f"invite @{who}")
    assert desk.bot.is_idle()
    assert len(desk.here()) == 8


def test_the_ninth_person_is_refused_unless_a_manager_gives_a_reason(bridge: Journey) -> None:
    eight_people(bridge)
    ninth = "invite @payments-operations-one"
    said = bridge.types("csm-one", "/bridge", ninth)
    assert "Not invited: 8 people are here." in said
    assert "payments-operations-one" not in bridge.here()
    bridge.types("cs-manager-one", "/bridge", ninth)
    assert BRIDGE not in bridge.person("payments-operations-one").channels
    said = bridge.types("cs-manager-one", "/bridge", f"{ninth} needed to stop the run")
    assert "is invited" in said
    assert BRIDGE in bridge.person("payments-operations-one").channels


def test_a_ninth_person_whom_slack_let_in_brings_the_manager_the_question(bridge: Journey) -> None:
    eight_people(bridge)
    bridge.person("csm-one").invite(BRIDGE, "payments-operations-one")
    bridge.settle()
    assert bridge.has_line("9 people are here")
    assert bridge.has_line("CSM One added Payments Operations One")
    bridge.form("cs-manager-one", "Keep, with a reason", reason="they stop the run")
    assert BRIDGE in bridge.person("payments-operations-one").channels
    assert "they stop the run" in bridge.types("csm-one", "/bridge", "timeline")


def test_a_ninth_person_may_be_asked_to_leave(bridge: Journey) -> None:
    eight_people(bridge)
    bridge.person("csm-one").invite(BRIDGE, "payments-operations-one")
    bridge.settle()
    ninth = bridge.person("payments-operations-one")
    said = bridge.answered(
        "payments-operations-one",
        lambda: bridge.press("cs-manager-one", "Ask someone to leave"),
    )
    assert "asks you to leave" in said
    ninth.leave(BRIDGE)
    bridge.settle()
    assert len(bridge.here()) == 8


def test_people_outside_are_never_invited(bridge: Journey) -> None:
    outside = bridge.person("ap-director-one").id
    said = bridge.types("csm-one", "/bridge", "invite @ap-director-one")
    assert said
    assert outside not in bridge.slack.channel(BRIDGE).members
    guest = bridge.person("guest-one").id
    bridge.types("csm-one", "/bridge", "invite @guest-one")
    assert guest not in bridge.slack.channel(BRIDGE).members


def test_without_a_directory_any_member_opens_and_takes_roles(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "directory.yaml"
    path.write_text(yaml.safe_dump({"accounts": {}, "people": {}}))
    with journey(migrated_sqlite_url, directory=path) as desk:
        form = desk.form_from_command("engineer-one")
        funds = "Funds moved wrongly: duplicate, failed or misdirected"
        desk.fills(form, account="Not in the list", impact_money=[funds])
        form.submit()
        desk.settle()
        desk.closes_all("engineer-one")
        assert desk.newest_reference() == "BW-1001"
        name = desk.ticket.of(BridgeState).channel_name
        desk.press("engineer-one", "Take scribe", name)
        assert desk.holder("scribe")


def test_a_bridge_shared_outside_falls_silent_and_security_hears_of_it(bridge: Journey) -> None:
    before = len(bridge.outside())
    posted = len(bridge.person("csm-one").messages(BRIDGE))
    bridge.slack.share(BRIDGE)
    bridge.settle()
    bridge.sees(lambda: bridge.ticket.of(BridgeState).shared_at, "the share")
    bridge.settle()
    for who in ("security-one", "cs-manager-one"):
        assert any("shared" in told for told in bridge.told(who)), who
    bridge.minute(16)
    shown = bridge.person("csm-one").messages(BRIDGE)[posted:]
    assert [m.words for m in shown if not m.subtype] == []
    said = bridge.answered(
        "security-one", lambda: bridge.press("security-one", "Go on there", None)
    )
    assert "Slack still shows the bridge of BW-1001 as shared outside" in said
    assert bridge.ticket.of(BridgeState).shared_at is not None
    bridge.slack.share(BRIDGE, shared=False)
    bridge.settle()
    assert len(bridge.outside()) == before


def test_a_duty_is_swapped_both_are_told_and_the_desks_chain_says_so(
    desk_in_slack: Journey,
) -> None:
    play = desk_in_slack
    said = play.types("cs-manager-one", "/oncall", "csm @csm-two until 18:00", channel="support")
    assert said.startswith("CSM Two has *CSM* for CSM One until ")
    assert "UTC)" in said
    assert any("You are on duty now as CSM" in told for told in play.told("csm-two"))
    assert any("CSM Two is on duty now as CSM for you" in told for told in play.told("csm-one"))
    listed = play.types("csm-one", "/oncall", "", channel="support")
    assert "• *CSM:* CSM Two for CSM One until" in listed
    database = play.bot.program.parts.database
    with database.read() as conn:
        [entry] = [e for e in chains.load(conn, DESK) if e.kind == "DutySwapped"]
        assert verify(conn).sound
    assert entry.actor == "cs-manager-one"


def test_a_clerk_whom_the_directory_does_not_name_is_heard_and_speaks_for_nobody(
    bridge: Journey,
) -> None:
    bridge.person("ap-clerk-one").say(SHARED, "It is solved, you can close it.")
    told = "They are not a named contact of Acme"
    bridge.sees(lambda: any(told in line for line in bridge.told("csm-one")), "the contact told")
    bridge.person("ap-director-one").say(SHARED, "It is not solved.")
    bridge.sees(lambda: bridge.has_line("Acme wrote"), "the account's own words")


def test_a_lower_tier_waits_for_legals_press(bridge: Journey) -> None:
    typed = f"tier {bridge.ticket.reference} 2 nothing moved"
    said = bridge.types("cs-manager-one", "/ticket", typed, "general")
    assert "stays Tier 3 until one of them agrees" in said
    assert int(bridge.ticket.tier) == 3
    bridge.press("legal-one", "Agree to Tier 2", None)
    assert int(bridge.ticket.tier) == 2
    answer = "Legal One agreed"
    bridge.sees(lambda: any(answer in line for line in bridge.told("cs-manager-one")), "the answer")
