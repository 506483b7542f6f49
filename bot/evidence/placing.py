"""Where this installation keeps its anchors."""

from __future__ import annotations

from bot.evidence.anchors import Anchors
from bot.settings import Settings


def make_anchors(settings: Settings) -> Anchors | None:
    """Return where the ends of chains are noted outside the database, None for nowhere."""
    key = settings.ledger.key
    folder = settings.anchors
    return None if folder is None else Anchors(folder, key.get_secret_value() if key else "")
