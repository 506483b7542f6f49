"""The policy file: found, read with its lines, and turned into a policy. Source: D31, F24."""

from __future__ import annotations

from pathlib import Path

import protocols.policy
from bot.files.holidays_of import need_known_holidays
from bot.files.lines import FileRefused, Lined, parse_lined, read_lined
from protocols.policy.policy import Policy
from protocols.policy.sections import EntryRefused

DEFAULT_POLICY = Path(protocols.policy.__file__).with_name("policy.yaml")


class PolicyFileRefused(FileRefused):
    """The policy file cannot be used; the message names the line and the entry."""


def load_policy(path: Path | None = None) -> Policy:
    """Read a policy file.

    Args:
        path: the file; without one, the policy that comes with the product.

    Returns:
        The policy.

    Raises:
        PolicyFileRefused: the file or one of its entries is wrong; it names line and entry.
    """
    try:
        lined = read_lined(path or DEFAULT_POLICY)
    except FileRefused as refused:
        raise PolicyFileRefused(str(refused)) from refused
    return _policy_of(lined)


def parse_policy(content: bytes, name: str = "policy.yaml") -> Policy:
    """Read the content of a policy file; see `load_policy`."""
    try:
        lined = parse_lined(content, name)
    except FileRefused as refused:
        raise PolicyFileRefused(str(refused)) from refused
    return _policy_of(lined)


def _policy_of(lined: Lined) -> Policy:
    try:
        policy = Policy.from_mapping(lined.values)
        need_known_holidays(policy)
    except EntryRefused as refused:
        raise PolicyFileRefused(lined.sentence(refused)) from refused
    return policy
