"""Modals: filled, refused, updated, stacked, and what the app's answer does to them."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from drill.errors import DrillRefusal
from drill.local import LocalSlack
from tests.drill.tiny_bot import TinyBot, button, buttons, modal, section, text_input

Wire = dict[str, Any]
BANNER = "We had some trouble connecting. Try again?"


def form_bot(bot: TinyBot, view: Wire) -> list[Wire]:
    """Open this view on /form; return the list of submissions to come."""
    bodies: list[Wire] = []

    @bot.app.command("/form")
    def open_form(ack: Any, body: Wire) -> None:
        bot.client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    @bot.app.view("form")
    def take(ack: Any, body: Wire) -> None:
        bodies.append(body)
        ack()

    return bodies


def answering(bot: TinyBot, form: Wire, **answer: Any) -> None:
    """Open this view on /form and answer its submission so."""

    @bot.app.command("/form")
    def open_form(ack: Any, body: Wire) -> None:
        bot.client.views_open(trigger_id=body["trigger_id"], view=form)
        ack()

    @bot.app.view("form")
    def take(ack: Any) -> None:
        ack(**answer)


def test_a_forged_signature_is_refused_by_the_app(slack: LocalSlack, bot: TinyBot) -> None:
    statuses = {kind: slack.forge(kind) for kind in ("wrong", "stale", "future", "missing")}
    assert set(statuses.values()) == {401}


def test_a_filled_form_is_submitted_with_all_its_values(slack: LocalSlack, bot: TinyBot) -> None:
    option = [
        {"text": {"type": "plain_text", "text": t}, "value": t.lower()} for t in ("One", "Two")
    ]
    boxes = {
        "type": "input",
        "block_id": "boxes",
        "optional": True,
        "label": {"type": "plain_text", "text": "Impact"},
        "element": {"type": "checkboxes", "action_id": "ticks", "options": option},
    }
    bodies = form_bot(bot, modal(text_input("summary", "Summary"), boxes))
    csm = slack.person("csm-one")
    csm.command("/form")
    csm.view.fill({"Summary": "Paid twice", "Impact": ["Two"]}).submit()
    values = bodies[0]["view"]["state"]["values"]
    assert values["summary"]["typed"] == {"type": "plain_text_input", "value": "Paid twice"}
    assert values["boxes"]["ticks"]["selected_options"] == [option[1]]
    assert not csm.has_view


def test_a_required_field_left_empty_never_reaches_the_app(slack: LocalSlack, bot: TinyBot) -> None:
    form_bot(bot, modal(text_input("summary", "Summary")))
    csm = slack.person("csm-one")
    csm.command("/form")
    done = csm.view.submit()
    assert not done.sent
    assert csm.view.errors == {"Summary": "Please complete this required field."}


def test_errors_under_an_input_keep_the_form_open(slack: LocalSlack, bot: TinyBot) -> None:
    view = modal(text_input("summary", "Summary"))
    answering(bot, view, response_action="errors", errors={"summary": "Say more."})
    csm = slack.person("csm-one")
    csm.command("/form")
    csm.view.fill({"Summary": "x"}).submit()
    assert csm.view.errors == {"Summary": "Say more."}
    assert csm.view.value("Summary") == "x"


def test_errors_keyed_by_anything_but_an_input_block_show_the_banner(
    slack: LocalSlack, bot: TinyBot
) -> None:
    view = modal(text_input("summary", "Summary"), section("words") | {"block_id": "words"})
    answering(bot, view, response_action="errors", errors={"words": "No."})
    csm = slack.person("csm-one")
    csm.command("/form")
    csm.view.fill({"Summary": "x"}).submit()
    assert csm.view.banner == BANNER


def test_a_broken_view_in_an_update_shows_the_banner(slack: LocalSlack, bot: TinyBot) -> None:
    view = modal(text_input("summary", "Summary"))
    broken = modal(section("x" * 3001))
    answering(bot, view, response_action="update", view=broken)
    csm = slack.person("csm-one")
    csm.command("/form")
    csm.view.fill({"Summary": "x"}).submit()
    assert csm.view.banner.startswith(BANNER)


def test_an_update_answers_in_the_same_modal(slack: LocalSlack, bot: TinyBot) -> None:
    view = modal(text_input("summary", "Summary"))
    answering(bot, view, response_action="update", view=modal(section("BW-1001"), title="Open"))
    csm = slack.person("csm-one")
    csm.command("/form")
    before = csm.view.id
    csm.view.fill({"Summary": "x"}).submit()
    assert (csm.view.title, csm.view.id) == ("Open", before)


def test_the_stack_holds_three_views(slack: LocalSlack, bot: TinyBot) -> None:
    more = modal(buttons(button("More", "more")))
    form_bot(bot, more)
    errors: list[str] = []

    @bot.app.action("more")
    def push(ack: Any, body: Wire) -> None:
        try:
            bot.client.views_push(trigger_id=body["trigger_id"], view=more)
        except SlackApiError as error:
            errors.append(error.response["error"])
        ack()

    csm = slack.person("csm-one")
    csm.command("/form")
    for _ in range(3):
        csm.view.press("More")
    assert len(csm.views) == 3
    assert errors == ["push_limit_reached"]
    csm.view.close()
    assert len(csm.views) == 2


def test_a_trigger_opens_one_view_and_only_for_three_seconds(
    slack: LocalSlack, bot: TinyBot
) -> None:
    triggers: list[str] = []

    @bot.app.command("/say")
    def say(ack: Any, command: Wire) -> None:
        triggers.append(command["trigger_id"])
        ack()

    csm = slack.person("csm-one")
    csm.command("/say")
    csm.command("/say")
    first, second = triggers
    bot.client.views_open(trigger_id=first, view=modal(section("x")))
    with pytest.raises(SlackApiError) as again:
        bot.client.views_open(trigger_id=first, view=modal(section("x")))
    assert again.value.response["error"] == "exchanged_trigger_id"
    issued = slack.core.triggers[second]
    issued.issued_s -= 3.1
    with pytest.raises(SlackApiError) as late:
        bot.client.views_open(trigger_id=second, view=modal(section("x")))
    assert late.value.response["error"] == "expired_trigger_id"
    slack.expired_triggers_read_as_arguments()
    with pytest.raises(SlackApiError) as older:
        bot.client.views_open(trigger_id=second, view=modal(section("x")))
    assert older.value.response["error"] == "invalid_arguments"


def test_an_update_with_a_stale_hash_conflicts_and_a_right_one_keeps_what_was_typed(
    slack: LocalSlack, bot: TinyBot
) -> None:
    view = modal(text_input("summary", "Summary"))
    form_bot(bot, view)
    csm = slack.person("csm-one")
    csm.command("/form")
    csm.view.fill({"Summary": "typed"})
    old = csm.view.wire["hash"]
    wider = modal(text_input("summary", "Summary"), section("Tier 3"))
    bot.client.views_update(view_id=csm.view.id, hash=old, view=wider)
    assert csm.view.value("Summary") == "typed"
    with pytest.raises(SlackApiError) as caught:
        bot.client.views_update(view_id=csm.view.id, hash=old, view=wider)
    assert caught.value.response["error"] == "hash_conflict"


@pytest.mark.expects_errors
def test_an_external_id_in_use_is_refused(slack: LocalSlack, bot: TinyBot) -> None:
    form_bot(bot, modal(section("x"), external_id="one"))
    slack.person("csm-one").command("/form")
    done = slack.person("csm-two").command("/form")
    assert "dispatch_failed" in done.failure
    assert slack.calls("views.open")[-1].answer["error"] == "duplicate_external_id"


def test_closing_tells_the_app_only_if_it_asked(slack: LocalSlack, bot: TinyBot) -> None:
    form_bot(bot, modal(section("x"), notify_on_close=True))
    bot.app.view_closed("form")(lambda ack: ack())
    csm = slack.person("csm-one")
    csm.command("/form")
    assert csm.view.close().status == 200
    assert [d.kind for d in slack.deliveries("view_closed")] == ["view_closed"]


def test_choosing_in_a_live_field_sends_the_whole_state(slack: LocalSlack, bot: TinyBot) -> None:
    live = text_input("first", "First") | {"dispatch_action": True}
    form_bot(bot, modal(live, text_input("second", "Second")))
    bodies: list[Wire] = []

    @bot.app.action("typed")
    def typed(ack: Any, body: Wire) -> None:
        bodies.append(body)
        ack()

    csm = slack.person("csm-one")
    csm.command("/form")
    csm.view.fill({"Second": "b", "First": "a"})
    assert len(bodies) == 1
    values = bodies[0]["view"]["state"]["values"]
    assert [values[k]["typed"]["value"] for k in ("first", "second")] == ["a", "b"]
    assert "response_url" not in bodies[0]


def test_an_external_select_asks_the_app(slack: LocalSlack, bot: TinyBot) -> None:
    account = {
        "type": "input",
        "block_id": "account",
        "label": {"type": "plain_text", "text": "Account"},
        "element": {"type": "external_select", "action_id": "account", "min_query_length": 2},
    }
    bodies = form_bot(bot, modal(account))

    @bot.app.options("account")
    def accounts(ack: Any, payload: Wire) -> None:
        names = [n for n in ("Acme", "Birch") if n.lower().startswith(payload["value"].lower())]
        ack(options=[{"text": {"type": "plain_text", "text": n}, "value": n} for n in names])

    csm = slack.person("csm-one")
    csm.command("/form")
    assert csm.view.options("Account", "a") == []
    assert csm.view.options("Account", "bi") == ["Birch"]
    csm.view.fill({"Account": "Acme"}).submit()
    chosen = bodies[0]["view"]["state"]["values"]["account"]["account"]["selected_option"]
    assert chosen["value"] == "Acme"
    csm.command("/form")
    with pytest.raises(DrillRefusal, match="no option like 'Zeta'"):
        csm.view.fill({"Account": "Zeta"})
