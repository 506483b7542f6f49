"""``/account``: a form for who may change an account, a page for everybody else of us."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.slack.directory import key_of
from tests.unit.handlers.desk_in_memory import InMemoryDesk, slack_id
from tests.unit.handlers.slack_side import Modal, Slack, words

LINES = "AP Director One; director@acme.example; admin; +1 555 0100\nAP Clerk One; U0CLERK01"


@pytest.fixture
def desk() -> InMemoryDesk:
    return InMemoryDesk()


@pytest.fixture
def slack(desk: InMemoryDesk) -> Slack:
    return Slack(desk)


def shown(desk: InMemoryDesk) -> dict[str, Any]:
    """Return the view that was shown last."""
    views: list[Any] = [given["view"] for _, given in desk.interactive.calls if "view" in given]
    last: dict[str, Any] = views[-1]
    return last


def form(desk: InMemoryDesk, slack: Slack, person: str = "cs-manager-one") -> Modal:
    slack.slash(person, "/account", "acme")
    view = shown(desk)
    assert view["callback_id"] == "edit_account"
    return Modal(view)


def test_who_may_change_an_account_gets_its_form_filled_in(
    desk: InMemoryDesk, slack: Slack
) -> None:
    modal = form(desk, slack)
    assert modal.stands("name") == "Acme"
    assert modal.stands("csm") == slack_id("csm-one")
    assert "AP Director One" in str(modal.stands("contacts"))


def test_what_is_changed_is_told_from_what_to_what(desk: InMemoryDesk, slack: Slack) -> None:
    modal = form(desk, slack)
    modal.fill("csm", slack_id("csm-two"))
    modal.fill("contacts", LINES)
    modal.fill("tags", "priority, east")
    told = words(slack.submit("cs-manager-one", modal).body["view"]["blocks"])
    assert "Acme is changed." in told
    assert "CSM: CSM One → CSM Two" in told
    acme = desk.directory.account("acme")
    assert acme is not None
    assert acme.tags == ("priority", "east")
    assert [each.role for each in acme.contacts] == ["admin", "contact"]


def test_an_account_that_is_removed_is_inactive(desk: InMemoryDesk, slack: Slack) -> None:
    modal = form(desk, slack)
    modal.fill("active", "no")
    told = words(slack.submit("cs-manager-one", modal).body["view"]["blocks"])
    assert "its open tickets go on" in told
    acme = desk.directory.account("acme")
    assert acme is not None
    assert not acme.active


def test_its_own_csm_changes_an_account(desk: InMemoryDesk, slack: Slack) -> None:
    form(desk, slack, "csm-one")


@pytest.mark.parametrize("person", ["csm-two", "engineer-one"])
def test_others_of_us_read_it(desk: InMemoryDesk, slack: Slack, person: str) -> None:
    slack.slash(person, "/account", "ACME")
    view = shown(desk)
    assert view["callback_id"] == "show_account"
    assert "A CS manager or its CSM changes it. On duty: CS Manager One." in words(view["blocks"])


def test_what_a_file_names_is_read_with_the_files_name(desk: InMemoryDesk, slack: Slack) -> None:
    desk.files["acme"] = "directory.yaml"
    slack.slash("cs-manager-one", "/account", "acme")
    assert "directory.yaml names it. Change it there" in words(shown(desk)["blocks"])


def test_a_form_whose_account_a_file_names_by_now_changes_nothing(
    desk: InMemoryDesk, slack: Slack
) -> None:
    modal = form(desk, slack)
    desk.files["acme"] = "more.csv"
    modal.fill("tags", "east")
    answer = slack.submit("cs-manager-one", modal)
    assert "more.csv names Acme" in str(answer.body["errors"])


def test_a_form_that_somebody_was_faster_than_changes_nothing(
    desk: InMemoryDesk, slack: Slack
) -> None:
    first, second = form(desk, slack), form(desk, slack, "csm-one")
    first.fill("tags", "east")
    slack.submit("cs-manager-one", first)
    second.fill("tags", "west")
    assert "Somebody changed Acme" in str(slack.submit("csm-one", second).body["errors"])
    second.fill("tags", "east")
    assert "as it was" in words(slack.submit("csm-one", second).body["view"]["blocks"])


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("time_zone", "Gotham", "'Gotham' is no time zone. Write one such as America/New_York."),
        ("program_level", "gold", "Only a partner has a program level"),
        ("name", "Birch", "Birch is another account's name already (key birch)"),
        ("contacts", "A; a@b; director", 'Line 1: "director" is no mail address'),
        ("contacts", "A; a@b@c", 'Line 1: "a@b@c" is no mail address'),
        ("contacts", "A; a@b; c@d", 'Line 1: "c@d" is a second email'),
    ],
)
def test_what_cannot_be_is_told_under_its_field(
    desk: InMemoryDesk, slack: Slack, field: str, value: str, why: str
) -> None:
    modal = form(desk, slack)
    modal.fill(field, value)
    errors = slack.submit("cs-manager-one", modal).body["errors"]
    assert list(errors) == [modal.block(field)]
    assert why in errors[modal.block(field)]


def test_a_channel_is_one_accounts(desk: InMemoryDesk, slack: Slack) -> None:
    slack.slash("cs-manager-one", "/account", "birch")
    modal = Modal(shown(desk))
    modal.fill("shared_channel", "#Acme-Support")
    errors = slack.submit("cs-manager-one", modal).body["errors"]
    assert "is Acme's shared channel already" in errors[modal.block("shared_channel")]


def test_a_name_that_nobody_has_offers_the_nearest(desk: InMemoryDesk, slack: Slack) -> None:
    answer = slack.slash("engineer-one", "/account", "Acne")
    assert 'No account is called "Acne". Did you mean one of these?' in answer.text
    assert "account.show:1" in answer.raw
    assert "account.add" not in answer.raw
    slack.press("engineer-one", "account.show:1", "acme")
    assert shown(desk)["callback_id"] == "show_account"


def test_a_new_account_is_added_by_a_csm(desk: InMemoryDesk, slack: Slack) -> None:
    assert "account.add" in slack.slash("csm-two", "/account", "Quince & Sons").raw
    slack.press("csm-two", "account.add", "Quince & Sons")
    modal = Modal(shown(desk))
    modal.fill("csm", slack_id("csm-two"))
    told = words(slack.submit("csm-two", modal).body["view"]["blocks"])
    assert "Quince & Sons is added." in told.replace("&amp;", "&")
    quince = desk.directory.account("quince-sons")
    assert quince is not None
    assert quince.csm == "csm-two"


def test_one_that_is_there_is_not_added_again(desk: InMemoryDesk, slack: Slack) -> None:
    slack.press("cs-manager-one", "account.add", "Acme!")
    answer = slack.submit("cs-manager-one", Modal(shown(desk)))
    assert "Acme has the key acme already. Write another name." in str(answer.body["errors"])


def test_who_has_no_right_adds_none(desk: InMemoryDesk, slack: Slack) -> None:
    slack.press("engineer-one", "account.add", "Quince")
    assert "Can do it: CS Manager One" in str(desk.interactive.calls[-1])


def test_people_outside_see_no_account(desk: InMemoryDesk, slack: Slack) -> None:
    desk.outside.add(slack_id("csm-two"))
    assert "staff" in slack.slash("csm-two", "/account", "acme").text
    slack.press("csm-two", "account.show:1", "acme")
    assert "staff" in str(desk.interactive.calls[-1])


@pytest.mark.parametrize("typed", ["", "help"])
def test_help_says_what_it_does(slack: Slack, typed: str) -> None:
    assert "`/account NAME` shows an account" in slack.slash("csm-one", "/account", typed).text


def test_one_whom_slack_does_not_know_stays_where_nobody_is_picked(
    desk: InMemoryDesk, slack: Slack
) -> None:
    modal = form(desk, slack)
    modal.fill("executive_sponsor", None)
    slack.submit("cs-manager-one", modal)
    acme = desk.directory.account("acme")
    assert acme is not None
    assert acme.executive_sponsor is None


@pytest.mark.parametrize(("name", "key"), [("Quince & Sons", "quince-sons"), ("É 9", "9")])
def test_a_key_is_made_of_the_name(name: str, key: str) -> None:
    assert key_of(name) == key
