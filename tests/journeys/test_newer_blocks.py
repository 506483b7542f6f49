"""The same desk in a Slack with the newer blocks, and in one that refuses them. M27."""

from __future__ import annotations

from collections import Counter

from drill.faults import NEWER
from drill.reading import Seen
from tests.journeys.test_low_tiers import tier_2
from tests.kit.journey import BRIDGE, SHARED, Journey

LEAD = "cs-manager-one"
MENU = "Open or take a ticket"


def queue(desk: Journey, who: str = LEAD) -> Seen:
    """Type ``/ticket queue``, and return what is shown for it."""
    desk.answered(who, lambda: desk.types(who, "/ticket", "queue", None))
    return desk.person(who).ephemerals[-1]


def opens_from_it(desk: Journey, shown: Seen) -> str:
    """Choose the first ticket in the menu below a queue, and return what is shown for it."""
    person = desk.person(LEAD)
    return desk.answered(LEAD, lambda: person.pick(MENU, "Open BW-1001 · Acme", None, shown.ts))


def refusals(desk: Journey) -> Counter[str]:
    """Return how often a method's blocks were refused."""
    found = desk.slack.core.record.calls
    return Counter(
        call.method for call in found if str(call.answer.get("error", "")).startswith("invalid_")
    )


def test_the_queue_is_a_table_and_a_ticket_is_opened_from_it(desk: Journey) -> None:
    tier_2(desk)
    shown = queue(desk)
    assert [row[0] for row in shown.rows] == ["Ticket", "1 · BW-1001 · Acme"]
    assert "BW-1001 · Acme" in opens_from_it(desk, shown)
    desk.person(LEAD).press("Nobody's", None, shown.ts)
    desk.sees(lambda: "nobody's: 0 open" in desk.person(LEAD).ephemerals[0].words, "the page")
    assert refusals(desk) == Counter()


def test_where_slack_refuses_them_the_plain_form_goes_after_one_refusal(desk: Journey) -> None:
    desk.slack.lacks(*NEWER)
    tier_2(desk)
    shown = queue(desk)
    assert not shown.rows
    assert "*1 · BW-1001* · Acme" in shown.words
    assert "BW-1001 · Acme" in opens_from_it(desk, shown)
    queue(desk)
    assert refusals(desk)["hooks"] == 1
    state = desk.bot.program.watch().parts
    assert state["blocks"].startswith("Slack refuses")
    assert "data_table" in state["blocks"]


def test_release_is_shown_to_who_may_press_it_and_to_all_where_slack_refuses_that(
    desk: Journey,
) -> None:
    desk.slack.lacks("visible_to_user_ids")
    desk.opened()
    desk.acme_was_acknowledged()
    desk.takes_up()
    desk.drafts()
    assert "Release" in desk.reads("csm-two", "waits for release").buttons
    desk.press(LEAD, "Release", BRIDGE)
    desk.hears(SHARED, "412 payments")
    assert refusals(desk)["chat.postMessage"] == 1


def test_who_does_what_is_folded_on_the_card_once_everybody_is_there(desk: Journey) -> None:
    desk.opened()
    desk.acme_was_acknowledged()
    assert not folded(desk)
    desk.takes_up()
    assert folded(desk) == ["Who does what"]
    assert "Investigator" in desk.card()


def folded(desk: Journey) -> list[str]:
    """Return the titles of what is folded on the card."""
    card = desk.reads("csm-one", "*Steps*")
    boxes = (block for block in card.wire["blocks"] if block["type"] == "container")
    return [box["title"]["text"] for box in boxes]
