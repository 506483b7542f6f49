"""Ids of buttons and forms, and sentences of events: details."""

from __future__ import annotations

from protocols.counts import counted
from protocols.details.events import (
    DetailsAnswered,
    DetailsAsked,
    DetailsBack,
    DetailsNotNeeded,
    DetailsReminded,
    DetailsToCall,
)
from templates.kit.actions import action, form
from templates.kit.sentences import simply
from templates.kit.when import utc

DETAILS_ASK = action("details.ask", "Ask for details")
DETAILS_GO_ON = action("details.go_on", "Go on without it")
VIEW_ASK_DETAILS = form("ask_details")
VIEW_GO_ON = form("go_on")

simply(
    DetailsAsked,
    lambda s, e: (
        f"{counted(e.count, 'question')} with {s.account} since {utc(e.since_at, s.ctx.now)}:"
        " we wait for the answer"
    ),
)
simply(DetailsAnswered, lambda s, _: f"{s.account} answered what it was asked")
simply(
    DetailsNotNeeded,
    lambda s, e: f'{e.by.name} goes on without the answer of {s.account}: "{e.reason}"',
    decided=True,
)
simply(DetailsReminded, lambda s, e: f"{s.account} has not answered: reminder {e.turn}")
simply(DetailsToCall, lambda s, _: f"{s.account} has not answered: it is to be called")
simply(DetailsBack, lambda s, _: f"{s.account} has not answered: it is for its owner again")
