"""Reads from Slack who we are, who is who, and which shared channel belongs to which account.

It runs in a thread of its own, at start, on request and now and then. What it learned is kept in
the database, so that a start while Slack is down still knows everybody. Source: D24, D29.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from bot.clock import MachineClock
from bot.engine.bindings import Binding
from bot.engine.facts import Acquaintance, Facts, Identity
from bot.gateways.outcomes import Outcome, SlackCalls, Taken
from bot.rarely import Rarely
from bot.slack.tokens import refused_bot_token, why
from protocols.people.channels import ChannelFacts
from protocols.people.directory import channel_name
from store.db import Database
from store.faults import DATABASE_ERRORS, fault_of
from store.write import meta, people
from store.write.people import SlackUser

_log = logging.getLogger(__name__)


CALL_S = 8.0
AGAIN_S = 900.0
AFTER_FAILURE_S = 5.0
AFTER_REFUSAL_S = 30.0
PAGE = 200
PAGES_MOST = 200
CHANNELS = "slack_channels"
BINDINGS = "slack_bindings"


Wire = Mapping[str, Any]


class SlackDidNotSay(Exception):
    """Slack did not answer a question of the reader; it is asked again later."""


class TokenRefused(SlackDidNotSay):
    """Slack does not take the bot token; carries a sentence for whoever runs the program."""


class SlackReader:
    """Keeps what Slack knows of people and channels.

    Args:
        slack: A gateway that is not the courier's.
        database: Where what was learned is kept.
        facts: Is told what was learned.
        machine: Machine time.
        learned: Called after something was learned.
    """

    def __init__(
        self,
        slack: SlackCalls,
        database: Database,
        facts: Facts,
        machine: MachineClock,
        *,
        learned: Callable[[], None] = lambda: None,
    ) -> None:
        self._slack = slack
        self._database = database
        self._facts = facts
        self._machine = machine
        self._learned = learned
        self._rarely = Rarely(_log, machine)
        self._trouble: str | None = None
        self._is_refused = False
        self._asked = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="slack-reader", daemon=True)

    def recall(self) -> None:
        """Know what was known when the program last ran."""
        with self._database.read() as conn:
            identity = meta.get(conn, meta.IDENTITY) or {}
            channels = meta.get(conn, CHANNELS) or {}
            bindings = meta.get(conn, BINDINGS) or {}
            known = {person.slack_id: person for person in people.everyone(conn)}
        self._facts.learn(
            Acquaintance(
                Identity(**identity),
                known,
                {key: ChannelFacts(**value) for key, value in channels.items()},
                {key: Binding(**value) for key, value in bindings.items()},
            )
        )

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def ask(self) -> None:
        """Have everything read again soon."""
        self._asked.set()

    def stop(self) -> None:
        """Stop; a running call ends by its own limit."""
        self._stopping.set()
        self._asked.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=1)

    @property
    def trouble(self) -> str | None:
        """Return why Slack has not told who is who, in a sentence; None when it last did."""
        return self._trouble

    @property
    def is_refused(self) -> bool:
        """Say whether Slack, when it was last asked, did not take the bot token."""
        return self._is_refused

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._asked.wait(self._next_in_s())
            self._asked.clear()

    def _next_in_s(self) -> float:
        """Read once; return after how long to read again. This thread outlives every fault."""
        try:
            self.read()
        except TokenRefused as refused:
            self._is_refused = True
            return self._failed(str(refused), AFTER_REFUSAL_S)
        except SlackDidNotSay as silence:
            sentence = f"Slack was asked who is who and did not answer: {silence}."
            return self._failed(sentence, AFTER_FAILURE_S)
        except DATABASE_ERRORS as error:
            sentence = f"What Slack said could not be kept: the database says {fault_of(error)}."
            return self._failed(sentence, AFTER_FAILURE_S)
        except Exception:  # noqa: BLE001 - logged with its traceback
            _log.warning("what Slack said could not be kept", exc_info=True)
            return AFTER_FAILURE_S
        self._trouble, self._is_refused = None, False
        return AGAIN_S

    def _failed(self, sentence: str, wait_s: float) -> float:
        self._trouble = sentence
        if not self._stopping.is_set():
            self._rarely.say(logging.WARNING, sentence)
        return wait_s

    def read(self) -> None:
        """Read everything once, keep it, and tell the facts.

        Raises:
            SlackDidNotSay: A call had no usable answer; nothing was changed.
        """
        identity = self._identity()
        users = {person.slack_id: person for person in self._users(identity.team_id)}
        channels = self._channels(users, identity)
        before = self._facts.known.bindings
        self._facts.learn(Acquaintance(identity, users, channels, before, complete=True))
        with self._database.write() as conn:
            meta.put(conn, meta.IDENTITY, asdict(identity))
            meta.put(conn, CHANNELS, {key: asdict(value) for key, value in channels.items()})
            meta.merge(conn, BINDINGS, self._found())
            people.put(conn, users.values())
        self._learned()

    def _found(self) -> dict[str, dict[str, str]]:
        """Return who was found, as it is kept."""
        return {key: asdict(binding) for key, binding in self._facts.known.bindings.items()}

    def _identity(self) -> Identity:
        answer = self._call("auth.test", {})
        if not answer.get("team_id"):
            # Without our own workspace nobody could be told from a stranger. Source: D29.
            raise SlackDidNotSay("auth.test named no workspace")
        return Identity(
            team_id=str(answer.get("team_id") or ""),
            bot_user=str(answer.get("user_id") or ""),
            bot_id=str(answer.get("bot_id") or ""),
            team_url=str(answer.get("url") or ""),
        )

    def _users(self, team_id: str) -> Iterator[SlackUser]:
        for user in self._pages("users.list", {"limit": PAGE}, "members"):
            yield self.person_of(user, team_id)

    def person_of(self, user: Wire, team_id: str) -> SlackUser:
        """Return what is kept of a Slack user."""
        profile = user.get("profile") or {}
        name = profile.get("display_name") or user.get("real_name") or user.get("name") or "someone"
        return SlackUser(
            slack_id=str(user["id"]),
            team_id=str(user.get("team_id") or ""),
            email=profile.get("email") or None,
            name=str(profile.get("real_name") or name),
            zone=user.get("tz"),
            kind=kind_of(user, team_id),
            checked_at=self._machine.now(),
        )

    def _channels(self, users: dict[str, SlackUser], identity: Identity) -> dict[str, ChannelFacts]:
        wanted = {
            channel_name(account.shared_channel): account.key
            for account in self._facts.directory.accounts
            if account.active and account.shared_channel
        }
        found: dict[str, ChannelFacts] = {}
        if not wanted:
            return found
        asked = {"limit": PAGE, "types": "public_channel,private_channel", "exclude_archived": True}
        listed = list(self._pages("users.conversations", asked, "channels"))
        for channel in listed:
            keys = {wanted[name] for name in _names(channel) if name in wanted}
            if len(keys) > 1:
                # Named by id for one and by name for the other: it is neither's. Source: D24.
                _log.warning("one channel is named for several accounts: %s", sorted(keys))
            if len(keys) == 1:
                found[keys.pop()] = self._facts_of(channel, users, identity)
        for key, channel in self._renamed(listed, wanted, found):
            found[key] = self._facts_of(channel, users, identity)
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

    def _facts_of(
        self, channel: Wire, users: dict[str, SlackUser], identity: Identity
    ) -> ChannelFacts:
        return ChannelFacts(
            channel_id=str(channel["id"]),
            name=str(channel.get("name") or ""),
            is_ext_shared=bool(channel.get("is_ext_shared")),
            bot_is_member=True,
            outside_count=len(self._strangers(str(channel["id"]), users, identity)),
        )

    def _strangers(
        self, channel_id: str, users: dict[str, SlackUser], identity: Identity
    ) -> list[str]:
        """Return who in a channel is not of our team, learning the ones we had not met."""
        strangers = []
        for member in self._pages(
            "conversations.members", {"channel": channel_id, "limit": PAGE}, "members"
        ):
            user_id = str(member)
            if user_id not in users:
                answer = self._call("users.info", {"user": user_id})
                users[user_id] = self.person_of(answer["user"], identity.team_id)
            if users[user_id].kind == "stranger":
                strangers.append(user_id)
        return strangers

    def meet(self, user_id: str) -> SlackUser | None:
        """Ask Slack about one user; None when it does not know them.

        Raises:
            SlackDidNotSay: The call had no usable answer.
        """
        answer = self._call("users.info", {"user": user_id})
        user = answer.get("user")
        if not isinstance(user, Mapping):
            return None
        person = self.person_of(user, self._facts.known.identity.team_id)
        self.keep(person)
        return person

    def keep(self, person: SlackUser) -> None:
        """Keep what was learned of one user."""
        self._facts.learn_people([person])
        with self._database.write() as conn:
            people.put(conn, [person])
            meta.merge(conn, BINDINGS, self._found())

    def _pages(self, method: str, asked: dict[str, object], field: str) -> Iterator[Any]:
        cursor = ""
        for _ in range(PAGES_MOST):
            page = {**asked, "cursor": cursor} if cursor else asked
            answer = self._call(method, page)
            yield from answer.get(field) or ()
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return

    def _call(self, method: str, payload: Mapping[str, object]) -> Wire:
        outcome: Outcome = self._slack.call(method, payload, deadline_s=CALL_S)
        if not isinstance(outcome, Taken):
            if (refused := refused_bot_token(outcome)) is not None:
                raise TokenRefused(refused)
            raise SlackDidNotSay(f"{method}: {why(outcome)}")
        return outcome.result


def _names(channel: Wire) -> set[str]:
    """Return what a directory may call a channel: its id, or its name."""
    return {channel_name(str(channel.get(part))) for part in ("id", "name")}


def kind_of(user: Wire, team_id: str) -> str:
    """Return what a Slack user is: member, guest, stranger, bot, deactivated, or unknown.

    Unknown is who cannot be told from a stranger: their workspace or ours is not known. D29.
    """
    if user.get("deleted"):
        return "deactivated"
    if user.get("is_bot") or user.get("id") == "USLACKBOT" or user.get("is_app_user"):
        return "bot"
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return "guest"
    theirs = str(user.get("team_id") or "")
    if user.get("is_stranger") or (theirs and team_id and theirs != team_id):
        return "stranger"
    return "member" if theirs and team_id else "unknown"
