"""The views.* methods."""

from __future__ import annotations

import json
from typing import Any

from drill.core import OpenView, Slack
from drill.errors import SlackError, invalid_arguments
from drill.modals import make_view, open_modal, push_modal, require_home, require_modal, rewrite

Wire = dict[str, Any]


def _view(args: Wire) -> object:
    view = args["view"]
    if isinstance(view, str):
        try:
            return json.loads(view)
        except ValueError:
            raise invalid_arguments("must be valid JSON [json-pointer:/view]") from None
    return view


def _answer(opened: OpenView) -> Wire:
    return {"ok": True, "view": opened.payload()}


def open_view(slack: Slack, args: Wire) -> Wire:
    """views.open."""
    view = require_modal(slack, _view(args))
    trigger = slack.take_trigger(args.get("trigger_id") or args.get("interactivity_pointer"))
    return _answer(open_modal(slack, view, trigger.user_id))


def push_view(slack: Slack, args: Wire) -> Wire:
    """views.push: only from a gesture inside an open modal."""
    view = require_modal(slack, _view(args))
    trigger = slack.take_trigger(args.get("trigger_id") or args.get("interactivity_pointer"))
    stack = slack.stacks.get(trigger.user_id, [])
    if not any(opened.id == trigger.view_id for opened in stack):
        raise SlackError("not_found" if trigger.view_id else "invalid_trigger_id")
    return _answer(push_modal(slack, view, trigger.user_id))


def update_view(slack: Slack, args: Wire) -> Wire:
    """views.update, by id or by external id, against a hash if one is given."""
    view_id, external_id = args.get("view_id"), args.get("external_id")
    if not view_id and not external_id:
        raise invalid_arguments("missing required field: view_id")
    for opened in slack.views_open():
        if opened.id == view_id or (external_id and opened.wire["external_id"] == external_id):
            break
    else:
        raise SlackError("not_found")
    kind = opened.wire["type"]
    require = require_modal if kind == "modal" else require_home
    view = require(slack, _view(args))
    _require_hash(opened, args)
    rewrite(slack, opened, view)
    return _answer(opened)


def _require_hash(opened: OpenView, args: Wire) -> None:
    if args.get("hash") and args["hash"] != opened.wire["hash"]:
        raise SlackError("hash_conflict")


def publish_view(slack: Slack, args: Wire) -> Wire:
    """views.publish: one person's home tab."""
    if not slack.manifest.home_enabled:
        raise SlackError("not_enabled")
    user_id = str(args["user_id"])
    user = slack.world.users.get(user_id)
    if user is None or user.kind == "bot":
        raise invalid_arguments("invalid `user_id` [json-pointer:/user_id]")
    view = require_home(slack, _view(args))
    opened = slack.homes.get(user_id)
    if opened is None:
        opened = make_view(slack, view, user_id, None)
        slack.homes[user_id] = opened
        slack.touch()
    else:
        _require_hash(opened, args)
        rewrite(slack, opened, view)
    return _answer(opened)
