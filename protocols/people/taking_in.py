"""Who is who as it is kept, and what a file changes of it.

A file wins for the keys that it names. What it named before and no longer names is set inactive,
never removed: running tickets go on. Source: design, Accounts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Generic, TypeVar

from protocols.people.directory import Account, Directory, Person, Team, channel_name

T = TypeVar("T", bound=Account | Person | Team)


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """An account, a person or a team as it is kept.

    Attributes:
        value: what is known of it.
        source: the file that names it; empty when people of the desk do.
        place: where it stands in its file.
        active: false once its file names it no longer.
    """

    value: T
    source: str
    place: int
    active: bool = True


@dataclass(frozen=True, slots=True)
class WhoIsWho:
    """Everybody and every account that is kept, by key."""

    accounts: Mapping[str, Listed[Account]] = field(default_factory=dict)
    people: Mapping[str, Listed[Person]] = field(default_factory=dict)
    teams: Mapping[str, Listed[Team]] = field(default_factory=dict)

    @property
    def directory(self) -> Directory:
        """Return it as rules read it: people in rota order, accounts that were removed inactive."""
        return Directory(_standing(self.people), _standing(self.teams), _in_order(self.accounts))


def _in_order(held: Mapping[str, Listed[T]]) -> tuple[T, ...]:
    return tuple(each.value for each in sorted(held.values(), key=_order))


def _standing(held: Mapping[str, Listed[T]]) -> tuple[T, ...]:
    return _in_order({key: each for key, each in held.items() if each.active})


def _order(held: Listed[T]) -> tuple[int, str]:
    return held.place, held.value.key


@dataclass(frozen=True, slots=True)
class Changes(Generic[T]):
    """What a file changes of one kind: `changed` as it was and as it is then."""

    added: tuple[Listed[T], ...] = ()
    changed: tuple[tuple[Listed[T], Listed[T]], ...] = ()
    ended: tuple[Listed[T], ...] = ()

    @property
    def written(self) -> tuple[Listed[T], ...]:
        """Return what is to be written."""
        return (*self.added, *(after for _, after in self.changed), *self.ended)

    def on(self, held: Mapping[str, Listed[T]]) -> dict[str, Listed[T]]:
        """Return what is kept afterwards."""
        return {**held, **{each.value.key: each for each in self.written}}


@dataclass(frozen=True, slots=True)
class TakingIn:
    """What a file changes of everything."""

    accounts: Changes[Account]
    people: Changes[Person]
    teams: Changes[Team]

    @property
    def is_nothing(self) -> bool:
        """Say whether all of it stands already."""
        return not (self.accounts.written or self.people.written or self.teams.written)

    def on(self, held: WhoIsWho) -> WhoIsWho:
        """Return who is who afterwards."""
        return WhoIsWho(
            self.accounts.on(held.accounts), self.people.on(held.people), self.teams.on(held.teams)
        )


def taking_in(
    held: WhoIsWho, named: Directory, source: str, before: Collection[str] = ()
) -> TakingIn:
    """Return what a file changes.

    Args:
        held: Who is kept.
        named: What the file says.
        source: The file's name.
        before: Names that the file had before; what they named is its own.
    """
    ours = {source, *before}
    return TakingIn(
        _changes(held.accounts, named.accounts, source, ours, in_order=False),
        _changes(held.people, named.people, source, ours),
        _changes(held.teams, named.teams, source, ours),
    )


def _changes(
    held: Mapping[str, Listed[T]],
    named: Sequence[T],
    source: str,
    ours: Collection[str],
    *,
    in_order: bool = True,
) -> Changes[T]:
    added: list[Listed[T]] = []
    changed: list[tuple[Listed[T], Listed[T]]] = []
    for place, value in enumerate(named):
        before, after = held.get(value.key), Listed(value, source, place, _is_active(value))
        if before is None:
            added.append(after)
        elif before != (after if in_order else replace(after, place=before.place)):
            changed.append((before, after))
    keys = {value.key for value in named}
    left = (each for each in held.values() if each.source in ours and each.value.key not in keys)
    return Changes(
        tuple(added), tuple(changed), tuple(_ended(each) for each in left if each.active)
    )


def _is_active(value: Account | Person | Team) -> bool:
    return value.active if isinstance(value, Account) else True


def _ended(held: Listed[T]) -> Listed[T]:
    value = held.value
    ended = replace(value, active=False) if isinstance(value, Account) else value
    return replace(held, value=ended, active=False)


def foreign(
    held: WhoIsWho, named: Directory, ours: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield section, key and file of each entry that another file names already."""
    sections = (
        ("people", held.people, named.people), ("accounts", held.accounts, named.accounts),
    )  # fmt: skip
    for section, known, entries in sections:
        for each in entries:
            found = known.get(each.key)
            if found is not None and found.active and found.source and found.source not in ours:
                yield section, each.key, found.source


def doubled_channels(held: WhoIsWho, keys: Collection[str]) -> Iterator[tuple[Account, Account]]:
    """Yield each of these accounts whose shared channel is another's too, with the other. D24."""
    seen: dict[str, Account] = {}
    ordered = sorted(held.accounts.values(), key=lambda each: each.value.key in keys)
    for account in (each.value for each in ordered):
        if not account.active or not account.shared_channel:
            continue
        other = seen.setdefault(channel_name(account.shared_channel), account)
        if other is not account and account.key in keys:
            yield account, other


def difference(before: Account | Person | Team, after: Account | Person | Team) -> Iterator[str]:
    """Yield the names of what differs between what was known and what is known then."""
    for each in fields(after):
        if getattr(before, each.name) != getattr(after, each.name):
            yield each.name
