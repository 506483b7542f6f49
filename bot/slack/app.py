"""The Bolt App: no call to Slack at start or in a listener, acknowledged once it is saved."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Protocol

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.ignoring_self_events import IgnoringSelfEvents
from slack_sdk import WebClient

from bot.engine.facts import Identity


def make_app(token: str, identity: Callable[[], Identity], signing_secret: str | None) -> App:
    """Make the App; it starts, and timers run, while Slack is down.

    ``process_before_response`` waits for a listener's end instead of polling for its
    acknowledgment, which costs ten milliseconds a request. Requests over HTTP were verified by
    the guard before, so Bolt's own check is off.
    """

    def authorize() -> AuthorizeResult:
        known = identity()
        return AuthorizeResult(
            enterprise_id=None,
            team_id=known.team_id or None,
            bot_token=token,
            bot_id=known.bot_id or None,
            bot_user_id=known.bot_user or None,
        )

    # Bolt warns that it ignores tokens of the environment, as it should here.
    logger = logging.getLogger("slack_bolt.App")
    logger.setLevel(logging.ERROR)
    app = App(
        name="bridgewatch",
        logger=logger,
        signing_secret=signing_secret,
        client=WebClient(token=token, retry_handlers=[]),
        authorize=authorize,
        process_before_response=True,
        token_verification_enabled=False,
        request_verification_enabled=False,
        url_verification_enabled=True,
        ssl_check_enabled=False,
        ignoring_self_events_enabled=False,
    )
    app.use(DoneByOthers(base_logger=logger))
    return app


class DoneByOthers(IgnoringSelfEvents):
    """Ignores what we did ourselves. That a message of ours is deleted, somebody else did."""

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,
        next: Callable[[], BoltResponse],  # noqa: A002 - the name that Bolt calls it by
    ) -> BoltResponse:
        """Answer our own events, and pass on the others."""
        event = req.body.get("event")
        if isinstance(event, Mapping) and event.get("subtype") == "message_deleted":
            return next()
        return super().process(req=req, resp=resp, next=next)


class Dispatcher(Protocol):
    """What a Bolt App does with one request."""

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Answer one request."""
