"""This file owns ids of buttons and forms, and sentences of events: replies."""

from __future__ import annotations

from protocols.replies.events import AccountCalled, CustomerSaid, CustomerWrote
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says, simply

WORDS_OPEN = action("words.open")
CALLED_OPEN = action("called.open")
VIEW_THEIR_WORDS = form("their_words")
VIEW_CALLED = form("called")


@says(CustomerWrote)
def _wrote(scene: Scene, event: CustomerWrote) -> str:
    whose = "from outside" if event.outside else scene.account
    return f'{whose}, {event.author} (thread): "{event.text}"'


@says(CustomerSaid)
def _said(scene: Scene, event: CustomerSaid) -> str:
    at = f", {event.said_at}" if event.said_at else ""
    return f'{scene.account}, {event.speaker} (phone{at}): "{event.words}"'


simply(AccountCalled, lambda s, e: f'{e.by.name} called {s.account}: "{e.note}"')
