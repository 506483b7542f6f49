"""No button, field or command tells a ticket to who may not read it. Source: D29, D32."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from handlers.slack.subjects import DOORS
from protocols.investigation.events import RecordFinding
from protocols.opening.events import Opening
from protocols.scales import Impact, Tier
from protocols.tiers.events import ChangeTier
from tests.unit.handlers.desk_in_memory import ACMES_TEAM, BRIDGE_CHANNEL, TEAM
from tests.unit.handlers.incident import REF, Incident

SECRETS = ("the vault's keys were copied", "the token store was read", "412 payments were")
LINKS = frozenset({"page.open", "portal.follow"})
"""Buttons that Slack opens by itself; pressing them asks nothing."""
FIELDS = frozenset(
    f"form.{field}"
    for field in (
        *("account", "signal", "impact_platform", "impact_money", "impact_payments"),
        *("confirmed", "noticed", "see_text"),
    )
)
"""Live fields of the form: they stand in no message, and are tried where the form is."""
VERBS = sorted(
    {f"/ticket {verb}" for verb in ("mine", "history acme", *DOORS.ticket_verbs)}
    | {f"/bridge {verb}" for verb in ("", *DOORS.bridge_verbs)}
)
PRESSES = sorted(set(DOORS.presses) - LINKS - FIELDS)


@pytest.fixture
def incident() -> Incident:
    """A matter of security with a finding, a draft, a hold and a question."""
    made = Incident()
    impacts = frozenset({Impact.SECURITY_INCIDENT})
    made.ask("csm-one", ChangeTier(REF, Tier.SYSTEMIC, "strange logins", impacts))
    made.ask("csm-one", RecordFinding(REF, "raw", "the token store was read"))
    made.draft("csm-one")
    opening = replace(made.ticket.of(Opening), summary=SECRETS[0])
    made.desk.tickets[REF] = made.ticket.having(opening)
    made.desk.interactive.calls.clear()
    made.desk.commands.clear()
    return made


def said(incident: Incident) -> str:
    """Return all that was answered, as it went to Slack."""
    return json.dumps([given for _, given in incident.desk.interactive.calls], default=str)


@pytest.mark.parametrize("action", PRESSES)
@pytest.mark.parametrize(
    ("person", "team"),
    [("U0STRANGER", ACMES_TEAM), ("support-two", TEAM), ("U0CSMOTHER", "T0OTHER")],
)
def test_no_button_tells_it(incident: Incident, action: str, person: str, team: str) -> None:
    before = incident.ticket
    incident.press(person, action, "1", "x", team=team, channel=BRIDGE_CHANNEL)
    assert not any(secret in said(incident) for secret in SECRETS)
    assert incident.ticket == before


@pytest.mark.parametrize("typed", VERBS)
@pytest.mark.parametrize(("person", "team"), [("U0STRANGER", ACMES_TEAM), ("support-two", TEAM)])
def test_no_command_tells_it(incident: Incident, typed: str, person: str, team: str) -> None:
    before = incident.ticket
    command, _, verb = typed.partition(" ")
    answer = incident.slack.slash(
        person, command, f"{verb} {REF}".strip(), team=team, channel=BRIDGE_CHANNEL
    )
    assert not any(secret in answer.raw + said(incident) for secret in SECRETS)
    assert incident.ticket == before
