"""The account's own presses, and ours on their buttons."""

from __future__ import annotations

import pytest

from protocols.closure.events import Resolve
from protocols.closure.state import Closure
from protocols.replies.events import RecordWords
from protocols.status import Status
from protocols.targets.events import Blocked, SayBlocked
from protocols.targets.state import Blocking
from tests.unit.handlers.desk_in_memory import ACME_CHANNEL, ACMES_TEAM
from tests.unit.handlers.incident import REF, Incident

CUSTOMER = "U0APDIRECTOR"


@pytest.fixture
def incident() -> Incident:
    made = Incident()
    made.ask("csm-one", Resolve(REF, "The second copies are returned.", "Your statement."))
    return made


def theirs(incident: Incident, action: str) -> None:
    incident.press(CUSTOMER, action, team=ACMES_TEAM, channel=ACME_CHANNEL)


def test_the_account_confirms(incident: Incident) -> None:
    theirs(incident, "solved.yes")
    assert incident.ticket.status is Status.CONFIRMED
    assert "Thank you. BW-1001 is closed." in incident.told


def test_in_the_same_line_the_account_rates_it_with_one_press(incident: Incident) -> None:
    theirs(incident, "solved.yes")
    incident.press(CUSTOMER, "rating.give", "4", team=ACMES_TEAM, channel=ACME_CHANNEL)
    resolution = incident.ticket.of(Closure).resolution
    assert resolution is not None
    assert (resolution.stars, resolution.rated_by) == (4, resolution.confirmed_by)
    assert "4 of 5 is on record" in incident.told


def test_the_first_rating_counts_and_only_the_accounts_own(incident: Incident) -> None:
    theirs(incident, "solved.yes")
    incident.press("csm-one", "rating.give", "5", channel=ACME_CHANNEL)
    for stars in ("2", "5", "9"):
        incident.press(CUSTOMER, "rating.give", stars, team=ACMES_TEAM, channel=ACME_CHANNEL)
    resolution = incident.ticket.of(Closure).resolution
    assert resolution is not None
    assert resolution.stars == 2


def test_what_is_not_confirmed_is_not_rated(incident: Incident) -> None:
    before = incident.ticket
    incident.press(CUSTOMER, "rating.give", "4", team=ACMES_TEAM, channel=ACME_CHANNEL)
    assert incident.ticket == before


def test_a_second_confirmation_changes_nothing(incident: Incident) -> None:
    theirs(incident, "solved.yes")
    before = incident.ticket
    theirs(incident, "solved.yes")
    assert incident.ticket == before
    assert "Thank you" in incident.told


@pytest.mark.parametrize("action", ["solved.yes", "solved.no", "account.blocked"])
def test_ours_do_not_press_for_the_account(incident: Incident, action: str) -> None:
    before = incident.ticket
    incident.press("csm-one", action, channel=ACME_CHANNEL)
    assert (incident.ticket, incident.opened()) == (before, 0)
    assert "Only someone at Acme can press this" in incident.told


def test_a_stranger_does_not_press_for_the_account(incident: Incident) -> None:
    incident.press("U0STRANGER", "solved.yes", team="T0OTHER", channel=ACME_CHANNEL)
    assert incident.ticket.status is Status.RESOLVED


def test_what_is_still_wrong_opens_the_ticket_again(incident: Incident) -> None:
    theirs(incident, "solved.no")
    form = incident.own(incident.slack.shown())
    form.fill("still_wrong", "Two copies are missing")
    answer = incident.slack.submit(CUSTOMER, form, team=ACMES_TEAM)
    assert incident.ticket.status is Status.OPEN
    assert "CSM One has it" in answer.text


def test_ours_do_not_submit_the_accounts_form(incident: Incident) -> None:
    theirs(incident, "solved.no")
    form = incident.own(incident.slack.shown())
    answer = incident.send("csm-one", form, still_wrong="They say so")
    assert "Only someone at Acme" in answer.errors["still_wrong"]
    assert incident.ticket.status is Status.RESOLVED


def test_it_blocks_my_business_is_kept_as_their_word(incident: Incident) -> None:
    theirs(incident, "account.blocked")
    words = [c for c in incident.desk.commands if isinstance(c, SayBlocked)]
    assert [c.author for c in words] == ["AP Director One"]
    assert "CSM One has it" in incident.told


def test_what_it_blocks_is_asked_and_kept_by_one_press() -> None:
    open_one = Incident()
    theirs(open_one, "account.blocked")
    assert "What does it block?" in open_one.told
    said = {"team": ACMES_TEAM, "channel": ACME_CHANNEL}
    open_one.press(CUSTOMER, "blocked.what:customer", "live customer", **said)
    assert open_one.ticket.of(Blocking).what is Blocked.CUSTOMER
    assert "A person answers you by" in open_one.told


def test_the_answer_by_phone_counts_and_is_marked(incident: Incident) -> None:
    form = incident.form("csm-one", "words.open")
    said = {"contact": "0", "said_at": "14:40 UTC", "words": "All good"}
    incident.send("csm-one", form, **said, solved="yes")
    resolution = incident.ticket.of(Closure).resolution
    assert resolution is not None
    assert (resolution.by_phone, resolution.confirmed_by) == (True, "AP Director One")


def test_a_no_by_phone_opens_it_again(incident: Incident) -> None:
    form = incident.form("csm-one", "words.open")
    said = {"contact": "0", "said_at": "14:40 UTC", "words": "Two are missing"}
    incident.send("csm-one", form, **said, solved="no")
    assert incident.ticket.status is Status.OPEN


def test_words_that_answer_nothing_are_kept(incident: Incident) -> None:
    form = incident.form("csm-one", "words.open")
    said = {"contact": "0", "said_at": "14:40 UTC", "words": "Call me tomorrow"}
    incident.send("csm-one", form, **said)
    assert incident.ticket.status is Status.RESOLVED
    assert isinstance(incident.desk.commands[-1], RecordWords)


def test_someone_else_is_named_and_nobody_unnamed_is_kept(incident: Incident) -> None:
    said = {"contact": "other", "said_at": "14:40 UTC", "words": "All good", "solved": "yes"}
    form = incident.form("csm-one", "words.open")
    answer = incident.send("csm-one", form, **said)
    assert "Fill this in." in answer.errors["speaker"]
    incident.send("csm-one", form, **said, speaker="Treasurer One")
    resolution = incident.ticket.of(Closure).resolution
    assert resolution is not None
    assert (resolution.by_phone, resolution.confirmed_by) == (True, "Treasurer One")
