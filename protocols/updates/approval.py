"""What an approval is bound to: the whole text, so that no other text has the same hash.

Source: M1.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from protocols.updates.events import DraftKind
from protocols.updates.state import Draft
from protocols.words.normal_form import normal_fields

_LENGTH_BYTES = 8


def text_hash(
    kind: DraftKind,
    fields: tuple[tuple[str, str], ...],
    next_at: datetime | None,
    corrects: int = 0,
    turn: int = 0,
) -> str:
    """Return what an approval is bound to, hashed: kind, words, promised time, what it corrects.

    Each part is preceded by its length, so that two texts never make the same bytes. A release that
    was taken back is not repeated by a button of before it: each turn has a hash. Source: M1, D24.
    """
    parts = [kind.value, next_at.isoformat() if next_at else "", str(corrects)]
    for name, text in fields:
        parts += [name, text]
    if turn:
        parts.append(str(turn))
    return hashlib.sha256(b"".join(map(_measured, parts))).hexdigest()


def _measured(part: str) -> bytes:
    encoded = part.encode("utf-8", "surrogatepass")
    return len(encoded).to_bytes(_LENGTH_BYTES, "big") + encoded


def hash_of(draft: Draft) -> str:
    """Return the hash of a text as it stands, whatever hash was stored with it.

    A text of an earlier version was stored with a shorter one, which releases nothing, and perhaps
    in another form than the one that is shown and sent.
    """
    return _of_turn(draft, draft.withdrawn)


def words_hash(draft: Draft) -> str:
    """Return the hash of a text whatever became of its releases: the same words have the same."""
    return _of_turn(draft, 0)


def is_of_a_turn_before(draft: Draft, hashed: str) -> bool:
    """Say whether a hash is this text's from before a release of it was taken back."""
    return hashed in (_of_turn(draft, turn) for turn in range(draft.withdrawn))


def _of_turn(draft: Draft, turn: int) -> str:
    fields = normal_fields(draft.fields)
    return text_hash(draft.kind, fields, draft.next_at, draft.corrects, turn)
