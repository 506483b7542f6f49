"""What people do wrong, by accident or on purpose: a clear sentence, and nothing half done."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from protocols.status import Status
from tests.kit import forked
from tests.kit.journey import FUNDS, REPORTED, SHARED, Journey

LONG = "Payments were sent twice. " * 1_600
STRANGE = "\u202eevil\u202c \u200b\u2060zero\u200d width \ufeff\u202etxt.exe \u05e9\u05dc"
COMMANDS = ("/ticket", "/bridge", "/oncall")


@pytest.fixture
def bridge(desk: Journey) -> Journey:
    """Give a desk with Acme's Tier 3 ticket open."""
    desk.opened()
    desk.acme_was_acknowledged()
    return desk


def test_a_lone_near_miss_is_offered_the_verb(desk: Journey) -> None:
    said = desk.types("csm-one", "/ticket", "minee", None)
    assert "Did you mean `/ticket mine`?" in said
    assert desk.newest_reference() == ""


def test_words_that_begin_like_a_verb_open_the_form(desk: Journey) -> None:
    form = desk.form_from_command(text="hold on Acme payments")
    assert form.value("Summary") == "hold on Acme payments"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_answers_short_nonsense(desk: Journey, command: str) -> None:
    csm = desk.person("csm-one")
    for text in ("", "help", "?", "\u200b", "show", "show BW-9999", "why BW-9999"):
        desk.closes_all("csm-one")
        said = desk.types("csm-one", command, text, None)
        if not said:
            desk.sees(lambda: csm.has_view, f"an answer to {text!r}")


def test_a_bridge_command_outside_a_bridge_says_where(bridge: Journey) -> None:
    said = bridge.types("csm-one", "/bridge", "status", "general")
    assert "This is not a bridge." in said
    assert "bw-1001-acme" in said
    assert "Scope confirmed" in bridge.types("csm-one", "/bridge", "status BW-1001", "general")


def test_forty_thousand_characters_open_the_form_and_are_given_back(desk: Journey) -> None:
    csm = desk.person("csm-one")
    said = desk.types("csm-one", "/ticket", LONG[:40_000], None)
    desk.sees(lambda: csm.has_view, "the form")
    assert len(str(csm.view.value("Summary"))) <= 150
    assert "longer than the form holds" in said or csm.ephemerals


@pytest.mark.parametrize("verb", ["finding", "note"])
def test_a_bridge_takes_or_refuses_a_text_of_any_length(bridge: Journey, verb: str) -> None:
    said = bridge.types("csm-one", "/bridge", f"{verb} {LONG}")
    assert "Kept as finding 1" in said or "On the timeline" in said
    assert "Payments were sent twice" in bridge.types("csm-one", "/bridge", "timeline")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (STRANGE, "evil zero width txt.exe"),
        ("<!channel> look", "!channel"),
        ("{{7*7}} {% raw %}", "{{7*7}} {% raw %}"),
        ("*b* `c` <x|y> & |", "b"),
    ],
)
def test_strange_text_stays_text(desk: Journey, text: str, read: str) -> None:
    desk.opened(impact_money=[FUNDS], confirmed=REPORTED, summary=text, description=text)
    desk.acme_was_acknowledged()
    desk.types("csm-one", "/bridge", f"finding {text}")
    desk.types("csm-one", "/bridge", f"note {text}")
    shown = desk.types("csm-one", "/bridge", "timeline") + desk.card() + desk.told("sponsor-one")[0]
    assert "<!channel>" not in shown
    assert "\u202e" not in shown
    assert read in desk.card()
    calls = str([call.args for call in desk.slack.calls("chat.postMessage")])
    assert "<!channel>" not in calls


def test_guests_and_people_outside_are_told_whom_it_is_for(desk: Journey) -> None:
    said = desk.types("guest-one", "/ticket", "let me in", "support")
    assert "This is for Bridgewatch Payments staff." in said
    assert not desk.person("guest-one").has_view
    assert desk.newest_reference() == ""


def test_someone_outside_cannot_press_what_is_ours(bridge: Journey) -> None:
    card = bridge.reads("csm-one", "Scope confirmed")
    said = bridge.answered("guest-one", lambda: bridge.presses_old("guest-one", card, "Resolve"))
    assert "staff" in said or "Only people" in said
    assert bridge.ticket.is_live


def test_one_of_us_who_is_not_on_the_ticket_is_told_whom_to_ask(bridge: Journey) -> None:
    card = bridge.reads("csm-one", "Scope confirmed")
    said = bridge.answered(
        "support-two", lambda: bridge.presses_old("support-two", card, "Scope confirmed")
    )
    assert "Only people on BW-1001 can do this. Ask CSM One" in said


def test_a_person_who_left_the_firm_can_do_nothing_and_is_asked_nothing(bridge: Journey) -> None:
    bridge.slack.set_kind("support-one", "deactivated")
    bridge.settle()
    bridge.sees(
        lambda: (
            bridge.bot.program.parts.facts.slack_id("support-one") is None
            or bridge.bot.program.parts.facts.who(bridge.person("support-one").id) is None
        ),
        "the desk knows",
    )
    bridge.minute(15.1)
    assert bridge.asked("scribe") == "support-two"


def test_another_bots_message_changes_nothing(bridge: Journey) -> None:
    before = bridge.types("csm-one", "/bridge", "timeline")
    core = bridge.slack.core
    message = {"bot_id": "B0OTHER", "subtype": "bot_message", "text": "beep", "ts": "1.1"}
    event = {"type": "message", "channel": "C0ACMESUP1", "channel_type": "channel", **message}
    sent = len(bridge.slack.deliveries("event"))
    place = core.world.channel_named(SHARED)
    bridge.slack.ask(lambda: core.emit("message.channels", event, place))
    bridge.sees(lambda: len(bridge.slack.deliveries("event")) > sent, "the delivery")
    bridge.settle()
    assert bridge.types("csm-one", "/bridge", "timeline") == before


def test_two_people_on_one_button_make_one_effect_and_one_sentence(bridge: Journey) -> None:
    people = ("engineering-lead-one", "cs-manager-one")
    for who in people:
        bridge.press(who, "Join", None)
    card = bridge.reads("csm-one", "Take scribe")
    with ThreadPoolExecutor(2) as pool:
        presses = [pool.submit(bridge.presses_old, who, card, "Take scribe") for who in people]
        for press in presses:
            press.result(20)
    holder = bridge.holder("scribe")
    assert holder in people
    assert sum("is the scribe" in line for line in bridge.lines()) == 1
    [loser] = {*people} - {holder}
    bridge.sees(
        lambda: any("took scribe" in m.words for m in bridge.person(loser).ephemerals), "a sentence"
    )


def test_a_button_of_an_old_card_does_nothing_twice(bridge: Journey) -> None:
    bridge.takes_up()
    card = bridge.reads("csm-one", "Call started")
    bridge.press("csm-one", "Call started")
    started = bridge.types("csm-one", "/bridge", "timeline")
    said = bridge.answered(
        "cs-manager-one", lambda: bridge.presses_old("cs-manager-one", card, "Call started")
    )
    assert "done already" in said or "earlier state" in said
    assert bridge.types("csm-one", "/bridge", "timeline") == started


def test_a_button_nobody_knows_is_from_an_earlier_state(bridge: Journey) -> None:
    card = bridge.reads("csm-one", "Scope confirmed")
    for block in card.wire["blocks"]:
        for element in block.get("elements", []):
            if element.get("action_id") == "scope.open":
                element["action_id"] = "scope.gone"
    said = bridge.answered("csm-one", lambda: bridge.presses_old("csm-one", card, "scope.gone"))
    assert "This button is from an earlier state; nothing was done." in said


def test_a_form_that_could_not_open_is_told_beside(bridge: Journey) -> None:
    bridge.slack.fault("views.open", "error", error="expired_trigger_id", count=1)
    said = bridge.answered("csm-one", lambda: bridge.press("csm-one", "Scope confirmed"))
    assert "Not opened" in said
    bridge.form("csm-one", "Scope confirmed", accounts="Acme", since="13:10 UTC", how="bank")


def test_a_form_overtaken_by_another_change_is_still_right(desk: Journey) -> None:
    form = desk.form_from_message()
    desk.slack.fault("views.update", "error", error="hash_conflict", count=1)
    form.choose("impact_money:none.0", [FUNDS])
    desk.slack.settle()
    assert form.submit().failure == ""
    desk.settle()
    csm = desk.person("csm-one")
    assert "Something changed while you wrote: it is Tier 3 now." in csm.view.words
    assert desk.newest_reference() == ""
    desk.fills(csm.view, confirmed=REPORTED, summary="Sent twice")
    csm.view.submit()
    desk.settle()
    assert desk.newest_reference() == "BW-1001"
    desk.acme_was_acknowledged()


def test_an_empty_form_says_what_is_missing_and_keeps_the_rest(desk: Journey) -> None:
    csm = desk.person("csm-one")
    desk.types("csm-one", "/ticket", "", None)
    desk.sees(lambda: csm.has_view, "the form")
    csm.view.submit()
    desk.settle()
    assert csm.view.errors
    assert desk.newest_reference() == ""


def test_a_button_of_a_resolved_tickets_old_card_is_refused(bridge: Journey) -> None:
    bridge.takes_up()
    card = bridge.reads("csm-one", "Call started")
    bridge.form(
        "engineering-lead-one",
        "Resolve",
        done="The copies were put right.",
        how_to_check="Look at your list.",
    )
    assert bridge.ticket.status is Status.RESOLVED
    said = bridge.answered(
        "cs-manager-one", lambda: bridge.presses_old("cs-manager-one", card, "Call started")
    )
    assert "resolved" in said or "earlier state" in said
    bridge.hears(SHARED)


BROKEN = {
    "BRIDGEWATCH_POLICY": ("vendor_name: [", "tier3: {call: soon}", "unknown_key: 3"),
    "BRIDGEWATCH_DIRECTORY": ("people: [", "accounts: {acme: {kind: friend}}", "teams: 7"),
}


@pytest.mark.slow
@pytest.mark.parametrize("setting", sorted(BROKEN))
def test_a_broken_file_refuses_the_start_with_a_line_a_fault(setting: str, tmp_path: Path) -> None:
    for number, text in enumerate(BROKEN[setting]):
        path = tmp_path / f"broken{number}.yaml"
        path.write_text(text)
        environ = {
            "PATH": os.environ["PATH"], "SLACK_BOT_TOKEN": "xoxb-drill", "BRIDGEWATCH_PORT": "0",
            "SLACK_SIGNING_SECRET": "s", "DATABASE_URL": f"sqlite:///{tmp_path}/x.db",
            setting: str(path),
        }  # fmt: skip
        code, told = forked.ran("bot.__main__", ("run",), environ, tmp_path / f"{number}.log", 30)
        assert code != 0, told
        assert "Traceback" not in told
        assert path.name in told
        assert all(path.name in line for line in told.splitlines()), told
