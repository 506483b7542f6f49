"""The one door to Slack's Web API: a synchronous face over slack_sdk's asynchronous client."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.gateways.loop import LoopThread
from bot.outcomes import Outcome, Refused, Taken, Unknown, of_slack_answer

REAL_API_URL = "https://slack.com/api/"
# Methods that refuse JSON bodies; everything else is written as JSON.
_READ_BY_GET = frozenset(
    {
        "chat.getPermalink",
        "conversations.history",
        "conversations.info",
        "conversations.list",
        "conversations.members",
        "conversations.replies",
        "pins.list",
        "team.info",
        "usergroups.list",
        "usergroups.users.list",
        "users.conversations",
        "users.info",
        "users.list",
        "users.lookupByEmail",
    }
)
_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
_READ_BY_FORM = frozenset({"auth.test", "bookmarks.list"})


class SlackGateway:
    """Calls Slack's Web API, once per call, never retrying by itself.

    Args:
        token: the bot token.
        api_url: where the Web API lives; the drill's Slack has an address of its own.
        name: the name of the gateway's thread.
    """

    def __init__(self, token: str, *, api_url: str = REAL_API_URL, name: str = "slack") -> None:
        self._token = token
        self._api_url = api_url if api_url.endswith("/") else api_url + "/"
        self._loop = LoopThread(name)
        self._tls = ssl.create_default_context() if self._api_url.startswith("https:") else None
        self._client: AsyncWebClient | None = None

    def call(self, method: str, payload: Mapping[str, object], *, deadline_s: float) -> Outcome:
        """Call one method and sort its answer.

        Args:
            method: such as `chat.postMessage`.
            payload: its arguments, as JSON values.
            deadline_s: the total time this call may take.

        Returns:
            The outcome; errors of the network and of Slack are values here, never exceptions.
        """
        return self._loop.outcome(lambda: self._call(method, payload), deadline_s=deadline_s)

    def respond(
        self, response_url: str, message: Mapping[str, object], *, deadline_s: float
    ) -> Outcome:
        """Post a message to a response_url, if it is one of Slack's.

        The address came in with a request, so it is held against the host this installation
        talks to, and no redirect is followed.
        """
        if not is_response_url(response_url, self._api_url):
            return Refused("That response address is not one of Slack's.")
        return self._loop.outcome(
            lambda: self._respond(response_url, message), deadline_s=deadline_s
        )

    def close(self) -> None:
        """Close the connections and end the gateway's thread."""
        self._loop.close()

    async def _call(self, method: str, payload: Mapping[str, object]) -> Outcome:
        client = self._ready_client()
        try:
            if method in _READ_BY_GET:
                answer = await client.api_call(method, http_verb="GET", params=_form(payload))
            elif method in _READ_BY_FORM:
                answer = await client.api_call(method, data=_form(payload))
            else:
                answer = await client.api_call(method, json=dict(payload))
        except SlackApiError as error:
            return _of_error(error)
        body = dict(answer.data) if isinstance(answer.data, dict) else answer.data
        if method == "auth.test" and isinstance(body, dict):
            body["scopes"] = str(answer.headers.get("x-oauth-scopes", ""))
        return of_slack_answer(answer.status_code, answer.headers, body)

    async def _respond(self, url: str, message: Mapping[str, object]) -> Outcome:
        async with self._loop.session().post(
            url, json=dict(message), allow_redirects=False
        ) as answer:
            text = (await answer.content.read(4_096)).decode("utf-8", "replace")
            if answer.status == 200:
                return Taken({"ok": True})
            if answer.status == 429 or answer.status >= 500:
                return of_slack_answer(answer.status, answer.headers, None)
            return Refused(text[:200] or f"http_{answer.status}")

    def _ready_client(self) -> AsyncWebClient:
        if self._client is None:
            self._client = AsyncWebClient(
                token=self._token,
                base_url=self._api_url,
                session=self._loop.session(),
                ssl=self._tls,
                logger=_quiet_log(),
                # The default handler sends a post twice when the connection drops after it.
                retry_handlers=[],
            )
            if urlsplit(self._api_url).hostname in _THIS_MACHINE:
                # A proxy of the environment cannot reach a Slack on this machine.
                self._client.proxy = None
        return self._client


def _quiet_log() -> logging.Logger:
    # slack_sdk writes whole bodies at DEBUG, and spells them out even when nobody listens.
    log = logging.getLogger("bot.gateways.slack.sdk")
    log.setLevel(logging.WARNING)
    return log


def _of_error(error: SlackApiError) -> Outcome:
    answer = error.response
    if isinstance(answer, AsyncSlackResponse):
        return of_slack_answer(answer.status_code, answer.headers, answer.data)
    if isinstance(answer, aiohttp.ClientResponse):
        return of_slack_answer(answer.status, answer.headers, None)
    return Unknown("the answer was not readable")


def _form(payload: Mapping[str, object]) -> dict[str, str]:
    return {name: _field(value) for name, value in payload.items() if value is not None}


def _field(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ",".join(str(each) for each in value)
    return str(value)


LOOPBACK = "127.0.0.1"


def is_response_url(url: str, api_url: str) -> bool:
    """Tell whether an address may be answered: Slack's hooks host, or the drill's own machine.

    A Slack on this machine may answer gestures on another port than its Web API.
    """
    try:
        given, api = urlsplit(url), urlsplit(api_url)
        port_differs = given.port != api.port and api.hostname != LOOPBACK
    except ValueError:
        return False
    host = api.hostname or ""
    if given.username or given.password or given.scheme != api.scheme or port_differs:
        return False
    if host in {"slack.com", "www.slack.com", "slack-gov.com", "www.slack-gov.com"}:
        return given.hostname == "hooks." + host.removeprefix("www.")
    return given.hostname == host
