"""This file owns the list of who listens to Slack: a subject adds its line here."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from handlers.kit.doors import Doors, checked, joined
from handlers.kit.ports import Desks
from handlers.kit.registry import register
from handlers.slack import (
    account,
    analysis,
    bridge,
    bridge_command,
    closure,
    contact,
    decisions,
    executives,
    fixed_texts,
    holds,
    investigation,
    outreach,
    people,
    reading,
    replies,
    roles,
    status_page,
    ticket_command,
    tiers,
    timeline,
    withdrawals,
)
from handlers.slack.opening import gestures as opening
from handlers.slack.updates import drafts, review

SUBJECTS: tuple[Doors, ...] = (
    account.DOORS,
    holds.DOORS,
    roles.DOORS,
    contact.DOORS,
    bridge.DOORS,
    investigation.DOORS,
    drafts.DOORS,
    review.DOORS,
    fixed_texts.DOORS,
    status_page.DOORS,
    withdrawals.DOORS,
    outreach.DOORS,
    executives.DOORS,
    decisions.DOORS,
    closure.DOORS,
    analysis.DOORS,
    replies.DOORS,
    timeline.DOORS,
    tiers.DOORS,
    opening.DOORS,
    reading.DOORS,
    people.DOORS,
    ticket_command.DOORS,
)
"""Who listens to Slack, one line a file of doors."""


_VERBS = joined(SUBJECTS)
_COMMANDS = Doors(
    slashes={
        "ticket": partial(ticket_command.ticket, _VERBS),
        "bridge": partial(bridge_command.bridge, _VERBS),
    }
)

DOORS = checked(joined((*SUBJECTS, _COMMANDS)))
"""Everything that Slack may send us, and who handles it."""


def register_all(app: App, desks: Desks) -> None:
    """Have Bolt call every handler.

    Args:
        app: The Bolt App, made with ``process_before_response=True``.
        desks: Gives each gesture what it may ask of the rest of the program.
    """
    register(app, desks, DOORS)
