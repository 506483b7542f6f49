"""Who is who, as it is kept: all of it, or what changed since a revision."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from protocols.people.directory import Account, AccountContact, ContactRole, Person, Team
from protocols.people.taking_in import Listed, WhoIsWho
from store import codec
from store.json_text import Json
from store.tables import account, contact, counter, directory_import, resolution_team, staff

REVISION = "directory"
"""The counter of the changes of who is who."""


@dataclass(frozen=True, slots=True)
class Import:
    """A file that was taken in."""

    file: str
    digest: str
    at: datetime


def revision(conn: Connection) -> int:
    """Return how often who is who has changed; 0 while nothing was ever taken in."""
    return conn.execute(_REVISION).scalar_one_or_none() or 0


def whole(conn: Connection, since: int = 0) -> WhoIsWho:
    """Return everybody and every account that changed after a revision.

    Raises:
        CodecError: a newer process keeps of one of them what is not known here.
    """
    contacts = defaultdict[str, list[AccountContact]](list)
    for row in conn.execute(_CONTACTS, {"since": since}):
        contacts[row.account_key].append(_contact(row))
    accounts = {
        row.key: Listed(_account(row.body, contacts[row.key]), row.source, row.place, row.active)
        for row in conn.execute(_ACCOUNTS, {"since": since})
    }
    people = {
        row.key: Listed(codec.decode(Person, row.body), row.source, row.place, row.active)
        for row in conn.execute(_STAFF, {"since": since})
    }
    teams = {
        row.key: Listed(Team(row.key, row.name, row.channel), row.source, row.place, row.active)
        for row in conn.execute(_TEAMS)
    }
    return WhoIsWho(accounts, people, teams)


def last_import(conn: Connection, file: str) -> Import | None:
    """Return when a file of this name was taken in last, None when none was."""
    found = conn.execute(_LAST_OF, {"of": file}).first()
    return None if found is None else Import(found.file, found.digest, found.at)


def _account(body: Json, contacts: list[AccountContact]) -> Account:
    return replace(codec.decode(Account, body), contacts=tuple(contacts))


def _contact(row: Json) -> AccountContact:
    role = ContactRole(row.role)
    return AccountContact(row.name, row.email, row.phone, row.security, row.slack, role)


_REVISION = select(counter.c.value).where(counter.c.name == REVISION)
_ACCOUNTS = select(account).where(account.c.revision > bindparam("since"))
_CONTACTS = (
    select(contact)
    .join(account, account.c.key == contact.c.account_key)
    .where(account.c.revision > bindparam("since"))
    .order_by(contact.c.account_key, contact.c.place)
)
_STAFF = select(staff).where(staff.c.revision > bindparam("since"))
_TEAMS = select(resolution_team)
_LAST_OF = (
    select(directory_import)
    .where(directory_import.c.file == bindparam("of"))
    .order_by(directory_import.c.id.desc())
    .limit(1)
)
