"""What people outside are about to read, held against who may read it at that instant.

It knows the rules by the journal alone: what was typed, what was released and stands, whose it is.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from protocols.holds.events import HoldAsked, HoldCleared, HoldKind
from protocols.people.people import Who
from protocols.ticket import Ticket
from protocols.updates.events import (
    PUBLIC as FOR_MANY,
)
from protocols.updates.events import (
    DraftKind,
    TextDelivered,
    TextDrafted,
    TextEdited,
    TextOver,
    TextReleased,
    TextSentBack,
)
from protocols.withdrawals.events import TextRecalled, TextWithdrawn
from tests.histories.marks import marks_in
from tests.property.leak.courier import PUBLIC, THIRD, Heard
from tests.property.leak.house import House
from tests.property.leak.ink import Ink, Kind, Mark

_REFERENCE = re.compile(r"\bBW-\d+(?!\d|-N)")
LEGAL = ("legal-one",)


@dataclass(slots=True)
class Text:
    """One outward text as the journal has it; ``released_at`` only while its release stands."""

    kind: DraftKind
    words: str = ""
    released_at: datetime | None = None
    released_by: Who | None = None
    is_delivered: bool = False


def texts_of(house: House, reference: str) -> dict[int, Text]:
    """Return a ticket's outward texts by number."""
    found: dict[int, Text] = {}
    for event in house.journal.get(reference, ()):
        match event:
            case TextDrafted(number=number, kind=kind, fields=fields):
                found[number] = Text(kind, str(fields))
            case TextEdited(number=number, fields=fields):
                found[number] = Text(found[number].kind, str(fields))
            case TextReleased(number=number):
                found[number].released_at, found[number].released_by = event.at, event.by
            case TextDelivered(number=number):
                found[number].is_delivered = True
            case (
                TextSentBack(number=number)
                | TextRecalled(number=number)
                | TextOver(number=number)
                | TextWithdrawn(number=number)
            ) if number in found:
                if not found[number].is_delivered:
                    found[number].released_at = None
    return found


def holds_of(house: House, reference: str) -> list[HoldAsked]:
    """Return the holds of the cause that are in force."""
    events = house.journal.get(reference, ())
    cleared = {event.number for event in events if isinstance(event, HoldCleared)}
    asked = (event for event in events if isinstance(event, HoldAsked))
    return [e for e in asked if e.kind is HoldKind.DISCLOSURE and e.number not in cleared]


@dataclass(slots=True)
class Judge:
    """Looks at everything that is read outside.

    Attributes:
        found: What is wrong, a sentence each.
        heard: How many were looked at, by road and by template.
        roads: How many words of each kind were seen to leave rightly.
    """

    house: House
    ink: Ink
    found: list[str] = field(default_factory=list)
    roads: Counter[str] = field(default_factory=Counter)
    templates: Counter[str] = field(default_factory=Counter)
    read: Counter[Kind] = field(default_factory=Counter)

    def hears(self, heard: Heard) -> None:
        """Judge one thing that is about to be read outside."""
        self.roads[heard.kind] += 1
        self.templates[heard.template] += 1
        words = json.dumps(heard.payload, default=str)
        for why in self._wrong(heard, words):
            said = f"{heard.kind} {heard.key} ({heard.template}) to {', '.join(heard.readers)}"
            self.found.append(f"{self.house.now:%d %b %H:%M:%S} {said}: {why}")

    def _wrong(self, heard: Heard, words: str) -> Iterator[str]:
        if heard.kind in ("bridge", "team"):
            yield "inside words are read outside"
        for word in dict.fromkeys(marks_in(words)):
            mark = self.ink.made.get(word)
            if mark is None:
                yield f"a word that nobody typed: {word}"
            else:
                why = self._of_mark(mark, heard)
                self.read[mark.kind] += not why
                if why:
                    yield f"{mark.where} of {mark.reference} ({word}): {why}"
        yield from self._of_others(heard, words)

    def _of_mark(self, mark: Mark, heard: Heard) -> str:
        if mark.kind is Kind.INTERNAL:
            return "it is internal"
        if mark.kind is Kind.THERE:
            return "" if heard.readers <= self._accounts_of(mark) else "it is another account's"
        whys = [why for each in heard.readers for why in (self._of_reader(mark, heard, each),)]
        return next(filter(None, whys), "")

    def _accounts_of(self, mark: Mark) -> frozenset[str]:
        """Return the accounts before which a word stands: that of its ticket, or of its notice."""
        name, _, account = mark.reference.partition("/")
        ticket = self.house.records.get(name)
        own = ticket.account.key if isinstance(ticket, Ticket) and ticket.account else ""
        return frozenset({account or own})

    def _of_reader(self, mark: Mark, heard: Heard, reader: str) -> str:
        """Return why a reader may not read words that are to be released; empty if they may."""
        if reader == THIRD:
            return "a third party reads no released words"
        why = "it was never released to them"
        for ticket in self.house.tickets():
            own = ticket.account.key if ticket.account is not None else ""
            holds = holds_of(self.house, ticket.reference)
            for text in texts_of(self.house, ticket.reference).values():
                if mark.word not in text.words or not _is_for(text, own, reader):
                    continue
                if text.released_at is None:
                    why = "its release does not stand"
                elif _is_held(text, holds):
                    why = "Legal holds it"
                else:
                    return ""
        return why

    def _of_others(self, heard: Heard, words: str) -> Iterator[str]:
        """Yield where words name what is another account's: its tickets, or itself."""
        for reference in set(_REFERENCE.findall(words)) - _named(heard):
            ticket = self.house.records.get(reference)
            own = ticket.account.key if isinstance(ticket, Ticket) and ticket.account else None
            if isinstance(ticket, Ticket) and not heard.readers <= {own, PUBLIC, THIRD}:
                yield f"it names {reference}, a ticket of {own}"
        for account in self.house.world.facts.directory.accounts:
            named = re.search(rf"\b{re.escape(account.name)}\b", words)
            if named is not None and heard.readers != {account.key}:
                yield f"it names {account.name}"


def _named(heard: Heard) -> set[str]:
    """Return what goes by its name anywhere: a notice by that of the ticket which opened it.

    An edit says it of a message that stands there, whosever the channel has become since.
    """
    about, notice, _ = heard.reference.partition("-N")
    return {about} if notice or heard.kind == "edit" else set()


def _is_for(text: Text, own: str, reader: str) -> bool:
    if text.kind is DraftKind.STATUS_PAGE:
        return reader == PUBLIC
    return reader == own if text.kind not in FOR_MANY else reader != PUBLIC


def _is_held(text: Text, holds: list[HoldAsked]) -> bool:
    """Say whether a hold of the cause came after the release, which was not Legal's own."""
    released_at = text.released_at
    if released_at is None or (text.released_by and text.released_by.key in LEGAL):
        return False
    return any(hold.at > released_at for hold in holds)
