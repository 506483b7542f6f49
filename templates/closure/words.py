"""Ids of buttons and forms, and sentences of events: closure."""

from __future__ import annotations

from protocols.closure.events import (
    AccountConfirmed,
    AskedAgain,
    CauseNamed,
    ClosedUnconfirmed,
    ConfirmationReminded,
    OpenedInError,
    ResolutionRated,
    ResolutionTold,
    TicketClosed,
    TicketReopened,
    TicketResolved,
    UntoldReminded,
)
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says, simply
from templates.kit.when import utc_minute

CAUSE_OPEN = action("cause.open", "Name the cause")
TICKET_MISTAKE = action("ticket.mistake")
TICKET_RESOLVE = action("ticket.resolve", "Resolve")
TICKET_USE_THIS = action("ticket.use_this", "Use this")
SOLVED_YES = action("solved.yes")
SOLVED_NO = action("solved.no")
RATING_GIVE = action("rating.give")
VIEW_NAME_CAUSE = form("name_cause")
VIEW_OPENED_BY_MISTAKE = form("opened_by_mistake")
VIEW_RESOLVE = form("resolve")
VIEW_STILL_WRONG = form("still_wrong")


@says(AccountConfirmed, decided=True)
def _confirmed(scene: Scene, event: AccountConfirmed) -> str:
    phone = ", by phone" if event.by_phone else ""
    said = f': "{event.words}"' if event.words else ""
    return f"{scene.account}, {event.speaker}, confirmed that it is solved{phone}{said}"


@says(TicketResolved, decided=True)
def _resolved(scene: Scene, event: TicketResolved) -> str:
    owed = event.rca_due_at
    analysis = f"; written analysis due {utc_minute(owed)}" if owed is not None else ""
    return f"{event.by.name} resolved {scene.ticket.reference}{analysis}"


@says(ResolutionTold)
def _told(scene: Scene, event: ResolutionTold) -> str:
    if event.by_phone:
        return f"{scene.account} was told by phone what was done"
    return f"{scene.account} was told what was done, and asked whether it is solved"


@says(ConfirmationReminded)
def _asked_again(scene: Scene, _event: ConfirmationReminded) -> str:
    if scene.has_no_route:
        return f"{scene.account} is to be called and asked whether it is solved"
    return f"{scene.account} was asked again"


simply(ResolutionRated, lambda s, e: f"{s.account}, {e.speaker}, rated it {e.stars} of 5")
simply(CauseNamed, lambda _, e: f"{e.by.name} says what it came from: {e.cause}")
simply(AskedAgain, lambda s, e: f"{e.by.name} had {s.account} asked again")
simply(UntoldReminded, lambda s, _e: f"{s.account} has not been told: somebody was reminded")
simply(TicketReopened, lambda _, e: f'{e.by.name} opened it again: "{e.reason}"', decided=True)
simply(ClosedUnconfirmed, lambda _, e: f'{e.by.name} closed it unconfirmed: "{e.reason}"')
simply(TicketClosed, lambda s, _e: f"{s.ticket.reference} is closed: nothing is owed")
simply(
    OpenedInError,
    lambda _, e: f'{e.by.name} closed it as opened in error: "{e.reason}"',
    decided=True,
)
