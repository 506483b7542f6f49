"""A digest has no timeline of its own: what it tells stands on those of its tickets."""

from __future__ import annotations

from protocols.digest.events import DigestOpened, DigestTold, LineHeld
from templates.kit.sentences import silent

silent(DigestOpened, LineHeld, DigestTold)
