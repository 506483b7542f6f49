"""Ids of buttons and forms, and sentences of events: status page."""

from __future__ import annotations

from protocols.status_page.events import PageAsked, PagePrompted
from templates.kit.actions import action, form
from templates.kit.sentences import silent, simply

STATUS_PAGE_OPEN = action("status_page.open")
STATUS_PAGE_ON = action("status_page.on")
VIEW_DRAFT_STATUS_PAGE = form("draft_status_page")


simply(PageAsked, lambda _, e: f"{e.person.name} was asked to put the text on the status page")
silent(PagePrompted)
