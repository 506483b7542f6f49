"""SIGKILL at each point at which our people are asked about a report: one question, one ticket.

Proves: F01, F02.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.crash.lanes import Kill, Lanes, Tally
from tests.crash.test_heard_kills import words_of
from tests.crash.test_kills import told
from tests.kit.bot import DIRECTORY
from tests.kit.history import key_of
from tests.kit.report import DECLINES, OPENS, Report, Told, says, ts_of
from tests.kit.slack_process import SlackProcess

pytestmark = [pytest.mark.crash, pytest.mark.slow, pytest.mark.xdist_group("lanes")]
WHO, CHANNEL, CHANNEL_ID = "ap-director-one", "acme-support", "C0ACMESUP1"
"""Acme is a customer: our people are asked first. Source: M16."""
WORDS = ["The export of October is missing two rows.", "Both of the 14th.", "And of the 15th."]
BY_ITSELF = ""
DECIDED = ("asks AskAboutReport", "asks AnswerNudge", "decides HearReport")
"""The points at which our people are asked, answer, and a ticket opens."""
full = pytest.mark.full


@pytest.fixture(scope="module")
def lanes() -> Iterator[Lanes]:
    with ExitStack() as stack:
        yield Lanes(stack)


def report(answer: str) -> Report:
    """Return what has a contact of Acme write thrice: twice in the channel, once below it."""

    def writes(slack: SlackProcess) -> Told:
        first = says(slack, WHO, CHANNEL, WORDS[0])
        more = says(slack, WHO, CHANNEL, WORDS[1])
        below = says(slack, WHO, CHANNEL, WORDS[2], ts_of(first))
        return Told((first, more, below), DIRECTORY, answer)

    return writes


def suffered(
    lanes: Lanes, url: str, log: Path, answer: str, kill: Kill
) -> tuple[Tally, Counter[str]]:
    """Have it killed at each point; return how that went, and how often what was said in Slack."""
    lane = lanes.take()
    try:
        tally = lane.suffer(url, [kill], log, report(answer))
        calls = [each for each in lane.slack.calls() if each["applied"]]
    finally:
        lanes.give_back(lane)
    print(told(tally))  # noqa: T201 - seen with -s or on failure
    posts = [each for each in calls if each["method"] == "chat.postMessage"]
    said = Counter(
        question=len([each for each in posts if "/asked/" in key_of(each)]),
        line=len([each for each in posts if each["args"].get("channel") == CHANNEL_ID]),
        emoji=len([each for each in calls if each["method"] == "reactions.add"]),
    )
    return tally, said


@pytest.mark.parametrize(
    ("answer", "kill"),
    [
        pytest.param(OPENS, Kill("before", is_choosy=True, only=DECIDED), id="opens-decided"),
        pytest.param(OPENS, Kill("before", is_choosy=True), id="opens-before", marks=full),
        pytest.param(OPENS, Kill("after", is_choosy=True), id="opens-after", marks=full),
        pytest.param(BY_ITSELF, Kill("before", is_choosy=True), id="lapses-before", marks=full),
        pytest.param(BY_ITSELF, Kill("after", is_choosy=True), id="lapses-after", marks=full),
    ],
)
def test_a_question_that_is_killed_at_each_point_opens_one_ticket_with_all_words_once(
    lanes: Lanes, database_url: str, tmp_path: Path, answer: str, kill: Kill
) -> None:
    tally, said = suffered(lanes, database_url, tmp_path / "nudge.log", answer, kill)
    assert tally.violations == [], told(tally)
    assert words_of(database_url) == [WORDS]
    assert said == Counter(question=1, line=1, emoji=1)
    met = " ".join(tally.where)
    wanted = DECIDED if answer == OPENS else ("AskAboutReport", "nudge_unanswered", "HearReport")
    assert not [each for each in wanted if each not in met], told(tally)


@full
@pytest.mark.parametrize("point", ["before", "after"])
def test_no_thanks_that_is_killed_at_each_point_opens_nothing_and_says_nothing(
    lanes: Lanes, database_url: str, tmp_path: Path, point: str
) -> None:
    kill = Kill(point, is_choosy=True)
    tally, said = suffered(lanes, database_url, tmp_path / "nudge.log", DECLINES, kill)
    assert tally.violations == [], told(tally)
    assert words_of(database_url) == []
    assert said == Counter(question=1, line=0, emoji=0)
    assert "AnswerNudge" in " ".join(tally.where), told(tally)
