"""What nobody heard: read back in Slack, and handled as if it had been heard then.

Slack tells a thing four times at most, within minutes. What comes while the program is down, deaf
or without its database for longer stands in the channels alone. So they are read at the start,
after each new connection and every few minutes, from where the last reading ended, and what is new
there goes to the same handlers as what is heard. What was heard meanwhile is known by its stamp.
Source: slack-contract 7; D19, D20.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from slack_bolt import BoltRequest

from bot.clock import Clock, MachineClock
from bot.engine.cards import CardPlace
from bot.engine.facts import Facts
from bot.gateways.outcomes import SlackCalls
from bot.rarely import Rarely
from bot.slack import missed_events
from bot.slack.app import Dispatcher
from bot.slack.asking import Asking, SlackDidNotSay, Wire
from bot.slack.ears import Ear, Ears
from bot.slack.missed_deletions import TOMBSTONE, MissedDeletions
from bot.slack.missed_events import NEVER, Stamp, stamp_at, stamp_of, written
from bot.slack.missed_people import MissedPeople
from bot.slack.reader import SlackReader
from protocols.intake.modes import Intake, intake_of
from store.db import Database
from store.faults import DATABASE_ERRORS, fault_of
from store.write import read_marks

_log = logging.getLogger(__name__)

PAGE = 200
BACK = timedelta(days=1)
"""How far before the last reading edited words and threads that were answered are looked for."""
UNREAD = timedelta(days=7)
"""How far back a channel is read that never was, and how old a card may be whose notes are."""
TRIES = 5
"""How often one event is tried before those after it are not kept waiting any longer."""
APART = timedelta(minutes=1)
"""How far Slack's clock and ours may be apart."""
LAST_TRY = "2"
"""What is read late is asked for as Slack's last delivery of an event is."""


@dataclass(frozen=True, slots=True)
class MissedPace:
    """How often channels are read back.

    Attributes:
        again_s: Every so many seconds.
        not_yet_s: After so many while it is not known who we are, or a reading failed.
        settling: How old words must be: what is younger may be on its way.
    """

    again_s: float = 180.0
    not_yet_s: float = 1.0
    settling: timedelta = timedelta(seconds=10)


class MissedReader:
    """Reads back what nobody heard.

    Args:
        slack: A gateway that is not the courier's.
        database: Where it stands up to where each channel was read.
        facts: Who is who.
        reader: Meets people whom nobody has met.
        app: Has events handled.
        machine: Machine time.
        clock: Business time.
        people: Compares who is in a bridge.
        cards: Where the card of a bridge stands.
        heard: What is on record of a channel, by stamp, and who wrote it.
        pace: How often.
    """

    def __init__(
        self,
        slack: SlackCalls,
        database: Database,
        facts: Facts,
        reader: SlackReader,
        app: Dispatcher,
        machine: MachineClock,
        clock: Clock,
        people: MissedPeople,
        *,
        cards: Callable[[str], CardPlace | None] = lambda _channel: None,
        heard: Callable[[str], dict[str, str]] = lambda _channel: {},
        pace: MissedPace | None = None,
    ) -> None:
        self._database = database
        self._facts = facts
        self._reader = reader
        self._app = app
        self._clock = clock
        self._pace = pace or MissedPace()
        self._rarely = Rarely(_log, machine)
        self._asked = threading.Event()
        self._stopping = threading.Event()
        self._asking = Asking(slack, machine, self._stopping.wait)
        self._ears = Ears()
        self._people = people
        self._cards = cards
        self._deletions = MissedDeletions(heard, self._is_there)
        self._is_news = True
        self._failed: Counter[str] = Counter()
        self._thread = threading.Thread(target=self._run, name="missed", daemon=True)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def ask(self) -> None:
        """Have everything read soon: nobody listened for a while."""
        self._is_news = True
        self._asked.set()

    def stop(self) -> None:
        """Stop; a running call ends by its own limit."""
        self._stopping.set()
        self._asked.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=1)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._asked.clear()
            self._asked.wait(self._read_whatever_comes())

    def _read_whatever_comes(self) -> float:
        """Read once; return after how long to read again. This thread outlives every fault."""
        if not self._facts.known.identity.team_id:
            return self._pace.not_yet_s
        is_news, self._is_news = self._is_news, False
        try:
            self.read()
        except DATABASE_ERRORS as error:
            self._is_news = True
            self._say(f"What was missed is not read yet: the database says {fault_of(error)}.")
            return self._pace.not_yet_s
        except Exception:  # noqa: BLE001 - logged with its traceback
            _log.warning("what was missed could not be read", exc_info=True)
        # What was on its way at the first reading is there by the next one.
        settling_s = self._pace.settling.total_seconds()
        return max(self._pace.not_yet_s, settling_s) if is_news else self._pace.again_s

    def read(self) -> int:
        """Read every channel once; return how much was handled that may have been missed.

        Raises:
            DATABASE_ERRORS: The database does not say what is to be read.
        """
        now = self._clock.now()
        with self._database.read() as conn:
            ears = self._ears.of(conn, now, self._facts.known.channels, self._intake())
        handled = 0
        for ear in ears:
            if self._stopping.is_set():
                break
            try:
                handled += self._read_one(ear)
            except SlackDidNotSay as silence:
                lost = missed_events.closed(ear.channel_id, silence.error, stamp_at(now))
                if ear.is_bridge and lost is not None:
                    handled += self._handle(lost)
                    continue
                self._say(f"What was missed in {ear.channel_id} cannot be read: {silence}.")
        return handled

    def _intake(self) -> Iterable[str]:
        """Return the accounts whose reports are heard, or asked about."""
        accounts = self._facts.directory.accounts
        return (each.key for each in accounts if each.active and intake_of(each) is not Intake.OFF)

    def _say(self, sentence: str) -> None:
        if not self._stopping.is_set():
            self._rarely.say(logging.WARNING, sentence)

    def _read_one(self, ear: Ear) -> int:
        now = self._clock.now()
        with self._database.read() as conn:
            mark = stamp_of(read_marks.get(conn, ear.channel_id))
        if ear.is_intake and mark == NEVER:
            # What was written before anybody listened is not reported now.
            mark = stamp_at(min(ear.since, now - APART))
            self._keep(ear.channel_id, NEVER, mark)
        # Below a card nothing is older than its ticket, whatever Slack's clock says.
        since = ear.since - APART if ear.is_team else ear.since
        after = max(mark, stamp_at(since), NEVER if mark > NEVER else stamp_at(now - UNREAD))
        after = mark if ear.is_intake else after
        messages = self._messages(ear, after)
        until = stamp_at(now - self._pace.settling)
        handled, reached = 0, mark
        events = missed_events.missed(
            ear.channel_id,
            messages,
            after=after,
            until=until,
            edits_only=ear.is_bridge,
            marked_by_others=None if ear.is_bridge or ear.is_team else self._own_id(),
        )
        try:
            for stamp, event in events:
                if not self._handle(event):
                    break
                handled, reached = handled + 1, stamp
        finally:
            self._keep(ear.channel_id, mark, reached)
        if not ear.is_bridge:
            oldest = self._oldest(after)
            for gone in self._deletions.missed(ear.channel_id, messages, oldest, stamp_at(now)):
                handled += self._handle(gone)
        if ear.is_bridge:
            self._read_standing(ear)
            handled += self._read_people(ear)
        return handled

    def _read_standing(self, ear: Ear) -> None:
        """Note whether a bridge is closed, what it is called, and whether its card stands there."""
        # From before the question: a share of which Slack tells meanwhile is newer than its answer.
        at = stamp_at(self._clock.now())
        found = self._asking.call("conversations.info", {"channel": ear.channel_id}).get("channel")
        for event in missed_events.standing(ear.channel_id, found or {}, at):
            self._handle(event)
        place = self._cards(ear.channel_id)
        if place is None or not place.is_pinned:
            return
        stamp = place.message_ts
        only = {"channel": ear.channel_id, "oldest": stamp, "latest": stamp, "inclusive": True}
        shown = self._asking.call("conversations.history", {**only, "limit": 1})
        gone = missed_events.card(ear.channel_id, stamp, shown.get("messages") or (), at)
        if gone is not None:
            self._handle(gone)

    def _own_id(self) -> str:
        return self._facts.known.identity.bot_user

    def _keep(self, channel_id: str, mark: Stamp, reached: Stamp) -> None:
        if reached > mark:
            with self._database.write() as conn:
                read_marks.put(conn, channel_id, written(reached))

    def _messages(self, ear: Ear, after: Stamp) -> list[Wire]:
        """Return what stands in a channel since a day before a stamp, threads and all."""
        oldest = written(self._oldest(after, UNREAD if ear.is_team else BACK))
        asked = {"channel": ear.channel_id, "oldest": oldest, "limit": PAGE}
        found: list[Wire] = self._asking.every("conversations.history", asked, "messages")
        # Below a card the last day is read again: an edit makes no thread newer.
        since = self._oldest(after) if ear.is_team else after
        threads = missed_events.threads_of(found, since)
        if not ear.is_bridge:
            threads |= ear.threads
        for thread_ts in sorted(threads):
            found += self._thread_of({**asked, "ts": thread_ts})
        return found

    @staticmethod
    def _oldest(after: Stamp, back: timedelta = BACK) -> Stamp:
        return max(0, after[0] - int(back.total_seconds())), 0

    def _is_there(self, channel_id: str, ts: str) -> bool:
        only = {"oldest": ts, "latest": ts, "inclusive": True, "limit": 2}
        try:
            shown = self._asking.call(
                "conversations.replies", {"channel": channel_id, "ts": ts, **only}
            )
        except SlackDidNotSay as silence:
            if silence.error != "thread_not_found":
                raise
            return False
        found = shown.get("messages") or ()
        return any(each.get("ts") == ts and each.get("subtype") != TOMBSTONE for each in found)

    def _thread_of(self, asked: Wire) -> list[Wire]:
        try:
            return self._asking.every("conversations.replies", asked, "messages")
        except SlackDidNotSay as silence:
            if silence.error != "thread_not_found":
                raise
            return []  # its first message was deleted, and nobody had answered

    def _handle(self, event: Wire) -> bool:
        """Have one event handled; say whether the next one may be."""
        self._meet(str(event.get("user") or (event.get("message") or {}).get("user") or ""))
        body = missed_events.body_of(event, self._facts.known.identity.team_id)
        request = BoltRequest(
            body=body, headers={"x-slack-retry-num": LAST_TRY}, mode="socket_mode"
        )
        answer = self._app.dispatch(request)
        identity = str(body["event_id"])
        if answer.status == 200:
            self._failed.pop(identity, None)
            return True
        self._failed[identity] += 1
        if self._failed[identity] < TRIES:
            return False
        self._say("Something that was missed is not handled, and what came after it now is.")
        return True

    def _meet(self, user_id: str) -> None:
        """Know who wrote, if Slack says so."""
        if not user_id or user_id in self._facts.known.people:
            return
        try:
            self._reader.meet(user_id)
        except SlackDidNotSay as silence:
            self._say(f"Slack did not say who {user_id} is: {silence}.")

    def _read_people(self, ear: Ear) -> int:
        """Note who came into a bridge and left it unheard."""
        before = self._people.here(ear.channel_id)
        asked = {"channel": ear.channel_id, "limit": PAGE}
        members = [
            str(each) for each in self._asking.every("conversations.members", asked, "members")
        ]
        for user_id in members:
            self._meet(user_id)
        at = stamp_at(self._clock.now())
        events = self._people.missed(ear.channel_id, before, members, at)
        return sum(self._handle(event) for event in events)
