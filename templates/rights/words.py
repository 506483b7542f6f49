"""Sentences of events: who is on a ticket."""

from __future__ import annotations

from protocols.rights.events import PersonAdded
from templates.kit.sentences import silent

silent(PersonAdded)
