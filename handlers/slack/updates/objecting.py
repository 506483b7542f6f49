"""How objections to words for an account reach the one who wrote them.

The form comes back with all its words; under each field stands what stops it, and **Use this**
beside it. What is refused has no way round; what is only asked may stand with a reason, for which
there is a field then. Source: D43; M2.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from handlers.kit.acting import account_zone, submit
from handlers.kit.edge import Gesture
from handlers.kit.ports import Acts, NotSaved
from handlers.kit.replies import Correct
from protocols.kernel.context import Context
from protocols.kernel.refusals import OldButton, Refusal
from protocols.ticket import Ticket
from protocols.updates.checking import FIELD_LABELS, hints, stops
from protocols.updates.events import DraftKind, NoteStopped
from protocols.updates.refusals import WordsRefused
from protocols.words.language import Gravity, Objection, checked_form
from templates.updates.instead import Reader, Stop, mended, offered

_LOGGER = logging.getLogger(__name__)


_FORM_FIELDS = {"check": "how_to_check", "for_you": "since_at"}
"""Where a field of a text is called otherwise in its form."""


def sentences(refused: WordsRefused) -> list[tuple[str, str]]:
    """Return each objection: the field, and the sentence with the field's name in front."""
    found = refused.facts.get("findings")
    if not isinstance(found, tuple):
        return []
    return [(str(name), str(sentence)) for name, sentence, *_code in found]


def under_fields(refused: WordsRefused) -> Correct:
    """Return the objections by the field of the form that they are about."""
    told: dict[str, str] = {}
    for name, sentence in sentences(refused):
        shown = _FORM_FIELDS.get(name, name)
        bare = sentence.removeprefix(f"{FIELD_LABELS.get(name, name)}: ")
        told[shown] = f"{told[shown]} {bare}" if shown in told else bare
    return Correct(**told)


def in_words(refused: WordsRefused) -> str:
    """Return all objections in one piece."""
    return " ".join(sentence for _name, sentence in sentences(refused))


def stops_in(words: Mapping[str, str], ticket: Ticket, ctx: Context) -> tuple[Stop, ...]:
    """Return what stands against the words of each field, and what is offered instead."""
    reader = Reader(account_zone(ticket, ctx), ctx.now)
    return tuple(
        Stop(
            name,
            str(place),
            found.advice,
            offered(checked_form(text), found, reader),
            found.severity is Gravity.ASKED,
        )
        for name, text in words.items()
        for place, found in enumerate(_against(name, text, ticket, ctx)[:MOST])
    )


MOST = 6
"""How many stops of one field a form shows; the rest comes when these are settled."""


def _against(name: str, text: str, ticket: Ticket, ctx: Context) -> tuple[Objection, ...]:
    return stops(ticket, FIELD_LABELS[name], text, ctx)


def used(
    words: Mapping[str, str], name: str, place: str, ticket: Ticket, ctx: Context
) -> dict[str, str]:
    """Return the words with what was offered for one stop in its place. Source: D43.

    Raises:
        OldButton: The form has no such field.
    """
    if name not in words or not place.isdecimal():
        raise OldButton(reference=ticket.reference)
    against = _against(name, words[name], ticket, ctx)
    if not against:
        return dict(words)
    found = against[min(int(place), len(against) - 1)]
    reader = Reader(account_zone(ticket, ctx), ctx.now)
    return {**words, name: mended(checked_form(words[name]), found, reader)}


def all_used(
    fields: tuple[tuple[str, str], ...], ticket: Ticket, ctx: Context
) -> tuple[tuple[str, str], ...]:
    """Return a text with what is offered for each of its stops in place. Source: D43."""
    words = dict(fields)
    for name in dict(fields):
        for _turn in range(MOST):
            if not _against(name, words[name], ticket, ctx):
                break
            words = used(words, name, "0", ticket, ctx)
    return tuple(words.items())


def hint(ticket: Ticket, fields: tuple[tuple[str, str], ...], ctx: Context) -> str:
    """Return what is only pointed out to the writer, in one piece. Source: D43."""
    return " ".join(found.sentence for found in hints(ticket, fields, ctx))


def asks_reason(found: tuple[Stop, ...]) -> bool:
    """Say whether a reason sends the words on: something is asked, and nothing refused."""
    return bool(found) and all(stop.asks for stop in found)


def kept(
    desk: Acts,
    gesture: Gesture,
    reference: str,
    refused: WordsRefused,
    kind: DraftKind,
    number: int | None = None,
) -> None:
    """Put on record which checks stopped a text, once for each delivery; never its words.

    The refusal itself wrote nothing. Should this not be written either, the writer is still told.
    """
    found = refused.facts.get("findings")
    codes = tuple(str(each[2]) for each in found) if isinstance(found, tuple) else ()
    asked = not refused.facts.get("has_refused")
    try:
        submit(desk, gesture, NoteStopped(reference, kind, codes, asked, number), "stopped")
    except (Refusal, NotSaved) as reason:
        _LOGGER.warning("A stopped text of %s is not on record: %s", reference, reason)
