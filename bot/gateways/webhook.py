"""A JSON webhook with an idempotency key: the shared body of the pager and the status page."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.gateways.outcomes import Outcome, RateLimited, Refused, Taken, Unknown, pause_of
from bot.gateways.timed_http import HttpAnswer, TimedHttp

_CONNECTIONS = 4


class WebhookGateway:
    """Posts JSON to one address taken from the settings, never from a payload.

    Args:
        url: the address.
        bearer: a token for the Authorization header; empty for none.
    """

    def __init__(self, url: str, *, bearer: str = "") -> None:
        self._url = url
        self._bearer = bearer
        self._http = TimedHttp(connections=_CONNECTIONS)

    def send(self, payload: Mapping[str, object], *, key: str, deadline_s: float) -> Outcome:
        """Post the payload with its key, as the header Idempotency-Key and as the field `key`."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        if self._bearer:
            headers["Authorization"] = f"Bearer {self._bearer}"
        body = json.dumps({**payload, "key": key}).encode()
        answer = self._http.call(
            "POST", self._url, headers=headers, body=body, deadline_s=deadline_s
        )
        if not isinstance(answer, HttpAnswer):
            return answer
        return _sorted_by_status(
            answer.status, answer.headers.get("Retry-After"), answer.headers.get("Date")
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


def _sorted_by_status(status: int, retry_after: str | None, date: str | None) -> Outcome:
    if 200 <= status < 300:
        return Taken({"status": status})
    if status == 429:
        return RateLimited(pause_of(retry_after, date))
    if status in {401, 403, 404, 408} or status >= 500:
        # A wrong address or token is put right by a person; the page must survive until then.
        return Unknown(f"the webhook answered {status}")
    return Refused(f"the webhook answered {status}")
