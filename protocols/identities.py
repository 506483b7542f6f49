"""Which keys are one person: the accounts that share a mail address, written in any way.

Being linked takes rights away (who wrote does not release), and never gives any: duties come from
the directory alone, by an address that it names. Source: D22, S47.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Links = Mapping[str, frozenset[str]]
"""Every key that is one of several of a person, to all the keys of that person."""


def canonical(address: str) -> str:
    """Return a mail address without what mail servers ignore: capitals, and a tag after "+"."""
    local, at, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0] or local}{at}{domain}"


def linked(addresses: Iterable[tuple[str, str]]) -> Links:
    """Return which keys belong together.

    Args:
        addresses: Keys of people with their mail addresses, each as often as there are addresses.
    """
    groups: dict[str, set[str]] = {}
    by_address: dict[str, set[str]] = {}
    for key, address in addresses:
        one = groups.setdefault(key, {key})
        if not address:
            continue
        other = by_address.setdefault(canonical(address), one)
        if other is not one:
            _merge(one, other, groups, by_address)
    return {key: frozenset(group) for key, group in groups.items() if len(group) > 1}


def _merge(
    one: set[str], other: set[str], groups: dict[str, set[str]], by_address: dict[str, set[str]]
) -> None:
    one |= other
    groups.update(dict.fromkeys(other, one))
    by_address.update({at: one for at, group in by_address.items() if group is other})
