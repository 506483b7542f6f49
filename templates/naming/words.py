"""Ids of buttons and forms, and sentences of events: an account set later."""

from __future__ import annotations

from protocols.naming.events import AccountNamed
from templates.kit.actions import action, form
from templates.kit.sentences import simply

ACCOUNT_SET = action("account.set", "Set the account")
ACCOUNT_SEARCH = action("account.search")
VIEW_SET_ACCOUNT = form("set_account")

simply(AccountNamed, lambda _, e: f"{e.by.name} set the account: {e.account.name}", decided=True)
