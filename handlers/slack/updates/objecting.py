"""How objections to words for an account reach the one who wrote them.

What is refused is said under the field, and has no way round. What is only asked may stand with
a reason: the form comes back with all its words, and a field for it. Source: M2.
"""

from __future__ import annotations

import logging

from handlers.kit.acting import submit
from handlers.kit.edge import Gesture
from handlers.kit.ports import Acts, NotSaved
from handlers.kit.replies import Correct
from protocols.kernel.refusals import Refusal
from protocols.updates.checking import FIELD_LABELS
from protocols.updates.events import DraftKind, NoteStopped
from protocols.updates.refusals import WordsRefused

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


def may_be_overruled(refused: WordsRefused) -> bool:
    """Say whether a reason sends the words on."""
    return not refused.facts.get("has_refused")


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
    asked = may_be_overruled(refused)
    try:
        submit(desk, gesture, NoteStopped(reference, kind, codes, asked, number), "stopped")
    except (Refusal, NotSaved) as reason:
        _LOGGER.warning("A stopped text of %s is not on record: %s", reference, reason)
