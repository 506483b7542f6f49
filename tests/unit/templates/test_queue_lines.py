"""A line of a queue says each thing once, whichever way it is drawn. Source: S89; words, 6."""

from __future__ import annotations

from collections import Counter

import pytest

from protocols.queue.queued import Queued
from templates.kit.render import message
from templates.queue.words import line
from tests.unit.templates.prose import message as prose
from tests.unit.templates.queues import ENTRIES, HOME, QUEUE, reader

SAID_ONCE = ("Commission and Payment", "LATE", "Breached", "Resolved", "clock")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: one.reference)
@pytest.mark.parametrize(("template", "facts"), [("queue", QUEUE), ("home", HOME)])
def test_a_line_says_nothing_twice(template: str, facts: dict[str, object], entry: Queued) -> None:
    only = (line(entry, 1, reader("csm-one")),)
    made = message(template, facts | {"entries": only, "yours": (), "mine": 0, "loads": ()})
    words = prose(made.text, made.blocks).partition(entry.reference)[2].partition("As of")[0]
    told = Counter(word for word in SAID_ONCE for _ in range(words.count(word)))
    assert {word: times for word, times in told.items() if times > 1} == {}


def test_what_is_late_is_not_called_breached_as_well() -> None:
    late = line(ENTRIES[0], 1, reader("csm-one"))
    assert late.is_late
    assert late.reasons == "Tier 3 · Severity Critical"
