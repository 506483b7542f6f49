"""The payloads of gestures, in Slack's shapes.

Source: slack-contract 2.
"""

from __future__ import annotations

import re
from typing import Any

from drill.core import Hook, OpenView, Slack
from drill.manifest import Command
from drill.world import Channel, User, World

Wire = dict[str, Any]

TOKEN = "drill-verification"  # noqa: S105 - Slack's retired verification token
_URL = re.compile(r"https?://[^\s<>|]+")


def _team(world: World, user: User) -> Wire:
    return {"id": user.team_id, "domain": world.teams[user.team_id]["domain"]}


def _person(user: User) -> Wire:
    return {
        "id": user.id,
        "username": user.handle,
        "name": user.handle,
        "team_id": user.team_id,
    }


def common(slack: Slack, kind: str, user: User) -> Wire:
    """Return the fields every gesture has."""
    return {
        "type": kind,
        "user": _person(user),
        "api_app_id": slack.world.app_id,
        "token": TOKEN,
        "team": _team(slack.world, user),
        "enterprise": None,
        "is_enterprise_install": False,
    }


def channel_name(channel: Channel) -> str:
    """Return a channel's name as payloads give it."""
    if channel.kind == "im":
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def escape_command(world: World, text: str) -> str:
    """Rewrite what a person typed as ``should_escape`` has it: mentions, channels, links."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A pattern costs much more than a look: of hundreds of people hardly anybody is named.
    names: dict[str, User] = {}
    for user in world.users.values():
        names |= {name: user for name in (user.real_name, user.handle) if f"@{name}" in text}
    for name in sorted(names, key=len, reverse=True):
        user = names[name]
        pattern = rf"(?<![\w<])@{re.escape(name)}(?![\w-])"
        text = re.sub(pattern, f"<@{user.id}|{user.handle}>", text)
    for channel in world.channels.values():
        if channel.kind == "channel" and f"#{channel.name}" in text:
            pattern = rf"(?<![\w<&])#{re.escape(channel.name)}(?![\w-])"
            text = re.sub(pattern, f"<#{channel.id}|{channel.name}>", text)
    return _URL.sub(lambda m: f"<{m.group(0)}>", text)


def slash_command(slack: Slack, user: User, command: Command, text: str, channel: Channel) -> Wire:
    """Return the form fields of a slash command."""
    world = slack.world
    hook = Hook(channel.id, user.id, slack.clock.monotonic())
    return {
        "token": TOKEN,
        "team_id": world.team_id,
        "team_domain": world.team["domain"],
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.handle,
        "command": command.name,
        "text": escape_command(world, text) if command.should_escape else text,
        "api_app_id": world.app_id,
        "is_enterprise_install": "false",
        "response_url": slack.issue_hook(hook, "commands"),
        "trigger_id": slack.issue_trigger(user.id),
    }


def message_action(
    slack: Slack, user: User, channel: Channel, message: Wire, action: Wire, *, values: Wire
) -> Wire:
    """Return block_actions of a press in a message, an ephemeral one too."""
    ephemeral = bool(message.get("is_ephemeral"))
    container: Wire = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    hook = Hook(channel.id, user.id, slack.clock.monotonic(), message["ts"], ephemeral)
    payload = {
        **common(slack, "block_actions", user),
        "container": container,
        "trigger_id": slack.issue_trigger(user.id),
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": values},
        "response_url": slack.issue_hook(hook, "actions"),
        "actions": [action],
    }
    if not ephemeral:
        payload["message"] = message
    return payload


def view_action(slack: Slack, user: User, opened: OpenView, action: Wire) -> Wire:
    """Return block_actions of a gesture in a modal or a home tab."""
    return {
        **common(slack, "block_actions", user),
        "container": {"type": "view", "view_id": opened.id},
        "trigger_id": slack.issue_trigger(user.id, opened.id),
        "view": opened.payload(),
        "actions": [action],
    }


def submission(slack: Slack, user: User, opened: OpenView) -> Wire:
    """Return view_submission."""
    return {
        **common(slack, "view_submission", user),
        "trigger_id": slack.issue_trigger(user.id, opened.id),
        "view": opened.payload(),
        "response_urls": [],
    }


def closed(slack: Slack, user: User, opened: OpenView, *, cleared: bool) -> Wire:
    """Return view_closed."""
    return {
        **common(slack, "view_closed", user),
        "view": opened.payload(),
        "is_cleared": cleared,
    }


def suggestion(
    slack: Slack, user: User, block_id: str, action_id: str, *, typed: str, place: OpenView
) -> Wire:
    """Return block_suggestion of an external select in a view or a message."""
    payload = {
        **common(slack, "block_suggestion", user),
        "action_id": action_id,
        "block_id": block_id,
        "value": typed,
    }
    payload["container"] = {"type": "view", "view_id": place.id}
    payload["view"] = place.payload()
    return payload


def global_shortcut(slack: Slack, user: User, callback_id: str) -> Wire:
    """Return a global shortcut: no channel, no response_url."""
    made = common(slack, "shortcut", user)
    made.pop("api_app_id")
    made["user"].pop("name")
    return {
        **made,
        "action_ts": slack.clock.stamp(),
        "callback_id": callback_id,
        "trigger_id": slack.issue_trigger(user.id),
    }


def message_shortcut(
    slack: Slack, user: User, callback_id: str, channel: Channel, message: Wire
) -> Wire:
    """Return a shortcut on a message."""
    hook = Hook(channel.id, user.id, slack.clock.monotonic())
    made = common(slack, "message_action", user)
    made.pop("api_app_id")
    made["user"].pop("username")
    return {
        **made,
        "action_ts": slack.clock.stamp(),
        "callback_id": callback_id,
        "trigger_id": slack.issue_trigger(user.id),
        "response_url": slack.issue_hook(hook, "app"),
        "message_ts": message["ts"],
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": {k: v for k, v in message.items() if k != "metadata"},
    }


def home_opened(slack: Slack, user: User, tab: str) -> Wire:
    """Return the app_home_opened event; the view is absent at first."""
    event: Wire = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": slack.world.direct((user.id,)).id,
        "tab": tab,
        "event_ts": slack.clock.stamp(),
    }
    opened = slack.homes.get(user.id)
    if opened is not None and tab == "home":
        event["view"] = opened.payload()
    return event
