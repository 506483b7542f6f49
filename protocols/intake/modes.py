"""How an account asks in its channel: a report opens a ticket, is asked about, or is none. M16."""

from __future__ import annotations

from enum import StrEnum

from protocols.people.directory import Account, AccountKind


class Intake(StrEnum):
    """What a contact's message at the top of the account's channel does."""

    ON = "on"
    NUDGE = "nudge"
    OFF = "off"


def intake_of(account: Account) -> Intake:
    """Return how an account asks: as the directory says, else by what it is. Source: M16."""
    said = (account.intake or "").strip().casefold()
    if said in {each.value for each in Intake}:
        return Intake(said)
    return Intake.ON if account.kind is AccountKind.PARTNER else Intake.NUDGE
