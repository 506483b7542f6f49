"""The first stored form: what was written on its day is read for ever, and written as it was.

It began with the samples in the folder itself, and was settled by the commit that `commit` names,
which wrote those in `settled`; records of today hold both. A later program may add fields with
defaults at the end; it renames, drops and respells nothing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.engine.ledger import EVENTS
from protocols.policy.policy import Policy, canonical
from protocols.ticket import Ticket
from store import bodies
from store.newer import FORMAT
from tests.contract.newer.specimens import spelled

FORM = Path(__file__).parents[1] / "data" / "format-1"
SETTLED = "settled"
POLICY_VERSIONS = {"": "2b4949e91717", SETTLED: "874dda0e062f"}
each_day = pytest.mark.parametrize("day", list(POLICY_VERSIONS), ids=lambda day: day or "begun")


def as_then(now: Any, then: Any) -> Any:
    """Return what is written now without the fields that have been added since."""
    if isinstance(now, dict) and isinstance(then, dict):
        return {name: as_then(value, then[name]) for name, value in now.items() if name in then}
    if isinstance(now, list) and isinstance(then, list) and len(now) == len(then):
        return [as_then(value, was) for value, was in zip(now, then, strict=True)]
    return now


def text(day: str, name: str) -> str:
    return (FORM / day / name).read_text(encoding="ascii")


def read(body: Any) -> Ticket:
    return bodies.decoded(Ticket, body, lambda newer: newer)


@each_day
def test_a_ticket_of_the_first_form_with_every_field_is_written_as_it_was(day: str) -> None:
    then = json.loads(text(day, "ticket_full.json"))
    assert as_then(bodies.anew(read(then)), then) == then


@each_day
def test_a_ticket_of_the_first_form_is_written_without_fields_at_their_default(day: str) -> None:
    then = json.loads(text(day, "ticket_walked.json"))
    now = bodies.anew(read(then))
    assert now.keys() <= then.keys()
    assert read(now) == read(then)


@each_day
def test_a_ticket_of_the_first_form_that_nobody_changes_is_kept_as_it_was(day: str) -> None:
    then = json.loads(text(day, "ticket_walked.json"))
    assert bodies.encoded(read(then), then, read(then)) == then


@each_day
@pytest.mark.parametrize("name", ["events_full.json", "events_walked.json"])
def test_events_of_the_first_form_are_written_byte_for_byte_as_they_were(
    day: str, name: str
) -> None:
    then = json.loads(text(day, name))
    now = [EVENTS.encode(EVENTS.decode(event)) for event in then]
    assert spelled(as_then(now, then)) == text(day, name)


@each_day
def test_no_event_of_the_first_form_is_missing_among_its_samples(day: str) -> None:
    kinds = {event["type"] for event in json.loads(text(day, "events_full.json"))}
    assert {event["type"] for event in json.loads(text(day, "events_walked.json"))} <= kinds


def test_what_the_form_began_with_was_written_when_it_was_settled() -> None:
    begun, settled = (
        {event["type"]: set(event) for event in json.loads(text(day, "events_full.json"))}
        for day in POLICY_VERSIONS
    )
    assert {kind for kind, fields in begun.items() if not fields <= settled[kind]} == set()


@each_day
def test_a_policy_of_the_first_form_is_read_and_keeps_its_version(day: str) -> None:
    body = canonical(json.loads(text(day, "policy.json")))
    policy = Policy.from_body(body)
    assert (policy.version, policy.body) == (POLICY_VERSIONS[day], body)


def test_the_program_writes_the_first_form() -> None:
    assert FORMAT == 1
