"""How a step stands against its time, and how much lateness is passed over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from protocols.ladder import lateness
from protocols.ladder.events import Step, StepKind, StepState
from protocols.ladder.lateness import StepStanding
from tests.kit.rules_incident import Incident, instant, policy

GRACE = timedelta(seconds=60)
OPENS, DUE = instant("14:17"), instant("14:32")


@dataclass(frozen=True)
class Shown:
    kind: str = "call_running"
    state: str = "owed"
    opens_at: datetime | None = OPENS
    due_at: datetime | None = DUE
    minutes_late: int = 0


@pytest.mark.parametrize(
    ("step", "clock", "stands"),
    [
        (Shown(), "14:16:59", StepStanding.LATER),
        (Shown(), "14:17:00", StepStanding.NOW),
        (Shown(), "14:31:59", StepStanding.NOW),
        (Shown(), "14:32:00", StepStanding.LATE),
        (Shown(opens_at=None), "14:02", StepStanding.NOW),
        (Shown("first_update", opens_at=None), "14:31", StepStanding.LATER),
        (Shown("outreach", opens_at=None), "14:31", StepStanding.LATER),
        (Shown("first_update", opens_at=None), "14:32", StepStanding.LATE),
        (Shown("status_page", opens_at=None, due_at=None), "23:59", StepStanding.NOW),
        (Shown(state="done"), "14:40", StepStanding.DONE),
        (Shown(state="done", minutes_late=1), "14:40", StepStanding.DONE_LATE),
        (Shown(state="superseded"), "14:40", StepStanding.SUPERSEDED),
        (Shown(state="waived"), "14:40", StepStanding.WAIVED),
    ],
)
def test_a_step_stands_by_its_state_and_its_window(
    step: Shown, clock: str, stands: StepStanding
) -> None:
    assert lateness.standing(step, instant(clock)) is stands


def call(settled: str, state: StepState = StepState.DONE) -> Step:
    return Step(StepKind.CALL_RUNNING, 1, OPENS, DUE, state, instant(settled))


@pytest.mark.parametrize(
    ("settled", "grace_s", "minutes"),
    [
        ("14:30:00", 60, 0),
        ("14:32:59", 60, 0),
        ("14:33:00", 60, 1),
        ("14:34:59", 60, 2),
        ("14:34:59", 180, 0),
    ],
)
def test_lateness_within_the_grace_is_passed_over(settled: str, grace_s: int, minutes: int) -> None:
    assert lateness.minutes_late(call(settled), timedelta(seconds=grace_s)) == minutes


def test_a_waived_step_is_not_done_late() -> None:
    assert lateness.minutes_late(call("14:50", StepState.WAIVED), GRACE) == 0


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (call("14:32:00"), "on_time"),
        (call("14:32:01"), "late"),
        (call("14:50", StepState.WAIVED), "waived"),
        (call("14:50", StepState.SUPERSEDED), "superseded"),
        (replace(call("14:50", StepState.OWED), settled_at=None), "owed"),
    ],
)
def test_the_certificate_counts_lateness_to_the_second(step: Step, outcome: str) -> None:
    assert lateness.outcome(step) == outcome


def test_a_tally_counts_each_step_once_and_no_superseded_one() -> None:
    owed = replace(call("14:50", StepState.OWED), settled_at=None)
    steps = [
        call("14:20"),
        call("14:40"),
        call("14:20", StepState.WAIVED),
        call("14:20", StepState.SUPERSEDED),
        replace(call("14:20"), kind=StepKind.RCA),
        replace(owed, late_told=True),
        owed,
        replace(owed, due_at=instant("23:00")),
    ]
    told = lateness.tally(steps, instant("14:40"), GRACE)
    assert told == lateness.Tally(total=6, on_time=1, late=2, waived=1, lost=1)


def test_a_step_is_lost_once_the_grace_is_over_and_nobody_was_told() -> None:
    owed = replace(call("14:50", StepState.OWED), settled_at=None)
    assert lateness.tally([owed], instant("14:33:00"), GRACE).lost == 0
    assert lateness.tally([owed], instant("14:33:01"), GRACE).lost == 1


def test_no_promise_counts_before_the_first_update() -> None:
    assert lateness.later_updates(Incident.open().until("15:30").ticket) == (0, 0)


def test_a_promise_that_passed_counts_as_not_kept() -> None:
    incident = Incident.open().staffed().at("14:40").draft().release().delivered()
    assert lateness.later_updates(incident.ticket) == (0, 0)
    assert lateness.later_updates(incident.until("15:41").ticket) == (1, 0)


def test_a_promise_that_words_followed_in_time_is_kept() -> None:
    incident = Incident.open().staffed().at("14:40").draft().release().delivered()
    incident.at("15:20").draft(known="412 payments are separated.").release().delivered()
    assert lateness.later_updates(incident.ticket) == (1, 1)


def test_the_grace_is_a_figure_of_the_policy() -> None:
    assert policy().lateness.grace == GRACE
