"""Ids of buttons and forms, and sentences of events: outreach."""

from __future__ import annotations

from protocols.outreach.events import ImpactedNamed
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says

OUTREACH_DRAFT = action("outreach.draft", "Draft outreach")
OUTREACH_ACCOUNTS = action("outreach.accounts", "Add accounts")
VIEW_DRAFT_OUTREACH = form("draft_outreach")
VIEW_IMPACTED = form("impacted")


@says(ImpactedNamed, decided=True)
def _impacted(scene: Scene, event: ImpactedNamed) -> str:
    known = (scene.ctx.directory.account(key) for key in event.accounts)
    names = ", ".join(account.name for account in known if account is not None)
    return f"{event.by.name} listed {len(event.accounts)} impacted: {names}"
