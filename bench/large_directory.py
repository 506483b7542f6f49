"""A directory of very many accounts, each with five contacts, as a desk of the largest kind has."""

from __future__ import annotations

from dataclasses import replace

from bot.engine.facts import Facts
from protocols.people.directory import Account, AccountContact, AccountKind
from tests.contract.ports.houses import acquainted
from tests.kit.rules_incident import people

CONTACTS = 5


def knowing(accounts: int) -> Facts:
    """Return what is known of the sample world, with this many accounts beside its own."""
    known = people()
    more = tuple(map(_account, range(accounts)))
    return acquainted(directory=replace(known, accounts=(*known.accounts, *more)))


def _account(number: int) -> Account:
    contacts = tuple(
        AccountContact(f"Controller {each}", f"{each}@bench-{number:05d}.example")
        for each in range(CONTACTS)
    )
    key, name = f"bench-{number:05d}", f"Bench {number:05d}"
    return Account(key, name, AccountKind.PARTNER, "America/New_York", contacts=contacts)
