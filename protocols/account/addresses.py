"""Where words for people outside go: an account by its road, a third party by mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from protocols.kernel.effects import Address, OutsideAddress
from protocols.people.people import Contact, Staff


@dataclass(frozen=True, slots=True)
class Channel(OutsideAddress):
    """The account's shared channel, of which the identity is known."""

    channel_id: str


@dataclass(frozen=True, slots=True)
class CustomerThread(OutsideAddress):
    """The account's shared channel: the ticket's thread once the acknowledgment stands there."""

    channel_id: str
    parent_key: str | None


@dataclass(frozen=True, slots=True)
class AccountMail(OutsideAddress):
    """People of the account, by mail; answers go to one of us."""

    contacts: tuple[Contact, ...]
    reply_to: Staff | None = None


@dataclass(frozen=True, slots=True)
class VendorMail(Address):
    """The third party, by mail; nobody else reads its words."""

    READERS: ClassVar[tuple[str, ...]] = ("third_party",)

    contact: Contact
