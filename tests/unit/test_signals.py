"""The signal matrix holds the eight rows as they are required."""

from __future__ import annotations

import pytest

from protocols.opening.signals import SIGNALS
from protocols.scales import Impact, Signal


@pytest.mark.parametrize(
    ("signal", "shown", "source"),
    [
        (Signal.PAYMENT_RUN_MISSED, "Tier 2", "S26"),
        (Signal.RECON_VARIANCE, "Tier 2 to 3", "S27"),
        (Signal.DUPLICATE_PAYMENT, "Tier 3", "S28"),
        (Signal.ACH_RETURN_SPIKE, "Tier 2 to 3", "S29"),
        (Signal.UNUSUAL_LOGIN, "Tier 3 to 4", "S30"),
        (Signal.AUDIT_REQUEST, "Tier 1 to 2", "S31"),
        (Signal.LEGAL_THREAT, "Tier 3", "S32"),
        (Signal.ERP_INTEGRATION, "Tier 2", "S33"),
    ],
)
def test_a_signal_proposes_its_tiers(signal: Signal, shown: str, source: str) -> None:
    assert (SIGNALS[signal].range_text, SIGNALS[signal].source) == (shown, source)


def test_every_signal_has_a_row_in_the_order_of_the_scale() -> None:
    assert list(SIGNALS) == list(Signal)


@pytest.mark.parametrize("signal", Signal)
def test_what_a_signal_ticks_never_exceeds_its_range(signal: Signal) -> None:
    rule = SIGNALS[signal]
    assert all(impact.tier <= rule.ceiling for impact in rule.implies)
    assert rule.floor <= rule.ceiling


def test_a_duplicate_payment_ticks_funds_moved_wrongly() -> None:
    rule = SIGNALS[Signal.DUPLICATE_PAYMENT]
    assert rule.implies == {Impact.FUNDS_MOVED_WRONGLY}
    assert rule.preset_text == (
        "Do: bridge now; bring Finance, Legal, Engineering; write everything down."
    )


def test_an_unusual_login_says_what_not_to_do() -> None:
    assert SIGNALS[Signal.UNUSUAL_LOGIN].preset_text == (
        "Do: Security now; tell the account's named contact. "
        "Do not: look into it yourself, or write in a shared channel."
    )


@pytest.mark.parametrize("signal", Signal)
def test_a_label_fits_an_option_of_slack(signal: Signal) -> None:
    assert len(SIGNALS[signal].label) <= 75
