"""Who takes part: by what they are to a ticket."""

from __future__ import annotations

CSMS = ("csm-one", "csm-two")
MANAGERS = ("cs-manager-one", "cs-manager-two")
ENGINEERS = ("engineering-lead-one", "engineer-one")
SPECIALISTS = ("legal-one", "finance-one", "security-one", "payments-operations-one")
OTHERS = ("support-one", "sponsor-one")
STRANGERS_INSIDE = ("colleague-one", "guest-one")
"""In the workspace, and nothing to a ticket: a colleague outside the directory, and a guest."""
ACME = ("ap-director-one", "ap-clerk-one")
BIRCH = ("partner-admin-one",)

INSIDERS = (*CSMS, *MANAGERS, *ENGINEERS, *SPECIALISTS, *OTHERS)
OUTSIDERS = (*ACME, *BIRCH)
EVERYONE = (*INSIDERS, *STRANGERS_INSIDE, *OUTSIDERS)

ACME_CHANNEL = "acme-support"
BIRCH_CHANNEL = "birch-partners"
CHANNEL_OF = {"Acme": ACME_CHANNEL, "Birch": BIRCH_CHANNEL}
TEAM_CHANNELS = ("team-finance", "team-support")
VOICES = {ACME_CHANNEL: ACME, BIRCH_CHANNEL: BIRCH}
MAIL_OF = {ACME_CHANNEL: "@acme.example", BIRCH_CHANNEL: "@birch.example"}
HOUSE = "@vendor.example"
