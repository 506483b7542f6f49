"""An account's people as lines that a person types: one each, its parts between semicolons.

Source: M25.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from protocols.people.directory import AccountContact, ContactRole

MOST_CHARACTERS = 3_000
"""What one field of a form holds."""
_SECURITY = "security"
_SLACK = re.compile(r"[UW][A-Z0-9]{5,20}", re.ASCII)
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{2,40}", re.ASCII)
Entry = dict[str, object]


class ContactUnclear(ValueError):
    """A part of a line is nothing that is known of a contact."""


def contact_line(contact: AccountContact) -> str:
    """Return a contact as it is typed."""
    role = "" if contact.role is ContactRole.CONTACT else contact.role.value
    security = _SECURITY if contact.security else ""
    parts = (contact.name, contact.email, role, contact.phone, contact.slack, security)
    return "; ".join(part for part in parts if part)


def contact_lines(contacts: Iterable[AccountContact]) -> str | None:
    """Return contacts as they are typed; None where they cannot be typed, or do not fit."""
    known = tuple(contacts)
    text = "\n".join(contact_line(each) for each in known)
    try:
        is_read_back = contact_entries(text) == [_entry(each) for each in known]
    except ContactUnclear:
        return None
    return text if is_read_back and len(text) <= MOST_CHARACTERS else None


def contact_entries(text: str) -> list[Entry]:
    """Return the typed contacts as a directory file has them.

    Raises:
        ContactUnclear: A part is nothing that is known of a contact; it names line and part.
    """
    lines = (line.strip() for line in text.splitlines())
    return [_read(number, line) for number, line in enumerate(lines, 1) if line]


def _read(number: int, line: str) -> Entry:
    name, *parts = (part.strip() for part in line.split(";"))
    entry: Entry = {"name": name}
    for part in filter(None, parts):
        what, value = _meant(number, part)
        if what in entry:
            raise ContactUnclear(f'Line {number}: "{part}" is a second {what}. Write one.')
        entry[what] = value
    return entry


def _meant(number: int, part: str) -> tuple[str, object]:
    word = part.casefold()
    if word == _SECURITY:
        return "security", True
    if word in {each.value for each in ContactRole}:
        return "role", word
    if "@" in part:
        return "email", part
    if _SLACK.fullmatch(part):
        return "slack", part
    if _PHONE.fullmatch(part):
        return "phone", part
    roles = ", ".join(ContactRole)
    raise ContactUnclear(
        f'Line {number}: "{part}" is no mail address, phone number or Slack user id, and none of: '
        f"{roles}, {_SECURITY}."
    )


def _entry(contact: AccountContact) -> Entry:
    """Return a contact as its line would be read."""
    known: Entry = {"name": contact.name, "email": contact.email, "phone": contact.phone,
                    "slack": contact.slack, "security": contact.security}  # fmt: skip
    if contact.role is not ContactRole.CONTACT:
        known["role"] = contact.role.value
    return {name: value for name, value in known.items() if value}
