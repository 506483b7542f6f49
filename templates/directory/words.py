"""Ids of buttons and forms: an account, as people of the desk see and change it. Source: M25."""

from __future__ import annotations

from templates.kit.actions import action, form

ACCOUNT_SHOW = action("account.show", "Open the account")
ACCOUNT_ADD = action("account.add", "Add it")
VIEW_EDIT_ACCOUNT = form("edit_account")
VIEW_SHOW_ACCOUNT = form("show_account", only_read=True)

FIELDS = {
    "name": "Name",
    "kind": "Kind",
    "zone": "Time zone",
    "program_level": "Program level",
    "csm": "CSM",
    "executive_sponsor": "Executive sponsor",
    "contacts": "Its people",
    "vendor_poc": "Our contact at its processor",
    "shared_channel": "Shared channel",
    "call_url": "Call link",
    "sox_relevant": "SOX",
    "tags": "Tags",
    "active": "Active",
    "intake": "Reports in its channel",
    "records": "Records",
}
"""What each thing of an account is called on screen."""
