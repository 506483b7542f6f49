"""An account that writes a number reads where such numbers belong, and nobody keeps the number."""

from __future__ import annotations

from pathlib import Path

from bot.files.policy import DEFAULT_POLICY
from tests.journeys.test_asking import writes
from tests.journeys.test_low_tiers import tier_2
from tests.kit.journey import SHARED, journey


def test_a_number_is_answered_with_the_link_once(migrated_sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    text = DEFAULT_POLICY.read_text(encoding="utf-8")
    marked = "# secure_link: https://secure.vendor.example/in"
    assert marked in text
    path.write_text(text.replace(marked, marked.removeprefix("# "), 1))
    with journey(migrated_sqlite_url, BRIDGEWATCH_POLICY=str(path)) as desk:
        tier_2(desk)
        writes(desk, "Our account is DE89 3704 0044 0532 0130 00, please look.")
        [said] = desk.hears(SHARED, "A secure link for card and account numbers")
        assert "https://secure.vendor.example/in" in said
        assert "0532" not in said
        writes(desk, "And the other is DE02 1203 0000 0000 2020 51.")
        shown = desk.types("csm-one", "/ticket", "show BW-1001", None)
        assert "where card and account numbers belong" in shown
        assert "0532" not in " ".join(desk.told("csm-one"))
