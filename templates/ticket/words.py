"""Ids of buttons: what shows a ticket as a whole."""

from __future__ import annotations

from templates.kit.actions import action

TICKET_SHOW = action("ticket.show")
TICKET_CERTIFICATE = action("ticket.certificate")
CERTIFICATE_POST = action("certificate.post")
PAGE_OPEN = action("page.open")
