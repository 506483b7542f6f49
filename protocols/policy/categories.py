"""How a policy's categories are read: the eight, and those of a desk's own.

A desk may add rows and take rows away; what nothing else fits stays. Source: S70-S78.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from protocols.policy import weekdays
from protocols.policy.rules import CategoryRule
from protocols.policy.sections import Section
from protocols.scales import Category

NAME = "categories"
REST = Category.TECHNICAL_PRODUCT
"""What a matter is of when neither a person nor its words say it."""
_MOST = 100
_LONGEST = 75


def read(outer: Section) -> Mapping[Category, CategoryRule]:
    """Return the categories in the order of the file.

    Raises:
        EntryRefused: A key is none, there are too many, or the one of all else is missing.
    """
    found = {_key(outer, name): _rule(section) for name, section in outer.named(NAME)}
    if REST not in found or len(found) > _MOST:
        raise outer.refuse(NAME, f"Name {REST}, and at most {_MOST} in all.")
    return MappingProxyType(found)


def _key(outer: Section, name: str) -> Category:
    try:
        return Category(name)
    except ValueError as refused:
        why = f"{name!r} is no key: small letters, digits and _, a letter first, at most 40."
        raise outer.refuse(NAME, why) from refused


def _rule(section: Section) -> CategoryRule:
    rule = CategoryRule(
        section.text("team"), section.range("resolve"), section.flag("verify_first")
    )
    rule = replace(
        rule,
        title=_shown(section, "title"),
        about=_shown(section, "about"),
        words=section.texts("words"),
    )
    section.done()
    return weekdays.of_category(rule)


def _shown(section: Section, key: str) -> str:
    text = section.text_or_none(key) or ""
    if len(text) > _LONGEST:
        raise section.refuse(key, f"At most {_LONGEST} characters fit into the form.")
    return text
