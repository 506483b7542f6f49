"""Two clocks: machine time is real, business now runs ahead by the drill's offset."""

from __future__ import annotations

from datetime import UTC, timedelta

from bot.clock import BusinessClock, MachineClock
from bot.ids import jittered, secret_token, short_id, unique_id


def test_machine_time_is_aware_and_in_utc() -> None:
    assert MachineClock().now().tzinfo is UTC


def test_without_an_offset_business_now_is_machine_time() -> None:
    machine = MachineClock()
    ahead = BusinessClock(machine, lambda: 0.0).now() - machine.now()
    assert abs(ahead) < timedelta(seconds=1)


def test_the_offset_is_asked_for_at_every_reading() -> None:
    offset_s = [3_600.0]
    business = BusinessClock(MachineClock(), lambda: offset_s[0])
    first = business.now()
    offset_s[0] = 7_200.0
    moved = business.now() - first
    assert timedelta(hours=1) <= moved < timedelta(hours=1, seconds=5)


def test_the_monotonic_clock_does_not_run_backwards() -> None:
    machine = MachineClock()
    readings = [machine.monotonic() for _ in range(100)]
    assert readings == sorted(readings)


def test_ids_do_not_repeat() -> None:
    assert len({unique_id() for _ in range(1_000)} | {short_id() for _ in range(1_000)}) == 2_000
    assert len(secret_token()) >= 43


def test_jitter_never_shortens_a_wait() -> None:
    assert all(10 <= jittered(10, 0.2) <= 12 for _ in range(1_000))
