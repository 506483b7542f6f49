"""Sentences of events: the card in a team's channel."""

from __future__ import annotations

from protocols.triage.events import CardDeleted, CardPlaced, CardStood
from templates.kit.sentences import silent, simply

simply(CardPlaced, lambda _, e: f"its card stands in the channel of {e.team}")
silent(CardStood)
simply(CardDeleted, lambda _, _e: "a person deleted its card in the team's channel")
