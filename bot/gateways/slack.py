"""The one door to Slack's Web API: each method in the form that it takes, each answer sorted."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from slack_sdk.proxy_env_variable_loader import load_http_proxy_from_env

from bot.gateways.outcomes import NotSent, Outcome, Refused, Taken, Unknown, of_slack_answer
from bot.gateways.timed_http import HttpAnswer, TimedHttp
from protocols.words.masking import masked_and_cut

_log = logging.getLogger(__name__)

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
_READ_BY_FORM = frozenset({"apps.connections.open", "auth.test", "bookmarks.list"})
_JSON = {"Content-Type": "application/json; charset=utf-8"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_USER_AGENT = "bridgewatch"


class Http(Protocol):
    """What makes one HTTP call within a total deadline."""

    def call(
        self,
        verb: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        deadline_s: float,
    ) -> HttpAnswer | NotSent | Unknown:
        """Make one call."""
        ...

    def close(self) -> None:
        """Let go of what is kept open."""
        ...


class SlackGateway:
    """Calls Slack's Web API, once per call, never retrying by itself.

    Args:
        token: the bot token.
        api_url: where the Web API lives; the drill's Slack has an address of its own.
        connections: how many connections are kept.
        http: makes the calls; connections of its own when left out.
    """

    def __init__(
        self,
        token: str,
        *,
        api_url: str = REAL_API_URL,
        connections: int = 16,
        http: Http | None = None,
    ) -> None:
        self._api_url = api_url if api_url.endswith("/") else api_url + "/"
        self._headers = {"Authorization": f"Bearer {token}", "User-Agent": _USER_AGENT}
        self._http: Http = http or TimedHttp(
            connections=connections, proxy=_proxy_for(self._api_url)
        )

    def call(self, method: str, payload: Mapping[str, object], *, deadline_s: float) -> Outcome:
        """Call one method and sort its answer.

        Args:
            method: such as `chat.postMessage`.
            payload: its arguments, as JSON values.
            deadline_s: the total time this call may take.

        Returns:
            The outcome; errors of the network and of Slack are values here, never exceptions.
        """
        answer = self._asked(method, payload, deadline_s)
        if not isinstance(answer, HttpAnswer):
            return answer
        body = _decoded(answer.body)
        if method == "auth.test" and isinstance(body, dict):
            body["scopes"] = answer.headers.get("x-oauth-scopes", "")
        return of_slack_answer(answer.status, answer.headers, body)

    def respond(
        self, response_url: str, message: Mapping[str, object], *, deadline_s: float
    ) -> Outcome:
        """Post a message to a response_url, if it is one of Slack's.

        The address came in with a request, so it is held against the host this installation
        talks to, the token stays here, and no redirect is followed.
        """
        if not is_response_url(response_url, self._api_url):
            return Refused("That response address is not one of Slack's.")
        answer = self._http.call(
            "POST", response_url, headers=_JSON, body=_encoded(message), deadline_s=deadline_s
        )
        if not isinstance(answer, HttpAnswer):
            return answer
        if answer.status == 200:
            said = _decoded(answer.body)
            is_verdict = isinstance(said, Mapping) and said.get("ok") is False
            return of_slack_answer(200, answer.headers, said) if is_verdict else Taken({"ok": True})
        if answer.status == 429 or answer.status >= 500:
            return of_slack_answer(answer.status, answer.headers, None)
        text = answer.body.decode("utf-8", "replace")
        return Refused(masked_and_cut(text, 200) or f"http_{answer.status}")

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _asked(
        self, method: str, payload: Mapping[str, object], deadline_s: float
    ) -> HttpAnswer | NotSent | Unknown:
        url = self._api_url + method
        if method in _READ_BY_GET:
            query = f"?{urlencode(_form(payload))}" if payload else ""
            return self._http.call("GET", url + query, headers=self._headers, deadline_s=deadline_s)
        if method in _READ_BY_FORM:
            kind, body = _FORM, urlencode(_form(payload)).encode()
        else:
            kind, body = _JSON, _encoded(payload)
        return self._http.call(
            "POST", url, headers=self._headers | kind, body=body, deadline_s=deadline_s
        )


def _encoded(payload: Mapping[str, object]) -> bytes:
    return json.dumps(dict(payload), separators=(",", ":")).encode()


def _decoded(body: bytes) -> object:
    """Return what JSON says; None for anything else, which is no verdict of Slack's."""
    try:
        return json.loads(body)
    except ValueError:
        return None


def is_this_machine(api_url: str) -> bool:
    """Say whether a Slack runs on this machine, which no proxy reaches."""
    return urlsplit(api_url).hostname in _THIS_MACHINE


def _proxy_for(api_url: str) -> str:
    """Return the proxy that the environment names; none reaches a Slack on this machine."""
    if is_this_machine(api_url):
        return ""
    return load_http_proxy_from_env(_log) or ""


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
