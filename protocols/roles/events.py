"""Commands and events of the seats: asked, taken, declined, lapsed. Source: S43, S187; D14."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Role, Staff, Who


@dataclass(frozen=True, slots=True)
class TakeRole(Command):
    """Take a vacant role, or accept it when asked. Source: S43."""

    role: Role


@dataclass(frozen=True, slots=True)
class DeclineRole(Command):
    """Say that another should be asked. Source: D14."""

    role: Role


@dataclass(frozen=True, slots=True)
class AssignRole(Command):
    """Name someone for a role: they are asked, and hold it when they accept. Source: S43, S187."""

    role: Role
    person: Who
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RoleAsked(Event):
    """A person was asked to take a role."""

    NAME = "RoleAsked"

    role: Role
    person: Staff
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RoleTaken(Event):
    """A person holds a role."""

    NAME = "RoleTaken"

    role: Role
    before: Staff | None = None


@dataclass(frozen=True, slots=True)
class RoleDeclined(Event):
    """A person asked for a role cannot take it."""

    NAME = "RoleDeclined"

    role: Role
    person: Staff


@dataclass(frozen=True, slots=True)
class RoleLapsed(Event):
    """A person asked for a role did not answer in time."""

    NAME = "RoleLapsed"

    role: Role
    person: Staff


@dataclass(frozen=True, slots=True)
class RotaExhausted(Event):
    """Nobody on the rota has taken a role."""

    NAME = "RotaExhausted"

    role: Role
