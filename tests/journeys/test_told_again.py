"""What an account wrote stands once, however often Slack tells it, and whatever became of it since.

Slack tells a message again for minutes, under other ids: by then it may be on a ticket that was
opened from the question about it, or from the emoji of one of ours.

Proves: F03, F39.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from handlers.kit import payloads
from handlers.kit.ports import NotNow
from handlers.slack import nudges
from protocols.nudges.events import AnswerNudge, name_of
from protocols.replies.events import ColleagueWrote, CustomerWrote, WordsAltered
from protocols.replies.state import KEPT
from tests.journeys.test_intake import BIRCH, CHANNEL, STATEMENT, marks_it
from tests.journeys.test_intake import desk as partner
from tests.journeys.test_missed import SHARED_ID, deaf_to
from tests.journeys.test_nudges import ACME, ASKED, WROTE, asked, heard, in_14_days
from tests.kit.journey import SHARED, Journey
from tests.kit.waiting import until

__all__ = ["partner"]
MORE = "Both of the 14th."


def words(desk: Journey, reference: str = "BW-1001") -> list[str]:
    """Return all that was written in the account's channel, as a ticket has it."""
    with desk.bot.program.parts.desk.gesture() as looked:
        past = looked.history(reference)
    return [each.text for each in past if isinstance(each, CustomerWrote | ColleagueWrote)]


def told_again(desk: Journey, stamps: Sequence[str], channel: str = SHARED) -> None:
    for ts in stamps:
        desk.slack.tells_again(channel, ts)
    desk.settle()


def opens(desk: Journey) -> None:
    desk.press(ASKED, "Open ticket", None)
    desk.sees(lambda: desk.newest_reference() == "BW-1001", "the ticket")
    desk.settle()


def test_what_our_people_were_asked_about_stands_once_on_the_ticket(desk: Journey) -> None:
    stamps = [heard(desk), heard(desk, MORE)]
    opens(desk)
    told_again(desk, stamps)
    assert words(desk) == [WROTE, MORE]
    desk.walk(minutes=3)
    desk.hears(SHARED, "BW-1001")


def test_what_was_written_below_it_stands_once_on_the_ticket(desk: Journey) -> None:
    ts = heard(desk)
    theirs = heard(desk, MORE, ts)
    ours = desk.person("csm-two").say(SHARED, "We look into it.", ts).ts
    desk.settle()
    opens(desk)
    told_again(desk, [ts, theirs, ours])
    assert words(desk) == [WROTE, MORE, "We look into it."]
    desk.walk(minutes=3)
    desk.hears(SHARED, "BW-1001")


def test_what_is_no_report_is_not_put_on_the_ticket_of_another_matter(desk: Journey) -> None:
    ts = heard(desk)
    desk.sees(lambda: asked(desk), "the question")
    desk.press(ASKED, "No thanks", None)
    desk.opened(from_message=False, account="Acme", summary="A row is blue", noticed="We found it")
    told_again(desk, [ts])
    assert desk.newest_reference() == "BW-1001"
    assert words(desk) == []


def test_a_message_that_a_colleague_marked_before_it_was_heard_stands_once(desk: Journey) -> None:
    deaf_to(desk, "message.channels", 1)
    ts = heard(desk)
    marks_it(desk, "csm-one", ts)
    desk.sees(lambda: desk.newest_reference() == "BW-1001", "the ticket")
    told_again(desk, [ts])
    assert words(desk) == [WROTE]
    desk.walk(minutes=3)
    desk.hears(SHARED, "BW-1001")


def test_a_report_stands_once_however_much_was_written_since(partner: Journey) -> None:
    report = partner.person(BIRCH).say(CHANNEL, STATEMENT).ts
    partner.settle()
    for number in range(KEPT):
        partner.person(BIRCH).say(CHANNEL, f"Deal {number} is missing.")
    partner.sees(lambda: len(words(partner)) == KEPT + 1, "all of it")
    told_again(partner, [report], CHANNEL)
    assert len(words(partner)) == KEPT + 1
    partner.walk(minutes=3)
    partner.hears(CHANNEL, "BW-1001")


def answers(desk: Journey, ts: str) -> None:
    """Have one of ours say that it is a report, without a look at what comes of it."""
    command = AnswerNudge(name_of(SHARED_ID, ts), opens=True)
    desk.bot.program.parts.engine.submit(command, desk.bot.actor(ASKED))


def altered(desk: Journey) -> list[str]:
    """Return what was said otherwise since, as it was."""
    with desk.bot.program.parts.desk.gesture() as looked:
        past = looked.history("BW-1001")
    return [each.was for each in past if isinstance(each, WordsAltered)]


def test_what_is_written_while_the_ticket_opens_is_heard_on_it(desk: Journey) -> None:
    ts = heard(desk)
    with desk.bot.program.parts.ticker._turn:
        answers(desk, ts)
        acme = desk.person(ACME)
        acme.say(SHARED, MORE)
        acme.say(SHARED, "And of the 15th.", ts)
        acme.edit(SHARED, ts, "The export of October is missing three rows.")
        until(lambda: desk.slack.pending_events() == 3, what="that Slack waits to tell it again")
    desk.sees(lambda: desk.newest_reference() == "BW-1001", "the ticket")
    desk.slack.retry_events()
    desk.sees(lambda: len(words(desk)) == 3, "all of it")
    assert sorted(words(desk)) == sorted([WROTE, MORE, "And of the 15th."])
    desk.sees(lambda: altered(desk) == [WROTE], "the edit")
    assert len(in_14_days(desk)) == 1
    desk.walk(minutes=3)
    desk.hears(SHARED, "BW-1001")


@pytest.mark.parametrize("is_below", [True, False])
def test_what_is_written_in_the_moment_of_the_answer_is_told_again(
    desk: Journey, is_below: bool
) -> None:
    ts = heard(desk)
    deaf_to(desk, "message.channels", 1)
    more = desk.person(ACME).say(SHARED, MORE, *([ts] if is_below else []))
    event = payloads.event({"event": {**more.wire, "channel": SHARED_ID, "event_ts": more.ts}})
    hear = nudges.in_thread if is_below else nudges.report
    with desk.bot.program.parts.desk.gesture() as before:
        assert len(before.nudges_of("acme")) == 1
        answers(desk, ts)
        with pytest.raises(NotNow):
            hear(before, event)
    desk.sees(lambda: desk.newest_reference() == "BW-1001", "the ticket")
    told_again(desk, [more.ts])
    assert words(desk) == [WROTE, MORE]
    desk.walk(minutes=3)
    desk.hears(SHARED, "BW-1001")


@pytest.mark.parametrize("is_first_later", [True, False])
def test_what_is_written_at_the_same_moment_is_one_question(
    desk: Journey, is_first_later: bool
) -> None:
    deaf_to(desk, "message.channels", 2)
    said = [desk.person(ACME).say(SHARED, text) for text in (WROTE, MORE)]
    one, other = reversed(said) if is_first_later else said
    event = payloads.event({"event": {**other.wire, "channel": SHARED_ID, "event_ts": other.ts}})
    with desk.bot.program.parts.desk.gesture() as before:
        assert list(before.nudges_of("acme")) == []
        told_again(desk, [one.ts])
        nudges.report(before, event)
    assert len(in_14_days(desk)) == 1
    opens(desk)
    assert words(desk) == [WROTE, MORE]
    desk.walk(minutes=3)
    desk.hears(SHARED, "BW-1001")
