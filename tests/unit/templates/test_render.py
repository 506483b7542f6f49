"""From a name and facts to what a gateway sends, and how it fails.

Proves: F25.
"""

from __future__ import annotations

import pytest

from protocols.updates.released import Released
from protocols.words.outward import LookedUp
from templates.kit import catalogue, render
from templates.kit.errors import LimitExceeded, TemplateBroken
from tests.unit.templates.world import BASE, HOLD_STOPPED, SEATS_T20, STEPS_T61, at, sample

MAIL = {
    "contact": LookedUp("CSM One"),
    "follow_url": LookedUp("https://desk.vendor.example/t/1"),
    "contact_phone": LookedUp("+1 555 0100"),
    "ref": LookedUp("BW-1001"),
}


def card(**changed: object) -> render.Message:
    return render.message("card", {**sample(catalogue.messages()["card"]), **changed})


def test_a_missing_fact_is_told_with_the_templates_name() -> None:
    with pytest.raises(TemplateBroken, match="'holding' is broken: missing facts: known, zone"):
        render.message("holding", {"ref": "", "last_update_at": None, "next_update_at": None})


def test_a_fact_that_is_none_where_words_are_needed_is_refused() -> None:
    given = {**sample(catalogue.messages()["ack_customer"]), "contact": None}
    with pytest.raises(TemplateBroken, match="ack_customer"):
        render.message("ack_customer", given)


def test_a_truth_value_is_never_written_as_words() -> None:
    with pytest.raises(TemplateBroken, match="bool"):
        render.message("ack_customer", {**sample(catalogue.messages()["ack_customer"]), "us": True})


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(TemplateBroken, match="no template"):
        render.message("nonsense", {})


def test_a_mail_has_the_same_words_a_subject_and_its_closing_lines() -> None:
    given = {**sample(catalogue.messages()["ack_customer"]), **MAIL}
    mail = render.mail("ack_customer", given)
    assert mail.subject == ("[BW-1001] We have your report. Next update by 10:02 EST (15:02 UTC).")
    assert "Next update from us: by Mon 23 Nov 2026, 10:02 EST (15:02 UTC)." in mail.body
    assert "reply to this mail" in mail.body
    assert "thread" not in mail.body
    assert mail.body.endswith(
        "Reply to this mail and CSM One gets it. To follow BW-1001: "
        "https://desk.vendor.example/t/1\nPhone, if it is urgent: +1 555 0100.\n"
    )


def test_a_mail_of_a_drill_says_so_in_subject_and_footer() -> None:
    given = {**sample(catalogue.messages()["holding"]), **MAIL}
    mail = render.mail("holding", given, drill=True)
    assert mail.subject.startswith("[DRILL] [BW-1001]")
    assert mail.body.rstrip().endswith("DRILL. Nothing in this mail is real.")


def test_an_executives_mail_has_times_written_out() -> None:
    mail = render.mail("brief_t3", sample(catalogue.messages()["brief_t3"]))
    assert "told 23 Nov 2026 14:02 UTC" in mail.body
    assert "<!date" not in mail.body


def test_a_late_update_is_on_the_cards_first_lines() -> None:
    made = card(
        now=at("15:03"), steps=STEPS_T61, seats=SEATS_T20, holds=(HOLD_STOPPED,), primary="review",
        call_started=True, bring_in=False, open_roles=(), late_step="first_update",
        late_at=at("15:02"), draft_since=at("14:55"), draft_by="CSM Two", draft_number=1,
        releasers="CSM One", exposure_at=at("14:12"), exposure_by="CSM One",
    )  # fmt: skip
    assert made.text == ("BW-1001, Tier 3, Acme. LATE: first update to Acme, was due 15:02 UTC.")
    assert made.blocks[0]["text"]["text"] == "BW-1001 · Tier 3 · Acme · update LATE"
    assert "3 min late: call running" in made.blocks[3]["text"]["text"]
    actions = [b["elements"] for b in made.blocks if b["type"] == "actions"]
    assert actions[0][0]["text"]["text"] == "Review the draft"


def test_buttons_of_a_role_vanish_when_it_is_taken() -> None:
    made = card(open_roles=("scribe",))
    labels = [
        element["text"]["text"]
        for block in made.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    ]
    assert "Take scribe" in labels
    assert "Take investigator" not in labels


def test_a_hold_that_is_only_asked_is_never_shown_as_stopped() -> None:
    surface = catalogue.messages()["card_tier4"]
    made = render.message("card_tier4", sample(surface))
    words = " ".join(b["text"]["text"] for b in made.blocks if "text" in b)
    assert "NOT confirmed. Payments may still be going out." in words


def test_words_under_review_are_never_shortened() -> None:
    surface = catalogue.messages()["review"]
    with pytest.raises(LimitExceeded):
        render.message("review", {**sample(surface), "entries": (("What we know", "w " * 9000),)})


def test_a_long_update_is_split_and_whole() -> None:
    surface = catalogue.messages()["update_customer"]
    known = Released("word " * 1500)
    made = render.message("update_customer", {**sample(surface), "known": known})
    shown = " ".join(b["text"]["text"] for b in made.blocks if b["type"] == "section")
    assert shown.count("word") == 1500


def test_a_card_with_too_much_on_it_is_shortened_rather_than_lost() -> None:
    many = tuple(
        type(HOLD_STOPPED)(number, "retention", "asked", "P" * 80, at("14:39"), reason="r" * 80)
        for number in range(60)
    )
    with pytest.raises(LimitExceeded):
        card(holds=many)
    made = card(scope="&" * 400, summary="&" * 400, releasers="&" * 400)
    assert sum(len(str(block)) for block in made.blocks) > 0


def test_the_form_is_sent_and_notifies_from_tier_three_on() -> None:
    surface = catalogue.views()["open_ticket"]
    assert render.view("open_ticket", sample(surface))["submit"]["text"] == "Open and notify"
    low = {**sample(surface), "tier": 1, "impacts": (), "signal": ""}
    made = render.view("open_ticket", low)
    assert made["submit"]["text"] == "Open"
    assert "confirmed" not in [block.get("block_id") for block in made["blocks"]]


def test_the_live_fields_of_the_form_tell_of_every_change() -> None:
    made = render.view("open_ticket", sample(catalogue.views()["open_ticket"]))
    live = {b["block_id"].partition(":")[0] for b in made["blocks"] if b.get("dispatch_action")}
    assert live == {"account", "signal", "impact_platform", "impact_money", "impact_payments",
                    "confirmed", "noticed"}  # fmt: skip


def test_a_page_is_plain_words() -> None:
    made = render.page("role", {**BASE, "role": "scribe", "due_at": at("14:22")})
    assert made == (
        "Bridgewatch BW-1001, Tier 3, Acme: you are asked to be the scribe. "
        "Answer in Slack by 14:22 UTC."
    )


def test_a_refusal_says_what_did_not_happen_and_who_can() -> None:
    made = render.refusal("second_person", {"people": "CS Manager One", "role": ""})
    assert made == (
        "Not sent. Words of yours are in this text, so someone else must release it. "
        "Can do it now: CS Manager One."
    )


@pytest.mark.parametrize("name", [n for n, s in catalogue.messages().items() if s.is_outward])
def test_free_text_makes_no_words_that_leave(name: str) -> None:
    surface = catalogue.messages()[name]
    given = sample(surface)
    for fact, value in given.items():
        if isinstance(value, Released) and value:
            with pytest.raises(TemplateBroken, match=f"neither looked up nor released: {fact}"):
                render.message(name, {**given, fact: str(value)})
            with pytest.raises(TemplateBroken, match="neither looked up nor released"):
                render.mail(name, {**MAIL, **given, fact: f"{value}"})


def test_the_closing_lines_of_a_mail_are_looked_up_too() -> None:
    given = {**sample(catalogue.messages()["holding"]), **MAIL, "contact": "Typed"}
    with pytest.raises(TemplateBroken, match="neither looked up nor released: contact"):
        render.mail("holding", given)
