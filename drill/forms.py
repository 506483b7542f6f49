"""Submitting and closing views, and what the app's answer does to them.

Source: slack-contract 2.3.
"""

from __future__ import annotations

from typing import Any

from drill import payloads
from drill.core import OpenView, Slack
from drill.errors import DrillRefusal, SlackError
from drill.inbound import Ack, Inbound
from drill.interact import outcome
from drill.modals import push_modal, require_modal, rewrite
from drill.state import missing
from drill.world import User

Wire = dict[str, Any]

BANNER = "We had some trouble connecting. Try again?"


class Forms:
    """The modals people have open."""

    def __init__(self, slack: Slack, inbound: Inbound) -> None:
        self.slack = slack
        self.inbound = inbound

    def top(self, user: User) -> OpenView:
        """Return the modal in front of a person.

        Raises:
            DrillRefusal: none is open.
        """
        stack = self.slack.stacks.get(user.id)
        if not stack:
            raise DrillRefusal(f"{user.real_name} has no modal open.")
        return stack[-1]

    async def submit(self, user: User) -> Wire:
        """Press the submit button of the modal in front."""
        opened = self.top(user)
        if not opened.wire.get("submit"):
            raise DrillRefusal(f"The view {opened.wire['title']['text']!r} has no submit button.")
        opened.banner = ""
        opened.errors = missing(opened.wire["blocks"], opened.values)
        if opened.errors:
            self.slack.touch()
            return outcome(None, "", errors=opened.errors)
        payload = payloads.submission(self.slack, user, opened)
        ack = await self.inbound.interactive(payload, opened.wire["callback_id"], user.id)
        told = self._after(user, opened, ack)
        if told:
            opened.banner = told
            self.slack.notice(user.id, told, opened.id)
        self.slack.touch()
        return outcome(ack, told, errors=opened.errors)

    def _after(self, user: User, opened: OpenView, ack: Ack) -> str:
        if ack.failure:
            return BANNER
        if not ack.body.strip():
            self._pop(user, opened)
            return ""
        body = ack.wire or {}
        action = body.get("response_action")
        try:
            if action == "clear":
                self.slack.stacks.pop(user.id, None)
            elif action == "update":
                rewrite(self.slack, opened, require_modal(self.slack, body.get("view")))
            elif action == "push":
                push_modal(self.slack, require_modal(self.slack, body.get("view")), user.id)
            elif action == "errors":
                return self._errors(opened, body.get("errors"))
            else:
                return BANNER
        except SlackError as error:
            return f"{BANNER} ({error.error}: {error.extra.get('response_metadata', '')})"
        return ""

    def _errors(self, opened: OpenView, errors: object) -> str:
        inputs = {b["block_id"] for b in opened.wire["blocks"] if b["type"] == "input"}
        if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
            return BANNER
        opened.errors = {str(k): str(v) for k, v in errors.items()}
        return ""

    def _pop(self, user: User, opened: OpenView) -> None:
        stack = self.slack.stacks.get(user.id, [])
        if opened in stack:
            stack.remove(opened)
        if not stack:
            self.slack.stacks.pop(user.id, None)

    async def close(self, user: User, *, everything: bool = False) -> Wire:
        """Close the modal in front, or all of them with the x."""
        opened = self.top(user)
        stack = self.slack.stacks[user.id]
        cleared = everything or bool(opened.wire["clear_on_close"])
        told = stack[0] if cleared else opened
        if cleared:
            self.slack.stacks.pop(user.id, None)
        else:
            self._pop(user, opened)
        self.slack.touch()
        if not told.wire["notify_on_close"]:
            return outcome(None)
        payload = payloads.closed(self.slack, user, told, cleared=cleared)
        ack = await self.inbound.interactive(payload, told.wire["callback_id"], user.id)
        return outcome(ack)
