"""Opening a ticket: the ways in, the submission, and what is refused under which field."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.files.directory import directory_of
from handlers.kit.ports import NotSaved
from protocols.contact.state import HandOver
from protocols.investigation.state import Investigation
from protocols.opening.events import Opening
from protocols.people.directory import Directory
from protocols.scales import Category, Impact, NoticedBy, Severity, Signal
from protocols.ticket import Ticket
from tests.kit.errors import ErrorLines
from tests.unit.handlers.desk_in_memory import ACME_CHANNEL, ACMES_TEAM, InMemoryDesk, slack_id
from tests.unit.handlers.slack_side import Modal, Slack, words

OUTSIDERS = "This is for Bridgewatch Payments staff."


@pytest.fixture
def desk() -> InMemoryDesk:
    return InMemoryDesk()


@pytest.fixture
def slack(desk: InMemoryDesk) -> Slack:
    return Slack(desk)


def critical_form(slack: Slack, summary: str = "Payments of 23 Nov sent twice") -> Modal:
    """Fill the form for a Tier 3 of Acme, reported by the account."""
    slack.slash("csm-one", "/ticket", summary)
    modal = slack.shown()
    slack.change("csm-one", modal, "account", "acme")
    slack.change("csm-one", modal, "impact_money", ["funds_moved_wrongly"])
    slack.change("csm-one", modal, "noticed", "account")
    return modal


def routine_form(slack: Slack, summary: str = "How do I export") -> Modal:
    """Fill the form for a Tier 1 of Acme."""
    slack.slash("csm-one", "/ticket", summary)
    modal = slack.shown()
    slack.change("csm-one", modal, "account", "acme")
    return modal


def test_the_command_opens_the_form_with_the_words_as_its_summary(
    desk: InMemoryDesk, slack: Slack
) -> None:
    answer = slack.slash("csm-one", "/ticket", "Payments of 23 Nov sent twice")
    assert (answer.status, answer.raw) == (200, "")
    assert slack.shown().stands("summary") == "Payments of 23 Nov sent twice"
    assert desk.interactive.calls[-1][1]["response_url"]


def test_the_command_in_an_accounts_channel_fills_the_account_in(slack: Slack) -> None:
    slack.slash("csm-one", "/ticket", "Payments late", channel=ACME_CHANNEL)
    assert slack.shown().stands("account") == "acme"


def test_the_global_shortcut_opens_an_empty_form(slack: Slack) -> None:
    assert slack.shortcut("csm-one", "ticket.open").status == 200
    assert slack.shown().stands("summary") is None


def test_a_message_of_the_account_fills_description_account_and_who_noticed(slack: Slack) -> None:
    slack.message_shortcut(
        "csm-one", "ticket.open_from_message", channel=ACME_CHANNEL,
        text="Our bank shows the run twice &amp; more", author="U0APDIRECTOR",
        author_team=ACMES_TEAM,
    )  # fmt: skip
    modal = slack.shown()
    assert modal.stands("summary") == "Our bank shows the run twice & more"
    assert modal.stands("description") == "Our bank shows the run twice & more"
    assert modal.stands("account") == "acme"
    assert modal.stands("noticed") == "account"


def test_a_message_of_a_colleague_was_noticed_by_us(slack: Slack) -> None:
    slack.message_shortcut(
        "csm-one", "ticket.open_from_message", channel="C0GENERAL1", text="Runs are late",
        author="csm-two",
    )  # fmt: skip
    assert slack.shown().stands("noticed") == "us"
    assert slack.shown().stands("account") is None


def test_the_ticket_keeps_the_message_it_was_opened_from(desk: InMemoryDesk, slack: Slack) -> None:
    slack.message_shortcut(
        "csm-one", "ticket.open_from_message", channel=ACME_CHANNEL, text="Twice",
        author="U0APDIRECTOR", author_team=ACMES_TEAM, ts="1795446120.000300",
    )  # fmt: skip
    modal = slack.shown()
    modal.fill("summary", "Payments sent twice")
    slack.submit("csm-one", modal)
    opening = desk.tickets["BW-1001"].of(Opening)
    assert opening.source == "message"
    assert opening.source_link.endswith(f"{ACME_CHANNEL}/p1795446120000300")


def test_words_longer_than_the_form_come_back_whole(slack: Slack) -> None:
    text = "A long story. " * 3000
    answer = slack.slash("csm-one", "/ticket", text)
    assert len(str(slack.shown().stands("summary"))) == 150
    assert len(str(slack.shown().stands("description"))) == 3000
    assert answer.body["text"].count("A long story.") > 2000
    assert len(answer.body["text"]) < 40_000


def test_the_button_of_the_help_opens_the_form_with_the_words(slack: Slack) -> None:
    answer = slack.slash("csm-one", "/ticket", "shwo")
    button = answer.body["blocks"][-1]["elements"][0]
    slack.press("csm-one", button["action_id"], button["value"])
    assert slack.shown().stands("summary") == "shwo"


@pytest.mark.parametrize("typed", ["Payments late", "show BW-1001", "mine", "help"])
def test_a_guest_is_told_that_this_is_for_staff(
    desk: InMemoryDesk, slack: Slack, typed: str
) -> None:
    desk.outside.add(slack_id("csm-two"))
    assert OUTSIDERS in slack.slash("csm-two", "/ticket", typed).text
    assert desk.interactive.calls == []


def test_people_of_the_account_cannot_open_tickets(desk: InMemoryDesk, slack: Slack) -> None:
    answer = slack.slash("U0APDIRECTOR", "/ticket", "Twice", team=ACMES_TEAM)
    assert OUTSIDERS in answer.text
    assert desk.interactive.calls == []


def test_people_of_the_account_cannot_search_our_accounts(slack: Slack) -> None:
    answer = slack.suggest("U0APDIRECTOR", "form.account", "a", team=ACMES_TEAM)
    assert answer.body == {"options": []}


def test_a_form_submitted_by_someone_who_became_a_guest_opens_nothing(
    desk: InMemoryDesk, slack: Slack
) -> None:
    modal = routine_form(slack)
    desk.outside.add(slack_id("csm-one"))
    answer = slack.submit("csm-one", modal)
    assert OUTSIDERS in str(answer.errors)
    assert desk.tickets == {}


def test_with_an_empty_directory_any_member_opens() -> None:
    desk = InMemoryDesk(directory=Directory())
    slack = Slack(desk)
    slack.slash("U0MEMBER1", "/ticket", "Payments late")
    modal = slack.shown()
    slack.change("U0MEMBER1", modal, "account", "none")
    answer = slack.submit("U0MEMBER1", modal)
    assert "BW-1001 is open" in answer.text
    assert desk.tickets["BW-1001"].account is None


def test_a_search_ends_with_not_in_the_list(slack: Slack) -> None:
    options = slack.suggest("csm-one", "form.account", "ce").body["options"]
    assert [option["value"] for option in options] == ["cedar", "none"]


def test_a_search_offers_at_most_a_hundred() -> None:
    accounts = {
        f"a{i}": {"name": f"Account {i}", "kind": "customer", "time_zone": "UTC"}
        for i in range(150)
    }
    person = {"name": "CSM One", "email": "csm.one@vendor.example", "duties": ["csm"]}
    directory = directory_of({"accounts": accounts, "people": {"csm-one": person}})
    options = Slack(InMemoryDesk(directory=directory)).suggest("csm-one", "form.account", "")
    assert len(options.body["options"]) == 100
    assert options.body["options"][-1]["value"] == "none"


def test_submitting_opens_the_ticket_as_the_form_stands(desk: InMemoryDesk, slack: Slack) -> None:
    modal = critical_form(slack)
    slack.change("csm-one", modal, "signal", "duplicate_payment")
    modal.fill("description", "Seen at 13:50 by the bank.")
    modal.fill("severity", "high")
    modal.fill("contact", slack_id("csm-two"))
    slack.submit("csm-one", modal)
    ticket = desk.tickets["BW-1001"]
    assert ticket.of(Opening).summary == "Payments of 23 Nov sent twice"
    assert ticket.of(Opening).description == "Seen at 13:50 by the bank."
    assert ticket.of(Opening).impacts == {Impact.FUNDS_MOVED_WRONGLY}
    assert ticket.of(Opening).signal is Signal.DUPLICATE_PAYMENT
    assert ticket.of(Opening).noticed_by is NoticedBy.ACCOUNT
    assert ticket.severity is Severity.HIGH
    assert ticket.category == Category.TECHNICAL_PRODUCT
    asked = ticket.of(HandOver).asked
    assert asked is not None
    assert asked.key == "csm-two"


def test_a_question_that_was_not_answered_is_not_a_confirmed_exposure(
    desk: InMemoryDesk, slack: Slack
) -> None:
    slack.submit("csm-one", critical_form(slack))
    assert desk.tickets["BW-1001"].of(Investigation).exposure_at is None


def test_a_confirmed_wrong_payment_confirms_the_exposure(desk: InMemoryDesk, slack: Slack) -> None:
    modal = critical_form(slack)
    slack.change("csm-one", modal, "confirmed", "yes")
    slack.submit("csm-one", modal)
    assert desk.tickets["BW-1001"].of(Investigation).exposure_at is not None


def test_the_answer_stands_in_the_forms_place_and_is_rewritten_later(
    desk: InMemoryDesk, slack: Slack
) -> None:
    answer = slack.submit("csm-one", critical_form(slack))
    assert answer.body["response_action"] == "update"
    assert "BW-1001 · Acme · Tier 3" in answer.text
    assert "one contact" in answer.text
    assert desk.watched == [("BW-1001", "V1")]


def test_a_masked_number_is_named_in_the_answer(desk: InMemoryDesk, slack: Slack) -> None:
    modal = critical_form(slack)
    modal.fill("description", "Paid with 4111 1111 1111 1111 twice")
    answer = slack.submit("csm-one", modal)
    assert 'card number ending 1111 in "What happened"' in answer.text
    assert "4111 1111" not in desk.tickets["BW-1001"].of(Opening).description


def test_one_form_submitted_twice_is_one_ticket(desk: InMemoryDesk, slack: Slack) -> None:
    modal = routine_form(slack)
    first, second = slack.submit("csm-one", modal), slack.submit("csm-one", modal)
    assert len(desk.tickets) == 1
    assert "BW-1001 is open" in first.text
    assert "BW-1001 is open" in second.text


def test_the_same_words_a_moment_later_are_refused_under_the_summary(
    desk: InMemoryDesk, slack: Slack
) -> None:
    slack.submit("csm-one", routine_form(slack))
    again = routine_form(slack)
    again.id = "V2"
    desk.at += timedelta(seconds=20)
    answer = slack.submit("csm-one", again)
    assert list(answer.errors) == ["summary"]
    assert "BW-1001 for Acme with these words 20 seconds ago" in answer.errors["summary"]
    assert len(desk.tickets) == 1


def test_a_second_critical_ticket_is_warned_of_and_opened_by_the_next_press(
    desk: InMemoryDesk, slack: Slack
) -> None:
    slack.submit("csm-one", critical_form(slack))
    desk.at += timedelta(minutes=10)
    other = critical_form(slack, "Wires to suppliers fail")
    other.id = "V2"
    warned = slack.submit("csm-one", other)
    assert warned.body["response_action"] == "update"
    assert "BW-1001 is open for Acme, Tier 3" in words(other.view["blocks"][0])
    assert len(desk.tickets) == 1
    assert "BW-1002 is open" in slack.submit("csm-one", other).text
    assert len(desk.tickets) == 2


def test_the_warning_does_not_hold_for_another_account(desk: InMemoryDesk, slack: Slack) -> None:
    slack.submit("csm-one", critical_form(slack))
    first_of_birch = critical_form(slack, "Commission run twice")
    first_of_birch.id = "V2"
    slack.change("csm-one", first_of_birch, "account", "birch")
    first_of_birch.fill("category", "commission_payment")
    slack.submit("csm-one", first_of_birch)
    other = critical_form(slack, "Wires fail")
    other.id = "V3"
    slack.submit("csm-one", other)
    slack.change("csm-one", other, "account", "birch")
    other.fill("category", "commission_payment")
    slack.submit("csm-one", other)
    assert "BW-1002 is open for Birch" in words(other.view["blocks"][0])
    assert len(desk.tickets) == 2


def test_the_warned_form_keeps_what_was_typed(slack: Slack) -> None:
    slack.submit("csm-one", critical_form(slack))
    other = critical_form(slack, "Wires fail")
    other.id = "V2"
    other.fill("description", "Every wire since noon")
    slack.submit("csm-one", other)
    assert other.stands("description") == "Every wire since noon"
    assert other.stands("summary") == "Wires fail"


def test_without_an_account_the_error_stands_under_the_account(slack: Slack) -> None:
    slack.slash("csm-one", "/ticket", "Payments late")
    answer = slack.submit("csm-one", slack.shown())
    assert list(answer.errors) == ["account"]
    assert "Not in the list" in answer.errors["account"]


def test_an_account_that_left_the_directory_meanwhile_is_asked_for_again(
    desk: InMemoryDesk, slack: Slack
) -> None:
    modal = routine_form(slack)
    modal.fill("account", "gone")
    assert list(slack.submit("csm-one", modal).errors) == ["account"]
    assert desk.tickets == {}


@pytest.mark.expects_errors
def test_a_ticket_whose_answer_cannot_be_shown_is_told_to_be_open() -> None:
    class Unwatching(InMemoryDesk):
        def watch_opened(self, reference: str, view_id: str) -> None:
            raise RuntimeError("the watch is broken")

    slack = Slack(Unwatching())
    answer = slack.submit("csm-one", routine_form(slack))
    assert "BW-1001 is open." in answer.text


def test_what_can_only_be_read_while_the_database_is_away_is_told_as_not_saved() -> None:
    class Away(InMemoryDesk):
        def ticket(self, reference: str) -> Ticket | None:
            raise NotSaved("away")

    slack = Slack(Away())
    assert "Not saved, nothing sent." in slack.slash("csm-one", "/ticket", "show BW-1001").text


def test_a_refusal_that_cannot_be_worded_without_the_database_is_told_as_not_saved() -> None:
    class Leaving(InMemoryDesk):
        looks = 0

        def ticket(self, reference: str) -> Ticket | None:
            self.looks += 1
            if self.looks > 1:
                raise NotSaved("away")
            return None

    slack = Slack(Leaving())
    assert "Not saved, nothing sent." in slack.slash("csm-one", "/ticket", "show BW-9999").text


def test_without_a_summary_the_error_stands_under_the_summary(slack: Slack) -> None:
    modal = routine_form(slack)
    modal.fill("summary", "   ")
    assert list(slack.submit("csm-one", modal).errors) == ["summary"]


def test_a_contact_who_is_no_csm_is_refused_under_the_contact(
    desk: InMemoryDesk, slack: Slack
) -> None:
    modal = routine_form(slack)
    modal.fill("contact", slack_id("engineer-one"))
    answer = slack.submit("csm-one", modal)
    assert list(answer.errors) == [modal.block("contact")]
    assert "Engineer One is not a CSM" in answer.errors[modal.block("contact")]
    assert desk.tickets == {}


def test_a_contact_nobody_knows_is_refused_under_the_contact(slack: Slack) -> None:
    modal = routine_form(slack)
    modal.fill("contact", "U0STRANGER")
    assert list(slack.submit("csm-one", modal).errors) == [modal.block("contact")]


def test_a_partners_category_is_asked_for(slack: Slack) -> None:
    modal = routine_form(slack)
    slack.change("csm-one", modal, "account", "birch")
    assert modal.stands("category") is None
    assert list(slack.submit("csm-one", modal).errors) == [modal.block("category")]


def test_what_was_not_saved_is_told_and_the_words_stay(desk: InMemoryDesk, slack: Slack) -> None:
    modal = routine_form(slack)
    desk.saves = False
    answer = slack.submit("csm-one", modal)
    assert "Not saved, and nothing was sent." in answer.errors["account"]
    desk.saves = True
    assert "BW-1001 is open" in slack.submit("csm-one", modal).text


@pytest.mark.expects_errors
def test_a_fault_in_the_submission_is_told_with_its_code(
    desk: InMemoryDesk, slack: Slack, error_lines: ErrorLines
) -> None:
    modal = routine_form(slack)
    desk.fails = RuntimeError("boom")
    answer = slack.submit("csm-one", modal)
    assert answer.status == 200
    assert "Something went wrong on our side (code e-" in str(answer.errors)
    assert "boom" not in str(answer.errors)
    assert any("with code e-" in line for line in error_lines.unexpected())


def test_opened_by_mistake_closes_the_ticket_in_error(desk: InMemoryDesk, slack: Slack) -> None:
    slack.submit("csm-one", routine_form(slack))
    slack.press("csm-one", "ticket.mistake", "BW-1001")
    modal = slack.shown()
    modal.fill("mistake", "not_a_problem")
    modal.fill("reason", "a test of the form")
    answer = slack.submit("csm-one", modal)
    assert "closed as opened in error" in answer.text
    assert desk.tickets["BW-1001"].status.value == "opened_in_error"


@pytest.mark.parametrize("named", ["", "BW-4711", "BW-1001", "the other one"])
def test_a_duplicate_names_another_ticket_that_there_is(
    desk: InMemoryDesk, slack: Slack, named: str
) -> None:
    slack.submit("csm-one", routine_form(slack))
    slack.press("csm-one", "ticket.mistake", "BW-1001")
    modal = slack.shown()
    modal.fill("mistake", "duplicate")
    modal.fill("duplicate_of", named)
    modal.fill("reason", "twice")
    assert list(slack.submit("csm-one", modal).errors) == ["duplicate_of"]
    assert desk.tickets["BW-1001"].is_live


def test_opened_by_mistake_is_refused_to_people_who_are_not_on_the_ticket(
    desk: InMemoryDesk, slack: Slack
) -> None:
    slack.submit("csm-one", routine_form(slack))
    slack.press("engineer-one", "ticket.mistake", "BW-1001")
    assert "Only people on BW-1001 can do this" in slack.told()


def test_opened_by_mistake_can_be_pressed_in_the_answer_itself(
    desk: InMemoryDesk, slack: Slack
) -> None:
    answer = slack.submit("csm-one", critical_form(slack))
    opened = Modal(answer.body["view"])
    slack.press_in("csm-one", opened, "ticket.mistake", "BW-1001")
    assert desk.interactive.calls[-1][0] == "push"
    assert slack.shown().view["callback_id"] == "opened_by_mistake"
