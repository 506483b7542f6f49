"""What a report is about, as its words propose: whoever has it changes it. Source: S70-S78."""

from __future__ import annotations

import re
from itertools import chain

from protocols.people.directory import AccountKind
from protocols.policy.categories import REST
from protocols.policy.policy import Policy
from protocols.scales import Category
from protocols.words.normal_form import normal

_WORDS = {
    Category.COMMISSION_PAYMENT: r"commissions?|statements?|payouts?|tax (?:form|document)s?|1099",
    Category.MDF_INCENTIVE: r"mdf|rebates?|co-?op|claims?|proof of execution|incentives?",
    Category.DEAL_REGISTRATION: r"deals?(?! with)|registrations?|pipeline|opportunit(?:y|ies)|crm",
    Category.TRAINING_CERTIFICATION: r"courses?|exams?|certifi\w+|training|scorm|learning path",
    Category.CONTRACT_POLICY: r"contracts?|agreements?|terms|program level|policy",
    Category.MARKETING_ASSETS: r"logos?|co-?brand\w*|(?<!fixed )assets?|microsites?|campaigns?",
    Category.PORTAL_ACCESS: r"log[ -]?ins?|sign in|passwords?|locked out|mfa|portal|permissions?",
}
_ROWS = tuple(
    (category, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for category, words in _WORDS.items()
)
_LONGEST = 4000
_OF_PARTNERS = frozenset(
    {
        Category.COMMISSION_PAYMENT,
        Category.MDF_INCENTIVE,
        Category.DEAL_REGISTRATION,
        Category.MARKETING_ASSETS,
    }
)
"""What only a partner has: a customer's statement is of its bank. Source: S71-S73, S77."""


def subject_of(text: str, policy: Policy, kind: str = AccountKind.PARTNER) -> Category:
    """Return the category that words propose, a desk's own words first; else that of the rest.

    Args:
        text: What an account wrote.
        policy: The desk's categories, and the words of its own.
        kind: Whether the account is a partner or a customer.
    """
    plain = normal(text[:_LONGEST])
    barred = frozenset[Category]() if kind == AccountKind.PARTNER else _OF_PARTNERS
    may_be = policy.categories.keys() - barred
    own = (each for each, rule in policy.categories.items() if _names(rule.words, plain))
    found = (each for each, row in _ROWS if each in may_be and row.search(plain))
    return next(chain(own, found), REST)


def _names(words: tuple[str, ...], plain: str) -> bool:
    return any(re.search(rf"\b{re.escape(normal(each))}\b", plain, re.IGNORECASE) for each in words)
