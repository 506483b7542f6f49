"""The workspace: teams, people, channels, messages. Plain state, no rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from drill.clock import DrillClock
from drill.errors import DrillRefusal
from drill.ids import Ids

Wire = dict[str, Any]

KINDS = ("member", "admin", "guest", "single_channel_guest", "deactivated", "bot", "outside")


@dataclass(slots=True)
class User:
    """One account of a person (or a bot) in a workspace."""

    id: str
    team_id: str
    handle: str
    real_name: str
    email: str
    time_zone: str = "UTC"
    kind: str = "member"
    title: str = ""

    @property
    def is_outside(self) -> bool:
        """Tell whether the person belongs to another organisation."""
        return self.kind == "outside"


@dataclass(slots=True)
class Channel:
    """A channel, a direct message or a group direct message, with all that was said in it."""

    id: str
    name: str
    kind: str = "channel"
    is_private: bool = False
    is_general: bool = False
    archived: bool = False
    created: int = 0
    creator: str = ""
    topic: Wire = field(default_factory=lambda: {"value": "", "creator": "", "last_set": 0})
    purpose: Wire = field(default_factory=lambda: {"value": "", "creator": "", "last_set": 0})
    members: dict[str, None] = field(default_factory=dict)
    shared_teams: list[str] = field(default_factory=list)
    messages: dict[str, Wire] = field(default_factory=dict)
    pins: list[Wire] = field(default_factory=list)
    bookmarks: list[Wire] = field(default_factory=list)
    read_up_to: dict[str, str] = field(default_factory=dict)
    previous_names: list[str] = field(default_factory=list)
    ephemerals: list[Wire] = field(default_factory=list)

    @property
    def is_ext_shared(self) -> bool:
        """Tell whether people of another organisation are in the channel."""
        return bool(self.shared_teams)


@dataclass(slots=True)
class World:
    """Everything the workspace holds."""

    team: Wire
    clock: DrillClock
    ids: Ids
    teams: dict[str, Wire] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    app_id: str = "A0DRILL001"
    bot_id: str = "B0DRILL001"
    bot_user_id: str = "U0DRILLBOT"
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def team_id(self) -> str:
        """Return the id of the workspace the app is installed in."""
        return str(self.team["id"])

    def person(self, who: str) -> User:
        """Return a user by id, handle, seed key, e-mail or real name.

        Raises:
            DrillRefusal: there is nobody of that name.
        """
        direct = self.users.get(who) or self.users.get(self.keys.get(who, ""))
        if direct is not None:
            return direct
        for user in self.users.values():
            if who in (user.handle, user.email, user.real_name):
                return user
        raise DrillRefusal(f"Nobody here is called {who!r}.")

    def channel_named(self, name: str) -> Channel:
        """Return a channel by id or by name.

        Raises:
            DrillRefusal: there is no such channel.
        """
        found = self.channels.get(name)
        if found is not None:
            return found
        wanted = name.removeprefix("#")
        for channel in self.channels.values():
            if channel.kind == "channel" and channel.name == wanted:
                return channel
        raise DrillRefusal(f"There is no channel {name!r}.")

    def direct(self, user_ids: tuple[str, ...]) -> Channel:
        """Return the direct message of these users and the bot, opened if need be."""
        members = {self.bot_user_id: None} | dict.fromkeys(user_ids)
        kind = "im" if len(user_ids) == 1 else "mpim"
        for channel in self.channels.values():
            if channel.kind == kind and channel.members.keys() == members.keys():
                return channel
        channel = Channel(
            id=self.ids.make("D" if kind == "im" else "G"),
            name="directmessage" if kind == "im" else f"mpdm-{self.ids.number()}",
            kind=kind,
            is_private=True,
            created=int(self.clock.business().timestamp()),
            creator=self.bot_user_id,
            members=members,
        )
        self.channels[channel.id] = channel
        return channel


def user_wire(user: User, world: World, *, with_email: bool) -> Wire:
    """Return a user object as users.info gives it."""
    local = world.clock.business().astimezone(ZoneInfo(user.time_zone))
    shift = local.utcoffset()
    profile: Wire = {
        "title": user.title,
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.real_name,
        "display_name_normalized": user.real_name,
        "status_text": "",
        "status_emoji": "",
        "team": user.team_id,
    }
    if with_email and user.email and user.kind != "bot":
        profile["email"] = user.email
    if user.kind == "bot":
        profile["bot_id"] = world.bot_id
        profile["api_app_id"] = world.app_id
    is_guest = user.kind in ("guest", "single_channel_guest")
    return {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.handle,
        "deleted": user.kind == "deactivated",
        "color": "9f69e7",
        "real_name": user.real_name,
        "tz": user.time_zone,
        "tz_label": local.tzname() or user.time_zone,
        "tz_offset": int(shift.total_seconds()) if shift is not None else 0,
        "profile": profile,
        "is_admin": user.kind == "admin",
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": is_guest,
        "is_ultra_restricted": user.kind == "single_channel_guest",
        "is_bot": user.kind == "bot",
        "is_app_user": False,
        "is_stranger": user.is_outside and not _shares_a_channel(user, world),
        "updated": 1_700_000_000,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }


def _shares_a_channel(user: User, world: World) -> bool:
    return any(user.id in c.members and c.is_ext_shared for c in world.channels.values())


def channel_wire(channel: Channel, world: World, viewer: str) -> Wire:
    """Return a conversation object as conversations.info gives it."""
    if channel.kind == "im":
        return _direct_wire(channel, world)
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": False,
        "is_im": False,
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.is_private,
        "created": channel.created,
        "creator": channel.creator,
        "is_archived": channel.archived,
        "is_general": channel.is_general,
        "unlinked": 0,
        "name_normalized": channel.name,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "shared_team_ids": [world.team_id, *channel.shared_teams],
        "connected_team_ids": list(channel.shared_teams),
        "internal_team_ids": [world.team_id],
        "context_team_id": world.team_id,
        "conversation_host_id": world.team_id,
        "is_member": viewer in channel.members,
        "is_frozen": False,
        "is_read_only": False,
        "is_thread_only": False,
        "is_non_threadable": False,
        "updated": channel.created * 1000,
        "topic": channel.topic,
        "purpose": channel.purpose,
        "previous_names": channel.previous_names,
        "priority": 0,
    }


def _direct_wire(channel: Channel, world: World) -> Wire:
    other = next((m for m in channel.members if m != world.bot_user_id), "")
    return {
        "id": channel.id,
        "created": channel.created,
        "is_archived": False,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": world.team_id,
        "user": other,
        "is_user_deleted": False,
        "is_open": True,
        "priority": 0,
    }
