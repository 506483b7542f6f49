"""What Slack told while nobody listened: read back, in order, once, and marked as read late.

Proves: F03, F39.
"""

from __future__ import annotations

import pytest

from tests.faults.test_database import with_pragma
from tests.journeys.test_resolution import incident_until_update, resolves
from tests.kit.journey import BRIDGE, SHARED, Journey

ACME = "ap-director-one"
SHARED_ID = "C0ACMESUP1"


def deaf_to(desk: Journey, name: str, count: int = 1) -> None:
    """Have Slack's next deliveries of an event get lost."""
    desk.slack.mishap("lost", name, count)


def read_back(desk: Journey) -> int:
    """Have everything read that was missed; return how much was handled."""
    handled = desk.bot.program.missed.read()
    desk.settle()
    return handled


def timeline(desk: Journey) -> str:
    return desk.types("csm-one", "/bridge", "timeline")


def asked(desk: Journey) -> str:
    """Bring a ticket to where Acme is asked whether it is solved; return the thread."""
    incident_until_update(desk)
    resolves(desk)
    question = desk.person(ACME).sees(SHARED, "Is it solved for you?")
    assert question is not None
    return question.thread_ts or question.ts


def test_what_the_account_wrote_unheard_is_on_record_in_order_as_read_late(desk: Journey) -> None:
    thread = asked(desk)
    deaf_to(desk, "message.channels", 2)
    acme = desk.person(ACME)
    acme.say(SHARED, "Which of the two files is it?", thread)
    acme.say(SHARED, "it is still broken", thread)
    desk.settle()
    assert "Which of the two" not in timeline(desk)
    read_back(desk)
    desk.hears(SHARED, "is open again")
    told = timeline(desk)
    assert told.index('"Which of the two files is it?" (written') < told.index(
        '"it is still broken"'
    )
    assert told.count("read late at") == 2
    again = told
    read_back(desk)
    assert timeline(desk) == again


def test_what_was_heard_live_is_not_read_a_second_time(desk: Journey) -> None:
    thread = asked(desk)
    desk.person(ACME).say(SHARED, "Which of the two files is it?", thread)
    desk.settle()
    before = timeline(desk)
    read_back(desk)
    assert timeline(desk) == before
    assert "read late" not in before


def test_an_event_that_comes_after_its_words_were_read_changes_nothing(desk: Journey) -> None:
    thread = asked(desk)
    deaf_to(desk, "message.channels")
    said = desk.person(ACME).say(SHARED, "Which of the two files is it?", thread)
    desk.settle()
    read_back(desk)
    before = timeline(desk)
    desk.slack.tells_again(SHARED, said.ts)
    desk.settle()
    assert timeline(desk) == before
    assert before.count("Which of the two files is it?") == 1


def test_words_edited_unheard_are_on_record_as_they_were_and_are(desk: Journey) -> None:
    thread = asked(desk)
    acme = desk.person(ACME)
    said = acme.say(SHARED, "You may stop the payments of Monday", thread)
    desk.settle()
    read_back(desk)
    deaf_to(desk, "message.channels")
    acme.edit(SHARED, said.ts, "Do NOT stop the payments of Monday")
    desk.settle()
    read_back(desk)
    told = timeline(desk)
    assert (
        '"You may stop the payments of Monday" is now "Do NOT stop the payments of Monday" (written'
    ) in told
    read_back(desk)
    assert timeline(desk) == told


def test_who_came_and_left_unheard_is_noted_once(desk: Journey) -> None:
    desk.opened()
    desk.acme_was_acknowledged()
    deaf_to(desk, "member_joined_channel")
    desk.person("csm-one").invite(BRIDGE, "support-two")
    desk.settle()
    assert "support-two" not in desk.here()
    read_back(desk)
    read_back(desk)
    assert "support-two" in desk.here()
    deaf_to(desk, "member_left_channel")
    desk.person("support-two").leave(BRIDGE)
    desk.settle()
    read_back(desk)
    read_back(desk)
    read_back(desk)
    assert "support-two" not in desk.here()
    told = timeline(desk)
    assert told.count("Support Two is in the bridge (read late at") == 1
    assert told.count("Support Two left the bridge (read late at") == 1


def test_what_came_while_the_program_was_down_is_read_at_its_start(
    desk: Journey, migrated_sqlite_url: str
) -> None:
    thread = asked(desk)
    desk.bot.stop()
    acme = desk.person(ACME)
    acme.say(SHARED, "Is it the file of Monday?", thread)
    acme.say(SHARED, "it is still broken", thread)
    desk.slack.forget_events()
    desk.restarts(migrated_sqlite_url)
    desk.sees(lambda: "is open again" in acme.messages(SHARED)[-1].words, "it opens again")
    desk.hears(SHARED, "is open again")
    assert timeline(desk).count("read late at") == 2


def test_a_reading_goes_on_where_slack_limited_it_and_reads_every_page(desk: Journey) -> None:
    thread = asked(desk)
    deaf_to(desk, "message.channels", 12)
    for number in range(12):
        desk.person(ACME).say(SHARED, f"File {number} of Monday?", thread)
    desk.slack.rates(commercial=True)  # fifteen a page
    limit = desk.slack.fault("conversations.replies", "429", retry_after_s="1")
    lost = desk.slack.fault("conversations.history", "500")
    desk.slack.core.rates.on = False
    read_back(desk)
    assert (limit.struck, lost.struck) == (1, 1)
    told = timeline(desk)
    assert all(f"File {number} of Monday?" in told for number in range(12))


def test_a_channel_that_may_not_be_read_is_said_once_and_the_others_are_read(
    desk: Journey, caplog: pytest.LogCaptureFixture
) -> None:
    thread = asked(desk)
    desk.slack.fault("conversations.history", "error", only_if=SHARED_ID, count=0,
                     error="missing_scope")  # fmt: skip
    deaf_to(desk, "message.channels")
    desk.person(ACME).say(SHARED, "Which of the two files is it?", thread)
    read_back(desk)
    read_back(desk)
    said = [r.getMessage() for r in caplog.records if "cannot be read" in r.getMessage()]
    why = "conversations.history: it says missing_scope"
    assert said == [f"What was missed in {SHARED_ID} cannot be read: {why}."]
    desk.slack.clear_faults()
    read_back(desk)
    assert "Which of the two files is it?" in timeline(desk)


@pytest.mark.expects_errors
def test_what_came_while_the_database_was_away_longer_than_slack_retries_is_read_afterwards(
    desk: Journey,
) -> None:
    thread = asked(desk)
    with with_pragma(desk.bot.database, "query_only = 1", "query_only = 0"):
        desk.person(ACME).say(SHARED, "Which of the two files is it?", thread)
        for _ in range(4):
            desk.slack.settle(30.0)
            desk.slack.retry_events()
        desk.slack.settle(30.0)
    assert desk.slack.pending_events() == 0
    assert "Which of the two files is it?" not in timeline(desk)
    read_back(desk)
    assert "Which of the two files is it?" in timeline(desk)


def test_what_the_account_deleted_unheard_is_on_record_as_read_late_once(desk: Journey) -> None:
    thread = asked(desk)
    acme = desk.person(ACME)
    acme.say(SHARED, "Which of the two files is it?", thread)
    kept = acme.say(SHARED, "The one of October, we think.", thread)
    gone = acme.say(SHARED, "You may stop all payments.", thread)
    desk.settle()
    deaf_to(desk, "message.channels")
    acme.delete(SHARED, gone.ts)
    desk.settle()
    read_back(desk)
    told = timeline(desk)
    assert "You may stop all payments." in told
    assert told.count("deleted") == 1
    read_back(desk)
    assert timeline(desk) == told
    assert acme.sees(SHARED, kept.text) is not None
