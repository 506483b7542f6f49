"""A workspace as large as one wishes: its lists are answered page by page, and it may stumble."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.gateways.outcomes import Outcome, Refused, Taken

OURS = "T0VENDOR01"
THEIRS = "T0ACME0001"


def user(user_id: str, email: str = "", team: str = OURS) -> dict[str, object]:
    """Return a Slack user."""
    return {"id": user_id, "team_id": team, "profile": {"email": email, "real_name": user_id}}


@dataclass
class LargeSlack:
    """Answers what a workspace would.

    Attributes:
        users: Everybody, in the order of the list.
        channels: Ids and names of the channels that the bot is in.
        outsiders: How many of another workspace are in each of them.
        stumbles: What comes instead of an answer, once each, by the method and how many of its
            calls were made before.
        refuses: Methods, or methods and channels, that are refused each time.
    """

    users: list[dict[str, object]]
    channels: tuple[tuple[str, str], ...] = ()
    outsiders: int = 1
    stumbles: dict[tuple[str, int], Outcome] = field(default_factory=dict)
    refuses: set[str] = field(default_factory=set)
    calls: list[tuple[str, str]] = field(default_factory=list)
    answered: list[tuple[str, str]] = field(default_factory=list)

    def call(self, method: str, payload: Mapping[str, object], *, deadline_s: float) -> Outcome:
        """Answer one call."""
        before = sum(1 for made, _ in self.calls if made == method)
        subject = str(payload.get("channel") or payload.get("user") or payload.get("cursor") or "")
        self.calls.append((method, subject))
        if (method, before) in self.stumbles:
            return self.stumbles.pop((method, before))
        if method in self.refuses or f"{method} {subject}" in self.refuses:
            return Refused("internal_reasons")
        self.answered.append((method, subject))
        return self._answer(method, payload)

    def _answer(self, method: str, payload: Mapping[str, object]) -> Outcome:
        if method == "auth.test":
            return Taken({"team_id": OURS, "user_id": "U0BOT", "bot_id": "B0BOT"})
        if method == "users.list":
            return self._page("members", self.users, payload)
        if method == "users.conversations":
            return self._page("channels", list(self._channels()), payload)
        if method == "conversations.members":
            there = [f"{payload['channel']}X{n}" for n in range(self.outsiders)]
            return self._page("members", there, payload)
        if method == "users.info":
            return Taken({"user": user(str(payload["user"]), team=THEIRS)})
        return self._by_email(str(payload.get("email")))

    def _channels(self) -> Iterator[dict[str, object]]:
        for each, name in self.channels:
            yield {"id": each, "name": name, "is_ext_shared": True}

    def _by_email(self, email: str) -> Outcome:
        for each in self.users:
            profile = each["profile"]
            if isinstance(profile, dict) and profile["email"] == email:
                return Taken({"user": each})
        return Refused("users_not_found")

    def _page(self, name: str, all_of: Sequence[object], payload: Mapping[str, object]) -> Outcome:
        first, most = int(str(payload.get("cursor") or "0")), int(str(payload["limit"]))
        after = str(first + most) if first + most < len(all_of) else ""
        shown = all_of[first : first + most]
        return Taken({name: shown, "response_metadata": {"next_cursor": after}})
