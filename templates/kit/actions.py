"""Every name that comes back from Slack: actions, forms, menus.

An ``action_id`` may carry a version after ":" (``role.take:scribe``), because one block may not
hold the same id twice; ``base`` takes it off, ``pattern`` matches both. A button's ``value`` is
the ticket's reference, then further words after "|": ``BW-1001|investigator``. A menu has the
action ``more``; the chosen option's value is ``action_id|value``. In modals a ``block_id`` is the
name of its field, again with an optional version after ":"; ``private_metadata`` is written like
a button's value.
"""

from __future__ import annotations

import re

ACTIONS: set[str] = set()
"""Every action a listener must exist for."""


VIEWS: set[str] = set()
"""What forms are submitted as: every callback_id of a modal."""


ONLY_READ: set[str] = set()
"""The modals among them that have nothing to submit."""


LABELS: dict[str, str] = {}
"""The words on buttons that a card chooses by its facts."""


def action(name: str, label: str = "") -> str:
    """Register what a button, menu or field sends back, and the words on its button.

    Raises:
        ValueError: Another action is called so.
    """
    if label:
        LABELS[name] = label
    return _registered(name, ACTIONS)


def form(name: str, *, only_read: bool = False) -> str:
    """Register what a form is submitted as, or what a modal is called that is only read.

    Raises:
        ValueError: Another form is called so.
    """
    if only_read:
        ONLY_READ.add(name)
    return _registered(name, VIEWS)


def _registered(name: str, names: set[str]) -> str:
    if name in names:
        raise ValueError(f"{name} stands twice")
    names.add(name)
    return name


def base(action_id: str) -> str:
    """Return an action or field without the version after ":"."""
    return action_id.partition(":")[0]


def pattern(action: str) -> re.Pattern[str]:
    """Return a pattern that matches this action in all its versions."""
    return re.compile(rf"^{re.escape(action)}(:[\w.-]+)?$")


MORE = action("more")
