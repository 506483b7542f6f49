"""Ids of buttons and forms, and sentences of events: opening."""

from __future__ import annotations

from protocols.opening.events import TicketOpened
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says
from templates.kit.titles import tier_named

FORM_ACCOUNT = action("form.account")
FORM_SIGNAL = action("form.signal")
FORM_IMPACT_PLATFORM = action("form.impact_platform")
FORM_IMPACT_MONEY = action("form.impact_money")
FORM_IMPACT_PAYMENTS = action("form.impact_payments")
FORM_CONFIRMED = action("form.confirmed")
FORM_NOTICED = action("form.noticed")
FORM_SEE_TEXT = action("form.see_text")
FORM_GO_TO = action("form.go_to")
FORM_OPEN = action("form.open")
VIEW_OPEN_TICKET = form("open_ticket")
VIEW_OPENED = form("opened", only_read=True)
VIEW_SEE_TEXT = form("see_text", only_read=True)


@says(TicketOpened, decided=True)
def _opened(_: Scene, event: TicketOpened) -> str:
    summary = event.opening.summary
    tier = tier_named(0 if event.unclassified else int(event.tier))
    return f'{event.by.name} opened {event.reference}, {tier}: "{summary}"'
