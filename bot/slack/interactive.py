"""Calls that answer a person's gesture: at most once, within 2.5 seconds, never the outbox.

A modal must be opened within three seconds of the gesture, and an ephemeral answer is worth
nothing a minute later. So these calls have threads and a gateway of their own, and whoever cannot
be served in time is told at once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Protocol

from bot.countdown import done_within
from bot.gateways.brakes import MachineTime
from bot.gateways.outcomes import NotSent, Outcome, Refused, SlackCalls, Taken, is_expired_trigger
from bot.threads import Threads, real_threads
from handlers.kit.ports import Busy

_log = logging.getLogger(__name__)


LIMIT_S = 2.5
_GONE_ON = frozenset({"not_found", "hash_conflict"})
"""Slack's words for a form that its reader has sent or closed, or that was drawn anew since."""
NOT_OPENED = "Not opened: Slack did not take it in time. Nothing is lost; press again."


class InteractiveGateway(SlackCalls, Protocol):
    """A Slack gateway that can also answer response addresses."""

    def respond(
        self, response_url: str, message: Mapping[str, object], *, deadline_s: float
    ) -> Outcome:
        """Post a message to a response_url."""
        ...


class SlackInteractive:
    """Opens modals and sends ephemeral answers.

    Args:
        gateway: a gateway of its own, so that the courier's queue cannot delay a modal.
        clock: machine time.
        threads: calls at the same time.
        backlog: gestures that may wait for a thread; beyond them a gesture is refused at once.
        on_outcome: told of every call's method and outcome, for the figures.
        pool_of: makes the threads.
    """

    def __init__(
        self,
        gateway: InteractiveGateway,
        clock: MachineTime,
        *,
        threads: int = 16,
        backlog: int = 64,
        on_outcome: Callable[[str, Outcome], None] | None = None,
        pool_of: Threads = real_threads,
    ) -> None:
        self._gateway = gateway
        self._clock = clock
        self._on_outcome = on_outcome
        self._places = threading.BoundedSemaphore(threads + backlog)
        self._pool = pool_of(threads, "interactive")

    def open_view(
        self,
        trigger_id: str,
        view: Mapping[str, object],
        *,
        response_url: str | None = None,
        sentence: str = NOT_OPENED,
    ) -> Future[Outcome]:
        """Open a modal; when that fails, say so through the gesture's response address.

        Args:
            trigger_id: of the gesture.
            view: the modal.
            response_url: of the gesture; without one a failure is only logged.
            sentence: what the person reads when the modal did not open.

        Returns:
            The coming outcome; handlers do not wait for it.

        Raises:
            Busy: Nothing was queued; the handler says so in its acknowledgment.
        """
        payload = {"trigger_id": trigger_id, "view": view}
        return self._submit("views.open", payload, self._teller(response_url, sentence))

    def push_view(
        self,
        trigger_id: str,
        view: Mapping[str, object],
        *,
        response_url: str | None = None,
        sentence: str = NOT_OPENED,
    ) -> Future[Outcome]:
        """Put a modal on top of the open one; see `open_view`."""
        payload = {"trigger_id": trigger_id, "view": view}
        return self._submit("views.push", payload, self._teller(response_url, sentence))

    def update_view(
        self, view_id: str, view: Mapping[str, object], *, view_hash: str | None = None
    ) -> Future[Outcome]:
        """Change an open modal; with its hash an older answer cannot overtake a newer one."""
        payload: dict[str, object] = {"view_id": view_id, "view": view}
        if view_hash:
            payload["hash"] = view_hash
        return self._submit("views.update", payload)

    def publish_home(
        self, user_id: str, view: Mapping[str, object], *, view_hash: str | None = None
    ) -> Future[Outcome]:
        """Publish a person's App Home."""
        payload: dict[str, object] = {"user_id": user_id, "view": view}
        if view_hash:
            payload["hash"] = view_hash
        return self._submit("views.publish", payload)

    def say_to(self, channel: str, user_id: str, message: Mapping[str, object]) -> Future[Outcome]:
        """Send a message only this person sees, in this channel."""
        payload = {"channel": channel, "user": user_id, **message}
        return self._submit("chat.postEphemeral", payload)

    def respond(self, response_url: str, message: Mapping[str, object]) -> Future[Outcome]:
        """Answer through a gesture's response address."""

        def post(left_s: float) -> Outcome:
            return self._gateway.respond(response_url, message, deadline_s=left_s)

        return self._queue("response_url", post)

    def stop(self, *, timeout_s: float = 3.0) -> None:
        """Take no more gestures and let the running calls end, for this long at most."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        done_within(timeout_s, self._pool.shutdown, "the end of the gestures' calls")

    def _submit(
        self,
        method: str,
        payload: Mapping[str, object],
        on_failure: Callable[[Outcome], None] | None = None,
    ) -> Future[Outcome]:
        def post(left_s: float) -> Outcome:
            return self._gateway.call(method, payload, deadline_s=left_s)

        return self._queue(method, post, on_failure)

    def _queue(
        self,
        method: str,
        post: Callable[[float], Outcome],
        on_failure: Callable[[Outcome], None] | None = None,
    ) -> Future[Outcome]:
        if not self._places.acquire(blocking=False):
            raise Busy("Too many people pressed something at this moment. Press again.")
        until = self._clock.monotonic() + LIMIT_S
        try:
            future = self._pool.submit(self._work, method, post, on_failure, until)
        except RuntimeError as error:
            self._places.release()
            raise Busy("Bridgewatch is restarting. Press again in a moment.") from error
        future.add_done_callback(lambda _: self._places.release())
        return future

    def _work(
        self,
        method: str,
        post: Callable[[float], Outcome],
        on_failure: Callable[[Outcome], None] | None,
        until: float,
    ) -> Outcome:
        left_s = until - self._clock.monotonic()
        outcome = post(left_s) if left_s > 0.1 else NotSent("it waited too long for a thread")
        if self._on_outcome is not None:
            self._on_outcome(method, outcome)
        if _has_gone_on(method, outcome):
            _log.debug("%s: the form is closed, or shows something newer", method)
        elif not isinstance(outcome, Taken):
            reason = "the trigger had expired" if is_expired_trigger(outcome) else str(outcome)
            _log.warning("%s failed: %s", method, reason)
            if on_failure is not None:
                on_failure(outcome)
        return outcome

    def _teller(self, response_url: str | None, sentence: str) -> Callable[[Outcome], None] | None:
        if not response_url:
            return None

        def tell(_: Outcome) -> None:
            message = {
                "response_type": "ephemeral",
                "replace_original": False,
                "text": sentence,
            }
            told = self._gateway.respond(response_url, message, deadline_s=LIMIT_S)
            if isinstance(told, Refused):
                _log.warning("a failed modal could not be told: %s", told.error)

        return tell


def _has_gone_on(method: str, outcome: Outcome) -> bool:
    """Say whether whoever filled a form in was faster than its redrawing: nothing is missing."""
    return method == "views.update" and isinstance(outcome, Refused) and outcome.error in _GONE_ON
