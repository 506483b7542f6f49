"""When the format of records is raised, and what is said of who is at work."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.commands.format import UNSEEN, at_work, refusal
from store.write.presence import Present

AT = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
OLDER, NEWER = Present("a", 1, AT), Present("b", 2, AT)
END_IT = "End what is older, wait a minute, and try again."


def test_it_is_raised_when_every_process_knows_the_newer_one() -> None:
    assert refusal(1, 2, [NEWER, NEWER]) == ""


def test_it_is_raised_when_nobody_is_at_work() -> None:
    assert refusal(1, 2, []) == ""


def test_it_is_not_raised_while_an_older_process_is_left() -> None:
    said = f"One process is at work that knows only format 1. {END_IT}"
    assert refusal(1, 2, [OLDER, NEWER]) == said


def test_older_processes_are_counted() -> None:
    said = f"2 processes are at work that know only format 2 or older. {END_IT}"
    assert refusal(1, 3, [OLDER, NEWER]) == said


def test_it_is_not_raised_twice() -> None:
    assert refusal(2, 2, []) == "Records are in format 2 already; this program knows format 2."


def test_it_is_never_lowered() -> None:
    assert refusal(3, 2, []) == "Records are in format 3 already; this program knows format 2."


def test_who_is_at_work_is_counted_with_what_they_know() -> None:
    assert at_work([OLDER]) == f"One process is at work; known: format 1. {UNSEEN}"
    assert (
        at_work([NEWER, OLDER, NEWER]) == f"3 processes are at work; known: format 1, 2. {UNSEEN}"
    )
    assert at_work([]) == f"No process was seen at work in the last minute. {UNSEEN}"
