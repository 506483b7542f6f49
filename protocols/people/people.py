"""Who acts or is told: one of us, somebody outside, or a machine; as the journal names them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType


@dataclass(frozen=True, slots=True)
class Who:
    """Whoever acts, as the journal keeps them: a stable key, and the name they had then."""

    key: str
    name: str


Staff = NewType("Staff", Who)
"""One of us. Only they get direct messages, pages and inside words. Source: D29."""
Machine = NewType("Machine", Who)
"""A program: it acts, and nobody writes to it."""


class NotOneOfUs(ValueError):
    """Somebody outside or a machine was to be told, or to do, what is for one of us alone."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at the account or at a third party; told by its road alone, or by mail."""

    name: str
    email: str = ""
    phone: str = ""
    security: bool = False


BOT = Machine(Who("bridgewatch", "bot"))
"""The actor of everything that no person asked for."""


class Standing(StrEnum):
    """What the one who acts is to us. Source: D29."""

    MEMBER = "member"
    CUSTOMER = "customer"
    OUTSIDE = "outside"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who asks, with the duties they hold in the directory."""

    who: Who
    standing: Standing = Standing.MEMBER
    duties: frozenset[str] = field(default_factory=frozenset)
    account: str | None = None
    accounts: frozenset[str] = field(default_factory=frozenset)
    """Every account whose named contact they are; one person may stand for several."""
    is_person: bool = True
    """False for a bot, and for a user whom Slack has not told of yet."""
    is_met: bool = True
    """False for a user whom Slack has not told of yet: one of us, or not."""

    def speaks_for(self, account: str) -> bool:
        """Say whether the actor stands for an account. Source: D32."""
        if self.standing is not Standing.CUSTOMER:
            return False
        return account in self.accounts or account == self.account

    def holds(self, *duties: str) -> bool:
        """Say whether the actor holds at least one of these duties."""
        return bool(self.duties.intersection(duties))


ENGINE = Actor(BOT, Standing.MACHINE)
"""The bot itself, acting on a due point or a delivery."""


class Role(StrEnum):
    """A seat on a bridge, held by one person at a time. Source: S43, S150-S152, S159."""

    INVESTIGATOR = "investigator"
    COMMUNICATOR = "communicator"
    SCRIBE = "scribe"
    COMMANDER = "commander"

    @property
    def label(self) -> str:
        """Return the role's name in a sentence, e.g. ``incident commander``."""
        return "incident commander" if self is Role.COMMANDER else self.value


BRIDGE_ROLES = (Role.INVESTIGATOR, Role.COMMUNICATOR, Role.SCRIBE)


ROLE_DUTIES: dict[Role, tuple[str, ...]] = {
    Role.INVESTIGATOR: ("investigator", "engineer", "engineering-lead"),
    Role.COMMUNICATOR: ("communicator", "csm"),
    Role.SCRIBE: ("scribe", "support"),
    Role.COMMANDER: ("commander", "engineering-lead", "security"),
}
"""Duties asked for a role, best first. Source: D14, D20."""
