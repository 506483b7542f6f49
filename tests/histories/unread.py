"""No account reads what nobody released: each mark that left was in a text that stood released."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from protocols.holds.events import HoldAsked
from protocols.opening.events import TicketOpened
from protocols.scales import Tier
from protocols.tiers.events import TierChanged
from protocols.updates.events import (
    DraftKind,
    TextDrafted,
    TextEdited,
    TextReleased,
    TextSentBack,
    WordsSuggested,
)
from tests.histories.finding import Finding
from tests.histories.hearing import Heard
from tests.histories.marks import marks_in
from tests.histories.moves import Move
from tests.histories.record import Chain

LEGAL = ("legal-one",)
ALONE = {
    DraftKind.DETAILS: Tier.ELEVATED,
    DraftKind.ANSWER: Tier.ELEVATED,
    DraftKind.UPDATE: Tier.ELEVATED,
    DraftKind.RESOLUTION: Tier.ROUTINE,
}
"""Up to which tier whoever has the ticket may send words of theirs alone. Source: D45."""


@dataclass(slots=True)
class Text:
    """One outward text as the journal has it.

    Attributes:
        fields: Its words as they stand now.
        hands: Who wrote, edited or suggested words of it.
        releases: When it was released, by whom, with which words, and whose hands were in them.
        recalled_at: When it was sent back after a release.
        may_be_alone: Whether its writer may send it, on Tier 1 or 2.
    """

    fields: str = ""
    hands: set[str] = field(default_factory=set)
    releases: list[tuple[datetime, str, str, frozenset[str]]] = field(default_factory=list)
    recalled_at: datetime | None = None
    may_be_alone: bool = False


def texts_of(chain: Chain) -> dict[int, Text]:
    """Return a ticket's outward texts, by number."""
    found: dict[int, Text] = {}
    suggested: dict[int, dict[str, str]] = {}
    tier = Tier.ROUTINE
    for event in chain.events:
        match event:
            case TicketOpened(tier=tier) | TierChanged(after=tier):
                continue
            case (
                TextDrafted(number=number, fields=fields) | TextEdited(number=number, fields=fields)
            ):
                text = found.setdefault(number, Text())
                text.fields = str(fields)
                text.hands.add(event.by.key)
                if isinstance(event, TextDrafted):
                    text.may_be_alone = event.kind in ALONE and tier <= ALONE[event.kind]
                for mark, hand in suggested.get(number, {}).items():
                    if mark in text.fields:
                        text.hands.add(hand)
            case WordsSuggested(number=number, fields=fields):
                mine = suggested.setdefault(number, {})
                mine.update(dict.fromkeys(marks_in(str(fields)), event.by.key))
            case TextReleased(number=number, alone=alone):
                text = found.setdefault(number, Text())
                hands = text.hands - {event.by.key} if alone and text.may_be_alone else text.hands
                text.releases.append((event.at, event.by.key, text.fields, frozenset(hands)))
                text.recalled_at = None
            case TextSentBack(number=number):
                found.setdefault(number, Text()).recalled_at = event.at
    return found


def unread(
    taken: Sequence[Heard],
    all_chains: Sequence[Chain],
    typed: Mapping[str, Move],
    strangers: frozenset[str],
    own: Mapping[str, tuple[str, ...]],
) -> Iterator[Finding]:
    """Return every mark that reached someone outside without a release that stood.

    Args:
        taken: What reached whom.
        all_chains: What is on record.
        typed: The move in which each mark was typed.
        strangers: The keys of those who are not of us, and can release nothing.
        own: How the places of an account end, for each mark that its own people wrote there: they
            may read it again, as when their words close a ticket.
    """
    texts = [(chain, text) for chain in all_chains for text in texts_of(chain).values()]
    seen: set[tuple[str, str]] = set()
    for each in taken:
        for mark in marks_in(each.words) if each.outside else ():
            if (mark, each.place) in seen or each.place.endswith(own.get(mark, ())):
                continue
            seen.add((mark, each.place))
            wrong = _wrong(mark, each.at, texts, strangers)
            if wrong:
                yield _finding(wrong, mark, each, typed)


def _wrong(
    mark: str, at: datetime, texts: Sequence[tuple[Chain, Text]], strangers: frozenset[str]
) -> str:
    """Return why nothing allowed this mark to leave; empty when something did."""
    why = "unread"
    for chain, text in texts:
        for released_at, by, words, hands in text.releases:
            if mark not in words or released_at > at:
                continue
            if by in hands:
                why = "released by a hand"
            elif by in strangers:
                why = "released by a stranger"
            elif text.recalled_at is not None and released_at < text.recalled_at <= at:
                why = "recalled"
            elif by not in LEGAL and _held_between(chain, released_at, at):
                why = "held"
            else:
                return ""
    return why


def _held_between(chain: Chain, released_at: datetime, at: datetime) -> bool:
    holds = [e for e in chain.of(HoldAsked) if e.kind == "disclosure"]
    return any(released_at < hold.at < at for hold in holds)


def _finding(why: str, mark: str, each: Heard, typed: Mapping[str, Move]) -> Finding:
    move = typed.get(mark)
    where = f"{move.kind} {move.what}".strip() if move is not None else "nowhere"
    names = [name for name, value in (move.entries if move else ()) if mark in str(value)]
    field_name = f" > {names[0]}" if names else ""
    sentence = (
        f"{mark}, typed in {where}{field_name}, reached {each.place} as {each.key or each.kind}"
    )
    code = f"{why}: {where}{field_name}" if why == "unread" else why
    return Finding(code, f"{sentence}, {each.at:%d %b %H:%M:%S}.")
