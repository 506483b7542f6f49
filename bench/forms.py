"""The form as Slack submits it: filled once in the local Slack, then multiplied by account."""

from __future__ import annotations

import itertools
import json
from typing import Any
from urllib.parse import quote_plus, urlencode

from bench.processes import Running, ask, pause
from bench.world import FIRST, TEAM_ID, USER_ID, account_key, account_name, channel_id

Wire = dict[str, Any]
FIELDS = (
    ("Account", account_name(FIRST)),
    ("What are you seeing?", "duplicate_payment"),
    ("Who noticed first?", "account"),
    ("Summary", "Payments of today were sent twice"),
)
LIVE_S = 5.0


class Forms:
    """Makes submissions, each of another account and another view.

    Args:
        view: The filled form of the first account, with its state.
    """

    def __init__(self, view: Wire) -> None:
        self._text = json.dumps(view)
        self._view_id = str(view["id"])
        self._numbers = itertools.count(FIRST + 1)

    def next(self) -> tuple[str, bytes]:
        """Return the next account's key and its submission, ready to be signed."""
        number = next(self._numbers)
        view_id = f"V0BENCH{number:04d}"
        text = (
            self._text.replace(account_key(FIRST), account_key(number))
            .replace(account_name(FIRST), account_name(number))
            .replace(channel_id(FIRST), channel_id(number))
            .replace(self._view_id, view_id)
        )
        payload = {
            "type": "view_submission",
            "user": {"id": USER_ID, "username": "csm-one", "name": "csm-one", "team_id": TEAM_ID},
            "api_app_id": "A0BENCH001",
            "token": "bench",
            "team": {"id": TEAM_ID, "domain": "vendor"},
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": f"{number}.{number}.bench",
            "view": json.loads(text),
            "response_urls": [],
        }
        return account_key(number), b"payload=" + quote_plus(json.dumps(payload)).encode()


def fill(slack: Running) -> Forms:
    """Open and fill the form in the local Slack as a person would, and return it as a pattern."""
    me = "csm-one"
    _act(
        slack,
        {"as": me, "do": "command", "command": "/ticket", "text": "x y", "channel": "support"},
    )
    for field, value in FIELDS:
        _fill_when_there(slack, {"as": me, "do": "fill", "field": field, "value": value})
        pause(0.5)
    view: Wire = ask(f"{slack.url}/drill/state?as={me}")["views"][-1]
    for name in ("errors", "banner", "options"):
        view.pop(name)
    _act(slack, {"as": me, "do": "close", "all": True})
    return Forms(view)


def slash(text: str, number: int, user: str = USER_ID) -> bytes:
    """Return a slash command as Slack sends it."""
    fields = {
        "token": "bench",
        "team_id": TEAM_ID,
        "team_domain": "vendor",
        "channel_id": "C0SUPPORT1",
        "channel_name": "support",
        "user_id": user,
        "user_name": "someone",
        "command": "/ticket",
        "text": text,
        "api_app_id": "A0BENCH001",
        "is_enterprise_install": "false",
        "response_url": "http://127.0.0.1:9/hooks/none",
        "trigger_id": f"{number}.{number}.{user}",
    }
    return urlencode(fields).encode()


def _act(slack: Running, order: Wire) -> Any:
    return ask(f"{slack.url}/drill/act", order)


def _fill_when_there(slack: Running, order: Wire) -> None:
    """Fill a field; the form is opened and rewritten beside, so it may need a moment."""
    for _ in range(int(LIVE_S / 0.1)):
        try:
            _act(slack, order)
        except OSError:
            pause(0.1)
        else:
            return
    _act(slack, order)
