"""The next updates that were promised. Source: S52."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.fixed_texts.state import FixedTexts
from protocols.kernel.changing import numbered, on
from protocols.kernel.record import part_of
from protocols.promises.events import PromiseKept, PromiseLapsed, PromiseMade
from protocols.ticket import Ticket
from protocols.withdrawals.events import TextWithdrawn


@dataclass(frozen=True, slots=True)
class Promise:
    """The next update, promised to the account. Source: S52."""

    number: int
    at: datetime
    made_at: datetime
    kept_at: datetime | None = None
    lapsed: bool = False
    unheard: bool = False


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Promises:
    """The next updates that were promised to the account."""

    promises: tuple[Promise, ...] = ()

    @property
    def promise(self) -> Promise | None:
        """Return the promise that binds now: the newest one not kept and not lapsed."""
        return next(
            (p for p in reversed(self.promises) if p.kept_at is None and not p.lapsed), None
        )


@on(PromiseMade)
def _promise_made(promises: Promises, event: PromiseMade) -> Promises:
    made = Promise(event.number, event.promised_at, event.at)
    return Promises((*promises.promises, made))


@on(PromiseKept)
def _promise_kept(promises: Promises, event: PromiseKept) -> Promises:
    return Promises(numbered(promises.promises, event.number, kept_at=event.at))


@on(PromiseLapsed)
def _promise_lapsed(promises: Promises, event: PromiseLapsed) -> Promises:
    return Promises(numbered(promises.promises, event.number, lapsed=True, unheard=event.unheard))


@on(TextWithdrawn)
def _promise_unheard(promises: Promises, event: TextWithdrawn, before: Ticket) -> Promises:
    """What *no change* promised was never heard, so the promise before it binds again."""
    sent = next((t for t in before.of(FixedTexts).fixed_texts if t.key == event.key), None)
    if sent is None or sent.name != "no_change":
        return promises

    def as_before(promise: Promise) -> Promise:
        if sent.sent_at == promise.made_at:
            return replace(promise, lapsed=True)
        return replace(promise, kept_at=None) if sent.sent_at == promise.kept_at else promise

    return Promises(tuple(map(as_before, promises.promises)))
