"""The account reads how its time counts; an amount leaves once it was verified. M7, S72, D45."""

from __future__ import annotations

import re

from protocols.verification.state import Verification
from tests.journeys.test_low_tiers import tier_2
from tests.journeys.test_triage import CEDAR, FINANCE, desk, opened
from tests.kit.journey import SHARED, Journey, journey

__all__ = ["desk"]
AMOUNT = "Your commission of $1,200 for October was paid on 12 November."
HOW = "Statement of October against the ledger."


def test_the_account_reads_the_figures_of_why_in_its_own_zone(migrated_sqlite_url: str) -> None:
    with journey(migrated_sqlite_url) as here:
        tier_2(here)
        why = here.types("csm-one", "/ticket", "why BW-1001 utc", None)
        here.press("csm-one", "Send to account", None)
        [told] = here.hears(SHARED, "how your time to resolve counts")
        [due] = re.findall(r"Due ([^.]*)\.", told)
        assert due == "Tue 24 Nov 2026, 09:02 EST (14:02 UTC)"
        assert "Tue 24 Nov 14:02 UTC" in why
        again = here.answered("csm-one", lambda: here.press("csm-one", "Send to account", None))
        assert "sent" in again


def test_an_amount_that_finance_verified_leaves_and_one_that_nobody_did_does_not(
    desk: Journey,
) -> None:
    opened(desk)
    desk.press("finance-one", "Take", FINANCE)
    desk.hears(CEDAR, "BW-1001", "Finance One has your ticket")
    before = desk.view_id("finance-one")
    desk.press("finance-one", "Answer", FINANCE)
    desk.sees(lambda: desk.view_id("finance-one") not in ("", before), "the form")
    desk.person("finance-one").view.fill({"answer": AMOUNT})
    desk.submits("finance-one")
    assert "Not verified" in desk.person("finance-one").view.words
    assert not [heard for _key, heard in desk.outside() if "1,200" in heard.words]
    assert "On record: how BW-1001 was verified" in desk.types(
        "finance-one", "/ticket", f"verified BW-1001 {HOW}", None
    )
    last = desk.bot.ticket("BW-1001").of(Verification).last
    assert last is not None
    assert last.by.key == "finance-one"
    desk.submits("finance-one")
    desk.hears(CEDAR, AMOUNT)
    assert not [heard for _key, heard in desk.outside() if HOW in heard.words]
