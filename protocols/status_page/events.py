"""A status text for the public page: a person is asked to put it there, and says so.

Source: S22, D15.
"""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff


@dataclass(frozen=True, slots=True)
class SayOnPage(Command):
    """Say that a released status text is on the page. Source: S22, D15."""

    number: int


@dataclass(frozen=True, slots=True)
class PageAsked(Event):
    """A person was asked to put a released status text on the page. Source: S22, D15."""

    NAME = "PageAsked"

    number: int
    person: Staff


@dataclass(frozen=True, slots=True)
class PagePrompted(Event):
    """The writer was reminded of the time that the text on the page names. Source: S52, S22."""

    NAME = "PagePrompted"

    number: int
