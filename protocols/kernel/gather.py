"""Finds what the subjects of a list bring: their rules, events and commands."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.kernel.tables import arrange

T = TypeVar("T")


def load(packages: tuple[str, ...]) -> None:
    """Import every module of the subjects' packages, and put their rules into this order."""
    for package in packages:
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
            importlib.import_module(f"{package}.{module.name}")
    arrange(packages)


def events_of(packages: tuple[str, ...]) -> tuple[type[Event], ...]:
    """Return the events of the subjects, in the order of the list."""
    return _declared(packages, Event)


def commands_of(packages: tuple[str, ...]) -> tuple[type[Command], ...]:
    """Return the commands of the subjects, in the order of the list."""
    return _declared(packages, Command)


def _declared(packages: tuple[str, ...], base: type[T]) -> tuple[type[T], ...]:
    found: list[type[T]] = []
    for package in packages:
        module: ModuleType = importlib.import_module(f"{package}.events")
        found += [
            one
            for one in vars(module).values()
            if isinstance(one, type) and issubclass(one, base) and one.__module__ == module.__name__
        ]
    return tuple(found)
