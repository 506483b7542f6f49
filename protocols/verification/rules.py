"""No answer and no resolution names an amount before somebody has recorded how it was verified.

Which categories are bound is the policy's (`verify_first`). To take a ticket and to ask the account
for details is never stopped. Source: S72.
"""

from __future__ import annotations

from protocols.closure.events import Resolve
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import bars, decides
from protocols.policy.policy import Policy
from protocols.rights.guards import need_on_ticket, need_reader, need_reason, need_status
from protocols.routing.teams import is_of_team
from protocols.ticket import Ticket
from protocols.updates.checking import ALIVE
from protocols.updates.events import DraftKind, DraftText, ReleaseText, UseSuggested
from protocols.updates.second_person import names_amount
from protocols.updates.state import Updates
from protocols.verification.events import RecordVerified, Verified
from protocols.verification.refusals import NotVerified
from protocols.verification.state import Verification

_BOUND = (DraftKind.ANSWER, DraftKind.RESOLUTION)
"""The kinds of text that are a response; questions are none."""
Fields = tuple[tuple[str, str], ...]


def awaits_proof(ticket: Ticket, policy: Policy) -> bool:
    """Say whether a ticket's category is verified first, and nobody has recorded that it was."""
    rule = policy.categories.get(ticket.category)
    return rule is not None and rule.verify_first and ticket.of(Verification).last is None


def is_unverified(ticket: Ticket, text: str, ctx: Context) -> bool:
    """Say whether words name an amount that nobody has recorded as verified. Source: S72."""
    return awaits_proof(ticket, ctx.policy) and names_amount(text)


@bars
def need_verified(command: Command, ticket: Ticket | None, ctx: Context) -> None:
    """Refuse an answer, or a resolution, with an amount that was not verified. Source: S72.

    Words that waited for a release are stopped there, too: the category may have changed since.

    Raises:
        NotVerified: They name one.
    """
    if ticket is None:
        return
    text = "\n".join(words for _name, words in _response(command, ticket))
    if is_unverified(ticket, text, ctx):
        raise NotVerified(reference=ticket.reference)


def _response(command: Command, ticket: Ticket) -> Fields:
    """Return the words by which a command responds to the account; nothing if it does not."""
    if isinstance(command, Resolve):
        return (("done", command.done), ("check", command.check))
    if not isinstance(command, DraftText | UseSuggested | ReleaseText):
        return ()
    number = command.number
    draft = None if number is None else ticket.of(Updates).draft(number)
    if isinstance(command, DraftText):
        kind = command.kind if draft is None else draft.kind
        return command.fields if _is_bound(kind, ticket) else ()
    if draft is None or not _is_bound(draft.kind, ticket):
        return ()
    return draft.suggested if isinstance(command, UseSuggested) else draft.fields


def _is_bound(kind: DraftKind, ticket: Ticket) -> bool:
    """On Tier 3 and 4 there are no answers by the form, which is said by another rule. D21."""
    return kind in _BOUND and not (kind is DraftKind.ANSWER and ticket.tier.has_bridge)


@decides(RecordVerified)
def record_verified(ticket: Ticket, command: RecordVerified, ctx: Context) -> tuple[Event, ...]:
    """Decide that the ticket is verified: by one who is on it, or of its team.

    Raises:
        NotYours: The actor is neither.
        ReasonNeeded: Nothing says how.
        AlreadyDone: The same stands on record already.
    """
    need_verifier(ticket, ctx)
    need_status(ticket, *ALIVE)
    need_reason(command.how)
    last = ticket.of(Verification).last
    if last is not None and last.how == command.how:
        raise AlreadyDone(person=last.by.name, done_at=last.at)
    return (Verified(ctx.now, ctx.by, command.how),)


def need_verifier(ticket: Ticket, ctx: Context) -> None:
    """Refuse who is neither on the ticket nor of the team that has it. Source: S72, S164.

    Raises:
        NotYours: The actor is neither.
    """
    need_reader(ticket, ctx)
    if not is_of_team(ticket, ctx):
        need_on_ticket(ticket, ctx)
