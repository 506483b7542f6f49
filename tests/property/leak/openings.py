"""How a ticket begins: from a form, or from what an account wrote."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

from protocols.intake.events import HearReport, Said
from protocols.opening.events import OpenTicket
from protocols.people.people import Who
from protocols.scales import CATEGORIES, Impact, NoticedBy, Severity, Signal
from tests.property.leak.world import channel_id, contact_of

IMPACTS: tuple[frozenset[Impact], ...] = (
    *(frozenset(), frozenset(), frozenset()),
    *(frozenset({each}) for each in Impact),
    *(frozenset({Impact.FUNDS_MOVED_WRONGLY}), frozenset({Impact.PAYMENTS_BLOCKED})),
)


def opening(chance: Random, number: int, account: str, now: datetime) -> OpenTicket:
    """Return what opens a ticket, in one of all ways."""
    common: dict[str, Any] = {
        "reference": f"BW-{1001 + number}",
        "team_id": "T1",
        "summary": "Payments sent twice,",
        "description": "They saw the run twice,",
        "account_key": account,
        "noticed_by": chance.choice(list(NoticedBy)),
        "severity": chance.choice(list(Severity)),
        "category": chance.choice(CATEGORIES),
    }
    if chance.random() < 0.3:
        return _heard(chance, common, now)
    without = chance.random() < 0.1
    return OpenTicket(
        **{**common, "account_key": None if without else account},
        impacts=chance.choice(IMPACTS),
        signal=chance.choice((None, None, *Signal)),
        funds_confirmed=chance.random() < 0.3,
        another_problem=True,
    )


def _heard(chance: Random, common: dict[str, Any], now: datetime) -> HearReport:
    account = str(common["account_key"])
    here, author = channel_id(account), contact_of(account).who
    ts = f"{now.timestamp():.0f}.{chance.randrange(10**6):06}"
    link = f"https://x.slack.com/archives/{here}/p{ts.replace('.', '')}"
    more = (Said(author, "And more of it,", f"{ts}1", "And more,", link),)
    ours = (Said(Who("csm-one", "CSM One"), "We look into", f"{ts}2", "We look", is_ours=True),)
    return HearReport(
        **common, source="heard", source_link=link, author=author, channel_id=here, message_ts=ts,
        asked_at=now, more=chance.choice(((), more, (*more, *ours))),
    )  # fmt: skip
