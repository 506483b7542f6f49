"""The brakes: pauses, the circuit and its probe, outages. And the references of a payload."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from bot.courier.references import (
    LookupInterrupted,
    NoSlackAccount,
    PeopleByMail,
    ReferenceRefused,
    keys_in,
    resolved,
)
from bot.gateways.brakes import BrakePace, Brakes
from bot.gateways.outcomes import NotSent, Outcome, RateLimited, Refused, Taken, Unknown, back_off_s


class HandClock:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.s = 1_000.0

    def now(self) -> datetime:
        return datetime(2026, 1, 5, tzinfo=UTC) + timedelta(seconds=self.s)

    def monotonic(self) -> float:
        return self.s


class Scripted:
    """A Slack that answers what the test says, and counts."""

    def __init__(self) -> None:
        self.answer: Outcome = Taken({"ok": True})
        self.calls: list[tuple[str, object]] = []

    def call(self, method: str, payload: Mapping[str, object], *, deadline_s: float) -> Outcome:
        self.calls.append((method, payload.get("channel")))
        return self.answer


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def slack() -> Scripted:
    return Scripted()


@pytest.fixture
def brakes(slack: Scripted, clock: HandClock) -> Brakes:
    return Brakes(slack, clock, pace=BrakePace(trip_after=5, probe_s=1.0, probe_most_s=15.0))


def post(brakes: Brakes, channel: str = "C1") -> Outcome:
    return brakes.call("chat.postMessage", {"channel": channel}, deadline_s=1)


def fail(brakes: Brakes, slack: Scripted, times: int) -> None:
    slack.answer = Unknown("503")
    for _ in range(times):
        post(brakes)


def test_a_limit_on_one_channel_holds_that_channel_alone(brakes: Brakes, slack: Scripted) -> None:
    slack.answer = RateLimited(30.0)
    post(brakes, "C1")
    slack.answer = Taken({})
    assert isinstance(post(brakes, "C1"), RateLimited)
    assert isinstance(post(brakes, "C2"), Taken)
    assert slack.calls == [("chat.postMessage", "C1"), ("chat.postMessage", "C2")]


def test_limits_on_two_channels_hold_all_posts(brakes: Brakes, slack: Scripted) -> None:
    slack.answer = RateLimited(30.0)
    post(brakes, "C1")
    post(brakes, "C2")
    slack.answer = Taken({})
    assert isinstance(post(brakes, "C3"), RateLimited)
    assert brakes.held_s("chat.postMessage") >= 30.0
    assert brakes.held_s("pins.add") == 0.0


def test_a_pause_ends_after_its_time_with_a_little_spread(
    brakes: Brakes, slack: Scripted, clock: HandClock
) -> None:
    slack.answer = RateLimited(10.0)
    brakes.call("pins.add", {}, deadline_s=1)
    slack.answer = Taken({})
    assert 10.0 <= brakes.held_s("pins.add") <= 11.0
    clock.s += 11.1
    assert isinstance(brakes.call("pins.add", {}, deadline_s=1), Taken)


def test_repeated_failures_open_the_circuit(brakes: Brakes, slack: Scripted) -> None:
    fail(brakes, slack, 5)
    assert brakes.is_open
    assert isinstance(post(brakes), NotSent)
    assert len(slack.calls) == 5


def test_a_single_success_between_keeps_the_circuit_closed(brakes: Brakes, slack: Scripted) -> None:
    fail(brakes, slack, 4)
    slack.answer = Taken({})
    post(brakes)
    fail(brakes, slack, 4)
    assert not brakes.is_open


def test_one_probe_at_a_time_and_its_wait_doubles_to_a_bound(
    brakes: Brakes, slack: Scripted, clock: HandClock
) -> None:
    fail(brakes, slack, 5)
    waits = []
    for _ in range(7):
        began = clock.s
        while not brakes.wants_probe():
            clock.s += 0.5
        assert not brakes.wants_probe()
        brakes.probe(deadline_s=1)
        waits.append(clock.s - began)
    assert waits == [1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0]
    assert slack.calls[5:] == [("auth.test", None)] * 7


def test_an_answered_probe_closes_the_circuit_and_ends_the_outage(
    brakes: Brakes, slack: Scripted, clock: HandClock
) -> None:
    fail(brakes, slack, 5)
    since = brakes.down_since
    assert since == clock.now()
    clock.s += 1.0
    assert brakes.wants_probe()
    slack.answer = Taken({})
    brakes.probe(deadline_s=1)
    assert not brakes.is_open
    assert brakes.down_since is None


def test_a_refusal_is_an_answer_but_a_revoked_token_is_an_outage(
    brakes: Brakes, slack: Scripted
) -> None:
    slack.answer = Refused("is_archived")
    post(brakes)
    assert brakes.down_since is None
    slack.answer = Refused("token_revoked", permanent=False)
    post(brakes)
    assert brakes.down_since is not None


def test_back_off_doubles_within_bounds_and_differs_between_rows() -> None:
    waits = [back_off_s("a", tries, base_s=1.0, most_s=60.0) for tries in range(1, 12)]
    assert all(0.75 * min(2.0**n, 60) <= wait <= 1.25 * min(2.0**n, 60)
               for n, wait in enumerate(waits))  # fmt: skip
    assert waits[0] != back_off_s("b", 1, base_s=1.0, most_s=60.0)


def test_references_are_found_at_any_depth() -> None:
    payload = {
        "channel": {"$result": ["a", "channel.id"]},
        "blocks": [{"text": {"url": {"$result": ["b", "link"]}}}, {"$result": ["a", "ts"]}],
    }
    assert keys_in(payload) == ("a", "b")


def test_references_are_put_in_place_and_the_rest_is_left_alone() -> None:
    payload = {
        "channel": {"$result": ["a", "channel.id"]},
        "user": {"$person": "csm-one"},
        "blocks": [{"type": "divider"}],
        "n": 7,
        "flag": False,
    }
    put = resolved(
        payload, results={"a": {"channel": {"id": "C1"}}}, person=lambda key: key.upper()
    )
    assert put == {
        "channel": "C1",
        "user": "CSM-ONE",
        "blocks": [{"type": "divider"}],
        "n": 7,
        "flag": False,
    }


@pytest.mark.parametrize(
    "reference",
    [
        {"$result": ["a", "channel.name"]},
        {"$result": ["unknown", "ts"]},
        {"$result": "a"},
        {"$result": ["a"]},
        {"$person": "x", "also": 1},
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(reference: dict[str, object]) -> None:
    with pytest.raises(ReferenceRefused):
        resolved({"channel": reference}, results={"a": {"channel": {}}}, person=str)


def test_a_person_slack_does_not_know_is_unknown(slack: Scripted) -> None:
    slack.answer = Refused("users_not_found")
    people = PeopleByMail(slack, {"csm-one": "one@vendor.example"}.get)
    with pytest.raises(NoSlackAccount, match="csm-one is not in Slack"):
        people.slack_id("csm-one", deadline_s=1)


def test_a_search_without_an_answer_is_interrupted_not_refused(slack: Scripted) -> None:
    slack.answer = Unknown("503")
    people = PeopleByMail(slack, {"csm-one": "one@vendor.example"}.get)
    with pytest.raises(LookupInterrupted):
        people.slack_id("csm-one", deadline_s=1)


def test_a_person_whose_id_is_known_costs_no_call(slack: Scripted) -> None:
    people = PeopleByMail(slack, lambda _: None, id_of={"csm-one": "U1"}.get)
    assert people.slack_id("csm-one", deadline_s=1) == "U1"
    assert slack.calls == []


def test_a_person_who_moved_is_found_again_after_forgetting(slack: Scripted) -> None:
    slack.answer = Taken({"user": {"id": "U1"}})
    people = PeopleByMail(slack, {"csm-one": "one@vendor.example"}.get)
    assert people.slack_id("csm-one", deadline_s=1) == "U1"
    slack.answer = Taken({"user": {"id": "U2"}})
    assert people.slack_id("csm-one", deadline_s=1) == "U1"
    people.forget()
    assert people.slack_id("csm-one", deadline_s=1) == "U2"
