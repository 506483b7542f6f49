"""Whatever is owed or promised has a due point to come, or was settled, or a person was told.

Read from the journal, the due points and the outbox once the weather is clear and all has been
delivered that could be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from bot.engine.ledger import POINTS
from protocols.analysis.events import RcaDelivered
from protocols.closure.events import OpenedInError, ResolutionTold, TicketReopened, TicketResolved
from protocols.decisions.events import (
    DecisionAsked,
    DecisionLapsed,
    DecisionMade,
    DecisionWithdrawn,
)
from protocols.fixed_texts.events import FixedTextSent, FixedTextTaken
from protocols.fixed_texts.rules import ENDINGS
from protocols.holds.events import HoldAsked, HoldCleared, HoldStopped, StopRotaExhausted
from protocols.kernel.event import Event
from protocols.ladder.events import LadderStarted, StepKind, StepLate, StepsAdded, StepSettled
from protocols.opening.events import TicketOpened
from protocols.promises.events import PromiseKept, PromiseLapsed, PromiseMade
from protocols.relations.events import MergeUndone, TicketMerged
from protocols.roles.events import RoleAsked, RoleDeclined, RoleLapsed, RoleTaken
from protocols.tiers.events import TierChanged
from protocols.updates.events import (
    TextDelivered,
    TextDrafted,
    TextEdited,
    TextOver,
    TextReleased,
    TextSentBack,
)
from protocols.updates.state import OVER
from protocols.withdrawals.events import TextWithdrawn, Withdrawal
from tests.histories.finding import Finding
from tests.histories.record import Chain

Rule = Callable[[Chain], Iterator[Finding]]


def stored(chain: Chain) -> Iterator[Finding]:
    """The due points that wait are stored as the ticket owes them, with all they are about."""
    waiting = {POINTS.decode(row.value) for row in chain.waiting}
    for point in waiting ^ set(chain.owed):
        yield Finding("stored", f"{chain.reference}: {point} is stored or owed, and not both.")


def promises(chain: Chain) -> Iterator[Finding]:
    """The account was promised an update by an instant."""
    settled = {e.number for e in chain.events if isinstance(e, PromiseKept | PromiseLapsed)}
    made = [e for e in chain.of(PromiseMade) if e.number not in settled]
    for promise in made[-1:]:
        n = promise.number
        if chain.is_due(f"promise:{n}") or chain.is_due(f"prompt:{n}"):
            continue
        if _on_its_way(chain):
            continue
        yield Finding(
            f"promise: {_state(chain)}", f"{chain.reference}: promise {n} has no due point."
        )


def analysis(chain: Chain) -> Iterator[Finding]:
    """A written analysis is owed since a resolution of Tier 3 or 4, until it is delivered."""
    owed = [e for e in chain.of(TicketResolved) if e.rca_due_at is not None]
    if not owed or isinstance(chain.ending, OpenedInError):
        return
    delivered = chain.last(RcaDelivered)
    if delivered is not None:
        later = chain.since(delivered)
        owed = [e for e in later if isinstance(e, TicketResolved) and e.rca_due_at is not None]
    if not owed:
        return
    dates = {e.rca_due_at for e in owed}
    if len(dates) > 1:
        yield Finding("analysis: moved", f"{chain.reference}: an owed analysis lost its date.")
    after = list(chain.since(owed[-1]))
    if not chain.is_due("rca:"):
        again = next((e for e in reversed(after) if isinstance(e, TicketReopened)), None)
        how = "resolved" if again is None else "silence" if again.by_silence else "reopened"
        yield Finding(f"analysis: {how}", f"{chain.reference}: the analysis has no due point.")


def reviews(chain: Chain) -> Iterator[Finding]:
    """A text waits for its release."""
    waiting: dict[int, Event] = {}
    kinds = {e.number: e.kind for e in chain.of(TextDrafted)}
    for event in chain.events:
        match event:
            case TextDrafted(number=number) | TextEdited(number=number):
                waiting[number] = event
            case TextReleased(number=number) | TextSentBack(number=number):
                waiting.pop(number, None)
            case TextOver(number=number):
                waiting.pop(number, None)
            case TextWithdrawn(number=number, why=why) if number:
                if _is_for_its_writer(why, kinds[number]):
                    waiting.pop(number, None)
                else:
                    waiting[number] = event
    for number in waiting:
        if not any(chain.is_due(f"{key}:{number}:") for key in REVIEWS):
            yield Finding(
                f"review: {_state(chain)}",
                f"{chain.reference}: text {number} waits without a due point.",
            )


def questions(chain: Chain) -> Iterator[Finding]:
    """The account is to be asked whether it is solved, and asked again."""
    resolved = chain.ending
    if not isinstance(resolved, TicketResolved):
        return
    if chain.is_due("confirm-") or chain.is_due("untold:") or _words_wait(chain):
        return
    told = any(isinstance(e, ResolutionTold) for e in chain.since(resolved))
    how = "told" if told else "untold"
    account = chain.of(TicketOpened)[0].account
    if account is None:
        if chain.is_due("rca:") or _is_held(chain):
            return  # it closes by itself when nothing is owed
        how = "without an account"
    yield Finding(
        f"resolved: {how}", f"{chain.reference} is resolved and nothing asks the account."
    )


def decisions(chain: Chain) -> Iterator[Finding]:
    """An executive was asked for a decision."""
    ends = DecisionMade | DecisionLapsed | DecisionWithdrawn
    settled = {e.number for e in chain.events if isinstance(e, ends)}
    for asked in chain.of(DecisionAsked):
        if asked.number not in settled and not chain.is_due(f"decision:{asked.number}"):
            yield Finding(
                f"decision: {_state(chain)}",
                f"{chain.reference}: decision {asked.number} has no end.",
            )


def stops(chain: Chain) -> Iterator[Finding]:
    """A stop of payments was asked for, and nobody has confirmed it."""
    settled = {e.number for e in chain.events if isinstance(e, HoldStopped | HoldCleared)}
    for hold in chain.of(HoldAsked):
        if hold.kind != "transaction" or hold.number in settled:
            continue
        exhausted = any(e.number == hold.number for e in chain.of(StopRotaExhausted))
        if not exhausted and not chain.is_due(f"stop:{hold.number}:"):
            yield Finding(
                f"stop: {_state(chain)}", f"{chain.reference}: hold {hold.number} has no due point."
            )


def roles(chain: Chain) -> Iterator[Finding]:
    """Somebody was asked to take a role."""
    asked: dict[str, RoleAsked] = {}
    for event in chain.events:
        match event:
            case RoleAsked():
                asked[event.role] = event
            case RoleTaken() | RoleDeclined() | RoleLapsed():
                asked.pop(event.role, None)
    if chain.ending is not None or not _has_bridge(chain):
        return
    for role, event in asked.items():
        if not chain.is_due(f"role:{role}:{event.person.key}:"):
            yield Finding(
                "role", f"{chain.reference}: {role} was asked of {event.person.key} for ever."
            )


def ladder(chain: Chain) -> Iterator[Finding]:
    """A step of the ladder is owed."""
    if isinstance(chain.ending, OpenedInError):
        return
    owed: set[tuple[StepKind, int]] = set()
    for event in chain.events:
        match event:
            case LadderStarted(steps=steps) | StepsAdded(steps=steps):
                owed |= {(s.kind, s.run) for s in steps if s.state == "owed" and s.kind != "rca"}
            case StepSettled(kind=kind, run=run) | StepLate(kind=kind, run=run):
                owed.discard((kind, run))
    for kind, run in sorted(owed):
        if not chain.is_due(f"late:{kind}:{run}"):
            yield Finding("step", f"{chain.reference}: the step {kind}:{run} has no due point.")


def left_alone(chain: Chain) -> Iterator[Finding]:
    """An open ticket of any tier has an instant to come at which somebody hears of it. S65."""
    if chain.ending is not None or chain.is_due(""):
        return
    tier = "tier 3 and 4" if _has_bridge(chain) else "tier 1 and 2"
    yield Finding(tier, f"{chain.reference} is open, and nothing is due on it.")


def limbo(chain: Chain) -> Iterator[Finding]:
    """What is late and nobody has is escalated. Source: S65, S146."""
    since = chain.limbo_since
    if since is not None and since + SOON < chain.now:
        yield Finding("limbo", f"{chain.reference} is late, nobody has it, and nobody leads it.")


SOON = timedelta(minutes=5)


def mistakes(chain: Chain) -> Iterator[Finding]:
    """Whoever was acknowledged hears how a ticket ends that was opened in error."""
    if not isinstance(chain.ending, OpenedInError):
        return
    acknowledged = [e for e in chain.of(FixedTextSent) if e.name in ("acknowledgment", "escalated")]
    if not acknowledged:
        return
    ends = (DISREGARD, *ENDINGS)
    told = [
        e
        for e in chain.since(chain.ending)
        if (isinstance(e, FixedTextSent) and e.name in ends)
        or (isinstance(e, TextDrafted) and e.kind == DISREGARD)
    ]
    if not told and not _is_called(chain):
        yield Finding(
            "in error: unsaid", f"{chain.reference}: whoever was acknowledged hears nothing more."
        )


def _is_for_its_writer(why: Withdrawal, kind: str) -> bool:
    """Say whether nobody can release words that were held back: they are over, or to be written."""
    return why is Withdrawal.TIME_PASSED or (why in OVER and kind != "update")


DISREGARD = "disregard"
REVIEWS = ("review", "review-on", "review-still")
"""Due points of a text that waits for its release."""


def _is_called(chain: Chain) -> bool:
    """Say whether somebody was asked to call about the end, or nothing had ever left."""
    asked = any(row.key.endswith("/in-error/call") for row in chain.rows)
    heard = any(isinstance(e, FixedTextTaken | TextDelivered) for e in chain.events)
    return asked or not heard


def _is_held(chain: Chain) -> bool:
    cleared = {e.number for e in chain.of(HoldCleared)}
    return any(e.number not in cleared for e in chain.of(HoldAsked))


def _state(chain: Chain) -> str:
    ending = chain.ending
    if ending is None:
        return "open"
    return "in error" if isinstance(ending, OpenedInError) else "resolved"


def _tier(chain: Chain) -> int:
    changed = chain.of(TierChanged)
    return int(changed[-1].after if changed else chain.of(TicketOpened)[0].tier)


def _has_bridge(chain: Chain) -> bool:
    return _tier(chain) > 2


def _words_wait(chain: Chain) -> bool:
    """Say whether a resolution waits for its release, or is on its way: others judge those."""
    waits: dict[int, bool] = {}
    for event in chain.events:
        match event:
            case TextDrafted(number=number, kind="resolution"):
                waits[number] = True
            case TextEdited(number=number) if number in waits:
                waits[number] = True
            case TextWithdrawn(number=number, why=why) if number in waits:
                waits[number] = why not in OVER
            case TextSentBack(number=number) | TextDelivered(number=number) if number in waits:
                waits[number] = False
            case TextOver(number=number) if number in waits:
                waits[number] = False
    return any(waits.values())


def _on_its_way(chain: Chain) -> bool:
    delivered = {e.number for e in chain.of(TextDelivered)}
    return any(e.number not in delivered for e in chain.of(TextReleased))


def _is_merged(chain: Chain) -> bool:
    """Say whether a ticket goes on on another, where what it owes is due. Source: D41."""
    merged, undone = (
        sum(isinstance(e, kind) for e in chain.events) for kind in (TicketMerged, MergeUndone)
    )
    return merged > undone


RULES: tuple[Rule, ...] = (
    stored, promises, analysis, reviews, questions, decisions, stops, roles, ladder, left_alone,
    limbo, mistakes,
)  # fmt: skip


def owed(all_chains: Sequence[Chain]) -> Iterator[Finding]:
    """Return what is owed and will not be heard of any more."""
    for chain in all_chains:
        for rule in (stored,) if _is_merged(chain) else RULES:
            yield from rule(chain)
