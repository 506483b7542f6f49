"""A workspace as a seed file describes it."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from drill.clock import DrillClock
from drill.errors import DrillRefusal
from drill.ids import Ids
from drill.world import KINDS, Channel, User, World

_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_seed(world: str | Path) -> dict[str, Any]:
    """Read a seed by the name of a world that comes with the drill, or by path."""
    path = Path(world)
    if path.suffix:
        text = path.read_text(encoding="utf-8")
    else:
        shipped = resources.files("drill").joinpath("worlds", f"{world}.yaml")
        text = shipped.read_text(encoding="utf-8")
    seed = yaml.load(text, _FAST)  # noqa: S506 - as safe_load, which is written in Python
    if not isinstance(seed, dict):
        raise DrillRefusal(f"{world} is not a world: its top level is not a mapping.")
    return seed


def build_world(seed: dict[str, Any], bot_name: str, clock: DrillClock) -> World:
    """Build the workspace: teams, users, the bot, channels."""
    world = World(team=dict(seed["team"]), clock=clock, ids=Ids())
    for team in [seed["team"], *seed.get("outside_teams", [])]:
        world.teams[team["id"]] = dict(team)
    for entry in seed.get("users", []):
        _add_user(world, entry)
    handle = bot_name.lower().replace(" ", "-")
    world.users[world.bot_user_id] = User(
        world.bot_user_id, world.team_id, handle, bot_name, "", kind="bot"
    )
    for entry in seed.get("channels", []):
        _add_channel(world, entry)
    return world


def _add_user(world: World, entry: dict[str, Any]) -> None:
    kind = entry.get("kind", "member")
    if kind not in KINDS:
        raise DrillRefusal(f"User {entry['key']}: kind {kind!r} is none of {', '.join(KINDS)}.")
    user = User(
        id=entry.get("id") or world.ids.make("U"),
        team_id=entry.get("team", world.team_id),
        handle=entry.get("handle", entry["key"]),
        real_name=entry["name"],
        email=entry.get("email", ""),
        time_zone=entry.get("time_zone", "UTC"),
        kind=kind,
        title=entry.get("title", ""),
    )
    world.users[user.id] = user
    world.keys[entry["key"]] = user.id


def _add_channel(world: World, entry: dict[str, Any]) -> None:
    if entry.get("members") == "everyone":
        inside = [u for u in world.users.values() if u.kind in ("member", "admin")]
        members = dict.fromkeys(u.id for u in inside)
    else:
        members = dict.fromkeys(world.person(m).id for m in entry.get("members", []))
    if entry.get("bot"):
        members[world.bot_user_id] = None
    channel = Channel(
        id=entry.get("id") or world.ids.make("C"),
        name=entry["name"],
        is_private=bool(entry.get("private")),
        is_general=bool(entry.get("general")),
        created=int(world.clock.business().timestamp()),
        creator=next(iter(members), ""),
        members=members,
        shared_teams=list(entry.get("shared_with", [])),
    )
    world.channels[channel.id] = channel
