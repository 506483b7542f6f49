"""Which Slack user is which person of the directory, and stays so when their address changes.

A person is found by the address that the directory names. Once found they are bound to their Slack
user: a new address in Slack alone makes nobody another person. What the directory names wins over
what was learnt. Source: D29.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from protocols.people.directory import Directory
from store.write.people import SlackUser


@dataclass(frozen=True, slots=True)
class Binding:
    """A Slack user, and the address of the directory under which they were found."""

    slack_id: str
    email: str


def bound(
    directory: Directory, members: Iterable[SlackUser], before: Mapping[str, Binding]
) -> dict[str, Binding]:
    """Return the Slack user of each person of the directory that has one, by their key.

    Args:
        directory: Who is named.
        members: The full members of our workspace.
        before: What was found the last time.
    """
    users = {user.slack_id: user for user in members}
    found: dict[str, Binding] = {}
    # Whoever has a person's first address is found last, and stands for them.
    for user in sorted(users.values(), key=lambda user: _is_first_address(directory, user)):
        key = key_by_mail(directory, user)
        if key is not None:
            found[key] = Binding(user.slack_id, _named(directory, key))
    for key, binding in before.items():
        if key not in found and _still_holds(directory, key, users.get(binding.slack_id), binding):
            found[key] = binding
    return found


def key_by_mail(directory: Directory, user: SlackUser) -> str | None:
    """Return the key under which the directory names a Slack user's address."""
    named = directory.by_email(user.email) if user.email else None
    return named.key if named is not None else None


def _is_first_address(directory: Directory, user: SlackUser) -> tuple[bool, str]:
    key = key_by_mail(directory, user)
    email = (user.email or "").casefold()
    return (key is not None and _named(directory, key) == email, user.slack_id)


def _named(directory: Directory, key: str) -> str:
    person = directory.person(key)
    return person.email.casefold() if person is not None else ""


def _still_holds(directory: Directory, key: str, user: SlackUser | None, binding: Binding) -> bool:
    """Say whether a bound user is that person still, though nobody has the address now.

    Not when they left, when the directory names another address for the person, or another person
    for their new address.
    """
    if user is None or directory.person(key) is None:
        return False
    return _named(directory, key) == binding.email and key_by_mail(directory, user) is None
