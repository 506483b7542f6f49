"""Sentences of events: a due point that passed."""

from __future__ import annotations

from protocols.clock.events import DuePassed
from templates.kit.sentences import silent

silent(DuePassed)
