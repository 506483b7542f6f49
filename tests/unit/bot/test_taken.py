"""The time of a delivery is the taker's own, when it can be believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.engine.taken import POSTED, taken_at
from protocols.deliveries.events import TakeDelivery
from protocols.ladder.events import StepKind
from protocols.promises.state import Promises
from tests.kit.rules_incident import REF, Incident, instant

WRITTEN, NOW = instant("15:01:28"), instant("15:03")


def stamp(at: datetime) -> str:
    """Return an instant as Slack stamps a message with it."""
    return f"{int(at.timestamp())}.{at.microsecond:06d}"


def when(ts: str, method: str = POSTED) -> datetime:
    return taken_at(method, ts, created_at=WRITTEN, now=NOW)


@pytest.mark.parametrize(
    "at",
    [
        WRITTEN,
        WRITTEN + timedelta(microseconds=1),
        datetime(2026, 11, 23, 15, 1, 30, 123456, tzinfo=UTC),
        NOW,
    ],
)
def test_a_stamp_within_the_rows_life_is_the_time_to_the_microsecond(at: datetime) -> None:
    assert when(stamp(at)) == at


@pytest.mark.parametrize(
    "at",
    [
        WRITTEN - timedelta(microseconds=1),
        WRITTEN - timedelta(days=3),
        NOW + timedelta(microseconds=1),
        NOW + timedelta(days=3),
    ],
)
def test_one_before_the_row_or_after_now_is_not_believed(at: datetime) -> None:
    assert when(stamp(at)) == NOW


@pytest.mark.parametrize(
    "ts",
    ["", "0", "1795446090", ".", "1795446090.", "1795446090.12", "17954460901234.000000",
     "-1795446090.000000", "one.two", "1795446090.00000٣"],
)  # fmt: skip
def test_what_is_no_stamp_is_now(ts: str) -> None:
    assert when(ts) == NOW


def test_an_edit_is_taken_now_and_not_when_the_message_was_first_posted() -> None:
    assert when(stamp(instant("15:02")), "chat.update") == NOW


def test_a_lost_answer_that_is_found_late_leaves_the_step_on_time() -> None:
    incident = Incident.open().staffed().at("15:01").draft().at("15:01:28").release()
    incident.until("15:03")
    assert incident.step(StepKind.FIRST_UPDATE).late_told
    at = when(stamp(instant("15:01:30")))
    incident.by("cs-manager-one", TakeDelivery(REF, f"{REF}/text/1", at))
    assert incident.step(StepKind.FIRST_UPDATE).late_by_s == 0.0
    assert incident.ticket.of(Promises).promises[0].kept_at == instant("15:01:30")
    assert not incident.told("late")
