"""The scales of a ticket and their words: tier, severity, category, program level, impact, signal.

Four scales, never mixed (D1): a tier chooses the protocol, a severity says how urgent,
a category names the subject, a program level is the partner's standing.
"""

from __future__ import annotations

import re
from enum import IntEnum, StrEnum
from typing import ClassVar


class Tier(IntEnum):
    """Business impact, 1 to 4; it chooses the protocol. Source: S1, D1."""

    ROUTINE = 1
    ELEVATED = 2
    CRITICAL = 3
    SYSTEMIC = 4

    @property
    def label(self) -> str:
        """Return the one-word name shown after the number, e.g. ``Critical``."""
        return self.name.capitalize()

    @property
    def has_bridge(self) -> bool:
        """Say whether tickets of this tier are worked on in a bridge. Source: S13, S183."""
        return self >= Tier.CRITICAL


class Severity(StrEnum):
    """Urgency. Source: S105-S116, D1."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> str:
        """Return the word shown on screen, e.g. ``High``."""
        return self.value.capitalize()


class Category(str):
    """Subject of a ticket: the key of a row of the policy, which may add to the eight.

    Raises:
        ValueError: It is no key: small letters, digits and ``_``, a letter first.
    Source: S70-S78.
    """

    __slots__ = ()
    PORTAL_ACCESS: ClassVar[Category]
    DEAL_REGISTRATION: ClassVar[Category]
    COMMISSION_PAYMENT: ClassVar[Category]
    MDF_INCENTIVE: ClassVar[Category]
    TRAINING_CERTIFICATION: ClassVar[Category]
    CONTRACT_POLICY: ClassVar[Category]
    TECHNICAL_PRODUCT: ClassVar[Category]
    MARKETING_ASSETS: ClassVar[Category]

    def __new__(cls, key: str) -> Category:
        """Return the category of a key."""
        if _CATEGORY_KEY.fullmatch(key) is None:
            raise ValueError(f"{key!r} is no key of a category")
        return super().__new__(cls, key)

    @property
    def label(self) -> str:
        """Return its name where the policy gives it none, e.g. ``Technical and Product``."""
        return _CATEGORY_TITLES.get(self, self.replace("_", " ").capitalize())


_CATEGORY_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_CATEGORY_TITLES = {
    "portal_access": "Platform and Portal Access",
    "deal_registration": "Deal Registration and Pipeline",
    "commission_payment": "Commission and Payment",
    "mdf_incentive": "MDF and Incentive Programs",
    "training_certification": "Training and Certification",
    "contract_policy": "Contract and Program Policy",
    "technical_product": "Technical and Product",
    "marketing_assets": "Marketing and Assets",
}
Category.PORTAL_ACCESS = Category("portal_access")
Category.DEAL_REGISTRATION = Category("deal_registration")
Category.COMMISSION_PAYMENT = Category("commission_payment")
Category.MDF_INCENTIVE = Category("mdf_incentive")
Category.TRAINING_CERTIFICATION = Category("training_certification")
Category.CONTRACT_POLICY = Category("contract_policy")
Category.TECHNICAL_PRODUCT = Category("technical_product")
Category.MARKETING_ASSETS = Category("marketing_assets")
CATEGORIES = tuple(map(Category, _CATEGORY_TITLES))
"""The eight that the product knows by name. Source: S70-S77."""


class ProgramLevel(StrEnum):
    """A partner's standing in the program; never called tier. Source: D1."""

    REGISTERED = "registered"
    SILVER = "silver"
    GOLD = "gold"
    PLATINUM = "platinum"


class Impact(StrEnum):
    """The ten boxes of the form, highest tier first. Source: S3, S8, S11, S12, S18; D35."""

    PLATFORM_FAILING = "platform_failing"
    SECURITY_INCIDENT = "security_incident"
    CARD_DATA = "card_data"
    DATA_EXPOSED = "data_exposed"
    FUNDS_MOVED_WRONGLY = "funds_moved_wrongly"
    RECORDS_WRONG = "records_wrong"
    REGULATOR = "regulator"
    PAYMENTS_BLOCKED = "payments_blocked"
    BALANCE_QUESTIONED = "balance_questioned"
    BATCH_SCOPE = "batch_scope"

    @property
    def tier(self) -> Tier:
        """Return the tier that this one box proposes."""
        return _IMPACTS[self][0]

    @property
    def because(self) -> str:
        """Return the reason as the tier sentence says it, e.g. ``funds moved wrongly``."""
        return _IMPACTS[self][1]


_IMPACTS: dict[Impact, tuple[Tier, str]] = {
    Impact.PLATFORM_FAILING: (Tier.SYSTEMIC, "the platform is failing for several customers"),
    Impact.SECURITY_INCIDENT: (Tier.SYSTEMIC, "a security incident is suspected"),
    Impact.CARD_DATA: (Tier.SYSTEMIC, "card data systems are involved"),
    Impact.DATA_EXPOSED: (Tier.CRITICAL, "data of one account may have been exposed"),
    Impact.FUNDS_MOVED_WRONGLY: (Tier.CRITICAL, "funds moved wrongly"),
    Impact.RECORDS_WRONG: (Tier.CRITICAL, "records may be wrong"),
    Impact.REGULATOR: (Tier.CRITICAL, "a regulator or auditor may need to hear of it"),
    Impact.PAYMENTS_BLOCKED: (Tier.ELEVATED, "payments are delayed"),
    Impact.BALANCE_QUESTIONED: (Tier.ELEVATED, "a balance is questioned"),
    Impact.BATCH_SCOPE: (Tier.ELEVATED, "more than one user is affected"),
}


class Signal(StrEnum):
    """What was observed, one row of the signal matrix. Source: S25-S33."""

    PAYMENT_RUN_MISSED = "payment_run_missed"
    RECON_VARIANCE = "recon_variance"
    DUPLICATE_PAYMENT = "duplicate_payment"
    ACH_RETURN_SPIKE = "ach_return_spike"
    UNUSUAL_LOGIN = "unusual_login"
    AUDIT_REQUEST = "audit_request"
    LEGAL_THREAT = "legal_threat"
    ERP_INTEGRATION = "erp_integration"


class NoticedBy(StrEnum):
    """Who saw the matter first; so the acknowledgment leaves at once, or waits. Source: D6."""

    ACCOUNT = "account"
    US = "us"
