"""How Slack is asked for much at a time: page by page, as often as it lets us, and no page twice.

A limit is waited for as long as Slack says, a call without an answer is made again, and both go on
at the page that was not answered: what was read stays read. Source: slack-contract 5.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.clock import MachineClock
from bot.gateways.outcomes import (
    NotSent,
    Outcome,
    RateLimited,
    SlackCalls,
    Taken,
    Unknown,
    back_off_s,
)
from bot.slack.tokens import refused_bot_token, why

Wire = Mapping[str, Any]

CALL_S = 8.0
TRIES = 4
LIMITS = 20
"""After how many refusals for their number in a row a call is given up."""
FIRST_WAIT_S = 0.5
MOST_WAIT_S = 8.0
WINDOW_S = 60.0
# Some less than Slack's least for a minute: the courier looks back by the same methods.
A_MINUTE = {
    "conversations.history": 40,
    "conversations.replies": 40,
    "conversations.members": 80,
}


class SlackDidNotSay(Exception):
    """Slack did not answer a question; it is asked again later.

    Attributes:
        error: Slack's word for why, empty where it gave none.
    """

    def __init__(self, sentence: str, error: str = "") -> None:
        super().__init__(sentence)
        self.error = error


class TokenRefused(SlackDidNotSay):
    """Slack does not take the bot token; carries a sentence for whoever runs the program."""


class Asking:
    """Asks, and waits as Slack says.

    Args:
        slack: A gateway that is not the courier's.
        machine: Tells the time.
        wait: Waits so many seconds; says whether the program ends meanwhile.
    """

    def __init__(
        self,
        slack: SlackCalls,
        machine: MachineClock,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        self._slack = slack
        self._machine = machine
        self._wait = wait or threading.Event().wait
        self._made: dict[str, deque[float]] = {}

    def once(self, method: str, payload: Mapping[str, object], *, within_s: float = CALL_S) -> Wire:
        """Ask once, for someone who waits.

        Raises:
            SlackDidNotSay: The call had no usable answer.
        """
        return _answer(method, self._slack.call(method, payload, deadline_s=within_s))

    def call(self, method: str, payload: Mapping[str, object]) -> Wire:
        """Ask until Slack answers.

        Raises:
            SlackDidNotSay: It refused, or said nothing time and again, or the program ends.
        """
        limits = tries = 0
        while True:
            self._keep_to_the_rate(method)
            outcome = self._slack.call(method, payload, deadline_s=CALL_S)
            if isinstance(outcome, RateLimited) and limits < LIMITS:
                limits += 1
                self._pause(outcome.retry_after_s)
            elif isinstance(outcome, NotSent | Unknown) and tries < TRIES:
                tries += 1
                wait_s = back_off_s(method, tries, base_s=FIRST_WAIT_S, most_s=MOST_WAIT_S)
                self._pause(wait_s)
            else:
                return _answer(method, outcome)

    def pages(
        self, method: str, asked: Mapping[str, object], field: str, cursor: str = ""
    ) -> Iterator[tuple[list[Any], str]]:
        """Yield each page, with the cursor of the one after it; the last one's is empty.

        Raises:
            SlackDidNotSay: As ``call``, or the same page was named as its own successor.
        """
        while True:
            page = {**asked, "cursor": cursor} if cursor else asked
            answer = self.call(method, page)
            after = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if after and after == cursor:
                raise SlackDidNotSay(f"{method}: a page is followed by itself")
            yield list(answer.get(field) or ()), after
            cursor = after
            if not cursor:
                return

    def every(self, method: str, asked: Mapping[str, object], field: str) -> list[Any]:
        """Return what stands on all pages."""
        return [each for page, _ in self.pages(method, asked, field) for each in page]

    def _keep_to_the_rate(self, method: str) -> None:
        most = A_MINUTE.get(method)
        if most is None:
            return
        made = self._made.setdefault(method, deque(maxlen=most))
        if len(made) == most:
            wait_s = made[0] + WINDOW_S - self._machine.monotonic()
            if wait_s > 0:
                self._pause(wait_s)
        made.append(self._machine.monotonic())

    def _pause(self, seconds: float) -> None:
        if self._wait(seconds):
            raise SlackDidNotSay("the program ends")


def _answer(method: str, outcome: Outcome) -> Wire:
    if isinstance(outcome, Taken):
        return outcome.result
    if (refused := refused_bot_token(outcome)) is not None:
        raise TokenRefused(refused)
    error = getattr(outcome, "error", "")
    raise SlackDidNotSay(f"{method}: {why(outcome)}", error)
