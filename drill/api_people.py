"""Methods about the workspace and its people."""

from __future__ import annotations

from typing import Any

from drill.access import page, whole
from drill.core import Slack
from drill.errors import SlackError
from drill.world import user_wire

Wire = dict[str, Any]


def auth_test(slack: Slack, _args: Wire) -> Wire:
    """Answer auth.test."""
    world = slack.world
    return {
        "ok": True,
        "url": f"https://{world.team['domain']}.slack.com/",
        "team": world.team["name"],
        "user": world.users[world.bot_user_id].handle,
        "team_id": world.team_id,
        "user_id": world.bot_user_id,
        "bot_id": world.bot_id,
        "is_enterprise_install": False,
    }


def team_info(slack: Slack, args: Wire) -> Wire:
    """Answer team.info."""
    team = slack.world.teams.get(str(args.get("team") or slack.world.team_id))
    if team is None:
        raise SlackError("team_not_found")
    wire = {
        "id": team["id"],
        "name": team["name"],
        "url": f"https://{team['domain']}.slack.com/",
        "domain": team["domain"],
        "email_domain": "",
        "icon": {},
        "avatar_base_url": "",
        "is_verified": False,
    }
    return {"ok": True, "team": wire}


def connections_open(slack: Slack, _args: Wire) -> Wire:
    """Answer apps.connections.open."""
    if not slack.manifest.socket_mode and slack.settings.mode != "socket":
        raise SlackError("socket_mode_not_enabled")
    return {"ok": True, "url": slack.socket_url()}


def user_info(slack: Slack, args: Wire) -> Wire:
    """Answer users.info."""
    user = slack.world.users.get(str(args["user"]))
    if user is None:
        raise SlackError("user_not_found")
    return {"ok": True, "user": user_wire(user, slack.world, with_email=_may_read_email(slack))}


def _may_read_email(slack: Slack) -> bool:
    return slack.scopes_allow(("users:read.email",))


def user_list(slack: Slack, args: Wire) -> Wire:
    """Answer users.list."""
    visible = [
        user
        for user in slack.world.users.values()
        if not user.is_outside or any(user.id in c.members for c in slack.world.channels.values())
    ]
    shown, following = page(visible, args, whole(args, "limit", 200, 1000) or 200)
    email = _may_read_email(slack)
    return {
        "ok": True,
        "members": [user_wire(user, slack.world, with_email=email) for user in shown],
        "cache_ts": int(slack.clock.business().timestamp()),
        "response_metadata": {"next_cursor": following},
    }


def lookup_by_email(slack: Slack, args: Wire) -> Wire:
    """Answer users.lookupByEmail: deactivated and invisible people are not found."""
    wanted = str(args["email"]).lower()
    for user in slack.world.users.values():
        if user.email.lower() == wanted and wanted and user.kind != "deactivated":
            return {"ok": True, "user": user_wire(user, slack.world, with_email=True)}
    raise SlackError("users_not_found")
