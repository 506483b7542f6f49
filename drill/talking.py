"""What people write, change, delete; whom they invite; how accounts and shares change."""

from __future__ import annotations

import re
from typing import Any

from drill.api_channels import set_archived
from drill.core import Slack
from drill.errors import DrillRefusal
from drill.interact import Acting
from drill.membership import add_member, drop_member
from drill.payloads import escape_command
from drill.posting import change, person_message, remove, store, unpin
from drill.world import KINDS, Channel, User, user_wire

Wire = dict[str, Any]

_NAMED = re.compile(r"<([@#])(\w+)\|[^>]*>")


class Talking:
    """Act in channels."""

    def __init__(self, slack: Slack, acting: Acting) -> None:
        self.slack = slack
        self.acting = acting

    def say(
        self, who: str, channel: str | None, text: str, thread: str = "", *,
        broadcast: bool = False, file: str = "",
    ) -> Wire:  # fmt: skip
        """Write a message, or a reply in a thread; with a file of this name, if one is given."""
        user = self.acting.actor(who)
        place = self._open_place(user, channel)
        words = _NAMED.sub(r"<\1\2>", escape_command(self.slack.world, text))
        message = person_message(self.slack, user, words)
        if thread:
            if thread not in place.messages:
                raise DrillRefusal(f"There is no message {thread} in {place.name}.")
            message["thread_ts"] = place.messages[thread].get("thread_ts", thread)
            if broadcast:
                message["subtype"] = "thread_broadcast"
        if file:
            message["subtype"] = "file_share"
            message["files"] = [{"id": self.slack.world.ids.make("F"), "name": file}]
        store(self.slack, place, message)
        bot = self.slack.world.bot_user_id
        if f"<@{bot}>" in words:
            mention = {**message, "type": "app_mention", "channel": place.id}
            self.slack.emit("app_mention", {**mention, "event_ts": message["ts"]}, place)
        return message

    def _open_place(self, user: User, channel: str | None) -> Channel:
        place = self.acting.place(user, channel)
        if place.archived:
            raise DrillRefusal(f"{place.name} is archived; nobody can write there.")
        return place

    def _own(self, user: User, channel: str | None, ts: str) -> tuple[Channel, Wire]:
        place = self._open_place(user, channel)
        message = place.messages.get(ts)
        if message is None or message.get("user") != user.id:
            raise DrillRefusal(f"{user.real_name} wrote no message {ts} in {place.name}.")
        return place, message

    def edit(self, who: str, channel: str | None, ts: str, text: str) -> Wire:
        """Change one's own message."""
        user = self.acting.actor(who)
        place, message = self._own(user, channel, ts)
        change(self.slack, place, message, {"text": text}, user.id)
        return message

    def delete(self, who: str, channel: str | None, ts: str) -> None:
        """Delete one's own message."""
        user = self.acting.actor(who)
        place, message = self._own(user, channel, ts)
        remove(self.slack, place, message)

    def remove(self, who: str, channel: str | None, ts: str) -> None:
        """Delete a message of the app's, as an administrator may."""
        place = self.acting.place(self.acting.actor(who), channel)
        remove(self.slack, place, place.messages[ts])

    def unpin(self, who: str, channel: str | None, ts: str) -> None:
        """Take the pin off a message."""
        user = self.acting.actor(who)
        place = self.acting.place(user, channel)
        unpin(self.slack, place, place.messages[ts], user.id)

    def invite(self, who: str, channel: str, other: str) -> None:
        """Invite somebody else into a channel."""
        user = self.acting.actor(who)
        place = self._open_place(user, channel)
        guest = self.slack.world.person(other)
        if guest.is_outside and guest.team_id not in place.shared_teams:
            raise DrillRefusal(f"{place.name} is not shared with {guest.real_name}'s team.")
        if guest.id not in place.members:
            add_member(self.slack, place, guest.id, inviter=user.id)

    def leave(self, who: str, channel: str) -> None:
        """Leave a channel."""
        user = self.acting.actor(who)
        drop_member(self.slack, self.acting.place(user, channel), user.id)

    def kick(self, who: str, channel: str, other: str) -> None:
        """Remove somebody (the app too) from a channel."""
        place = self.acting.place(self.acting.actor(who), channel)
        drop_member(self.slack, place, self.slack.world.person(other).id)

    def archive(self, who: str, channel: str) -> None:
        """Archive a channel by hand."""
        user = self.acting.actor(who)
        set_archived(self.slack, self._open_place(user, channel), user.id, archived=True)

    def share(self, channel: str, team_id: str, *, shared: bool) -> None:
        """Share a channel with another organisation, or end that."""
        place = self.slack.world.channel_named(channel)
        if shared and team_id not in place.shared_teams:
            place.shared_teams.append(team_id)
        elif not shared and team_id in place.shared_teams:
            place.shared_teams.remove(team_id)
        name = "channel_shared" if shared else "channel_unshared"
        event: dict[str, object] = {
            "type": name,
            "connected_team_id": team_id,
            "channel": place.id,
            "event_ts": self.slack.clock.stamp(),
        }
        if not shared:
            event["previously_connected_team_id"] = event.pop("connected_team_id")
            event["is_ext_shared"] = bool(place.shared_teams)
        self.slack.emit(name, event, place)
        self.slack.touch()

    def set_kind(self, who: str, kind: str) -> None:
        """Change an account: deactivate it, make it a guest, ..."""
        user = self.slack.world.person(who)
        if kind not in KINDS:
            raise DrillRefusal(f"No account is of kind {kind!r}; there are {KINDS}.")
        user.kind = kind
        if kind == "deactivated":
            for channel in self.slack.world.channels.values():
                if channel.kind == "channel":
                    channel.members.pop(user.id, None)
        self._announce("user_change", user)

    def hire(self, key: str, name: str, email: str, time_zone: str = "UTC") -> User:
        """Let a new person join the workspace."""
        world = self.slack.world
        user = User(world.ids.make("U"), world.team_id, key, name, email, time_zone)
        world.users[user.id] = user
        world.keys[key] = user.id
        self._announce("team_join", user)
        return user

    def populate(self, count: int) -> None:
        """Have so many more people in the workspace, listed before everybody; nobody is told."""
        world = self.slack.world
        made = (world.ids.make("U") for _ in range(count))
        more = {
            each: User(
                each, world.team_id, each.lower(), f"Person {each}", f"{each}@vendor.example"
            )
            for each in made
        }
        world.users = {**more, **world.users}

    def _announce(self, name: str, user: User) -> None:
        stamp = self.slack.clock.stamp()
        event = {
            "type": name,
            "user": user_wire(
                user, self.slack.world, with_email=self.slack.scopes_allow(("users:read.email",))
            ),
            "cache_ts": int(float(stamp)),
            "event_ts": stamp,
        }
        self.slack.emit(name, event, None)
        self.slack.touch()
