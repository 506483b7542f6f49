"""Ids of buttons and forms, and sentences of events: outreach."""

from __future__ import annotations

from protocols.notices.events import Reach
from protocols.outreach.events import (
    ImpactedNamed,
    OutreachAltered,
    OutreachAnswered,
    OutreachCalled,
    OutreachHeard,
    OutreachReplied,
    OutreachSent,
)
from templates.kit.actions import action, form
from templates.kit.scene import Scene
from templates.kit.sentences import says
from templates.outreach.facts import names

OUTREACH_DRAFT = action("outreach.draft", "Draft outreach")
OUTREACH_ACCOUNTS = action("outreach.accounts", "Add accounts")
OUTREACH_RECALL = action("outreach.recall", "Recall the notice")
OUTREACH_SEARCH = action("outreach.search")
VIEW_DRAFT_OUTREACH = form("draft_outreach")
VIEW_IMPACTED = form("impacted")


@says(ImpactedNamed, decided=True)
def _impacted(scene: Scene, event: ImpactedNamed) -> str:
    known = (scene.ctx.directory.account(key) for key in event.accounts)
    names = ", ".join(account.name for account in known if account is not None)
    return f"{event.by.name} listed {len(event.accounts)} impacted: {names}"


@says(OutreachSent)
def _sent(scene: Scene, event: OutreachSent) -> str:
    if not event.accounts:
        return "the released outreach goes to the same accounts"
    return f"the released outreach goes to {names(scene, event.accounts)}, each by its own road"


@says(OutreachHeard)
def _heard(scene: Scene, event: OutreachHeard) -> str:
    by_reach = {
        reach: names(scene, tuple(each.account for each in event.reached if each.reach is reach))
        for reach in Reach
    }
    said = (
        (Reach.TOLD, "{} told"),
        (Reach.TO_CALL, "{} to be called"),
        (Reach.HELD_BACK, "held back, not sent to {}"),
    )
    lines = [words.format(by_reach[reach]) for reach, words in said if by_reach[reach]]
    return f"outreach: {'; '.join(lines)}" if lines else ""


@says(OutreachReplied)
def _replied(scene: Scene, event: OutreachReplied) -> str:
    said = f': "{event.words}"' if event.words else ""
    account = names(scene, (event.account,))
    return f"{event.author} of {account} wrote in reply to the service notice{said}"


@says(OutreachAnswered)
def _answered(scene: Scene, event: OutreachAnswered) -> str:
    return f"{event.person.name} answered {names(scene, (event.account,))}"


@says(OutreachAltered)
def _altered(scene: Scene, event: OutreachAltered) -> str:
    done = f'changed to "{event.words}"' if event.words else "deleted"
    where = f"under the service notice to {names(scene, (event.account,))}"
    return f'{event.author} {done} what they wrote {where}: "{event.was}"'


@says(OutreachCalled)
def _called(scene: Scene, event: OutreachCalled) -> str:
    return f"{event.by.name} told {names(scene, (event.account,))} by phone"
