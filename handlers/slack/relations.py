"""What another ticket is to one: chosen in a form, or typed. Source: S67, S68; M26."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.kit import replies
from handlers.kit.acting import context_of, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Gesture, Press, Slash, Submission
from handlers.kit.grammar import is_reference
from handlers.kit.ports import Acts, Answers, Desk, Glance
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer, Correct
from protocols.kernel.context import Context
from protocols.kernel.refusals import OldButton
from protocols.opening.events import Opening
from protocols.relations.events import (
    LinkTickets,
    MergeTickets,
    Relation,
    UndoMerge,
    UnlinkTickets,
)
from protocols.rights.rules import may_read
from protocols.routing.rules import need_sorter
from protocols.ticket import Ticket
from templates.kit import render
from templates.relations.facts import link_facts
from templates.relations.words import IS, LINK_OPEN, MERGE_UNDO, VIEW_LINK

MOST_OFFERED = 20
LONG_WORD = 5
"""How long a word of a summary is that is looked for in others."""
MOST_WORDS = 3
NOTHING = "nothing"
MERGE = "merge"
_TYPED = {
    "": Relation.RELATED,
    "related": Relation.RELATED,
    "duplicate": Relation.DUPLICATE_OF,
    "problem": Relation.SAME_PROBLEM_AS,
}
"""What may stand behind the two references."""


def offered(desk: Glance, ticket: Ticket, ctx: Context) -> tuple[Ticket, ...]:
    """Return the tickets that may belong to one: its account's open ones, then those alike."""
    found: dict[str, Ticket] = {}
    for each in (*_of_account(desk, ticket), *alike(desk, ticket)):
        if each.reference != ticket.reference and may_read(each, ctx):
            found.setdefault(each.reference, each)
    return tuple(found.values())[:MOST_OFFERED]


def _of_account(desk: Glance, ticket: Ticket) -> list[Ticket]:
    if ticket.account is None:
        return []
    recent = desk.recent_tickets(ticket.account.key, MOST_OFFERED)
    return sorted(recent, key=lambda each: not each.is_open)


def alike(desk: Glance, ticket: Ticket) -> Iterator[Ticket]:
    """Yield tickets with one of the longest words of a summary, whoever's they are. S68."""
    words = {word.strip(".,:;!?\"'()") for word in ticket.of(Opening).summary.split()}
    longest = sorted((word for word in words if len(word) >= LONG_WORD), key=lambda w: (-len(w), w))
    for word in longest[:MOST_WORDS]:
        yield from desk.tickets_with(word, MOST_OFFERED)[0]


def _form(desk: Answers, gesture: Gesture, reference: str) -> Answer:
    ticket = need_ticket(desk, reference)
    ctx = context_of(desk, gesture, ticket)
    need_sorter(ticket, ctx)
    view = render.view("link_tickets", link_facts(ticket, offered(desk, ticket, ctx)))
    return replies.show_view(desk, gesture, view)


def open_link(desk: Answers, press: Press) -> Answer:
    """Open the form."""
    return _form(desk, press, press.reference)


def link(desk: Acts, submission: Submission) -> Answer:
    """Link what was chosen, or what was written."""
    view = submission.view
    typed = view.text("typed").strip().upper()
    other = typed or view.text("chosen")
    if not is_reference(other):
        field = "typed" if typed or "chosen" not in view.blocks else "chosen"
        raise Correct(**{field: render.line("error_no_other", {})})
    said = view.text("relation")
    if said == MERGE:
        return _merge(desk, submission, submission.reference, other)
    if said == NOTHING:
        return _said(desk, submission, submission.reference, other, None)
    if said not in set(Relation):
        raise OldButton(reference=submission.reference)
    return _said(desk, submission, submission.reference, other, Relation(said))


def type_link(desk: Desk, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket link``: with another reference at once, else by the form."""
    other, _, said = rest.partition(" ")
    if not other:
        return _form(desk, slash, ticket.reference)
    return _said(desk, slash, ticket.reference, other.upper(), _TYPED[said.strip().casefold()])


def type_merge(desk: Desk, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket merge``: the first becomes part of the second."""
    if not rest:
        return _form(desk, slash, ticket.reference)
    return _merge(desk, slash, ticket.reference, rest.strip().upper())


def _merge(desk: Acts, gesture: Gesture, reference: str, other: str) -> Answer:
    stands = need_ticket(desk, other).reference
    seen = submit(desk, gesture, MergeTickets(reference, stands))
    ctx = context_of(desk, gesture, seen.ticket)
    facts = {
        "merged": reference,
        "other": stands,
        "until_at": desk.now() + ctx.policy.relations.undo_within,
        "ticket_command": f"{desk.command_prefix}ticket",
    }
    return told(desk, gesture, seen.ticket, "done_merged", **facts)


def undo(desk: Acts, press: Press) -> Answer:
    """Let a merged ticket stand by itself again."""
    ticket = submit(desk, press, UndoMerge(press.reference)).ticket
    return told(desk, press, ticket, "done_undone")


def type_unlink(desk: Desk, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket unlink``."""
    return _said(desk, slash, ticket.reference, rest.strip().upper(), None)


def _said(
    desk: Acts, gesture: Gesture, reference: str, other: str, relation: Relation | None
) -> Answer:
    command: LinkTickets | UnlinkTickets = UnlinkTickets(reference, other)
    if relation is not None:
        command = LinkTickets(reference, other, relation)
    ticket = submit(desk, gesture, command).ticket
    what = "" if relation is None else IS[relation]
    facts = {"other": other, "what": what, "is_over": relation is None}
    return told(desk, gesture, ticket, "done_linked", **facts)


DOORS = Doors(
    presses={
        LINK_OPEN: open_link,
        MERGE_UNDO: undo,
    },
    submissions={
        VIEW_LINK: link,
    },
    ticket_verbs={
        "link": type_link,
        "merge": type_merge,
        "unlink": type_unlink,
    },
)
