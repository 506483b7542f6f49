"""A partner writes, and it is heard, marked, answered by one line, classified and taken up. M16."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_bolt import BoltRequest

from protocols.replies.events import CustomerWrote
from protocols.scales import Tier
from store.read import deliveries
from store.write import read_marks
from tests.journeys.test_missed import deaf_to, read_back
from tests.kit.bot import DIRECTORY
from tests.kit.journey import SHARED, Journey, journey
from tests.kit.waiting import until

BIRCH, CHANNEL, CHANNEL_ID = "partner-admin-one", "birch-partners", "C0BIRCHPA1"
STATEMENT = "Our October statement is missing deals."
TWICE = "We paid V-201 twice this morning."


@pytest.fixture
def desk(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Journey]:
    """Give a desk to which Birch, a partner, writes in a channel."""
    path = tmp_path / "directory.yaml"
    kept = DIRECTORY.read_text(encoding="utf-8")
    shared = f"name: Birch\n    shared_channel: {CHANNEL}\n"
    path.write_text(kept.replace("name: Birch\n", shared, 1), encoding="utf-8")
    with journey(migrated_sqlite_url, directory=path) as played:
        yield played


def is_listened_to(desk: Journey) -> bool:
    read_back(desk)
    with desk.bot.program.parts.database.read() as conn:
        return bool(read_marks.get(conn, CHANNEL_ID))


def marks(desk: Journey, ts: str) -> list[str]:
    seen = next(each for each in desk.person(BIRCH).messages(CHANNEL) if each.ts == ts)
    return [str(each["name"]) for each in seen.wire.get("reactions", ())]


def heard(desk: Journey, text: str) -> str:
    said = desk.person(BIRCH).say(CHANNEL, text)
    desk.settle()
    return said.ts


def test_a_report_is_marked_and_answered_by_one_line_once_they_have_written(desk: Journey) -> None:
    ts = heard(desk, STATEMENT)
    desk.sees(lambda: marks(desk, ts) == ["ticket"], "the emoji")
    desk.walk(seconds=30)
    heard(desk, "It is about the deals of Cedar.")
    desk.walk(seconds=44)
    assert desk.unclaimed() == []
    desk.walk(minutes=5)
    [line] = desk.hears(CHANNEL, "BW-1001")
    assert "We have this. Channel Finance has it; you hear from a person by" in line
    timeline = desk.types("csm-two", "/ticket", "show BW-1001", None)
    assert "not classified yet" in timeline
    desk.press("csm-two", "Acknowledge", None)
    desk.hears(CHANNEL, "Under review: CSM Two has your ticket")


def test_greetings_and_thanks_open_nothing(desk: Journey) -> None:
    for text in ("hi", "Good morning!", "thanks!"):
        heard(desk, text)
    desk.walk(minutes=5)
    assert desk.newest_reference() == ""


def test_from_the_message_to_an_open_bridge_in_two_presses(desk: Journey) -> None:
    heard(desk, TWICE)
    asked = desk.sees(lambda: [t for t in desk.told("csm-two") if "Tier 3, Critical" in t], "asked")
    assert "V-201 twice" in asked[-1]
    form = desk.opens("csm-two", "Tier 3", None)
    assert "gets a brief as executive" in form.words
    assert (form.title, form.submit_text) == ("Tier of BW-1001", "Set and notify")
    assert {"Account", "Who noticed first?"}.isdisjoint(form.labels), "nobody could change them"
    form.submit()
    desk.settle()
    desk.sees(lambda: desk.ticket.tier is Tier.CRITICAL, "Tier 3")
    desk.sees(lambda: desk.lines("bw-1001-birch", "csm-two"), "the bridge")
    desk.hears(CHANNEL, "We have your report")


def test_the_form_says_no_tier_of_what_nobody_has_classified_and_classifies_it(
    desk: Journey,
) -> None:
    heard(desk, STATEMENT)
    assert desk.types("csm-two", "/ticket", "change BW-1001", None) == ""
    form = desk.person("csm-two").view
    assert "Not classified yet" in form.words
    form.choose("severity", "Severity High")
    desk.submits("csm-two")
    assert "Severity High · not classified yet" in desk.person("csm-two").view.words
    assert "not classified yet" in desk.types("csm-two", "/ticket", "show BW-1001", None)
    desk.closes_all("csm-two")
    desk.types("csm-two", "/ticket", "change BW-1001", None)
    desk.person("csm-two").view.choose("tier", "Tier 1, Routine")
    desk.submits("csm-two")
    assert desk.ticket.is_classified
    desk.walk(minutes=3)
    desk.hears(CHANNEL, "BW-1001")


def test_grave_words_of_the_hour_are_not_kept_on_a_routine_ticket(desk: Journey) -> None:
    heard(desk, STATEMENT)
    desk.press("csm-two", "Routine", None)
    desk.walk(minutes=5)
    desk.hears(CHANNEL, "BW-1001")
    heard(desk, TWICE)
    desk.sees(lambda: [t for t in desk.told("csm-two") if "V-201 twice" in t], "the question")
    assert desk.newest_reference() == "BW-1002"
    desk.walk(minutes=3)
    desk.hears(CHANNEL, "BW-1002")


def test_what_was_written_while_nobody_listened_is_one_report(desk: Journey) -> None:
    desk.sees(lambda: is_listened_to(desk), "that the channel is listened to")
    deaf_to(desk, "message.channels", 2)
    ts = heard(desk, STATEMENT)
    heard(desk, "It is about the deals of Cedar.")
    desk.walk(seconds=30)
    read_back(desk)
    desk.sees(lambda: marks(desk, ts) == ["ticket"], "the emoji")
    read_back(desk)
    assert desk.newest_reference() == "BW-1001"
    desk.walk(minutes=3)
    desk.hears(CHANNEL, "BW-1001")


def written_on_it(desk: Journey) -> list[str]:
    with desk.bot.program.parts.desk.gesture() as looked:
        past = looked.history("BW-1001")
    return [each.message_ts for each in past if isinstance(each, CustomerWrote)]


def is_all_heard(desk: Journey, count: int) -> bool:
    """Say whether so much stands on the ticket; what the crowd kept out is read in the channel."""
    if len(written_on_it(desk)) < count:
        desk.bot.program.missed.read()
    return len(written_on_it(desk)) >= count


@pytest.mark.parametrize("count", [60, pytest.param(1000, marks=pytest.mark.full)])
def test_a_thousand_messages_in_a_minute_are_one_report(desk: Journey, count: int) -> None:
    desk.sees(lambda: is_listened_to(desk), "that the channel is listened to")
    heard(desk, "hi")
    for number in range(count):
        desk.person(BIRCH).say(CHANNEL, f"Deal {number} is missing.")
    until(lambda: is_all_heard(desk, count), 30 + count / 2, every_s=0.25, what="all of them")
    assert desk.newest_reference() == "BW-1001"
    kept = written_on_it(desk)
    assert len(set(kept)) == len(kept) == count
    assert len(desk.told("csm-two")) < 5
    desk.bot.settle(30 + count / 2)
    desk.walk(minutes=3)
    desk.hears(CHANNEL, "BW-1001")


def test_what_was_written_before_the_report_and_read_late_is_of_the_same_report(
    desk: Journey,
) -> None:
    desk.sees(lambda: is_listened_to(desk), "that the channel is listened to")
    deaf_to(desk, "message.channels", 1)
    heard(desk, STATEMENT)
    heard(desk, "It is about the deals of Cedar.")
    assert len(written_on_it(desk)) == 1
    desk.walk(minutes=5)
    read_back(desk)
    assert len(written_on_it(desk)) == 2
    assert desk.newest_reference() == "BW-1001"
    desk.hears(CHANNEL, "BW-1001")


def marks_it(desk: Journey, who: str, ts: str) -> None:
    """Have one of ours set the ticket emoji on a message in Acme's channel."""
    item = {"type": "message", "channel": "C0ACMESUP1", "ts": ts}
    event = {"type": "reaction_added", "user": desk.person(who).id, "reaction": "ticket",
             "item": item, "event_ts": "1795442599.000100"}  # fmt: skip
    team = desk.bot.program.parts.facts.known.identity.team_id
    body = {"type": "event_callback", "team_id": team, "event_id": f"Ev{who}", "event": event}
    request = BoltRequest(body=body, mode="socket_mode")
    assert desk.bot.program.missed._app.dispatch(request).status == 200


def test_the_emoji_of_one_of_ours_opens_at_once_from_a_contacts_message(desk: Journey) -> None:
    ts = desk.person("ap-director-one").say(SHARED, STATEMENT).ts
    desk.settle()
    assert desk.newest_reference() == ""
    marks_it(desk, "ap-director-one", ts)
    assert desk.newest_reference() == ""
    marks_it(desk, "csm-one", ts)
    marks_it(desk, "csm-two", ts)
    desk.sees(lambda: desk.newest_reference() == "BW-1001", "the ticket")
    desk.walk(minutes=3)
    desk.hears(SHARED, "BW-1001")


def test_a_mark_that_slack_refuses_is_given_up_alone(desk: Journey) -> None:
    refused = desk.slack.fault("reactions.add", "error", error="missing_scope", count=1)
    ts = heard(desk, STATEMENT)
    until(lambda: refused.struck, what="the refusal")
    desk.walk(minutes=3)
    desk.hears(CHANNEL, "BW-1001")
    assert marks(desk, ts) == []
    assert not [words for who in ("csm-two", "csm-one") for words in desk.told(who)
                if "missing_scope" in words]  # fmt: skip


def test_a_mark_that_stands_already_is_done(desk: Journey) -> None:
    desk.slack.fault("reactions.add", "lost", count=1)
    ts = heard(desk, STATEMENT)
    desk.sees(lambda: marks(desk, ts) == ["ticket"], "the emoji")
    desk.settle()
    assert standing(desk, "BW-1001/mark") == "done"
    desk.walk(minutes=3)
    desk.hears(CHANNEL, "BW-1001")


def standing(desk: Journey, key: str) -> str:
    with desk.bot.database.read() as conn:
        return next(row.state for row in deliveries.of_ticket(conn, "BW-1001") if row.key == key)


def test_a_report_that_its_writer_deletes_stands_and_its_line_is_said_in_the_channel(
    desk: Journey,
) -> None:
    ts = heard(desk, STATEMENT)
    desk.person(BIRCH).delete(CHANNEL, ts)
    desk.settle()
    desk.walk(minutes=3)
    desk.hears(CHANNEL, "BW-1001")
    assert standing(desk, "BW-1001/heard") == "done"
    [told] = [told for told in desk.told("cs-manager-one") if "deleted what" in told]
    assert STATEMENT in told
    [line] = [each for each in desk.person(BIRCH).messages(CHANNEL) if "BW-1001" in each.words]
    assert line.thread_ts in ("", line.ts)
    desk.press("csm-two", "Acknowledge", None)
    desk.hears(CHANNEL, "Under review: CSM Two has your ticket")
    [later] = [each for each in desk.person(BIRCH).messages(CHANNEL) if "Under" in each.words]
    assert later.thread_ts == line.ts
