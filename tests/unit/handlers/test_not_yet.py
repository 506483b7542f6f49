"""A database that is slow: the person hears it in time, and doing the same again does it once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.clock import MachineClock
from bot.desk.patience import Patience
from bot.right_of_way import RightOfWay
from handlers.kit.edge import Press, Slash, Submission
from handlers.kit.late import Late
from handlers.kit.ports import NotYet

FINDING = Slash(
    user_id="U1", team_id="T1", delivery="slash:1.a", trigger_id="1.a", command="/bridge",
    text="finding it is the queue", channel_id="C1",
)  # fmt: skip
AGAIN = replace(FINDING, delivery="slash:2.b", trigger_id="2.b", response_url="https://b")
PRESS = Press(user_id="U1", team_id="T1", delivery="press:1", action="take_role", value=("BW-1",))


def test_work_that_takes_long_is_not_waited_for_and_goes_on() -> None:
    held, done = threading.Event(), threading.Event()

    def work() -> None:
        held.wait(30)
        done.set()

    with ThreadPoolExecutor(2) as pool:
        patience = Patience(pool, RightOfWay(), patience_s=0.1)
        began_s = MachineClock().monotonic()
        with pytest.raises(NotYet):
            patience.in_time(work)
        assert MachineClock().monotonic() - began_s < 2.0
        held.set()
        assert done.wait(30)


def test_nothing_is_begun_beside_as_much_as_can_go_on() -> None:
    held, begun = threading.Event(), threading.Event()
    with ThreadPoolExecutor(2) as pool:
        patience = Patience(pool, RightOfWay(), patience_s=0.05, most=1)
        with pytest.raises(NotYet):
            patience.in_time(lambda: held.wait(30))
        with pytest.raises(NotYet):
            patience.in_time(begun.set)
        held.set()
    assert not begun.is_set()


def test_what_work_returns_and_raises_is_passed_on() -> None:
    with ThreadPoolExecutor(1) as pool:
        patience = Patience(pool, RightOfWay())
        assert patience.in_time(lambda: 7) == 7
        with pytest.raises(ZeroDivisionError):
            patience.in_time(lambda: 1 // 0)


def test_the_same_typed_again_is_the_same_delivery_and_a_third_is_another() -> None:
    late = Late()
    assert late.again(FINDING) == FINDING
    late.note(FINDING)
    assert late.again(AGAIN).delivery == "slash:1.a"
    assert late.again(AGAIN).delivery == "slash:2.b"


@pytest.mark.parametrize(
    "other",
    [
        replace(AGAIN, text="finding it is not the queue"),
        replace(AGAIN, user_id="U2"),
        replace(AGAIN, channel_id="C2"),
        replace(PRESS, delivery="press:2", value=("BW-2",)),
        replace(PRESS, delivery="press:2", user_id="U2"),
    ],
)
def test_something_else_is_a_delivery_of_its_own(other: Slash | Press) -> None:
    late = Late()
    late.note(FINDING)
    late.note(PRESS)
    assert late.again(other) == other


def test_a_button_pressed_again_is_the_same_delivery() -> None:
    late = Late()
    late.note(PRESS)
    assert late.again(replace(PRESS, delivery="press:2", trigger_id="9")).delivery == "press:1"


def test_a_form_is_one_delivery_as_long_as_it_stands_open() -> None:
    late = Late()
    form = Submission(user_id="U1", team_id="T1", delivery="view:V1:open")
    late.note(form)
    assert late.again(form) == form
