"""``/ticket``: from the words typed to the journey they mean. Source: words.md 1."""

from __future__ import annotations

from handlers.kit import grammar, replies
from handlers.kit.doors import Doors
from handlers.kit.edge import Slash
from handlers.kit.grammar import NearMiss, Verb
from handlers.kit.journey import actor_of
from handlers.kit.ports import Answers, Desk, Glance
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer
from handlers.slack.opening.gestures import open_with_words
from handlers.slack.queue import names_a_queue
from protocols.rights.guards import need_staff
from protocols.ticket import Ticket
from protocols.words.masking import mask
from templates.kit import render

_SHOWN_MAX = 38_000


def ticket(doors: Doors, desk: Desk, slash: Slash) -> Answer:
    """Answer ``/ticket``.

    Raises:
        Outside: The one who typed is not one of us.
        UnknownTicket: No ticket has the reference that was typed.
    """
    ctx = desk.context(actor_of(desk, slash))
    need_staff(ctx)
    implied = desk.ticket_of_bridge(slash.channel_id)
    search = ctx.directory.search_accounts
    meant = grammar.ticket(
        slash.text,
        in_bridge=implied is not None,
        is_account=lambda words: bool(search(words)),
        is_queue=lambda words: names_a_queue(words, ctx),
    )
    if isinstance(meant, NearMiss):
        return _asked_back(desk, meant)
    if isinstance(meant, Verb):
        return _verb(doors, desk, slash, meant, implied)
    return _form(desk, slash, meant.text)


def _form(desk: Answers, slash: Slash, text: str) -> Answer:
    """Open the form; words that do not fit it come back, so that none is lost."""
    opened = open_with_words(desk, slash, text)
    if not grammar.is_too_long(text):
        return opened
    head = render.line("help_too_long", {})
    return replies.said(f"{head}\n{_escaped(mask(text).text)[:_SHOWN_MAX]}")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _asked_back(desk: Glance, meant: NearMiss) -> Answer:
    facts = {"typed": meant.typed, "nearest": meant.nearest, "ticket_command": _name(desk)}
    return replies.said(render.message("did_you_mean", facts))


def _verb(doors: Doors, desk: Desk, slash: Slash, meant: Verb, implied: Ticket | None) -> Answer:
    if meant.name in doors.list_verbs:
        return doors.list_verbs[meant.name](desk, slash, meant.rest)
    if not meant.reference and implied is None:
        return replies.said(_which(desk, meant.name))
    named = need_ticket(desk, meant.reference) if meant.reference else implied
    if named is None:
        return replies.said(_which(desk, meant.name))
    act = doors.ticket_verbs.get(meant.name)
    if act is None:
        return _asked_back(desk, NearMiss(meant.name))
    return act(desk, slash, named, meant.rest)


def _which(desk: Glance, verb: str) -> str:
    return render.line("help_no_ref", {"ticket_command": _name(desk), "verb": verb})


def _help(desk: Glance, _slash: Slash, _rest: str) -> Answer:
    return replies.said(render.line("help_ticket", {"ticket_command": _name(desk)}))


def _name(desk: Glance) -> str:
    return f"{desk.command_prefix}ticket"


DOORS = Doors(
    list_verbs={
        "help": _help,
    },
)
