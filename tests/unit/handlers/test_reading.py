"""What can be looked up: show, why, mine, history, help, on call; and the buttons that read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.files.directory import directory_of
from protocols.investigation.events import RecordFinding
from protocols.people.directory import Directory
from protocols.people.people import Role
from protocols.roles.events import AssignRole, DeclineRole
from protocols.scales import Impact, Tier
from protocols.tiers.events import ChangeTier
from templates.kit import catalogue, render
from tests.unit.handlers.desk_in_memory import BRIDGE_CHANNEL, InMemoryDesk, slack_id
from tests.unit.handlers.incident import REF, Incident
from tests.unit.handlers.slack_side import Modal, Slack, words
from tests.unit.handlers.test_open_ticket import critical_form, routine_form
from tests.unit.handlers.test_queue import listed, plain
from tests.unit.templates.world import sample


@pytest.fixture
def desk() -> InMemoryDesk:
    return InMemoryDesk()


@pytest.fixture
def slack(desk: InMemoryDesk) -> Slack:
    return Slack(desk)


@pytest.fixture
def opened(desk: InMemoryDesk, slack: Slack) -> Slack:
    """A Tier 3 ticket of Acme with its bridge."""
    slack.submit("csm-one", critical_form(slack))
    desk.open_bridge("BW-1001")
    desk.interactive.calls.clear()
    return slack


def test_show_prints_the_ticket_for_the_asker_alone(opened: Slack) -> None:
    answer = opened.slash("csm-two", "/ticket", "show bw-1001")
    assert answer.body["response_type"] == "ephemeral"
    assert '"Payments of 23 Nov sent twice"' in answer.text
    assert "*BW-1001 · Acme · Technical and Product · Severity Critical · Tier 3*" in answer.text


def test_show_in_a_bridge_needs_no_reference(opened: Slack) -> None:
    assert (
        "BW-1001 · Acme" in opened.slash("csm-one", "/ticket", "show", channel=BRIDGE_CHANNEL).text
    )


def test_show_elsewhere_asks_for_the_reference(opened: Slack) -> None:
    answer = opened.slash("csm-one", "/ticket", "show")
    assert "Which ticket? Add its reference: `/ticket show BW-1001`." in answer.text


def test_an_unknown_reference_is_told(opened: Slack) -> None:
    answer = opened.slash("csm-one", "/ticket", "why BW-4711")
    assert "no ticket is called BW-4711" in answer.text


def test_why_names_the_clock_that_binds(opened: Slack) -> None:
    answer = opened.slash("csm-one", "/ticket", "why BW-1001")
    assert "the next time that binds is" in answer.text
    assert "Severity Critical (S106)" in answer.text
    assert "<!date^" in answer.text


def test_why_in_utc_has_no_tokens(opened: Slack) -> None:
    answer = opened.slash("csm-one", "/ticket", "why BW-1001 utc")
    assert "<!date^" not in answer.text
    assert "14:32 UTC, bridge call" in answer.text


def test_mine_lists_the_tickets_i_am_on(opened: Slack) -> None:
    said = plain(opened, "mine")
    assert "*1 · BW-1001* · Acme" in said
    assert '"Payments of 23 Nov sent twice"' in said


@pytest.mark.parametrize(("typed", "most"), [("history Acme", 20), ("find export", 10)])
def test_of_more_tickets_than_are_listed_the_newest_stand_there_and_it_says_so(
    desk: InMemoryDesk, slack: Slack, typed: str, most: int
) -> None:
    said = f"These are the {most} newest. There are more."
    for number in range(1, most + 2):
        assert said not in slack.slash("csm-one", "/ticket", typed).text
        desk.at += timedelta(minutes=1)
        form = routine_form(slack, f"How do I export {number}")
        form.id = f"V{number}"
        slack.submit("csm-one", form)
    answer = slack.slash("csm-one", "/ticket", typed).text
    assert said in answer
    assert f"BW-{1001 + most}" in answer
    assert "BW-1001*" not in answer


def test_mine_says_when_there_is_nothing(opened: Slack) -> None:
    answer = opened.slash("finance-one", "/ticket", "mine")
    assert "You are on no open ticket." in answer.text


def test_a_listed_ticket_is_shown_by_its_menu(opened: Slack) -> None:
    menu = listed(opened, "mine")[1]["elements"][0]
    opened.pick("csm-one", menu["options"][0]["value"])
    assert "BW-1001 · Acme" in opened.told()


def test_history_lists_an_accounts_tickets_newest_first(desk: InMemoryDesk, opened: Slack) -> None:
    desk.at += timedelta(hours=2)
    second = routine_form(opened, "How do I export")
    second.id = "V2"
    opened.submit("csm-one", second)
    text = opened.slash("csm-one", "/ticket", "history Acme").text
    assert text.index("BW-1002") < text.index("BW-1001")
    assert "2 h old" in text


def test_history_of_an_account_without_tickets_says_so(opened: Slack) -> None:
    assert "No ticket of Birch" in opened.slash("csm-one", "/ticket", "history birch").text


def test_history_without_an_account_asks_for_one(opened: Slack) -> None:
    assert "Which account?" in opened.slash("csm-one", "/ticket", "history").text


def test_a_sentence_that_begins_with_history_opens_the_form(opened: Slack) -> None:
    opened.slash("csm-one", "/ticket", "history export is broken")
    assert opened.shown().stands("summary") == "history export is broken"


def test_help_lists_only_what_there_is(opened: Slack) -> None:
    text = opened.slash("csm-one", "/ticket", "help").text
    assert "`show BW-1001`" in text
    for built in (
        "queue [team]",
        "find WORDS",
        "note BW-1001 TEXT",
        "assign BW-1001 @person",
        "ask",
    ):
        assert f"`{built}`" in text


def test_a_near_miss_is_asked_back(opened: Slack) -> None:
    answer = opened.slash("csm-one", "/ticket", "shwo")
    assert "Did you mean `/ticket show`?" in answer.text


def test_a_prefix_stands_before_every_command_and_in_every_help() -> None:
    slack = Slack(InMemoryDesk(command_prefix="bw-"))
    assert "`/bw-ticket what happened`" in slack.slash("csm-one", "/bw-ticket", "help").text
    assert slack.slash("csm-one", "/ticket", "help").status == 404
    assert "On duty now" in slack.slash("csm-one", "/bw-oncall").text


def test_the_certificate_is_shown_to_the_presser(opened: Slack) -> None:
    opened.press("csm-one", "ticket.certificate", "BW-1001")
    assert "Certificate · BW-1001 · Acme · Tier 3" in opened.told()
    assert "chain intact" in opened.told()


def test_the_certificate_is_posted_in_its_own_bridge(desk: InMemoryDesk, opened: Slack) -> None:
    opened.press("csm-one", "certificate.post", "BW-1001", channel=BRIDGE_CHANNEL)
    message = desk.interactive.calls[-1][1]["message"]
    assert isinstance(message, dict)
    assert message["response_type"] == "in_channel"


@pytest.mark.parametrize("channel", ["C0ACME0001", "C0GENERAL1"])
def test_the_certificate_is_posted_nowhere_else(
    desk: InMemoryDesk, opened: Slack, channel: str
) -> None:
    opened.press("csm-one", "certificate.post", "BW-1001", channel=channel)
    message = desk.interactive.calls[-1][1]["message"]
    assert isinstance(message, dict)
    assert message["response_type"] == "ephemeral"
    assert "Not posted." in words(message)


def test_the_timeline_is_reached_from_the_menu(opened: Slack) -> None:
    opened.pick("csm-one", "ticket.timeline|BW-1001")
    assert "CSM One opened BW-1001" in opened.told()


def test_the_timeline_shows_decisions_alone(opened: Slack) -> None:
    opened.press("csm-one", "ticket.timeline:decisions", "BW-1001|decisions")
    assert "timeline, decisions" in opened.told()


def test_the_timeline_turns_its_pages(desk: InMemoryDesk, opened: Slack) -> None:
    for number in range(40):
        opened.message_shortcut(
            "csm-one", "timeline.put", channel=BRIDGE_CHANNEL, text=f"note {number}",
            author="csm-one", ts=f"17954461{number:02}.000100",
        )  # fmt: skip
    opened.press("csm-one", "ticket.timeline", "BW-1001")
    assert "note 39" in opened.told()
    assert "CSM One opened BW-1001" not in opened.told()
    opened.press("csm-one", "ticket.timeline:earlier", "BW-1001|2")
    assert "CSM One opened BW-1001" in opened.told()
    assert "note 39" not in opened.told()


def test_go_to_the_bridge_names_its_channel(opened: Slack) -> None:
    opened.press("csm-one", "bridge.go", "BW-1001")
    assert f"<#{BRIDGE_CHANNEL}|bw-1001-acme>" in opened.told()


def test_go_to_the_bridge_is_a_link_that_says_nothing_to_who_is_there() -> None:
    incident = Incident()
    incident.staff()
    incident.desk.interactive.calls.clear()
    incident.press("csm-one", "bridge.go", "link")
    assert incident.desk.interactive.calls == []
    incident.press("finance-one", "bridge.go", "link")
    assert f"<#{BRIDGE_CHANNEL}|" in incident.told


def test_every_way_to_the_bridge_is_a_link_once_there_is_one() -> None:
    made = render.message("prompt_review", sample(catalogue.messages()["prompt_review"]))
    [button] = [b for b in made.blocks[-1]["elements"] if b["action_id"] == "bridge.go"]
    assert button["url"] == "https://vendor.slack.com/archives/C2"
    assert button["value"] == "BW-1001|link"


def test_go_to_the_bridge_in_the_answer_is_shown_over_it(desk: InMemoryDesk, slack: Slack) -> None:
    answer = slack.submit("csm-one", critical_form(slack))
    slack.press_in("csm-one", Modal(answer.body["view"]), "bridge.go", "BW-1001")
    assert desk.interactive.calls[-1][0] == "push"
    assert "BW-1001 has no bridge yet" in slack.told()


@pytest.mark.parametrize("action", ["page.open", "portal.follow"])
def test_a_button_that_is_a_link_is_only_acknowledged(
    desk: InMemoryDesk, opened: Slack, action: str
) -> None:
    answer = opened.press("csm-one", action)
    assert (answer.status, answer.raw) == (200, "")
    assert desk.interactive.calls == []


@pytest.mark.parametrize("action", ["ticket.show", "ticket.certificate", "ticket.timeline"])
def test_people_outside_read_nothing(desk: InMemoryDesk, opened: Slack, action: str) -> None:
    desk.outside.add(slack_id("csm-two"))
    opened.press("csm-two", action, "BW-1001")
    assert "This is for Bridgewatch Payments staff" in opened.told()


def test_on_call_lists_who_is_on_duty_and_until_when(slack: Slack) -> None:
    text = slack.slash("csm-one", "/oncall").text
    assert "• *engineering lead:* Engineering Lead One" in text
    assert "• *scribe:* Support One until <!date^1795474800^{time}|23 Nov 2026 23:00 UTC>" in text


def test_on_call_names_nobody_where_nobody_is(desk: InMemoryDesk, slack: Slack) -> None:
    desk.directory = directory_of(
        {
            "people": {
                "csm-one": {
                    "name": "CSM One",
                    "email": "csm.one@vendor.example",
                    "duties": [{"duty": "csm", "hours": "01:00-02:00", "zone": "UTC"}],
                }
            }
        }
    )
    assert "• *CSM:* nobody" in slack.slash("csm-one", "/oncall").text


def test_on_call_without_a_directory_says_so() -> None:
    slack = Slack(InMemoryDesk(directory=Directory()))
    assert "The directory names nobody" in slack.slash("U0MEMBER1", "/oncall").text


LEAD = f"engineering-lead <@{slack_id('engineer-one')}|eng> until"


def test_a_swap_is_answered_with_the_time_in_the_typists_zone_and_utc(
    desk: InMemoryDesk, slack: Slack
) -> None:
    desk.zones[slack_id("csm-one")] = "Europe/Berlin"
    text = slack.slash("csm-one", "/oncall", f"{LEAD} 18:00").text.strip()
    assert text == (
        "Engineer One has *engineering lead* for Engineering Lead One until 18:00 CET (17:00 UTC)."
        " Both are told."
    )
    listed = slack.slash("csm-one", "/oncall").text
    assert "• *engineering lead:* Engineer One for Engineering Lead One until <!date^" in listed


def test_without_a_zone_of_the_typist_the_duty_says_which(slack: Slack) -> None:
    words = f"scribe <@{slack_id('engineer-one')}> until 8:30"
    assert "08:30 EST (" in slack.slash("csm-one", "/oncall", words).text


def test_who_is_away_is_listed_and_not_asked_until_they_are_back(
    desk: InMemoryDesk, slack: Slack
) -> None:
    desk.zones[slack_id("csm-one")] = "Europe/Berlin"
    said = slack.slash("csm-one", "/oncall", "Away until 18:00").text
    assert said.startswith("You are away until 18:00 CET (17:00 UTC).")
    listed = slack.slash("csm-two", "/oncall").text
    assert "• *Away:* CSM One until <!date^" in listed
    assert "• *CSM:* CSM Two" in listed
    assert "• *CSM:* CSM One" not in listed
    assert slack.slash("csm-one", "/oncall", "back").text.startswith("You are back.")
    assert "• *CSM:* CSM One" in slack.slash("csm-two", "/oncall").text


@pytest.mark.parametrize("day", ["27 Nov", "27 november", "2026-11-27"])
def test_an_absence_until_a_day_lasts_to_its_end(
    desk: InMemoryDesk, slack: Slack, day: str
) -> None:
    desk.zones[slack_id("csm-one")] = "Europe/Berlin"
    assert "You are away until" in slack.slash("csm-one", "/oncall", f"away until {day}").text
    (swap,) = desk.swaps.values()
    assert swap.until_at == datetime(2026, 11, 27, 23, tzinfo=UTC)


def test_a_day_that_is_past_is_next_years(desk: InMemoryDesk, slack: Slack) -> None:
    slack.slash("csm-one", "/oncall", "away until 2 Jan")
    (swap,) = desk.swaps.values()
    assert swap.until_at.year == 2027


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("away", "To be away: `/oncall away until 5 Dec`"),
        ("away until soon", "To be away"),
        ("away until 31 Feb", "To be away"),
        ("away until 25:00", "To be away"),
        ("away until 2026-01-01", "An absence ends in the future"),
        ("back", "You are not away by what Bridgewatch knows"),
    ],
)
def test_what_is_no_absence_changes_nothing(
    desk: InMemoryDesk, slack: Slack, words: str, told: str
) -> None:
    assert told in slack.slash("csm-one", "/oncall", words).text
    assert desk.swaps == {}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("engineering-lead", "write it like this"),
        ("engineering-lead <@U1> until noon", "write it like this"),
        (f"{LEAD} 24:00", "write it like this"),
        (f"{LEAD} 18:75", "write it like this"),
        (f"lead <@{slack_id('engineer-one')}> until 18:00", "There is no duty `lead`"),
        ("engineering-lead <@U1> until 18:00", "not in the directory"),
        (f"legal <@{slack_id('engineer-one')}> until 18:00", "Can do it: Legal One"),
        (f"legal <@{slack_id('legal-one')}> until 18:00", "done already"),
    ],
)
def test_what_is_no_swap_changes_nothing(
    desk: InMemoryDesk, slack: Slack, words: str, told: str
) -> None:
    assert told in slack.slash("csm-one", "/oncall", words).text
    assert desk.swaps == {}


def test_people_outside_swap_nothing(desk: InMemoryDesk, slack: Slack) -> None:
    desk.outside.add(slack_id("csm-two"))
    assert "staff" in slack.slash("csm-two", "/oncall", f"{LEAD} 18:00").text
    assert desk.swaps == {}


def test_on_call_help_says_that_nobody_is_phoned(slack: Slack) -> None:
    assert "does not phone anyone" in slack.slash("csm-one", "/oncall", "help").text


@pytest.fixture
def security(desk: InMemoryDesk) -> Incident:
    """A Tier 4 matter of security of Acme, opened by its CSM, with one finding."""
    incident = Incident(desk)
    impacts = frozenset({Impact.SECURITY_INCIDENT})
    incident.ask("csm-one", ChangeTier(REF, Tier.SYSTEMIC, "strange logins", impacts))
    incident.ask("csm-one", RecordFinding(REF, "raw", "the token store was read"))
    desk.interactive.calls.clear()
    return incident


TYPED = (
    ("/ticket", f"show {REF}"),
    ("/ticket", f"why {REF}"),
    ("/bridge", f"status {REF}"),
    ("/bridge", f"timeline {REF}"),
    ("/bridge", f"certificate {REF}"),
    ("/bridge", f"say {REF}"),
    ("/bridge", f"note {REF} hm"),
    ("/bridge", f"finding {REF} hm"),
)
PRESSED = (
    "ticket.show", "form.go_to", "ticket.timeline", "ticket.certificate", "certificate.post",
    "finding.open", "update.draft", "tier.open", "note.open", "say.open",
)  # fmt: skip


@pytest.mark.parametrize(("command", "text"), TYPED)
def test_a_colleague_hears_that_a_security_matter_exists_and_whom_to_ask(
    security: Incident, command: str, text: str
) -> None:
    answer = security.slack.slash("support-two", command, text)
    assert answer.text.startswith(f"Nothing was done, and nothing is shown: {REF}")
    assert "Ask CSM One or CS Manager One to bring you in" in answer.text


@pytest.mark.parametrize("action", PRESSED)
def test_no_button_shows_it_to_a_colleague(security: Incident, action: str) -> None:
    security.press("support-two", action)
    assert security.told.startswith(f"Nothing was done, and nothing is shown: {REF}")
    assert "token store" not in security.sent
    assert security.opened() == 0


@pytest.mark.parametrize("person", ["csm-one", "cs-manager-one", "legal-one", "security-one"])
def test_those_who_may_read_a_security_matter(security: Incident, person: str) -> None:
    assert "Acme" in security.slack.slash(person, "/ticket", f"show {REF}").text
    assert "token store" in security.slack.slash(person, "/bridge", f"timeline {REF}").text


def test_a_list_says_that_it_exists_and_who_has_it(security: Incident) -> None:
    theirs = security.slack.slash("support-two", "/ticket", "history acme").text
    assert REF in theirs
    assert "Payments of 23 Nov" not in theirs
    assert "only those on it read what it is about" in theirs
    assert "Payments of 23 Nov" in security.slack.slash("csm-one", "/ticket", "history acme").text


def test_ones_own_list_does_not_say_what_one_may_not_read(security: Incident) -> None:
    security.ask("cs-manager-one", AssignRole(REF, Role.SCRIBE, security.who("support-two")))
    assert "Payments of 23 Nov" in plain(security.slack, "mine", "support-two")
    security.ask("support-two", DeclineRole(REF, Role.SCRIBE))
    assert "Payments of 23 Nov" not in plain(security.slack, "mine", "support-two")


def test_the_form_does_not_say_what_an_open_security_matter_is_about(security: Incident) -> None:
    security.slack.slash("support-two", "/ticket", "acme payments are late")
    security.slack.change("support-two", security.own(security.slack.shown()), "account", "acme")
    assert f'{REF}, \\"only those on it read what it is about' in security.sent


def test_show_offers_to_have_a_ticket_to_whoever_may_have_it(slack: Slack) -> None:
    slack.submit("finance-one", routine_form(slack, "How do I export"))

    def offered(person: str) -> bool:
        return "ticket.acknowledge" in str(slack.slash(person, "/ticket", "show BW-1001").body)

    assert [offered(one) for one in ("csm-two", "sponsor-one")] == [True, False]
