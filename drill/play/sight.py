"""What can be seen of a rehearsal from outside: marks, read off messages and forms.

The drill knows the bot only by what it shows. A mark is a plain fact such as ``bridge`` or
``update_1``; it keeps the instant at which it was first seen, and never goes away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from drill.core import Slack
from drill.finding import button_texts
from drill.walking import elements_of, leaves, rows_of
from drill.world import Channel

Wire = dict[str, Any]

_BRIDGE = re.compile(r"^[a-z]{2,5}-\d{3,}-")
_REFERENCE = re.compile(r"\b[A-Z]{2,5}-\d{3,}\b")
_SEAT = re.compile(r"✅ (?P<who>[^\n]+?) is the (?P<role>[a-z ]+)\.")
_UPDATE = re.compile(r"^[A-Z]+-\d+, update (\d+)\b", re.IGNORECASE)
_LATE = re.compile(r"🔴 LATE: ([^\n]+?), was due")
_TAKEN = re.compile(r"^[A-Z]+-\d+: .+ has it\.")
_CLASSIFIED = re.compile(r": which tier\.\* .+ said it ")
_HANDED = re.compile(r"one contact\.\*? .+ has had it since")
_CONFIRMED = re.compile(r"is closed\..* confirmed on ", re.DOTALL)
_OUTREACH = re.compile(r"outreach:[^\n]*")
HOLDING = "accurate information, not fast information"
ASKED_FOR_TIER = "Which tier? "
ASKED_FOR_DRAFT = re.compile(r": first update to .+ is due|: you promised .+ an update by")


def words_of(message: Wire) -> str:
    """Return everything a message says, its blocks included."""
    return "\n".join([str(message.get("text", "")), *_block_words(message.get("blocks", []))])


def _block_words(blocks: list[Wire]) -> Iterator[str]:
    for block in leaves(blocks):
        head = [block.get(name) for name in ("title", "subtitle", "text")]
        parts = [*head, *block.get("fields", []), *block.get("elements", [])]
        for part in parts:
            if isinstance(part, dict) and isinstance(part.get("text"), str):
                yield part["text"]
        yield from (
            element["text"]["text"] for element in elements_of(block) if element["type"] == "button"
        )
        yield from (cell for row in rows_of(block) for cell in row)


@dataclass(slots=True)
class Sight:
    """What a rehearsal has come to, seen from outside.

    Args:
        slack: the workspace.
        since_s: business seconds at which the rehearsal began.
        channel: the shared channel with the customer.
        mails_before: how many mails had left before it.
    """

    slack: Slack
    since_s: float
    channel: str
    mails_before: int = 0
    marks: dict[str, str] = field(default_factory=dict)
    reference: str = ""
    bridge_id: str = ""
    seats: dict[str, str] = field(default_factory=dict)

    def look(self) -> list[str]:
        """Note what is new and return the new marks."""
        fresh = [name for name in dict.fromkeys(self._all()) if name not in self.marks]
        for name in fresh:
            self.marks[name] = self.slack.at()
        return fresh

    def set(self, mark: str) -> None:
        """Note a mark that somebody else has seen."""
        self.marks.setdefault(mark, self.slack.at())

    @property
    def opened_s(self) -> float:
        """Return when the ticket was opened, in business seconds; the start before that."""
        at = self.marks.get("opened")
        return datetime.fromisoformat(at).timestamp() if at else self.since_s

    @property
    def bridge(self) -> Channel | None:
        """Return the bridge's channel, once there is one."""
        return self.slack.world.channels.get(self.bridge_id)

    def card(self) -> Wire | None:
        """Return the pinned card of the bridge."""
        bridge = self.bridge
        if bridge is None:
            return None
        for pin in bridge.pins:
            if pin["message_ts"] in bridge.messages:
                return bridge.messages[pin["message_ts"]]
        return next((m for m in bridge.messages.values() if m.get("blocks")), None)

    def fresh(self, channel: Channel) -> list[Wire]:
        """Return the messages of this rehearsal in a channel."""
        return [m for m in channel.messages.values() if float(m["ts"]) >= self.since_s]

    def _edited(self, channel: Channel) -> Iterator[Wire]:
        """Yield the messages that were changed in this rehearsal, however old they are."""
        for message in channel.messages.values():
            if float(message.get("edited", {}).get("ts", 0)) >= self.since_s:
                yield message

    def outward(self) -> list[Wire]:
        """Return what the app wrote where people outside read, in this rehearsal."""
        world = self.slack.world
        return [
            {**message, "channel": channel.name}
            for channel in world.channels.values()
            if channel.is_ext_shared
            for message in self.fresh(channel)
            if message.get("user") == world.bot_user_id
        ]

    def _all(self) -> Iterator[str]:
        yield "started"
        yield from self._forms()
        yield from self._outside()
        self._find_bridge()
        if self.bridge_id:
            yield "opened"
            yield "bridge"
            yield from self._inside()
        yield from self._directly()
        yield from self._at_the_desk()

    def _forms(self) -> Iterator[str]:
        for stack in self.slack.stacks.values():
            for opened in stack:
                yield f"form_{opened.wire['callback_id']}"

    def _outside(self) -> Iterator[str]:
        for message in self.outward():
            said = words_of(message)
            found = _UPDATE.match(str(message.get("text", "")))
            if found:
                yield f"update_{found.group(1)}"
            if HOLDING in said:
                yield "holding"
            if "Is it solved for you?" in said:
                yield "asked_solved"
            if _CONFIRMED.search(said):
                yield "confirmed"
            if "Service notice" in said:
                yield "outreach"
            reference = _REFERENCE.search(said)
            if reference and not self.reference:
                self.reference = reference.group()
            if reference:
                yield "opened"
                yield "acknowledged"

    def _find_bridge(self) -> None:
        if self.bridge_id:
            return
        for channel in self.slack.world.channels.values():
            is_new = channel.created >= int(self.since_s) - 1
            if channel.kind == "channel" and is_new and _BRIDGE.match(channel.name):
                self.bridge_id = channel.id
                self.reference = "-".join(channel.name.split("-")[:2]).upper()
                return

    def _inside(self) -> Iterator[str]:
        bridge = self.bridge
        if bridge is None:
            return
        for message in self.fresh(bridge):
            said = words_of(message)
            for seat in _SEAT.finditer(said):
                self.seats[seat["role"].strip()] = seat["who"].strip()
                yield f"seat_{seat['role'].strip().replace(' ', '_')}"
            for late in _LATE.finditer(said):
                yield f"late_{late.group(1)}"
            if "Release" in button_texts(message.get("blocks", [])):
                yield "review"
        if {"investigator", "communicator", "scribe"} <= set(self.seats):
            yield "roles_taken"
        if {"incident commander", "communicator"} <= set(self.seats):
            yield "tier_4_manned"
        yield from self._card()

    def _card(self) -> Iterator[str]:
        card = self.card()
        if card is None:
            return
        blocks = card.get("blocks", [])
        said, texts = words_of(card), button_texts(blocks)
        header = next((b["text"]["text"] for b in blocks if b["type"] == "header"), "")
        yield "card"
        if "Tier 4" in header:
            yield "tier_4"
            if "Take commander" not in texts:
                yield "commander"
            outreach = _OUTREACH.search(said)
            if outreach and "no text released" not in outreach.group():
                yield "outreach_released"
        if "Resolved" in header:
            yield "resolved"
            if "confirmed" in header:
                yield "confirmed"
            return
        if "Scope confirmed" not in texts:
            yield "scope"
            if "Call started" not in texts and "Tier 4" not in header:
                yield "call"
        if "CS manager*\n✅" in said and "Engineering lead*\n✅" in said:
            yield "leads_here"

    def _at_the_desk(self) -> Iterator[str]:
        if self.slack.homes:
            yield "home"
        for channel in self.slack.world.channels.values():
            if channel.is_ext_shared or channel.id == self.bridge_id:
                continue
            for message in self.fresh(channel):
                text = str(message.get("text", ""))
                if _TAKEN.match(text):
                    yield "taken"
                if "You say what it means." in text:
                    yield "to_read"
                if _HANDED.search(text):
                    yield "handed"

    def _directly(self) -> Iterator[str]:
        bot = self.slack.world.bot_user_id
        for channel in self.slack.world.channels.values():
            if channel.kind != "im":
                continue
            if any(_CLASSIFIED.search(str(one.get("text", ""))) for one in self._edited(channel)):
                yield "classified"
            for message in self.fresh(channel):
                if message.get("user") != bot:
                    continue
                if ASKED_FOR_DRAFT.search(str(message.get("text", ""))):
                    yield "draft_asked"
                if str(message.get("text", "")).startswith(ASKED_FOR_TIER):
                    yield "tier_asked"
                if "Release" in button_texts(message.get("blocks", [])):
                    yield "review"
                if "will you be the incident commander" in str(message.get("text", "")):
                    yield "commander_asked"
