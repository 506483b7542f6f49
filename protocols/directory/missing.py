"""Who of an account's people has left, or cannot be reached; and who is told so. Source: M25.

Somebody who is away for some days is not missing: others are asked meanwhile. Source: M23.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from protocols.kernel.context import Context
from protocols.people.directory import Account, Directory
from protocols.people.people import Staff


class Part(StrEnum):
    """What somebody is to an account."""

    CSM = "csm"
    SPONSOR = "executive_sponsor"
    CONTACT = "contact"


class Why(StrEnum):
    """Why somebody cannot be counted on."""

    LEFT = "left"
    UNLISTED = "unlisted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Missing:
    """One of an account's people who has left or cannot be reached."""

    account: str
    account_name: str
    part: Part
    person: str
    name: str
    why: Why

    @property
    def key(self) -> str:
        """Return what it is known by: told once for as long as it is so."""
        return f"{self.account}/{self.part}/{self.person}/{self.why}"


@dataclass(frozen=True, slots=True)
class Gone:
    """Who is gone, as Slack and the directory say.

    Attributes:
        unreachable: Keys of people of the directory whom Slack does not know.
        left: Of these, whose user was closed in Slack.
        outside: Slack ids and mail addresses of people from outside whose user was closed.
        names: What people were called who are not in the directory any more, by key.
    """

    unreachable: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    outside: Mapping[str, str] | None = None
    names: Mapping[str, str] | None = None


def missing(directory: Directory, gone: Gone) -> Iterator[Missing]:
    """Yield everybody of an active account who has left or cannot be reached."""
    for account in directory.accounts:
        if account.active:
            yield from _of_ours(account, directory, gone)
    yield from _contacts(directory, gone)


def _of_ours(account: Account, directory: Directory, gone: Gone) -> Iterator[Missing]:
    for part, key in ((Part.CSM, account.csm), (Part.SPONSOR, account.executive_sponsor)):
        why = _why(part, key, directory, gone)
        if key is not None and why is not None:
            person = directory.person(key)
            name = person.name if person is not None else (gone.names or {}).get(key, key)
            yield Missing(account.key, account.name, part, key, name, why)


def _why(part: Part, key: str | None, directory: Directory, gone: Gone) -> Why | None:
    """Return why one of us is missing; a sponsor whom Slack never knew is reached by mail."""
    if key is None:
        return None
    if directory.person(key) is None:
        return Why.UNLISTED
    if key in gone.left:
        return Why.LEFT
    return Why.UNKNOWN if part is Part.CSM and key in gone.unreachable else None


def _contacts(directory: Directory, gone: Gone) -> Iterator[Missing]:
    """Yield contacts whose user was closed; nothing walks all contacts."""
    for slack_id, email in (gone.outside or {}).items():
        for account in directory.accounts_of(email, slack_id):
            for contact in account.contacts if account.active else ():
                if contact.is_at(email.casefold(), slack_id):
                    who = contact.slack or contact.email
                    yield Missing(
                        account.key, account.name, Part.CONTACT, who, contact.name, Why.LEFT
                    )


def told_to(each: Missing, directory: Directory, ctx: Context) -> Staff | None:
    """Return who faces an account and can be asked: its CSM, who is on duty, the CS manager. D23.

    None where nobody is there to be told; it is looked at again.
    """
    account = directory.account(each.account)
    csm = account.csm if account is not None else None
    if csm is not None and directory.person(csm) is not None and ctx.can_be_asked(csm):
        return ctx.who(csm)
    return ctx.first_on_duty("csm", "cs-manager", besides=frozenset({each.person}))


def grouped(
    found: Iterable[Missing], directory: Directory, ctx: Context
) -> dict[Staff, list[Missing]]:
    """Return what each is told, so that nobody gets a message an account."""
    by_reader: dict[Staff, list[Missing]] = {}
    for each in found:
        reader = told_to(each, directory, ctx)
        if reader is not None:
            by_reader.setdefault(reader, []).append(each)
    return by_reader
