"""``/ticket queue``, ``mine``, ``find``, ``note``, ``assign``, and App Home. S66, S85-S89, S104."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from handlers.kit.grammar import NearMiss, TypedWords, Verb, ticket
from protocols.contact.events import OfferPoc
from protocols.timeline.events import AddNote
from templates.kit.plainer import newer_in, plain_blocks
from tests.unit.handlers.desk_in_memory import InMemoryDesk
from tests.unit.handlers.slack_side import Json, Slack, words
from tests.unit.handlers.test_open_ticket import critical_form, routine_form


@pytest.fixture
def desk() -> InMemoryDesk:
    return InMemoryDesk()


@pytest.fixture
def slack(desk: InMemoryDesk) -> Slack:
    return Slack(desk)


@pytest.fixture
def opened(desk: InMemoryDesk, slack: Slack) -> Slack:
    """One Tier 3 and one Tier 1 ticket."""
    slack.submit("csm-one", critical_form(slack))
    routine(slack, "How do I export")
    desk.interactive.calls.clear()
    return slack


def routine(slack: Slack, summary: str) -> None:
    form = routine_form(slack, summary)
    form.id = f"V-{summary}"
    slack.submit("csm-one", form)


def typed(slack: Slack, text: str, person: str = "csm-one") -> str:
    return slack.slash(person, "/ticket", text).text


def listed(slack: Slack, text: str = "queue", person: str = "csm-one") -> list[Json]:
    """Return the blocks that are answered beside the acknowledgment, which can be sent again."""
    before = len(slack.desk.interactive.calls)
    answer = slack.slash(person, "/ticket", text)
    calls = slack.desk.interactive.calls[before:]
    blocks: list[Json] = calls[0][1]["message"]["blocks"] if calls else answer.body["blocks"]  # type: ignore[index]
    return blocks


def plain(slack: Slack, text: str, person: str = "csm-one") -> str:
    """Return the words of a list as they read in plain blocks."""
    return words(plain_blocks(listed(slack, text, person)))


def test_the_queue_has_each_ticket_with_its_clock_and_its_reason(opened: Slack) -> None:
    said = plain(opened, "queue")
    assert "*All teams: 2 open*" in said
    assert "*1 · BW-1001* · Acme" in said
    assert "Why: Tier 3 · Severity Critical" in said
    assert "Category and stage: Technical and Product · escalated · open since" in said
    assert "*2 · BW-1002*" in said
    assert " left · CSM One\n" in said
    assert "CSM One: 2 open" in said


def test_the_queue_is_one_table_that_a_phone_shows_the_first_two_columns_of(opened: Slack) -> None:
    table, menu, *_ = listed(opened)
    assert table["type"] == "data_table"
    head = [cell["text"] for cell in table["rows"][0]]
    assert head == ["Ticket", "Waits for, and who has it", "Why", "Category and stage"]
    assert len(table["rows"]) == 3
    assert [each["type"] for each in menu["elements"]] == ["static_select"]


def test_where_too_many_wait_the_acknowledgment_has_the_queue_in_plain_blocks(
    desk: InMemoryDesk, opened: Slack
) -> None:
    desk.interactive.is_busy = True
    answer = opened.slash("csm-one", "/ticket", "queue")
    assert "*1 · BW-1001* · Acme" in answer.text
    assert not newer_in(answer.body)


def test_a_ticket_of_the_page_is_opened_and_taken_by_one_menu(
    desk: InMemoryDesk, opened: Slack
) -> None:
    menu = listed(opened)[1]["elements"][0]
    options = {option["text"]["text"]: option for option in menu["options"]}
    opened.press("csm-one", menu["action_id"], type="static_select",
                 selected_option=options["Open BW-1002 · Acme"])  # fmt: skip
    assert "BW-1002 · " in words(desk.interactive.calls[-1][1]["message"])


def test_what_is_late_says_so_and_by_how_much(desk: InMemoryDesk, opened: Slack) -> None:
    desk.at += timedelta(days=6)
    said = plain(opened, "queue late")
    row = said.partition("BW-1002")[2]
    assert "🔴 *LATE:*" in row
    assert " ago" in row
    assert "Breached" not in said


def test_a_team_is_named_by_its_name_its_key_or_a_word_of_its_own(opened: Slack) -> None:
    for name in ("Channel Finance", "channel-finance", "finance"):
        assert "*Channel Finance: 0 open*" in plain(opened, f"queue {name}")
    assert "*Technical Support: 2 open*" in plain(opened, "queue technical support")


@pytest.mark.parametrize("words", ["technical late", "late technical support"])
def test_a_team_and_what_is_shown_of_it_are_named_in_either_order(
    opened: Slack, words: str
) -> None:
    assert "*Technical Support, close to breach: 0 open*" in typed(opened, f"queue {words}")


def test_pages_lead_on_and_back(desk: InMemoryDesk, slack: Slack) -> None:
    for number in range(12):
        desk.at += timedelta(minutes=1)
        routine(slack, f"How do I export {number}")
    shown = listed(slack)
    assert "BW-1010" in words(shown)
    assert "BW-1011" not in words(shown)
    following = press(slack, shown, "Next 2")
    assert "11 · BW-1011" in following
    assert "12 · BW-1012" in following
    assert "Back" in following


def test_a_page_whose_tickets_are_gone_is_the_last_one(opened: Slack) -> None:
    for offset in ("10", "990"):
        opened.press("csm-one", "queue.page:next", f"all||{offset}")
        said = json.dumps(opened.desk.interactive.calls[-1][1], ensure_ascii=False)
        assert "1 · BW-1001" in said
        assert '"Back"' not in said


def press(slack: Slack, blocks: object, label: str) -> str:
    """Press a button of some blocks, and return what was answered."""
    assert isinstance(blocks, list)
    elements = [each for block in blocks for each in block.get("elements", ())]
    button = next(each for each in elements if each.get("text", {}).get("text") == label)
    slack.press("csm-one", button["action_id"], button["value"])
    return json.dumps(slack.desk.interactive.calls[-1][1], default=str, ensure_ascii=False)


def test_mine_has_what_each_is_about_and_says_when_there_is_nothing(opened: Slack) -> None:
    assert '"Payments of 23 Nov sent twice"' in plain(opened, "mine")
    assert "You are on no open ticket." in typed(opened, "mine", "finance-one")


def test_a_ticket_is_found_by_all_of_some_words_and_by_its_reference(opened: Slack) -> None:
    assert "BW-1002" in typed(opened, "find EXPORT acme")
    assert "BW-1001" in typed(opened, "find BW-1001")
    nothing = typed(opened, "find salary run")
    assert "No ticket has all of these words" in nothing
    assert "Open the form" in nothing


def test_a_note_is_typed_with_its_reference_or_asked_for(desk: InMemoryDesk, opened: Slack) -> None:
    typed(opened, "note BW-1002 They use the old form")
    command = desk.commands[-1]
    assert isinstance(command, AddNote)
    assert (command.reference, command.text) == ("BW-1002", "They use the old form")
    opened.slash("csm-one", "/ticket", "note BW-1002")
    assert opened.desk.interactive.calls[-1][0] == "open"


def test_a_ticket_is_offered_to_a_person_by_mention(desk: InMemoryDesk, opened: Slack) -> None:
    said = typed(opened, "assign BW-1002 <@U0CSMTWO|csm.two>")
    command = desk.commands[-1]
    assert isinstance(command, OfferPoc)
    assert command.person.key == "csm-two"
    assert "CSM Two" in said
    opened.slash("csm-one", "/ticket", "assign BW-1002")
    assert opened.desk.interactive.calls[-1][0] == "open"


@pytest.mark.parametrize(("words", "meant"), [
    ("queue", Verb("queue")),
    ("queue finance", Verb("queue", "", "finance")),
    ("queue of payments stuck", TypedWords("queue of payments stuck")),
    ("find duplicate run", Verb("find", "", "duplicate run")),
    ("note BW-1001 it was late", Verb("note", "BW-1001", "it was late")),
    ("note that Acme waits", TypedWords("note that Acme waits")),
    ("assign BW-1001 @csm.two", Verb("assign", "BW-1001", "@csm.two")),
    ("assign more people to Acme", TypedWords("assign more people to Acme")),
    ("quue", NearMiss("quue", "queue")),
    ("asign", NearMiss("asign", "assign")),
])  # fmt: skip
def test_a_verb_counts_when_what_follows_fits_it(words: str, meant: object) -> None:
    assert ticket(words, is_queue=lambda typed: typed == "finance") == meant


def test_nobody_from_outside_sees_a_queue(opened: Slack) -> None:
    answer = opened.slash("U0STRANGER", "/ticket", "queue", team="T0ACME")
    assert "BW-100" not in answer.text


def home(slack: Slack, person: str, team: str = "T0VENDOR") -> str:
    """Open a person's Home, and return its words."""
    event = {"type": "app_home_opened", "user": f"U0{person.upper().replace('-', '')}",
             "channel": "D1", "tab": "home", "event_ts": "1.1"}  # fmt: skip
    slack.event(event | {"team": team})
    name, given = slack.desk.interactive.calls[-1]
    assert name == "publish"
    return json.dumps(given, ensure_ascii=False)


def test_home_has_what_is_yours_first_then_the_queue_with_reasons(opened: Slack) -> None:
    said = home(opened, "csm-one")
    yours, _, queue = said.partition('"divider"')
    assert "Yours now (2)" in yours
    assert "All teams: 2 open" in queue
    assert "_Tier 3 · Severity Critical_" in queue
    assert "CSM One: 2 open" in queue
    assert " left" not in said


def test_home_of_one_without_tickets_says_so(opened: Slack) -> None:
    assert "No ticket is yours." in home(opened, "finance-one")


def test_an_empty_desk_says_how_one_begins(slack: Slack) -> None:
    assert "No open tickets." in home(slack, "csm-one")


def test_home_of_one_from_outside_holds_nothing(opened: Slack) -> None:
    said = home(opened, "stranger", team="T0ACME")
    assert "BW-100" not in said
    assert "staff" in said


def test_the_messages_tab_publishes_nothing(opened: Slack) -> None:
    opened.event({"type": "app_home_opened", "user": "U0CSMONE", "tab": "messages", "channel": "D"})
    assert opened.desk.interactive.calls == []


def test_buttons_of_home_publish_it_anew(opened: Slack) -> None:
    home(opened, "csm-one")
    view = opened.desk.interactive.calls[-1][1]["view"]
    assert isinstance(view, dict)
    assert '"All teams, nobody\'s: 0 open"' in press(opened, view["blocks"], "Nobody's")
    assert opened.desk.interactive.calls[-1][0] == "publish"
