"""The categories of a policy as lists show them, and what belongs to each. Source: S70-S78."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.policy.policy import Policy
from protocols.scales import Category
from templates.kit.values import Value

_ABOUT = {
    Category.PORTAL_ACCESS: "Login, lockout, permission, MFA, password",
    Category.DEAL_REGISTRATION: "Submission, approval, duplicate deal, CRM sync",
    Category.COMMISSION_PAYMENT: "Money owed to a partner. Not a customer's payment run",
    Category.MDF_INCENTIVE: "Claim, proof of execution, rebate, eligibility",
    Category.TRAINING_CERTIFICATION: "Course, exam, certificate, learning path",
    Category.CONTRACT_POLICY: "Agreement, program level, benefits, policy",
    Category.TECHNICAL_PRODUCT: "Integration, API, payment processing, product",
    Category.MARKETING_ASSETS: "Co-branding, asset download, microsite",
}


@dataclass(frozen=True, slots=True)
class ChoiceLine(Value):
    """One line of a list to choose from."""

    value: str
    label: str
    about: str = ""


def category_lines(policy: Policy, also: Category | None = None) -> tuple[ChoiceLine, ...]:
    """Return a line for each category of the policy, and for one that it may not have any more."""
    shown = dict.fromkeys((*policy.categories, *((also,) if also is not None else ())))
    return tuple(ChoiceLine(str(one), policy.title_of(one), _about(one, policy)) for one in shown)


def _about(category: Category, policy: Policy) -> str:
    rule = policy.categories.get(category)
    return rule.about if rule is not None and rule.about else _ABOUT.get(category, "")
