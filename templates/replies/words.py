"""Ids of buttons and forms, and sentences of events: replies."""

from __future__ import annotations

from protocols.replies.events import (
    AccountCalled,
    ColleagueWrote,
    CustomerSaid,
    CustomerWrote,
    WordsAltered,
    WordsCollected,
)
from templates.kit.actions import action, form
from templates.kit.late import read_late
from templates.kit.scene import Scene
from templates.kit.sentences import says, silent, simply
from templates.updates.words import needed_for

WORDS_OPEN = action("words.open")
CALLED_OPEN = action("called.open")
ANSWER_YES = action("answer.yes")
ANSWER_NO = action("answer.no")
VIEW_THEIR_WORDS = form("their_words")
VIEW_CALLED = form("called")


silent(WordsCollected)


@says(CustomerWrote)
def _wrote(scene: Scene, event: CustomerWrote) -> str:
    whose = "from outside" if event.outside else scene.account
    where = "channel" if event.place else "thread"
    return f'{whose}, {event.author} ({where}): "{event.text}"{read_late(event)}'


@says(ColleagueWrote)
def _own(scene: Scene, event: ColleagueWrote) -> str:
    stopped = "; a check would have stopped it" if event.stops else ""
    stopped += f"; a second person was needed: {needed_for(event.needed)}" if event.needed else ""
    stopped += "; it names an amount that was not verified" if event.unverified else ""
    whose = f"{event.by.name}, to {scene.account} in its thread"
    return f'{whose}: "{event.text}"{stopped}{read_late(event)}'


@says(WordsAltered)
def _altered(_: Scene, event: WordsAltered) -> str:
    if not event.text:
        return f'{event.person.name} deleted what they wrote: "{event.was}"'
    changed = f'{event.person.name} changed what they wrote: "{event.was}" is now "{event.text}"'
    return f"{changed}{read_late(event)}"


@says(CustomerSaid)
def _said(scene: Scene, event: CustomerSaid) -> str:
    by_phone = f" (phone, {event.said_at})" if event.said_at else ""
    said = f': "{event.words}"' if event.words else ""
    answer = {"yes": " answered that it is solved", "no": " answered that it is not solved"}
    return f"{scene.account}, {event.speaker}{by_phone}{answer.get(event.solved, '')}{said}"


simply(AccountCalled, lambda s, e: f'{e.by.name} called {s.account}: "{e.note}"')
