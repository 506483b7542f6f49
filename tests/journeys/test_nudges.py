"""A customer writes, and our people are asked first whether it is a report. M16, S144."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.commands.asked_first import SPAN, asked_first
from bot.engine.nudges import asked_since
from protocols.intake.events import ReportHeard, Said
from protocols.intake.refusals import AlreadyHeard
from protocols.kernel.event import Event
from protocols.nudges.events import AskAboutReport, name_of
from protocols.people.people import ENGINE, Who
from protocols.replies.events import CustomerWrote
from store.write import read_marks
from tests.journeys.test_intake import marks_it
from tests.journeys.test_missed import SHARED_ID, deaf_to, read_back
from tests.kit.journey import SHARED, Journey

ACME, ASKED = "ap-director-one", "csm-one"
WROTE = "The export of October is missing two rows."


def heard(desk: Journey, text: str = WROTE, thread: str | None = None) -> str:
    said = desk.person(ACME).say(SHARED, text, *([thread] if thread else []))
    desk.settle()
    return said.ts


def asked(desk: Journey, who: str = ASKED) -> list[str]:
    desk.settle()
    return [told for told in desk.told(who) if "of Acme wrote in" in told]


def past_of(desk: Journey) -> Sequence[Event]:
    with desk.bot.program.parts.desk.gesture() as looked:
        return looked.history("BW-1001")


def marks(desk: Journey, ts: str) -> list[str]:
    seen = next(each for each in desk.person(ACME).messages(SHARED) if each.ts == ts)
    return [str(each["name"]) for each in seen.wire.get("reactions", ())]


def test_our_people_are_asked_and_the_account_reads_nothing_until_one_opens_it(
    desk: Journey,
) -> None:
    ts = heard(desk)
    desk.sees(lambda: asked(desk), "the question")
    assert desk.newest_reference() == ""
    assert marks(desk, ts) == []
    desk.press(ASKED, "Open ticket", None)
    desk.sees(lambda: desk.newest_reference() == "BW-1001", "the ticket")
    desk.sees(lambda: marks(desk, ts) == ["ticket"], "the emoji")
    desk.sees(lambda: "it is BW-1001" in desk.told(ASKED)[0], "the question says so")
    desk.walk(minutes=3)
    desk.hears(SHARED, "BW-1001")
    (report,) = [each for each in past_of(desk) if isinstance(each, ReportHeard)]
    assert report.marked_by is not None
    assert report.marked_by.key == ASKED


def test_after_14_days_the_doctor_says_what_on_would_have_opened(desk: Journey) -> None:
    heard(desk)
    desk.sees(lambda: asked(desk), "the question")
    desk.press(ASKED, "No thanks", None)
    desk.sees(lambda: "said *No thanks*" in desk.told(ASKED)[0], "the question says so")
    parts = desk.bot.program.parts
    (asked_about,) = in_14_days(desk)
    assert list(asked_first(parts.database, parts.facts, asked_about - timedelta(minutes=1))) == []
    (said,) = asked_first(parts.database, parts.facts, asked_about)
    assert said == (
        "Acme is asked about first (intake: nudge). In the last 14 days *on* would have opened "
        "1 ticket: 1 no report, as one of us said."
    )


def in_14_days(desk: Journey) -> list[datetime]:
    """Return 14 days after each question about Acme."""
    with desk.bot.program.parts.database.read() as conn:
        found = asked_since(conn, "acme", datetime(2026, 1, 1, tzinfo=UTC))
    return [nudge.opened_at + SPAN for nudge in found]


def test_what_someone_who_is_no_named_contact_writes_is_asked_about(desk: Journey) -> None:
    said = desk.person("ap-clerk-one").say(SHARED, "The export is empty.", file="export.png")
    desk.settle()
    (question,) = desk.sees(
        lambda: [told for told in desk.told(ASKED) if "AP Clerk One wrote in" in told], "asked"
    )
    assert "They are not a named contact of Acme." in question
    assert "export.png" in question
    marks_it(desk, "csm-two", said.ts)
    desk.sees(lambda: desk.newest_reference() == "BW-1001", "the ticket")
    desk.walk(minutes=3)
    desk.hears(SHARED, "BW-1001")
    (wrote,) = [each for each in past_of(desk) if isinstance(each, CustomerWrote)]
    assert wrote.outside


def test_the_emoji_opens_from_whoever_is_outside_where_nobody_is_asked(desk: Journey) -> None:
    said = desk.person("ap-clerk-one").say(SHARED, "Good morning! The export is empty.")
    desk.settle()
    desk.press(ASKED, "No thanks", None)
    marks_it(desk, "csm-two", said.ts)
    desk.sees(lambda: desk.newest_reference() == "BW-1001", "the ticket")
    desk.walk(minutes=3)
    desk.hears(SHARED, "BW-1001")


def test_grave_words_beside_a_routine_ticket_are_asked_about_at_once(desk: Journey) -> None:
    heard(desk)
    desk.press(ASKED, "Open ticket", None)
    desk.press(ASKED, "Routine", None)
    desk.walk(minutes=5)
    desk.hears(SHARED, "BW-1001")
    heard(desk, "We paid V-201 twice this morning.")
    desk.sees(lambda: [told for told in asked(desk) if "V-201 twice" in told], "the question")
    desk.press(ASKED, "Open ticket", None)
    desk.sees(lambda: desk.newest_reference() == "BW-1002", "the ticket")
    desk.walk(minutes=3)
    desk.hears(SHARED, "BW-1002")


def test_no_thanks_opens_nothing_and_the_account_reads_nothing(desk: Journey) -> None:
    heard(desk)
    desk.sees(lambda: asked(desk), "the question")
    desk.press(ASKED, "No thanks", None)
    desk.sees(lambda: "said *No thanks*" in desk.told(ASKED)[0], "the question says so")
    desk.walk(minutes=20)
    assert desk.newest_reference() == ""
    assert desk.unclaimed() == []


def test_what_nobody_answers_opens_by_itself_with_all_that_was_written(desk: Journey) -> None:
    heard(desk)
    heard(desk, "Both of the 14th.")
    desk.walk(minutes=14)
    assert desk.newest_reference() == ""
    desk.walk(minutes=2)
    desk.sees(lambda: desk.newest_reference() == "BW-1001", "the ticket")
    assert [e.text for e in past_of(desk) if isinstance(e, CustomerWrote)] == [
        WROTE,
        "Both of the 14th.",
    ]
    desk.walk(minutes=3)
    desk.hears(SHARED, "BW-1001")


def test_what_nobody_answers_goes_on_a_ticket_that_was_opened_meanwhile(desk: Journey) -> None:
    heard(desk)
    desk.sees(lambda: asked(desk), "the question")
    desk.opened(
        from_message=False, account="Acme", summary="Rows are missing", noticed="We found it"
    )
    desk.walk(minutes=16)
    assert desk.newest_reference() == "BW-1001"
    desk.sees(lambda: "it goes on BW-1001" in desk.told(ASKED)[0], "what became of the question")
    assert [e.text for e in past_of(desk) if isinstance(e, CustomerWrote)] == [WROTE]
    desk.sees(lambda: any(WROTE in told for told in desk.told(ASKED)[1:]), "their words")


def test_the_ticket_emoji_of_one_of_ours_is_the_answer(desk: Journey) -> None:
    ts = heard(desk)
    desk.sees(lambda: asked(desk), "the question")
    marks_it(desk, "csm-two", ts)
    desk.sees(lambda: desk.newest_reference() == "BW-1001", "the ticket")
    desk.sees(lambda: "CSM Two said *Open ticket*" in desk.told(ASKED)[0], "who opened it")
    desk.walk(minutes=20)
    assert desk.newest_reference() == "BW-1001"
    desk.hears(SHARED, "BW-1001")


def test_an_emoji_that_nobody_heard_is_read_back_and_opens_once(desk: Journey) -> None:
    ts = heard(desk)
    desk.sees(lambda: asked(desk), "the question")
    desk.press(ASKED, "No thanks", None)
    desk.sees(lambda: "said *No thanks*" in desk.told(ASKED)[0], "the question says so")
    (message,) = [each for each in in_channel(desk) if each["ts"] == ts]
    message["reactions"] = [{"name": "ticket", "count": 1, "users": [desk.person("csm-two").id]}]
    desk.walk(seconds=30)
    for _ in range(3):
        read_back(desk)
    assert desk.newest_reference() == "BW-1001"
    desk.walk(minutes=3)
    desk.hears(SHARED, "BW-1001")


def test_what_was_written_while_nobody_listened_is_asked_about_once(desk: Journey) -> None:
    desk.sees(lambda: is_listened_to(desk), "that the channel is listened to")
    deaf_to(desk, "message.channels")
    heard(desk)
    assert asked(desk) == []
    desk.walk(seconds=30)
    read_back(desk)
    read_back(desk)
    assert len(asked(desk)) == 1
    desk.press(ASKED, "No thanks", None)
    read_back(desk)
    assert len(desk.told(ASKED)) == 1


def in_channel(desk: Journey) -> list[dict[str, Any]]:
    """Return what stands in Acme's channel, as the local Slack keeps it."""
    return list(desk.slack.core.world.channel_named(SHARED).messages.values())


def is_listened_to(desk: Journey) -> bool:
    read_back(desk)
    with desk.bot.program.parts.database.read() as conn:
        return bool(read_marks.get(conn, SHARED_ID))


def test_a_reply_under_a_post_of_ours_is_asked_about(desk: Journey) -> None:
    post = desk.person("csm-two").say(SHARED, "The new portal is live today.")
    desk.settle()
    heard(desk, "Since then we cannot sign in.", post.ts)
    desk.sees(lambda: asked(desk), "the question")
    desk.press(ASKED, "Open ticket", None)
    desk.sees(lambda: desk.newest_reference() == "BW-1001", "the ticket")
    desk.walk(minutes=3)
    [line] = desk.hears(SHARED, "BW-1001")
    assert "BW-1001" in line


def test_what_a_ticket_was_opened_from_before_it_was_read_is_not_asked_about(
    desk: Journey,
) -> None:
    desk.sees(lambda: is_listened_to(desk), "that the channel is listened to")
    deaf_to(desk, "message.channels", 1)
    desk.opened()
    desk.walk(minutes=5)
    read_back(desk)
    assert asked(desk) == []
    desk.walk(minutes=16)
    assert desk.newest_reference() == "BW-1001"
    desk.hears(SHARED, "We have your report")
    desk.hears("duty@processor.example", "priority matter")


def test_what_a_ticket_was_opened_from_while_it_was_being_heard_is_not_asked_about(
    desk: Journey,
) -> None:
    deaf_to(desk, "message.channels", 1)
    desk.opened()
    said = desk.person(ACME).messages(SHARED)[0]
    report = Said(Who("slack:" + desk.person(ACME).id, "AP Director One"), said.text, said.ts)
    ask = AskAboutReport(name_of(SHARED_ID, said.ts), "acme", SHARED_ID, report)
    with pytest.raises(AlreadyHeard):
        desk.bot.program.parts.engine.submit(ask, ENGINE)
    desk.hears(SHARED, "We have your report")
    desk.hears("duty@processor.example", "priority matter")
