"""Reads from Slack who we are, who is who, and which shared channel belongs to which account.

It runs in a thread of its own, at start, on request and now and then. What it learned is kept in
the database, so that a start while Slack is down still knows everybody. Source: D24, D29.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace

from bot.clock import MachineClock
from bot.engine.bindings import Binding
from bot.engine.facts import Acquaintance, Facts, Identity
from bot.gateways.outcomes import SlackCalls
from bot.rarely import Rarely
from bot.slack.asking import Asking, SlackDidNotSay, TokenRefused, Wire
from bot.slack.roll import Roll
from bot.slack.shared_channels import SharedChannels
from bot.slack.users import person_of
from protocols.people.channels import ChannelFacts
from store.db import Database
from store.faults import DATABASE_ERRORS, fault_of
from store.write import meta, people
from store.write.people import SlackUser

_log = logging.getLogger(__name__)


AGAIN_S = 900.0
AFTER_FAILURE_S = 5.0
AFTER_REFUSAL_S = 30.0
TOLD_AFTER_S = 15.0
"""After how long it is told which channel is whose, though not all of their people are known."""
CHANNELS = "slack_channels"
BINDINGS = "slack_bindings"


class SlackReader:
    """Keeps what Slack knows of people and channels.

    Args:
        slack: A gateway that is not the courier's.
        database: Where what was learned is kept.
        facts: Is told what was learned.
        machine: Machine time.
        learned: Called after something was learned.
        wait: Waits so many seconds, and says whether the program ends meanwhile.
    """

    def __init__(
        self,
        slack: SlackCalls,
        database: Database,
        facts: Facts,
        machine: MachineClock,
        *,
        learned: Callable[[], None] = lambda: None,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        self._database = database
        self._facts = facts
        self._machine = machine
        self._learned = learned
        self._rarely = Rarely(_log, machine)
        self._trouble: str | None = None
        self._is_refused = False
        self._asked = threading.Event()
        self._stopping = threading.Event()
        self._asking = Asking(slack, machine, wait or self._stopping.wait)
        self._roll = Roll(self._asking, facts, machine.now, self._keep_read, self.keep)
        self._channels = SharedChannels(self._asking, facts, machine.now, self._say)
        self._read: dict[str, SlackUser] = {}
        self._everybody_at_s: float | None = None
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
            self._read_due()
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
        self._say(sentence)
        return wait_s

    def read(self) -> None:
        """Read everything once, keep it, and tell the facts.

        Raises:
            SlackDidNotSay: A call had no usable answer; what was read before it is kept.
        """
        self._everybody_at_s = None
        self._read_due()

    def _read_due(self) -> None:
        """Read the channels, and everybody unless that was done a short while ago."""
        identity = self._identity()
        self._facts.learn(replace(self._facts.known, identity=identity))
        with self._database.write() as conn:
            meta.put(conn, meta.IDENTITY, asdict(identity))
        self._read_everybody(identity.team_id)
        self._read_channels()

    def _read_everybody(self, team_id: str) -> None:
        now_s = self._machine.monotonic()
        if self._everybody_at_s is not None and now_s - self._everybody_at_s < AGAIN_S:
            return
        self._roll.read(team_id)
        self._learn_read()
        self._everybody_at_s = now_s

    def _keep_read(self, people_read: Iterable[SlackUser]) -> None:
        """Keep a page of people; whoever is asked about them knows them a little later."""
        page = {person.slack_id: person for person in people_read}
        with self._database.write() as conn:
            people.put(conn, page.values())
        self._read |= page
        # To learn costs by how many are known: a long list is learned in parts that grow.
        if len(self._read) >= len(self._facts.known.people) // 2:
            self._learn_read()

    def _learn_read(self, channels: Mapping[str, ChannelFacts] | None = None) -> None:
        """Tell the facts who was read, and once all was, which channel is whose."""
        known = self._facts.known
        met, self._read = {**known.people, **self._read}, {}
        if channels is None:
            self._facts.learn(replace(known, people=met))
        else:
            self._facts.learn(replace(known, people=met, channels=channels, complete=True))
        with self._database.write() as conn:
            meta.merge(conn, BINDINGS, self._found())
            if channels is not None:
                kept = {key: asdict(value) for key, value in channels.items()}
                meta.put(conn, CHANNELS, kept)
        self._learned()

    def _read_channels(self) -> None:
        """Learn which channel is whose at once when there are many, and then who is in each."""
        channels = self._channels.found()
        began_s, is_told = self._machine.monotonic(), False
        for key, channel in channels.items():
            met: dict[str, SlackUser] = {}
            channels[key] = self._channels.counted(channel, met)
            if met:
                self._keep_read(met.values())
            if not is_told and self._machine.monotonic() - began_s > TOLD_AFTER_S:
                self._learn_read(dict(channels))
                is_told = True
        self._learn_read(channels)

    def _say(self, sentence: str) -> None:
        if not self._stopping.is_set():
            self._rarely.say(logging.WARNING, sentence)

    def _found(self) -> dict[str, dict[str, str]]:
        """Return who was found, as it is kept."""
        return {key: asdict(binding) for key, binding in self._facts.known.bindings.items()}

    def _identity(self) -> Identity:
        answer = self._asking.call("auth.test", {})
        if not answer.get("team_id"):
            # Without our own workspace nobody could be told from a stranger. Source: D29.
            raise SlackDidNotSay("auth.test named no workspace")
        return Identity(
            team_id=str(answer.get("team_id") or ""),
            bot_user=str(answer.get("user_id") or ""),
            bot_id=str(answer.get("bot_id") or ""),
            team_url=str(answer.get("url") or ""),
        )

    def person_of(self, user: Wire, team_id: str) -> SlackUser:
        """Return what is kept of a Slack user."""
        return person_of(user, team_id, self._machine.now())

    def meet(self, user_id: str) -> SlackUser | None:
        """Ask Slack about one user; None when it does not know them.

        Raises:
            SlackDidNotSay: The call had no usable answer.
        """
        answer = self._asking.once("users.info", {"user": user_id})
        user = answer.get("user")
        if not isinstance(user, Mapping):
            return None
        person = self.person_of(user, self._facts.known.identity.team_id)
        self.keep(person)
        return person

    def is_shared_outside(self, channel_id: str) -> bool:
        """Ask Slack whether people of other workspaces are in a channel.

        Raises:
            SlackDidNotSay: The call had no usable answer.
        """
        answer = self._asking.once("conversations.info", {"channel": channel_id})
        channel = answer.get("channel")
        if not isinstance(channel, Mapping) or "is_ext_shared" not in channel:
            raise SlackDidNotSay("conversations.info: no word of sharing")
        return bool(channel["is_ext_shared"])

    def keep(self, person: SlackUser) -> None:
        """Keep what was learned of one user."""
        self._facts.learn_people([person])
        with self._database.write() as conn:
            people.put(conn, [person])
            meta.merge(conn, BINDINGS, self._found())

    def message_at(self, channel_id: str, ts: str) -> Wire | None:
        """Ask Slack for one message at the top of a channel; None when there is none.

        Raises:
            SlackDidNotSay: The call had no usable answer.
        """
        asked = {"channel": channel_id, "latest": ts, "oldest": ts, "inclusive": True, "limit": 1}
        found = self._asking.once("conversations.history", asked).get("messages") or ()
        return next((each for each in found if each.get("ts") == ts), None)
