"""What reached whom: everything outside, place by place, and what reached our own people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from drill.core import Slack
from drill.walking import texts_of
from tests.histories.persons import HOUSE

POSTED = "chat.postMessage"
NEVER = datetime.max.replace(tzinfo=UTC)
_SAYING = (POSTED, "chat.update", "chat.postEphemeral")


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that was taken.

    Attributes:
        place: A channel's id, an address, or ``status page``.
        words: All it says.
        at: When.
        key: The outbox key that it carried; empty when it carried none.
        kind: The Slack method, ``mail`` or ``post``.
        outside: Whether someone who is not one of us reads it.
    """

    place: str
    words: str
    at: datetime
    key: str
    kind: str
    outside: bool

    @property
    def is_new(self) -> bool:
        """Whether it is a message of its own, not another state of one."""
        return self.kind not in ("chat.update", "chat.postEphemeral")


def heard(
    slack: Slack, shared_at: Mapping[str, datetime], until: Mapping[str, datetime]
) -> list[Heard]:
    """Return all that was taken, in order of time.

    Args:
        slack: Where it arrived.
        shared_at: Since when a channel is shared with people outside, by its id.
        until: When a share was taken back.
    """
    found = [*_said(slack, shared_at, until), *_mailed(slack), *_put_up(slack)]
    return sorted(found, key=lambda each: each.at)


def _said(
    slack: Slack, shared_at: Mapping[str, datetime], until: Mapping[str, datetime]
) -> Iterator[Heard]:
    for call in slack.record.calls:
        if call.method not in _SAYING or not call.applied:
            continue
        at = datetime.fromisoformat(call.at)
        outside = call.channel in shared_at and shared_at[call.channel] <= at
        outside = outside and at < until.get(call.channel, NEVER)
        yield Heard(call.channel, words_of(call.args), at, _key(call.args), call.method, outside)


def _mailed(slack: Slack) -> Iterator[Heard]:
    for mail in slack.mails:
        words = f"{mail['subject']}\n{mail['text']}"
        for address in mail["to"]:
            outside = not str(address).endswith(HOUSE)
            at = datetime.fromisoformat(mail["at"])
            yield Heard(str(address), words, at, str(mail["key"]), "mail", outside)


def _put_up(slack: Slack) -> Iterator[Heard]:
    for post in slack.status_posts:
        words = json.dumps({k: v for k, v in post.items() if k not in ("key", "at")})
        at = datetime.fromisoformat(str(post["at"]))
        yield Heard("status page", words, at, str(post["key"]), "post", outside=True)


def words_of(arguments: Mapping[str, Any]) -> str:
    """Return all that a message says."""
    blocks = arguments.get("blocks") or []
    blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
    return "\n".join([str(arguments.get("text", "")), *texts_of(blocks)])


def _key(arguments: Mapping[str, Any]) -> str:
    metadata = arguments.get("metadata") or {}
    metadata = json.loads(metadata) if isinstance(metadata, str) else metadata
    return str((metadata.get("event_payload") or {}).get("key", ""))
