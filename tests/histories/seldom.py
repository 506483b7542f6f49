"""What histories do not reach: never, and seldom. Both lists may only shrink."""

from __future__ import annotations

NEVER = frozenset(
    {
        "action account.blocked",  # no acknowledgment of Tier 1 and 2 leaves by itself today
        "action page.open",  # it needs an address for pages
        "action portal.follow",  # it needs a portal
        "action status_page.on",  # a webhook takes the page here
        "event PageAsked",
        "event PersonAdded",
        "form opened",  # it has nothing to submit
        "form see_text",
    }
)
SELDOM = NEVER | {
    "action analysis.open",
    "action certificate.post",
    "action exec.decide",
    "action fixed.acknowledge",
    "action fixed.late",
    "action fixed.no_change",
    "action form.go_to",
    "action form.open",
    "action form.see_text",
    "action isolated.not_possible",
    "action outreach.accounts",
    "action ticket.certificate",
    "action ticket.timeline",
    "action update.corrects",
    "due archive",
    "due confirm_reopen",
    "due decision_due",
    "due rca_late",
    "event AccountConfirmed",
    "event BridgeArchiveAsked",
    "event ClosedUnconfirmed",
    "event DecisionLapsed",
    "event DecisionMade",
    "event DecisionWithdrawn",
    "event HoldCleared",
    "event ImpactsFound",
    "event NinthKept",
    "event NumberMasked",
    "event RcaDelivered",
    "event RouteChanged",
    "event TicketClosed",
    "form analysis",
    "form impacted",
    "form keep_person",
    "form not_possible",
    "form still_wrong",
    "state AccountConfirmed",
    "state ClosedUnconfirmed",
    "state TicketClosed",
    "state lowered",
    "state reopened by silence",
}
"""Reached by thousands, not by each hundred: any change in the product lets chance fall anew."""
