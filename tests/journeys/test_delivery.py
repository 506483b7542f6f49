"""The main journey whatever the wire does: sockets, repeats, lost answers, rates, restarts."""

from __future__ import annotations

import copy
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from protocols.deliveries.state import Deliveries
from protocols.investigation.state import Investigation
from protocols.ladder.events import StepKind
from protocols.ladder.state import Ladder
from protocols.promises.state import Promises
from protocols.replies.state import Heard
from protocols.status import Status
from tests.kit.journey import BRIDGE, KNOWN, PROCESSOR, SHARED, Journey, journey

DONE = "The second copies were returned to your account."
CHECK = "Look at your statement of 24 November."
FOUND = {
    "kind": "Scope: how much is touched", "finding": "one run of 412",
    "accounts_count": "1", "records_count": "412",
}  # fmt: skip
INSIDE_ONCE = (
    "is the investigator.", "is the communicator.", "is the scribe.", "Update 1 is with Acme",
    "Transaction hold on Acme: asked",
)  # fmt: skip


def main_journey(desk: Journey) -> None:
    """Play a whole incident, from a message of the customer to their confirmation."""
    desk.opened()
    desk.acme_was_acknowledged()
    desk.minute(5)
    desk.takes_up()
    desk.minute(16)
    desk.press("cs-manager-one", "Call started")
    desk.form("csm-one", "Confirm exposure", seen_by="Acme and our ledger")
    desk.minute(31)
    desk.form("engineer-one", "Record finding", **FOUND)
    desk.form("engineer-one", "Place hold", reason="copies may still go out")
    desk.form("engineer-one", "Isolated", how="quarantine queue")
    desk.minute(46)
    desk.drafts()
    desk.press("cs-manager-one", "Release")
    desk.hears(SHARED, KNOWN)
    desk.minute(61)
    desk.form("csm-one", "Confirmed stopped", confirmed_by="Payments Operations One")
    desk.form("cs-manager-one", "Clear hold", reason="all separated")
    desk.form("engineering-lead-one", "Resolve", done=DONE, how_to_check=CHECK)
    desk.press("cs-manager-one", "Release")
    desk.hears(SHARED, DONE)
    desk.press("ap-director-one", "Yes, it is solved", SHARED)
    desk.hears(SHARED, "BW-1001 is closed.")


def is_whole(desk: Journey) -> None:
    """Check that all was done once, in time, and that the record proves it."""
    assert desk.ticket.status in (Status.CONFIRMED, Status.CLOSED)
    lines = desk.lines()
    for words in INSIDE_ONCE:
        assert sum(words in line for line in lines) == 1, words
    for kind in (
        StepKind.ACKNOWLEDGE, StepKind.SCOPE, StepKind.LEADS_HERE, StepKind.ROLES_TAKEN,
        StepKind.CALL_RUNNING, StepKind.BLAST_RADIUS, StepKind.RECORDS_ISOLATED,
        StepKind.FIRST_UPDATE,
    ):  # fmt: skip
        assert desk.is_done(kind), kind
    certificate = desk.types("csm-one", "/bridge", "certificate")
    assert "chain intact" in certificate
    assert "0 lost" in certificate
    assert " 0 late" in certificate
    shown = desk.person("csm-one").messages(BRIDGE)
    assert sum(m.words.startswith("DRILL · BW-1001 · ") for m in shown) == 1, "one card"
    assert desk.ticket.of(Deliveries).dead == ()


def test_the_main_journey_from_first_word_to_confirmation(desk_in_slack: Journey) -> None:
    main_journey(desk_in_slack)
    is_whole(desk_in_slack)
    mails = [mail["to"] for mail in desk_in_slack.slack.mails]
    assert mails.count([PROCESSOR]) == 1


@pytest.mark.slow
def test_the_main_journey_runs_the_same_over_sockets(migrated_database_url: str) -> None:
    with journey(migrated_database_url, mode="socket") as desk:
        main_journey(desk)
        is_whole(desk)


@pytest.mark.slow
def test_dropped_and_refreshed_sockets_lose_and_double_nothing(migrated_sqlite_url: str) -> None:
    with journey(migrated_sqlite_url, mode="socket") as desk:
        desk.opened()
        desk.acme_was_acknowledged()
        for number, breaks in enumerate((desk.slack.drop_sockets, desk.slack.disconnect)):
            before = open_lines(desk)
            breaks()
            desk.slack.wait_for(partial(has_only_new_lines, desk, before), 30)
            desk.types("csm-one", "/bridge", f"note after break {number}")
            desk.person("ap-director-one").say(SHARED, f"Are you there? {number}")
            desk.settle()
            desk.slack.retry_events()
            desk.settle()
        heard = [message.text for message in desk.ticket.of(Heard).messages]
        assert heard == ["Are you there? 0", "Are you there? 1"]
        timeline = desk.types("csm-one", "/bridge", "timeline")
        assert timeline.count("after break 0") == 1
        assert timeline.count("after break 1") == 1


def open_lines(desk: Journey) -> set[int]:
    """Return what names each open socket."""
    return desk.slack.ask(lambda: {id(line) for line in desk.slack.space.hub.lines})


def has_only_new_lines(desk: Journey, before: set[int]) -> bool:
    """Say whether every socket that was open is replaced by another."""
    now = open_lines(desk)
    return bool(now) and not now & before


def again(desk: Journey, kind: str, times: int = 4) -> None:
    """Have Slack send its last delivery of a kind again."""
    last = desk.slack.deliveries(kind)[-1]
    body: dict[str, Any] = copy.deepcopy(last.body)
    inbound = desk.slack.space.inbound
    assert body, f"the local Slack kept no body of its last {kind}"
    for number in range(times):
        if kind == "slash_command":
            desk.slack.run(inbound.command(body))
        elif kind == "event":
            desk.slack.run(inbound.event(body, number + 1, "http_timeout"))
        else:
            desk.slack.run(inbound.interactive(body, last.name, last.user))
    desk.settle()


@pytest.mark.parametrize("mode", ["http", "socket"])
def test_a_command_that_comes_five_times_is_done_once(migrated_sqlite_url: str, mode: str) -> None:
    with journey(migrated_sqlite_url, mode=mode) as desk:
        desk.opened()
        desk.acme_was_acknowledged()
        desk.types("csm-one", "/bridge", "finding the retry job ran twice")
        again(desk, "slash_command")
        assert len(desk.ticket.of(Investigation).findings) == 1


def test_a_form_that_comes_five_times_opens_one_ticket(desk: Journey) -> None:
    desk.opened()
    kinds = {delivery.kind for delivery in desk.slack.deliveries()}
    submission = next(kind for kind in kinds if "submission" in kind or kind == "interactive")
    again(desk, submission)
    assert desk.newest_reference() == "BW-1001"
    desk.acme_was_acknowledged()


@pytest.mark.parametrize("mishap", ["duplicate", "two_ids"])
def test_one_message_told_twice_is_one_reply(desk: Journey, mishap: str) -> None:
    desk.opened()
    desk.acme_was_acknowledged()
    desk.slack.mishap(mishap, "", 2)
    desk.person("ap-director-one").say(SHARED, "Is it one run or all?")
    desk.settle()
    assert sum("Acme wrote in" in line for line in desk.lines()) == 1
    timeline = desk.types("csm-one", "/bridge", "timeline")
    assert timeline.count("Is it one run or all?") == 1


def test_an_event_that_comes_five_times_is_one_reply(desk: Journey) -> None:
    desk.opened()
    desk.acme_was_acknowledged()
    desk.person("ap-director-one").say(SHARED, "Is it one run or all?")
    desk.settle()
    again(desk, "event")
    assert sum("Acme wrote in" in line for line in desk.lines()) == 1


@pytest.mark.slow
def test_the_main_journey_completes_under_slacks_rate_limits(migrated_sqlite_url: str) -> None:
    with journey(migrated_sqlite_url, rates=True) as desk:
        main_journey(desk)
        is_whole(desk)


@pytest.mark.slow
def test_slack_away_at_opening_loses_nothing_that_must_arrive(desk: Journey) -> None:
    form = desk.form_from_message()
    desk.slack.fault("chat.postMessage", "500", count=3)
    desk.slack.fault("conversations.create", "lost", count=1)
    desk.fills(
        form, impact_money=["Funds moved wrongly: duplicate, failed or misdirected"],
        confirmed="Reported, not yet confirmed", summary="Sent twice",
    )  # fmt: skip
    form.submit()
    desk.settle()
    desk.closes_all("csm-one")
    desk.acme_was_acknowledged()
    assert desk.slack.channel_names.count(BRIDGE) == 1
    assert desk.ticket.opened_at + timedelta(minutes=1) > desk.bot.now()


def test_an_update_whose_answer_was_lost_counts_from_when_it_stood(desk: Journey) -> None:
    desk.opened()
    desk.acme_was_acknowledged()
    desk.takes_up()
    desk.minute(58)
    desk.drafts()
    desk.slack.adopt_clock(desk.bot.now())
    desk.slack.fault("chat.postMessage", "lost", only_if="reply_broadcast")
    desk.person("cs-manager-one").press("Release", channel=BRIDGE)
    desk.sees(lambda: desk.person("ap-director-one").sees(SHARED, KNOWN), "the update")
    desk.bot.walk_without_waiting(desk.ticket.opened_at + timedelta(minutes=61))
    desk.hears(SHARED, KNOWN)
    step = desk.ticket.of(Ladder).step(StepKind.FIRST_UPDATE)
    assert step is not None
    assert desk.bot.now() > step.due_at
    assert step.late_by_s == 0.0
    assert desk.ticket.of(Promises).promises[0].kept_at == step.settled_at
    assert step.settled_at is not None
    assert step.settled_at < desk.ticket.opened_at + timedelta(minutes=59)


def test_a_new_process_goes_on_where_the_old_one_ended(migrated_sqlite_url: str) -> None:
    with journey(migrated_sqlite_url) as desk:
        desk.opened()
        desk.acme_was_acknowledged()
        desk.restarts(migrated_sqlite_url)
        desk.takes_up()
        desk.minute(60.2)
        desk.hears(SHARED, "We said you would hear from us by")
