"""Which channel is which account's or team's, and how many outsiders read it. Source: D24; M26.

A channel whose members cannot be read keeps what was known of it; the others are read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.engine.facts import Facts
from bot.slack.asking import Asking, SlackDidNotSay, TokenRefused, Wire
from bot.slack.users import person_of
from protocols.people.channels import ChannelFacts, team_key
from protocols.people.directory import channel_name
from store.write.people import SlackUser

_log = logging.getLogger(__name__)

PAGE = 200
STRANGER_AGAIN = timedelta(hours=6)
"""After how long it is asked again who someone from outside is."""


class SharedChannels:
    """Reads the channels of the directory's accounts.

    Args:
        asking: Asks Slack.
        facts: Knows the directory, and what was known before.
        now: Machine time.
        said: Told, in a sentence, what could not be read.
    """

    def __init__(
        self,
        asking: Asking,
        facts: Facts,
        now: Callable[[], datetime],
        said: Callable[[str], None],
    ) -> None:
        self._asking = asking
        self._facts = facts
        self._now = now
        self._said = said

    def found(self) -> dict[str, ChannelFacts]:
        """Return each account's channel, with the outsiders that were counted before.

        Raises:
            SlackDidNotSay: The list was not given to its end.
        """
        directory = self._facts.directory
        wanted = {
            channel_name(team.channel): team_key(team.channel)
            for team in directory.teams
            if team.channel
        }
        wanted |= {
            channel_name(account.shared_channel): account.key
            for account in directory.accounts
            if account.active and account.shared_channel
        }
        if not wanted:
            return {}
        asked = {"limit": PAGE, "types": "public_channel,private_channel", "exclude_archived": True}
        listed: list[Wire] = self._asking.every("users.conversations", asked, "channels")
        found: dict[str, ChannelFacts] = {}
        for channel in listed:
            keys = {wanted[name] for name in _names(channel) if name in wanted}
            if len(keys) > 1:
                # Named by id for one and by name for the other: it is neither's. Source: D24.
                _log.warning("one channel is named for several accounts: %s", sorted(keys))
            if len(keys) == 1:
                found[keys.pop()] = self._facts_of(channel)
        for key, channel in self._renamed(listed, wanted, found):
            found[key] = self._facts_of(channel)
        return found

    def _renamed(
        self, listed: list[Wire], wanted: Mapping[str, str], found: Mapping[str, ChannelFacts]
    ) -> Iterator[tuple[str, Wire]]:
        """Yield the channels that were an account's, are called otherwise now, and nobody else's.

        A channel keeps its identity under every name, and so do the people in it.
        """
        by_id = {str(channel.get("id")): channel for channel in listed}
        taken = {facts.channel_id for facts in found.values()}
        for key in sorted(set(wanted.values()) - found.keys()):
            known = self._facts.known.channels.get(key)
            channel = by_id.get(known.channel_id) if known is not None else None
            if channel is None or str(channel["id"]) in taken or _names(channel) & wanted.keys():
                continue
            _log.warning(
                "the shared channel of %s is called %s now; write that, or %s, in the directory",
                key,
                channel.get("name"),
                channel["id"],
            )
            yield key, channel

    def _facts_of(self, channel: Wire) -> ChannelFacts:
        before = {each.channel_id: each for each in self._facts.known.channels.values()}
        known = before.get(str(channel["id"]))
        return ChannelFacts(
            channel_id=str(channel["id"]),
            name=str(channel.get("name") or ""),
            is_ext_shared=bool(channel.get("is_ext_shared")),
            bot_is_member=True,
            outside_count=known.outside_count if known is not None else 0,
        )

    def counted(self, channel: ChannelFacts, met: dict[str, SlackUser]) -> ChannelFacts:
        """Return a channel with how many outsiders are in it; who was not met is added to `met`.

        Raises:
            TokenRefused: Slack does not take the token.
        """
        asked = {"channel": channel.channel_id, "limit": PAGE}
        try:
            members = self._asking.every("conversations.members", asked, "members")
            kinds = [self._person(str(each), met).kind for each in members]
        except TokenRefused:
            raise
        except SlackDidNotSay as silence:
            self._said(f"Who is in #{channel.name} was not said: {silence}.")
            return channel
        return replace(channel, outside_count=kinds.count("stranger"))

    def _person(self, user_id: str, met: dict[str, SlackUser]) -> SlackUser:
        known = met.get(user_id) or self._facts.known.people.get(user_id)
        if known is not None and not self._is_to_ask(known):
            return known
        answer = self._asking.call("users.info", {"user": user_id})
        met[user_id] = person_of(answer["user"], self._facts.known.identity.team_id, self._now())
        return met[user_id]

    def _is_to_ask(self, known: SlackUser) -> bool:
        return known.kind == "stranger" and self._now() - known.checked_at > STRANGER_AGAIN


def _names(channel: Wire) -> set[str]:
    """Return what a directory may call a channel: its id, or its name."""
    return {channel_name(str(channel.get(part))) for part in ("id", "name")}
