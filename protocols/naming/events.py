"""The command that sets a ticket's account after it was opened, and its event. Source: D41, S65."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.account.events import AccountCard, Route
from protocols.kernel.command import Command
from protocols.kernel.event import Event


@dataclass(frozen=True, slots=True)
class SetAccount(Command):
    """Set the account of a ticket that was opened without one."""

    account_key: str


@dataclass(frozen=True, slots=True)
class AccountNamed(Event):
    """The ticket has an account now, and a road to it."""

    NAME = "AccountNamed"

    account: AccountCard
    route: Route
