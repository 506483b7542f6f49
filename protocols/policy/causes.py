"""What a resolution may say that it came from, by category; inside only. A policy need not say it.

The choice of the first ones is ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from protocols.policy.sections import Section
from protocols.scales import Category

OPEN_CAUSES = ("Something else", "Not known")
"""What can be said in every category, after its own list."""
LONGEST, MOST = 75, 50
CAUSES: Mapping[Category, tuple[str, ...]] = MappingProxyType(
    {
        Category.PORTAL_ACCESS: (
            "Password or sign-in",
            "Permission missing or wrong",
            "Account locked",
            "Portal not available",
            "Browser or network of theirs",
        ),
        Category.DEAL_REGISTRATION: (
            "Registered twice",
            "Conflict with another registration",
            "Details missing",
            "Approved late",
            "Fault of the portal",
        ),
        Category.COMMISSION_PAYMENT: (
            "Wrong rate applied",
            "Deal missing on the statement",
            "Bank details wrong",
            "Paid late",
            "Statement misread",
        ),
        Category.MDF_INCENTIVE: (
            "Proof missing",
            "Budget used up",
            "Outside the rules of the program",
            "Approved late",
            "Paid late",
        ),
        Category.TRAINING_CERTIFICATION: (
            "Record of a course missing",
            "Fault of a course or exam",
            "Certificate lapsed",
            "Access to a course missing",
        ),
        Category.CONTRACT_POLICY: (
            "Terms unclear",
            "Terms misread",
            "Signature missing",
            "Rules of the program changed",
            "Mistake of ours",
        ),
        Category.TECHNICAL_PRODUCT: (
            "Fault of the product",
            "Configuration of ours",
            "Configuration of theirs",
            "Another provider",
            "File or record malformed",
            "Used otherwise than meant",
        ),
        Category.MARKETING_ASSETS: (
            "Asset out of date",
            "Asset missing",
            "Access missing",
            "Rules of the brand",
        ),
    }
)
"""The lists of a policy that has none of its own."""


def causes(outer: Section) -> Mapping[Category, tuple[str, ...]]:
    """Return the causes of each category; a category that is left out has its first ones.

    Raises:
        EntryRefused: A list is empty or too long, or a cause is.
    """
    if not outer.has("causes"):
        return CAUSES
    section = outer.section("causes")
    named = filter(section.has, outer.section("categories").names())
    own = {Category(name): _listed(section, name) for name in named}
    section.done()
    return MappingProxyType({**CAUSES, **own})


def _listed(section: Section, key: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(section.texts(key)))
    if not 0 < len(found) <= MOST:
        raise section.refuse(key, f"Name one to {MOST} causes.")
    if any(len(cause) > LONGEST for cause in found):
        raise section.refuse(key, f"A cause has at most {LONGEST} characters.")
    return found
