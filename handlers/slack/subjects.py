"""Who listens to Slack: every file below this folder that ends with ``DOORS``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from importlib import import_module
from pkgutil import walk_packages

from slack_bolt import App

from handlers import slack
from handlers.kit.doors import Doors, checked, joined
from handlers.kit.ports import Desks
from handlers.kit.registry import register
from handlers.slack import bridge_command, ticket_command


def _found() -> Iterator[Doors]:
    for each in walk_packages(slack.__path__, f"{slack.__name__}."):
        if each.name != __name__ and hasattr(import_module(each.name), "DOORS"):
            yield import_module(each.name).DOORS


SUBJECTS = tuple(_found())


def whole(subjects: Iterable[Doors]) -> Doors:
    """Return the doors of these subjects, and the commands whose verbs are theirs.

    Raises:
        ValueError: Two listen to one thing, or a button or form has no handler.
    """
    verbs = joined(subjects)
    commands = Doors(
        slashes={
            "ticket": partial(ticket_command.ticket, verbs),
            "bridge": partial(bridge_command.bridge, verbs),
        }
    )
    return checked(joined((verbs, commands)))


DOORS = whole(SUBJECTS)
"""Everything that Slack may send us, and who handles it."""


def register_all(app: App, desks: Desks, doors: Doors = DOORS) -> None:
    """Have Bolt call every handler.

    Args:
        app: The Bolt App, made with ``process_before_response=True``.
        desks: Gives each gesture what it may ask of the rest of the program.
        doors: What is listened to.
    """
    register(app, desks, doors)
