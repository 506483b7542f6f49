"""What somebody waits for goes before what nobody waits for, and only for a moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from bot.right_of_way import RightOfWay

LONG_S = 30.0


def test_what_falls_due_begins_only_when_nobody_waits_any_more() -> None:
    way = RightOfWay(most_s=LONG_S)
    order: list[str] = []

    def due() -> None:
        with way.given():
            order.append("due")

    with ThreadPoolExecutor(1) as pool:
        with way.taken():
            falling = pool.submit(due)
            order.append("answered")
        falling.result(LONG_S)
    assert order == ["answered", "due"]


def test_a_crowd_that_never_ends_is_not_waited_for() -> None:
    way = RightOfWay(most_s=0.01)
    with way.taken(), way.given():
        went_on = True
    assert went_on


def test_somebody_who_comes_meanwhile_is_not_kept_by_what_goes_on() -> None:
    way = RightOfWay(most_s=LONG_S)
    with way.given(), way.taken():
        passed = True
    assert passed


def test_so_much_of_what_nobody_waits_for_goes_on_at_once_and_no_more() -> None:
    way, both, ended = RightOfWay(most_s=LONG_S, lanes=2), threading.Barrier(3), threading.Event()
    third = threading.Event()

    def in_a_lane() -> None:
        with way.given():
            both.wait(LONG_S)
            ended.wait(LONG_S)

    def beside_them() -> None:
        with way.given():
            third.set()

    with ThreadPoolExecutor(3) as pool:
        lanes = [pool.submit(in_a_lane) for _ in range(2)]
        both.wait(LONG_S)
        waiting = pool.submit(beside_them)
        assert not third.wait(0.05)
        ended.set()
        for each in (*lanes, waiting):
            each.result(LONG_S)
    assert third.is_set()


def test_lanes_that_are_held_for_long_keep_nothing_waiting() -> None:
    way = RightOfWay(most_s=0.01, lanes=1)
    with way.given(), way.given():
        went_on = True
    assert went_on
    with way.given():
        is_free_again = True
    assert is_free_again


def test_a_gesture_that_fails_gives_the_way_back() -> None:
    way = RightOfWay(most_s=LONG_S)
    try:
        with way.taken():
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    with way.given():
        went_on = True
    assert went_on
