"""What a report is about, as its words propose: whoever has it changes it. Source: S70-S78."""

from __future__ import annotations

import re

from protocols.scales import Category
from protocols.words.normal_form import normal

_WORDS = {
    Category.COMMISSION_PAYMENT: r"commissions?|statements?|payouts?|tax (?:form|document)s?|1099",
    Category.MDF_INCENTIVE: r"mdf|rebates?|co-?op|claims?|proof of execution|incentives?",
    Category.DEAL_REGISTRATION: r"deals?|registrations?|pipeline|opportunit(?:y|ies)|crm",
    Category.TRAINING_CERTIFICATION: r"courses?|exams?|certifi\w+|training|scorm|learning path",
    Category.CONTRACT_POLICY: r"contracts?|agreements?|terms|program level|policy",
    Category.MARKETING_ASSETS: r"logos?|co-?brand\w*|assets?|microsites?|campaigns?",
    Category.PORTAL_ACCESS: r"log[ -]?ins?|sign in|passwords?|locked out|mfa|portal|permissions?",
}
_ROWS = tuple(
    (category, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for category, words in _WORDS.items()
)
_LONGEST = 4000


def subject_of(text: str) -> Category:
    """Return the category that words propose; without such words it is one of the product's."""
    plain = normal(text[:_LONGEST])
    return next((each for each, row in _ROWS if row.search(plain)), Category.TECHNICAL_PRODUCT)
