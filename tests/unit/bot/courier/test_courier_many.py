"""A notice to two hundred accounts at Slack's limits holds up no word of a ticket. Source: S23."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from functools import partial
from typing import Any

from protocols.kernel.roads import URGENT_CUSTOMER
from protocols.notices.routing import URGENT_NOTICE
from protocols.policy.rules import NoticeRule
from store.read import deliveries
from tests.kit.waiting import until
from tests.unit.bot.courier.desk import QUICK, Desk, post

ACCOUNTS = 200
STEP_S = 10.0
WINDOW_S = 60.0
A_MINUTE = 100
"""The least that Slack lets an app post a minute in a workspace: its tier 4 (contract, 5)."""
WAIT_S = "7"
EVERY = 23


class Limits:
    """Slack's limits on the desk's stepped clock: of the workspace; of a channel now and then.

    A channel that takes one message a second is busy when others write there; every so many posts
    it answers "wait".
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._taken: deque[float] = deque()
        self.refused: list[str] = []
        self.asked = 0

    def exceeds(self, args: Mapping[str, Any]) -> bool:
        now, self.asked = self._desk.clock.ahead_s, self.asked + 1
        while self._taken and now - self._taken[0] >= WINDOW_S:
            self._taken.popleft()
        is_notice = str(args["text"]).startswith("notice")
        if len(self._taken) >= A_MINUTE or (is_notice and self.asked % EVERY == 0):
            self.refused.append(str(args["text"]))
            return True
        self._taken.append(now)
        return False


def has_left(desk: Desk, key: str) -> bool:
    posted = desk.slack.keys()
    return key in posted


def is_at_rest(desk: Desk) -> bool:
    """Say whether nothing is being sent, and what waits is put off."""
    with desk.database.read() as conn:
        counts = deliveries.state_counts(conn)
        soon = deliveries.next_try_at(conn, after=desk.clock.now())
    return counts.get("sending", 0) == 0 and (counts.get("pending", 0) == 0 or soon is not None)


def test_two_hundred_accounts_at_slacks_limits_hold_up_no_word_of_a_ticket(
    small_desk: Desk,
) -> None:
    desk, behind = small_desk, []
    limits = Limits(desk)
    desk.slack.fault("chat.postMessage", "429", value=WAIT_S, count=10**6, only_if=limits.exceeds)
    bridge = desk.slack.add_channel("bw-1001-acme")
    channels = [desk.slack.add_channel(f"shared-{number}") for number in range(ACCOUNTS)]
    turn = NoticeRule().a_minute
    words = [post(f"notice-{number}", channel, urgent=URGENT_NOTICE)
             for number, channel in enumerate(channels)]  # fmt: skip
    for step in range(int(ACCOUNTS / turn * WINDOW_S / STEP_S)):
        before = len(desk.slack.keys())
        begun = step * STEP_S // WINDOW_S * turn
        due = words[int(begun) : int(begun) + turn] if step * STEP_S % WINDOW_S == 0 else []
        desk.put(*due, post(f"ticket-{step}", bridge, urgent=URGENT_CUSTOMER))
        until(partial(has_left, desk, f"ticket-{step}"), what=f"ticket-{step}")
        behind.append(desk.slack.keys().index(f"ticket-{step}") - before)
        until(lambda: is_at_rest(desk), what="rest")
        desk.clock.ahead_s += STEP_S
    until(lambda: is_at_rest(desk), what="rest")
    desk.clock.ahead_s += STEP_S
    desk.courier.notify()
    desk.wait_until_empty()
    sent = desk.slack.keys()
    assert sorted(key for key in sent if key.startswith("notice")) == sorted(w.key for w in words)
    assert max(behind) <= QUICK.workers, "a ticket's word waits for no more than is being sent"
    assert limits.refused
    assert not any(text.startswith("ticket") for text in limits.refused)
