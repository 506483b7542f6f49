"""Finds what the subjects of a list bring: their rules, events and commands."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import TypeVar

from protocols.kernel.command import Command
from protocols.kernel.due_point import DuePoint, NumberedPoint
from protocols.kernel.event import Event
from protocols.kernel.record import Record
from protocols.kernel.tables import arrange

T = TypeVar("T")


def load(record: type[Record], packages: tuple[str, ...]) -> None:
    """Import the subjects of a kind of record, and put their rules in force in this order."""
    for package in packages:
        _modules(package)
    arrange(record, packages)


@cache
def _modules(package: str) -> list[ModuleType]:
    # Asked for each table that is made: the folders stay as they are.
    found = pkgutil.iter_modules(importlib.import_module(package).__path__)
    return [importlib.import_module(f"{package}.{module.name}") for module in found]


def events_of(packages: tuple[str, ...]) -> tuple[type[Event], ...]:
    """Return the events of the subjects, in the order of the list."""
    return _declared(packages, Event)


def commands_of(packages: tuple[str, ...]) -> tuple[type[Command], ...]:
    """Return the commands of the subjects, in the order of the list."""
    return _declared(packages, Command)


def points_of(packages: tuple[str, ...]) -> tuple[type[DuePoint], ...]:
    """Return the classes of due points: those of all subjects, then each subject's own."""
    return (DuePoint, NumberedPoint, *_declared(packages, DuePoint))


def _declared(packages: tuple[str, ...], base: type[T]) -> tuple[type[T], ...]:
    return tuple(one for package in packages for one in _classes(package) if issubclass(one, base))


@cache
def _classes(package: str) -> tuple[type, ...]:
    return tuple(
        one
        for module in _modules(package)
        for one in vars(module).values()
        if isinstance(one, type) and one.__module__ == module.__name__
    )
