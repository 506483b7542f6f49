"""Whether the words of a problem may resolve a ticket without anybody looking at it first.

The form says it before they are written, and the ticket decides it when they come. What is another
matter by now, or under a flag, is answered by people. Source: D15, D45.
"""

from __future__ import annotations

from collections.abc import Iterator

from protocols.account.outbound import is_lost
from protocols.account.rules import is_security_matter
from protocols.fixed_texts.state import FixedTexts
from protocols.holds.events import HoldKind
from protocols.holds.state import Holds
from protocols.kernel.context import Context
from protocols.problems.events import WhyNot
from protocols.relations.events import Relation
from protocols.relations.state import Relations
from protocols.scales import Category
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.updates.checking import checked
from protocols.updates.events import DraftState
from protocols.updates.state import Updates

ON_THE_WAY = (DraftState.REVIEW, DraftState.RELEASED)
Fields = tuple[tuple[str, str], ...]


def why_not(ticket: Ticket, problem: str, fields: Fields, ctx: Context) -> WhyNot | None:
    """Return why the words of a problem do not go to a ticket's account; None where they may."""
    return next(_against(ticket, problem, fields, ctx), None)


def _against(ticket: Ticket, problem: str, fields: Fields, ctx: Context) -> Iterator[WhyNot]:
    yield from _over(ticket, problem)
    yield from _flagged(ticket)
    if ticket.tier.has_bridge:
        yield WhyNot.BRIDGE
    if ticket.of(Relations).has_problem:
        yield WhyNot.PROBLEM
    if _is_under_way(ticket):
        yield WhyNot.UNDER_WAY
    if fields and checked(ticket, fields, ctx).findings:
        yield WhyNot.CHECKS


def _over(ticket: Ticket, problem: str) -> Iterator[WhyNot]:
    relations = ticket.of(Relations)
    if relations.merged_into:
        yield WhyNot.MERGED
    if ticket.status is Status.OPENED_IN_ERROR:
        yield WhyNot.WITHDRAWN
    if ticket.status is not Status.OPEN:
        yield WhyNot.RESOLVED
    link = relations.link(problem)
    if link is None or link.relation is not Relation.SAME_PROBLEM_AS:
        yield WhyNot.UNLINKED


def _flagged(ticket: Ticket) -> Iterator[WhyNot]:
    if ticket.account is None:
        yield WhyNot.NO_ACCOUNT
    holds = ticket.of(Holds)
    if holds.holds_in_force(HoldKind.DISCLOSURE):
        yield WhyNot.LEGAL
    if any(hold.in_force for hold in holds.holds):
        yield WhyNot.HOLD
    if ticket.category is Category.CONTRACT_POLICY:
        yield WhyNot.CONTRACT
    if is_security_matter(ticket):
        yield WhyNot.SECURITY


def _is_under_way(ticket: Ticket) -> bool:
    """Say whether other words for the account wait for a release, or have not left yet."""
    texts = ticket.of(FixedTexts).fixed_texts
    leaving = any(
        text.taken_at is None and text.withdrawn_at is None and not is_lost(ticket, text)
        for text in texts
    )
    return leaving or any(draft.state in ON_THE_WAY for draft in ticket.of(Updates).drafts)
