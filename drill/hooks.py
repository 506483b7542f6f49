"""response_url: five answers in thirty minutes, to one person or to the channel.

Source: slack-contract 1.5.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.types import Receive, Scope, Send

from drill.api import HANG_S, read_body, send_json
from drill.core import HOOK_LIVES_S, HOOK_USES, Hook, Slack
from drill.errors import SlackError
from drill.posting import bot_message, change, content, remove, store, whisper
from drill.record import Call
from drill.transport import break_connection
from drill.world import Channel

Wire = dict[str, Any]


def answer(slack: Slack, hook: Hook, body: Wire) -> None:
    """Carry out one answer: new, replacing or deleting.

    Raises:
        SlackError: what it says cannot be shown.
    """
    channel = slack.world.channels[hook.channel_id]
    if body.get("delete_original"):
        _delete(slack, hook, channel)
        return
    made = content(slack, body)
    if body.get("replace_original") and hook.message_ts:
        _replace(slack, hook, channel, made)
        return
    if body.get("thread_ts"):
        made["thread_ts"] = str(body["thread_ts"])
    if body.get("response_type") == "in_channel":
        store(slack, channel, bot_message(slack, made))
    else:
        whisper(slack, channel, hook.user_id, made)


def _original(hook: Hook, channel: Channel) -> Wire:
    if hook.ephemeral:
        for message in channel.ephemerals:
            if message["ts"] == hook.message_ts:
                return message
    found = channel.messages.get(hook.message_ts)
    if found is None:
        raise SlackError("message_not_found")
    return found


def _delete(slack: Slack, hook: Hook, channel: Channel) -> None:
    message = _original(hook, channel)
    if hook.ephemeral:
        channel.ephemerals.remove(message)
        slack.touch()
    else:
        remove(slack, channel, message)


def _replace(slack: Slack, hook: Hook, channel: Channel, made: Wire) -> None:
    message = _original(hook, channel)
    if not hook.ephemeral:
        change(slack, channel, message, made, slack.world.bot_user_id)
        return
    for key in ("text", "blocks", "attachments"):
        message.pop(key, None)
    message.update({k: v for k, v in made.items() if k != "metadata"})
    slack.touch()


class Hooks:
    """Answer ``/hooks/...``."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one answer of the app."""
        slack = self.slack
        if slack.faults.down:
            break_connection(scope)
            return
        if slack.latency_ms:
            await asyncio.sleep(slack.latency_ms / 1000)
        raw = await read_body(receive)
        try:
            body = json.loads(raw)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            await send_json(send, 400, b'{"ok":false,"error":"invalid_payload"}')
            return
        fault = slack.faults.hit("hooks", body) if slack.faults.rules else None
        if fault is not None and not fault.applies:
            self._log(body, 0, "", fault.kind)
            await self._fail(fault.kind, scope, send)
            return
        status, error = self._take(scope["path"].rpartition("/")[2], body)
        self._log(body, status, error, fault.kind if fault else "")
        if fault is not None and fault.kind != "slow":
            break_connection(scope)
            return
        if fault is not None:
            await slack.linger(fault.delay_ms / 1000)
        told = b"ok" if not error else json.dumps({"ok": False, "error": error}).encode()
        await send_json(send, status, told)

    def _take(self, name: str, body: Wire) -> tuple[int, str]:
        slack = self.slack
        hook = slack.hooks.get(name)
        if hook is None:
            return 404, "invalid_url"
        if slack.clock.monotonic() - hook.issued_s > HOOK_LIVES_S:
            return 404, "expired_url"
        if hook.uses >= HOOK_USES:
            return 404, "used_url"
        hook.uses += 1
        try:
            answer(slack, hook, body)
        except SlackError as error:
            return 400, error.error
        return 200, ""

    async def _fail(self, kind: str, scope: Scope, send: Send) -> None:
        if kind == "hang":
            await self.slack.linger(HANG_S)
        if kind in ("429", "500", "503"):
            await send_json(send, int(kind), b"no", [(b"retry-after", b"1")])
            return
        break_connection(scope)

    def _log(self, body: Wire, status: int, error: str, fault: str) -> None:
        slack = self.slack
        calls = slack.record.calls
        told: Wire = {"ok": False, "error": error} if error else {"ok": True}
        calls.append(
            Call(
                n=len(calls) + 1,
                method="hooks",
                args=body,
                status=status,
                answer=told,
                applied=status == 200,
                fault=fault,
                at=slack.at(),
                at_s=slack.clock.real(),
            )
        )
