"""A JSON webhook with an idempotency key: the shared body of the pager and the status page."""

from __future__ import annotations

from collections.abc import Mapping

from bot.gateways.loop import LoopThread
from bot.outcomes import Outcome, RateLimited, Refused, Taken, Unknown, pause_of


class WebhookGateway:
    """Posts JSON to one address taken from the settings, never from a payload.

    Args:
        url: the address.
        name: the thread's name.
        bearer: a token for the Authorization header; empty for none.
    """

    def __init__(self, url: str, *, name: str = "webhook", bearer: str = "") -> None:
        self._url = url
        self._bearer = bearer
        self._loop = LoopThread(name)

    def send(self, payload: Mapping[str, object], *, key: str, deadline_s: float) -> Outcome:
        """Post the payload with its key, as the header Idempotency-Key and as the field `key`."""
        return self._loop.outcome(
            lambda: self._post({**payload, "key": key}, key), deadline_s=deadline_s
        )

    def close(self) -> None:
        """Close the connections and end the thread."""
        self._loop.close()

    async def _post(self, body: Mapping[str, object], key: str) -> Outcome:
        headers = {"Idempotency-Key": key}
        if self._bearer:
            headers["Authorization"] = f"Bearer {self._bearer}"
        async with self._loop.session().post(
            self._url, json=body, headers=headers, allow_redirects=False
        ) as answer:
            await answer.content.read(4_096)
            return _sorted_by_status(
                answer.status, answer.headers.get("Retry-After"), answer.headers.get("Date")
            )


def _sorted_by_status(status: int, retry_after: str | None, date: str | None) -> Outcome:
    if 200 <= status < 300:
        return Taken({"status": status})
    if status == 429:
        return RateLimited(pause_of(retry_after, date))
    if status in {401, 403, 404, 408} or status >= 500:
        # A wrong address or token is put right by a person; the page must survive until then.
        return Unknown(f"the webhook answered {status}")
    return Refused(f"the webhook answered {status}")
