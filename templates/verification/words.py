"""Ids of the button and the form, and the sentence of the event: verification."""

from __future__ import annotations

from protocols.verification.events import Verified
from templates.kit.actions import action, form
from templates.kit.sentences import simply

VERIFIED_OPEN = action("verified.open", "Record verified")
VIEW_RECORD_VERIFIED = form("record_verified")

simply(Verified, lambda _, e: f'{e.by.name} verified it: "{e.how}"', decided=True)
