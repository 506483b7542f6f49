"""The local Slack in a process of its own: it lives on while bots are killed around it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from drill.local import LocalSlack
from tests.kit.forked import Fork

ROOT = Path(__file__).parents[2]
END_LIMIT_S = 30.0
ASK_LIMIT_S = 180.0
Wire = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SlackAddresses:
    """Where a local Slack takes what.

    Attributes:
        api_url: The Web API.
        base_url: The control API and the sinks.
        smtp_url: The mail server.
        pager_url: The pager's webhook.
    """

    api_url: str
    base_url: str
    smtp_url: str
    pager_url: str


class SlackProcess:
    """A local Slack in another process, asked over its control API."""

    def __init__(self, addresses: SlackAddresses) -> None:
        self.addresses = addresses
        self._http = httpx.Client(base_url=addresses.base_url, timeout=ASK_LIMIT_S)

    def calls(self) -> list[Wire]:
        """Return every API call so far."""
        found: list[Wire] = self._ask("GET", "/drill/log")["calls"]
        return found

    def mails(self) -> list[Wire]:
        """Return every mail that arrived."""
        found: list[Wire] = self._ask("GET", "/drill/mails")["mails"]
        return found

    def pages(self) -> list[Wire]:
        """Return every page that arrived."""
        found: list[Wire] = self._ask("GET", "/drill/pages")["pages"]
        return found

    def fault(self, **rule: object) -> None:
        """Let calls go wrong; see ``drill.faults.Fault``."""
        self._ask("POST", "/drill/faults", rule)

    def clear_faults(self) -> None:
        """Let nothing go wrong any more."""
        self._ask("DELETE", "/drill/faults")

    def set_down(self, *, down: bool) -> None:
        """Take Slack down or bring it back."""
        self._ask("PUT", "/drill/settings", {"down": down})

    def lacks(self, *names: str) -> None:
        """Refuse these kinds and fields as an older Slack does."""
        self._ask("PUT", "/drill/settings", {"lacks": names})

    def latency(self, milliseconds: int) -> None:
        """Let each call take this long at least."""
        self._ask("PUT", "/drill/settings", {"latency_ms": milliseconds})

    def reset(self) -> None:
        """Go back to the seed."""
        self._ask("POST", "/drill/reset")

    def act(self, who: str, do: str, **order: object) -> Wire:
        """Act as a person; see ``drill.gestures``."""
        return self._ask("POST", "/drill/act", {"as": who, "do": do, **order})

    def close(self) -> None:
        """Let go of the connection to the control API."""
        self._http.close()

    def _ask(self, verb: str, path: str, body: Mapping[str, object] | None = None) -> Wire:
        answer = self._http.request(verb, path, json=body)
        answer.raise_for_status()
        found: Wire = answer.json()
        return found


@contextmanager
def slack_process() -> Iterator[SlackProcess]:
    """Run a local Slack in another process as long as the context lasts."""
    process = Fork("tests.kit.slack_process", piped=True)
    assert process.stdin is not None
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"The local Slack ended with {process.wait(END_LIMIT_S)}.")
    slack = SlackProcess(SlackAddresses(**json.loads(line)))
    try:
        yield slack
    finally:
        slack.close()
        process.stdin.close()
        process.wait(END_LIMIT_S)
        process.stdout.close()


def addresses_of(slack: LocalSlack) -> SlackAddresses:
    """Return the addresses of a local Slack in this process."""
    return SlackAddresses(slack.api_url, slack.base_url, slack.smtp_url, slack.pager_url)


def watched_until_closed(read: Callable[[], str]) -> None:
    """Return when whoever started this process has closed its end, or is gone."""
    while read():
        pass


def main() -> None:
    """Serve until standard input ends."""
    with LocalSlack(ROOT / "app.yaml") as slack:
        found = addresses_of(slack)
        names = ("api_url", "base_url", "smtp_url", "pager_url")
        print(json.dumps({name: getattr(found, name) for name in names}), flush=True)  # noqa: T201
        watched_until_closed(sys.stdin.readline)


if __name__ == "__main__":
    main()
