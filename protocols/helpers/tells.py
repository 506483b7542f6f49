"""How one who is called hears of it, and how they are asked again. Source: S40, S41; D16."""

from __future__ import annotations

from protocols.helpers.events import HelperCalled, HelperCalledAgain
from protocols.kernel.context import Context
from protocols.kernel.roads import dm, page
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.losses.state import Losses
from protocols.roles.tells import RESPONDERS
from protocols.ticket import Ticket


@tells(HelperCalled)
def called(ticket: Ticket, event: HelperCalled, ctx: Context) -> Effects:
    """Send a heads-up, or a question to come at once."""
    turn = _turn(ticket, event)
    if event.heads_up:
        params = {"duty": event.duty}
        return (dm(ticket, f"heads-up/{event.duty}{turn}", event.person, "heads_up", params),)
    template = "responder_ask" if event.duty in RESPONDERS else "reviewer_ask"
    params = {"duty": event.duty}
    asked = dm(ticket, f"called/{event.duty}{turn}", event.person, template, params)
    suffix = f"called/{event.duty}{turn}"
    woken = page(ticket, suffix, event.person, "page_called", duty=event.duty)
    return (asked, woken)


def _turn(ticket: Ticket, event: HelperCalled) -> str:
    """Return what tells the call of one who takes the place of another from the first one."""
    return f"/{stamp(event.at)}" if event.duty in ticket.of(Losses).duties else ""


@tells(HelperCalledAgain)
def called_again(ticket: Ticket, event: HelperCalledAgain, ctx: Context) -> Effects:
    """Ask one who was told and has not come again."""
    params = {"duty": event.duty}
    suffix = f"called-again/{event.duty}/{stamp(event.at)}"
    return (dm(ticket, suffix, event.person, "lead_asked_again", params),)
