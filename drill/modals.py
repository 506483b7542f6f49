"""Views as people have them open: the stack of three, hashes, external ids, home tabs."""

from __future__ import annotations

from typing import Any

from drill.blocks import require_view
from drill.core import OpenView, Slack
from drill.errors import SlackError
from drill.state import start_values
from drill.walking import fill_ids

Wire = dict[str, Any]

STACK_MOST = 3


def fresh_hash(slack: Slack) -> str:
    """Return the hash of a view just written."""
    return f"{int(slack.clock.business().timestamp())}.{slack.world.ids.secret()[:8]}"


def make_view(slack: Slack, view: Wire, user_id: str, previous: OpenView | None) -> OpenView:
    """Return a view with the fields Slack adds."""
    world = slack.world
    _require_free(slack, view, None)
    view_id = world.ids.make("V")
    wire: Wire = {
        "id": view_id,
        "team_id": world.users[user_id].team_id,
        "app_id": world.app_id,
        "app_installed_team_id": world.team_id,
        "bot_id": world.bot_id,
        "previous_view_id": previous.id if previous else None,
        "root_view_id": previous.wire["root_view_id"] if previous else view_id,
    }
    wire.update(_written(slack, view))
    opened = OpenView(wire, user_id)
    opened.values = start_values(wire["blocks"])
    return opened


def _written(slack: Slack, view: Wire) -> Wire:
    title = {"type": "plain_text", "text": "View Title", "emoji": True}
    return {
        "type": view["type"],
        "title": view.get("title", title),
        "blocks": fill_ids(view["blocks"], slack.world.ids),
        "close": view.get("close"),
        "submit": view.get("submit"),
        "private_metadata": view.get("private_metadata") or "",
        "callback_id": view.get("callback_id") or "",
        "external_id": view.get("external_id") or "",
        "state": {"values": {}},
        "hash": fresh_hash(slack),
        "clear_on_close": bool(view.get("clear_on_close")),
        "notify_on_close": bool(view.get("notify_on_close")),
    }


def _require_free(slack: Slack, view: Wire, own: OpenView | None) -> None:
    wanted = view.get("external_id")
    if not wanted:
        return
    for other in slack.views_open():
        if other is not own and other.wire["external_id"] == wanted:
            raise SlackError("duplicate_external_id")


def rewrite(slack: Slack, opened: OpenView, view: Wire) -> None:
    """Replace what a view shows, keeping what was typed under the same ids."""
    _require_free(slack, view, opened)
    opened.wire = {**opened.wire, **_written(slack, view)}
    opened.values = start_values(opened.wire["blocks"], opened.values)
    opened.errors = {}
    opened.banner = ""
    slack.touch()


def open_modal(slack: Slack, view: Wire, user_id: str) -> OpenView:
    """Put a modal before a person; one that was open gives way."""
    opened = make_view(slack, view, user_id, None)
    slack.stacks[user_id] = [opened]
    slack.touch()
    return opened


def push_modal(slack: Slack, view: Wire, user_id: str) -> OpenView:
    """Put a modal on top of the one that is open.

    Raises:
        SlackError: ``push_limit_reached`` at three, ``not_found`` when none is open.
    """
    stack = slack.stacks.get(user_id, [])
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= STACK_MOST:
        raise SlackError("push_limit_reached")
    opened = make_view(slack, view, user_id, stack[-1])
    stack.append(opened)
    slack.touch()
    return opened


def require_modal(slack: Slack, view: object) -> Wire:
    """Return a modal that Slack accepts."""
    return require_view(view, ("modal",), slack.faults.lacks)


def require_home(slack: Slack, view: object) -> Wire:
    """Return a home tab that Slack accepts."""
    return require_view(view, ("home",), slack.faults.lacks)
