"""The policy file: found, read with its lines, and turned into a policy. Source: D31, F24."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import protocols.policy
from bot.files.holidays_of import need_known_holidays
from bot.files.lines import FileRefused, Lined, parse_lined, read_lined
from protocols.policy.policy import Policy
from protocols.policy.reaching import need_reached
from protocols.policy.sections import EntryPath, EntryRefused

DEFAULT_POLICY = Path(protocols.policy.__file__).with_name("policy.yaml")
MOST_SAID = 50


class PolicyFileRefused(FileRefused):
    """The policy file cannot be used; each line of the message names line and entry."""


def load_policy(path: Path | None = None) -> Policy:
    """Read a policy file.

    Args:
        path: the file; without one, the policy that comes with the product.

    Returns:
        The policy.

    Raises:
        PolicyFileRefused: the file or its entries are wrong; it names lines and entries.
    """
    try:
        lined = read_lined(path or DEFAULT_POLICY)
    except FileRefused as refused:
        raise PolicyFileRefused(str(refused)) from refused
    return _policy(lined)


def parse_policy(content: bytes, name: str = "policy.yaml") -> Policy:
    """Read the content of a policy file; see `load_policy`."""
    try:
        lined = parse_lined(content, name)
    except FileRefused as refused:
        raise PolicyFileRefused(str(refused)) from refused
    return _policy(lined)


def _policy(lined: Lined) -> Policy:
    """Return the policy that is meant, or refuse everything that is wrong with it at once."""
    try:
        return _read(lined.values)
    except EntryRefused as first:
        wrong = sorted(_all_wrong(lined.values, first), key=lambda each: lined.line_of(each.path))
        raise PolicyFileRefused("\n".join(lined.sentence(each) for each in wrong)) from first


def _read(values: Mapping[str, object]) -> Policy:
    policy = Policy.from_mapping(values)
    need_known_holidays(policy)
    need_reached(policy)
    return policy


def _all_wrong(values: Mapping[str, object], first: EntryRefused) -> list[EntryRefused]:
    """Return what else is wrong: each entry is put right in turn, and what follows is read.

    Of a file that has nothing of a policy, one sentence is enough.
    """
    if values.keys().isdisjoint(_coming()):
        return [first]
    found, tried = [first], [first.path]
    tree: Any = deepcopy(dict(values))
    while len(tried) < MOST_SAID and _mended(tree, tried):
        try:
            _read(tree)
        except EntryRefused as refused:
            tried.append(refused.path)
            if not any(_follows(refused, each) for each in found):
                found.append(refused)
        else:
            break
    return found


def _follows(refused: EntryRefused, said: EntryRefused) -> bool:
    """Say whether a refusal comes of what was said already.

    It stands in that entry or around it, or compares another entry of its section with it.
    """
    shorter = min(len(refused.path), len(said.path))
    if refused.path[:shorter] == said.path[:shorter]:
        return True
    why = refused.why.partition(" Known: ")[0]
    return refused.path[:-1] == said.path[:-1] and str(said.path[-1]) in why


def _mended(tree: Any, tried: list[EntryPath]) -> bool:
    """Put the entry that was refused last right: as it comes with the product, or left out.

    Where that was tried already, what stands around it is put right as a whole.
    """
    path = tried[-1]
    path = path[: len(path) - (tried.count(path) - 1)]
    if not path:
        return False
    around, known = _at(tree, path[:-1]), _at(_coming(), path)
    if isinstance(around, dict) and known is not None:
        around[path[-1]] = deepcopy(known)
    elif isinstance(around, dict):
        around.pop(path[-1], None)
    elif path[:-1]:
        return _mended(tree, [*tried, path[:-1]])
    return True


def _at(tree: Any, path: EntryPath) -> Any:
    """Return what stands at a path; None where nothing does."""
    for part in path:
        if isinstance(tree, Mapping):
            tree = tree.get(part)
        elif isinstance(tree, list) and isinstance(part, int) and part < len(tree):
            tree = tree[part]
        else:
            return None
    return tree


@cache
def _coming() -> Mapping[str, object]:
    return read_lined(DEFAULT_POLICY).values
