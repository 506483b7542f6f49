"""The ways in which a ticket is opened, each by name: who noticed, whose it is, how grave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from drill.core import OpenView
from tests.histories.moves import Move
from tests.histories.persons import CHANNEL_OF, VOICES
from tests.histories.place import Place

FUNDS = {"impact_money": ["funds_moved_wrongly"], "confirmed": "Reported, not yet confirmed"}
PLATFORM = {"impact_platform": ["platform_failing"]}
SECURITY = {"impact_platform": ["security_incident"]}
RECORDS = {"impact_money": ["records_wrong"]}


@dataclass(frozen=True, slots=True)
class Opening:
    """One way.

    Attributes:
        account: Its name as it is searched for; empty for none of the list.
        impacts: The form's boxes.
        noticed: Who noticed first.
        from_message: Whether the form is opened from the account's own message.
    """

    account: str
    impacts: Mapping[str, Any]
    noticed: str = "account"
    from_message: bool = False


OPENINGS: dict[str, Opening] = {
    # Of Tier 3, with an account, first: most can happen to them.
    "tier 3 by the account": Opening("Acme", FUNDS, from_message=True),
    "tier 3 typed": Opening("Acme", FUNDS),
    "tier 3 found by us": Opening("Acme", FUNDS, noticed="us"),
    "tier 3 by mail": Opening("Elm", FUNDS),
    "tier 3 nobody to write to": Opening("Fern", FUNDS),
    "tier 3 of a partner": Opening("Birch", FUNDS, from_message=True),
    "tier 3 records": Opening("Acme", RECORDS),
    "tier 4 platform": Opening("Acme", PLATFORM),
    "tier 4 security": Opening("Acme", SECURITY),
    "tier 4 found by us": Opening("Birch", PLATFORM, noticed="us"),
    "tier 3 without account": Opening("", FUNDS),
    "tier 1": Opening("Acme", {"severity": "low"}),
    "tier 1 of a partner": Opening("Birch", {"severity": "medium"}),
    "tier 2": Opening("Acme", {"signal": "payment_run_missed", "severity": "high"}),
    "tier 2 of an ERP": Opening("Acme", {"signal": "erp_integration", "severity": "high"}),
    "tier 2 of payments": Opening("Acme", {"impact_payments": ["payments_blocked"]}),
    "tier 1 without account": Opening("", {"severity": "low"}),
}

CRITICAL = 7
"""How many of them, from the first on, are of Tier 3 and have an account."""


def opens(place: Place, move: Move) -> str:
    """Open a ticket in one of the ways; return what came of it."""
    way = OPENINGS[move.what]
    user = place.acting.actor(move.who)
    channel = CHANNEL_OF.get(way.account)
    if way.from_message and channel is not None:
        said = place.talking.say(VOICES[channel][0], channel, move.value)
        asked = place.acting.message_shortcut(
            move.who, "ticket.open_from_message", channel, said["ts"]
        )
    else:
        asked = place.acting.command(move.who, "/ticket", move.value)
    place.does(asked)
    view = place.forms.top(user)
    for name, value in _fields(way, view, move):
        block = _block(view, name)
        if block:
            place.does(place.acting.set_field(move.who, view, block, value))
    came = ""
    # A second press opens another beside one that is young.
    for _ in range(2):
        stack = place.slack.stacks.get(user.id)
        if came or not stack or stack[-1].wire["callback_id"] != "open_ticket":
            break
        outcome = place.does(place.forms.submit(user))
        came = str(outcome.get("failure") or outcome.get("errors") or "")
    if place.slack.stacks.get(user.id):
        place.does(place.forms.close(user, everything=True))
    return came


def _fields(way: Opening, view: OpenView, move: Move) -> list[tuple[str, Any]]:
    fields: list[tuple[str, Any]] = []
    if not (way.from_message and way.account):
        fields.append(("account", way.account or "Not in the list"))
    fields += way.impacts.items()
    fields += [("noticed", way.noticed), ("summary", move.value[:150]), *move.entries]
    return fields


def _block(view: OpenView, name: str) -> str:
    ids = [str(block.get("block_id", "")) for block in view.wire["blocks"]]
    return next((each for each in ids if each.partition(":")[0] == name), "")
