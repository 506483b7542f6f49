"""Sentences of events: masked numbers."""

from __future__ import annotations

from protocols.masked.events import NumberMasked
from templates.kit.sentences import simply

simply(NumberMasked, lambda _, e: f"a number was masked ({e.kind} ending {e.ending})")
