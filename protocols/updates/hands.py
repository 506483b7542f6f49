"""Whose words stand in an outward text: every hand in it, none of which may release it.

Source: S47; D22.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from protocols.kernel.context import Context
from protocols.people.people import Role, Who
from protocols.rights.rules import asked_to_release, releasers
from protocols.roles.state import Roles
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind
from protocols.updates.released import RELEASED
from protocols.updates.state import Draft, Updates

FEWEST_WORDS = 4
"""How many words in a row are no coincidence: they were carried over from another text."""


def barred(ticket: Ticket, draft: Draft, ctx: Context) -> frozenset[str]:
    """Return the keys of those who may not release a text: every hand in it, the investigator.

    All accounts of one person are one hand.
    """
    return ctx.all_keys((*_keys(hands(ticket, draft)), *investigators(ticket)))


def investigators(ticket: Ticket) -> frozenset[str]:
    """Return the key of the one who investigates, if anyone does. Source: D22."""
    seat = ticket.of(Roles).seat(Role.INVESTIGATOR)
    return frozenset({seat.holder.key} if seat is not None and seat.holder is not None else ())


def hands(ticket: Ticket, draft: Draft) -> tuple[Who, ...]:
    """Return everyone whose words stand in a text, the writer first.

    They are the writer, every editor, whoever gave words that were used, and whoever wrote the
    text from which words were carried over: the one that a correction is about, or one of this
    ticket that was never released.
    """
    found = [*_own(draft)]
    for other in ticket.of(Updates).drafts:
        if _is_older(other, draft) and _is_source(ticket, draft, other):
            found += _own(other)
    return tuple({who.key: who for who in found}.values())


def _own(draft: Draft) -> tuple[Who, ...]:
    return (draft.written_by, draft.edited_by, *draft.hands)


def _is_older(other: Draft, draft: Draft) -> bool:
    """Say whether a text stood before another was last written: words go only that way."""
    return (other.review_since, other.number) < (draft.review_since, draft.number)


def _is_source(ticket: Ticket, draft: Draft, other: Draft) -> bool:
    shared = _runs(draft.fields) & _runs(other.fields)
    if draft.kind is DraftKind.CORRECTION and other.update_number == draft.corrects:
        return bool(shared)
    if other.state in RELEASED:
        return False
    heard = (
        d.fields
        for d in ticket.of(Updates).drafts
        if d.state in RELEASED and d.number != draft.number
    )
    return bool(shared.difference(*map(_runs, heard)))


def after_edit(draft: Draft, fields: tuple[tuple[str, str], ...]) -> tuple[Who, ...]:
    """Return the further hands in a text once it is changed.

    Whoever suggested words since the last change is one of them: what was taken over from a
    suggestion cannot be told from what was not. So is whoever sent it back with words that were
    used.
    """
    found = [*draft.hands, draft.edited_by, *proposed(draft)]
    if draft.sent_back_by is not None:
        given = _runs((("why", draft.sent_back_why),))
        if (given & _runs(fields)) - _runs(draft.fields):
            found.append(draft.sent_back_by)
    return tuple({who.key: who for who in found}.values())


def proposed(draft: Draft) -> tuple[Who, ...]:
    """Return who suggested other words since the last change."""
    last = () if draft.suggested_by is None else (draft.suggested_by,)
    return (*draft.proposers, *(who for who in last if who not in draft.proposers))


def _keys(people: Iterable[Who]) -> tuple[str, ...]:
    return tuple(who.key for who in people)


def _runs(fields: tuple[tuple[str, str], ...]) -> frozenset[tuple[str, ...]]:
    """Return every run of words of some length in the fields of a text."""
    return frozenset(
        tuple(words[start : start + FEWEST_WORDS])
        for words in (_words(text) for _, text in fields)
        for start in range(len(words) - FEWEST_WORDS + 1)
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def asked_about(ticket: Ticket, draft: Draft, ctx: Context) -> tuple[str, ...]:
    """Return the keys of those who are asked to release a draft: nobody with a hand in it. D22."""
    return asked_to_release(ticket, draft.kind, ctx, besides=barred(ticket, draft, ctx))


def may_release_now(ticket: Ticket, draft: Draft, ctx: Context) -> tuple[str, ...]:
    """Return the keys of all who may release a text now; without a directory nobody is named.

    It is for showing alone: who comes into the bridge later may release as well. Source: M27, D22.
    """
    if not ctx.has_rota:
        return ()
    return releasers(ticket, draft.kind, ctx, besides=barred(ticket, draft, ctx))
