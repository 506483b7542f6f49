"""Whatever was released is delivered, or a named person was told that it was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from protocols.ladder.events import StepKind, StepLate
from protocols.notices.events import HAS_IT
from protocols.opening.events import TicketOpened
from protocols.outreach.events import OutreachHeard, OutreachSent
from protocols.updates.events import (
    DraftKind,
    TextDelivered,
    TextDrafted,
    TextReleased,
    TextSentBack,
)
from store.outbox_rows import OutboxRow
from tests.histories.finding import Finding
from tests.histories.hearing import Heard
from tests.histories.record import Chain

FINISHED = ("done", "dead", "dropped", "superseded", "replaced")
_SAID_SO = ("could not be delivered", "not delivered", "by phone", "call them")


def delivered(all_chains: Sequence[Chain], taken: Sequence[Heard]) -> Iterator[Finding]:
    """Return what was released and neither arrived nor was told of."""
    for chain in all_chains:
        yield from _waiting(chain)
        yield from _released(chain, taken)


def _waiting(chain: Chain) -> Iterator[Finding]:
    dead = {row.key for row in chain.rows if row.state == "dead"}
    stuck: set[str] = set()
    for row in chain.rows:
        if row.state in FINISHED:
            continue
        if _stands_behind(row, dead | stuck):
            stuck.add(row.key)
            yield Finding("waits behind the dead", f"{row.key} waits behind what was given up.")
        else:
            yield Finding("waits", f"{row.key} is {row.state}: {row.last_error}")


def _stands_behind(row: OutboxRow, dead: set[str]) -> bool:
    return any(need in dead for need in row.needs)


def _released(chain: Chain, taken: Sequence[Heard]) -> Iterator[Finding]:
    done = {e.number for e in chain.of(TextDelivered)}
    opened = chain.of(TicketOpened)[0]
    for release in chain.of(TextReleased):
        number = release.number
        if number in done or _came_back(chain, number) or _waits(chain, number):
            continue
        if _was_recalled(chain, release) or _has_no_list_yet(chain, number):
            continue
        if not _was_told(chain.reference, release.at, taken):
            account, route = opened.account, opened.route.kind
            how = "without an account" if account is None else f"by {route}, nobody told"
            yield Finding(
                f"released: {how}",
                f"{chain.reference}: text {number} was released, did not arrive, and nobody knows.",
            )


def _came_back(chain: Chain, number: int) -> bool:
    """Say whether each account that an outreach went to has it, as its notice tells the ticket."""
    sent = {key for e in chain.of(OutreachSent) if e.number == number for key in e.accounts}
    back = (each for e in chain.of(OutreachHeard) if e.number == number for each in e.reached)
    return bool(sent) and sent <= {each.account for each in back if each.reach in HAS_IT}


def _has_no_list_yet(chain: Chain, number: int) -> bool:
    """Say whether words for a list wait for its first account, and the step is due, or was told."""
    is_for_a_list = any(
        e.number == number and e.kind is DraftKind.OUTREACH for e in chain.of(TextDrafted)
    )
    was_sent = any(e.number == number for e in chain.of(OutreachSent))
    was_late = any(e.kind is StepKind.OUTREACH for e in chain.of(StepLate))
    return (
        is_for_a_list and not was_sent and (was_late or chain.is_due(f"late:{StepKind.OUTREACH}:"))
    )


def _was_recalled(chain: Chain, release: TextReleased) -> bool:
    after = chain.since(release)
    return any(isinstance(e, TextSentBack) and e.number == release.number for e in after)


def _waits(chain: Chain, number: int) -> bool:
    of = f"{chain.reference}/text/{number}"
    return any(
        (row.key == of or row.key.startswith(f"{of}/")) and row.state not in FINISHED
        for row in chain.rows
    )


def _was_told(reference: str, since: datetime, taken: Sequence[Heard]) -> bool:
    return any(
        not each.outside
        and each.at >= since
        and reference in each.words
        and any(said in each.words.casefold() for said in _SAID_SO)
        for each in taken
    )
