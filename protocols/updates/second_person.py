"""Whether words to an account of Tier 1 or 2 need a second person, and why. Source: D15, D45.

That a matter is a complaint, or a dispute of the contract, is said by a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from protocols.account.rules import is_security_matter
from protocols.flags.events import Flag
from protocols.flags.state import Flags
from protocols.holds.events import HoldKind
from protocols.holds.state import Holds
from protocols.kernel.context import Context
from protocols.policy.policy import Policy
from protocols.policy.rules import Alone
from protocols.relations.state import Relations
from protocols.scales import Category, Tier
from protocols.ticket import Ticket
from protocols.time.closes import is_closing
from protocols.updates.events import DraftKind


class SecondReason(StrEnum):
    """Why a second person reads words before they leave. Source: D15, D45."""

    TIER = "tier"
    OWNER = "owner"
    LEGAL = "legal"
    HOLD = "hold"
    SECURITY = "security"
    CONTRACT = "contract"
    COMPLAINT = "complaint"
    AMOUNT = "amount"
    CLOSE = "close"
    NEW = "new"
    MANY = "many"


ACTS = {
    DraftKind.DETAILS: Alone.ASK,
    DraftKind.ANSWER: Alone.UPDATE,
    DraftKind.UPDATE: Alone.UPDATE,
    DraftKind.RESOLUTION: Alone.RESOLVE,
}
"""What each kind of text is to the policy's rows; all others always have a second person."""
_AMOUNT = re.compile(
    r"[$€£¥]\s?\d|\d\s?(?:[$€£¥]|(?:usd|eur|gbp|chf|dollars?|euros?|pounds?|k)\b)"
    r"|\b(?:usd|eur|gbp|chf)\s?\d|\d[.,]\d{2}\b|\d[., ]\d{3}\b"
    r"|(?<![\w-])(?!(?:19|20)\d\d\b)\d{3,}\b",
    re.IGNORECASE,
)


def reasons(ticket: Ticket, kind: DraftKind, text: str, ctx: Context) -> tuple[SecondReason, ...]:
    """Return why words may not leave on their writer's word alone; nothing when they may."""
    is_low = ticket.tier < Tier.CRITICAL
    allowed = is_low and ACTS.get(kind) in _alone(ticket, ctx.policy)
    first = () if allowed else (SecondReason.TIER,)
    has_it = ticket.poc is None or ctx.is_actor(ticket.poc.key)
    owner = () if has_it else (SecondReason.OWNER,)
    to_many = kind is DraftKind.RESOLUTION and ticket.of(Relations).has_problem
    many = (SecondReason.MANY,) if to_many else ()
    return (*first, *owner, *rows(ticket, text, ctx), *many)


def rows(ticket: Ticket, text: str, ctx: Context) -> tuple[SecondReason, ...]:
    """Return the rows that hold whoever writes, and whatever for. Source: D45."""
    return tuple(_flags(ticket, text, ctx))


def _flags(ticket: Ticket, text: str, ctx: Context) -> Iterator[SecondReason]:
    holds = ticket.of(Holds)
    if holds.holds_in_force(HoldKind.DISCLOSURE):
        yield SecondReason.LEGAL
    elif any(hold.in_force for hold in holds.holds):
        yield SecondReason.HOLD
    if is_security_matter(ticket):
        yield SecondReason.SECURITY
    flags = ticket.of(Flags)
    disputed = flags.get(Flag.CONTRACT_DISPUTE) is not None
    if disputed or ticket.category == Category.CONTRACT_POLICY:
        yield SecondReason.CONTRACT
    if flags.get(Flag.COMPLAINT) is not None:
        yield SecondReason.COMPLAINT
    if has_amount(text, ctx.policy):
        yield SecondReason.AMOUNT
    if is_in_period_close(ticket, ctx):
        yield SecondReason.CLOSE
    if _is_new(ctx):
        yield SecondReason.NEW


def is_in_period_close(ticket: Ticket, ctx: Context) -> bool:
    """Say whether a SOX account is in its period close now. Source: D45."""
    account = ticket.account
    if account is None or not account.sox_relevant:
        return False
    known = ctx.directory.account(account.key)
    own = known.period_closes if known is not None else ()
    return is_closing(ctx.policy.period_closes, own, ctx.calendar, ctx.now)


def has_amount(text: str, policy: Policy) -> bool:
    """Say whether words name an amount together with a word that promises or admits. D45."""
    stems = "|".join(re.escape(word.rstrip("e")) for word in policy.second_person.amount_words)
    said = bool(stems) and re.search(rf"\b(?:{stems})", text, re.IGNORECASE) is not None
    return said and names_amount(text)


def names_amount(text: str) -> bool:
    """Say whether words name an amount, whatever they say of it. Source: S72, D45."""
    return _AMOUNT.search(text) is not None


def _is_new(ctx: Context) -> bool:
    known = ctx.directory.person(ctx.key_of(ctx.by.key))
    if known is None or known.since is None:
        return False
    return ctx.now.date() < known.since + ctx.policy.second_person.new_for


def _alone(ticket: Ticket, policy: Policy) -> frozenset[Alone]:
    rule = policy.second_person
    return rule.tier1 if ticket.tier is Tier.ROUTINE else rule.tier2
