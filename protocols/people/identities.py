"""Which keys are one person: the accounts that share a mail address, written in any way.

Being linked takes rights away (who wrote does not release), and never gives any: duties come from
the directory alone, by an address that it names. Source: D22, S47.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Linked = Mapping[str, frozenset[str]]
"""Every key that is one of several of a person, to all the keys of that person."""


def canonical(address: str) -> str:
    """Return a mail address without what mail servers ignore: capitals, and a tag after "+"."""
    local, at, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0] or local}{at}{domain}"


def linked(addresses: Iterable[tuple[str, str]], same: Iterable[tuple[str, str]] = ()) -> Linked:
    """Return which keys belong together.

    Args:
        addresses: Keys of people with their mail addresses, each as often as there are addresses.
        same: Pairs of keys that are known to be one person's, whatever their addresses.
    """
    parents: dict[str, str] = {}
    first_by_address: dict[str, str] = {}
    for key, address in addresses:
        parents.setdefault(key, key)
        if address:
            _join(parents, first_by_address.setdefault(canonical(address), key), key)
    for one, other in same:
        _join(parents, one, other)
    groups: dict[str, set[str]] = {}
    for key in parents:
        groups.setdefault(_root(parents, key), set()).add(key)
    together = [frozenset(group) for group in groups.values() if len(group) > 1]
    return {key: group for group in together for key in group}


def _join(parents: dict[str, str], one: str, other: str) -> None:
    roots = [_root(parents, key) for key in (one, other)]
    parents[roots[1]] = roots[0]


def _root(parents: dict[str, str], key: str) -> str:
    while (parent := parents.setdefault(key, key)) != key:
        # Halved on the way, so that no later look is long.
        parents[key] = key = parents[parent]
    return key
