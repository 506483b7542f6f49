"""Two tickets of Cedar belong together: chosen from the card, said by both. Source: S67, S68."""

from __future__ import annotations

from tests.journeys.test_triage import CEDAR, FINANCE, desk
from tests.kit.journey import Journey

__all__ = ["desk"]


def opened(played: Journey, summary: str) -> str:
    """Have CSM Two open a ticket of Cedar, and return its reference."""
    ticket = played.opened(
        "csm-two",
        from_message=False,
        account="Cedar Resellers",
        summary=summary,
        category="Commission and Payment",
        severity="High",
        noticed="The account told us",
    )
    reference = ticket.reference
    finance = played.person("finance-one")
    played.sees(lambda: finance.sees(FINANCE, f"{reference} · Cedar"), "the card")
    return reference


def card(played: Journey, words: str) -> str:
    """Return a card of Finance with these words, once it has them."""
    finance = played.person("finance-one")
    return played.sees(lambda: finance.sees(FINANCE, words), words).words


def test_a_ticket_is_linked_from_its_card_and_both_say_it(desk: Journey) -> None:
    first, second = (opened(desk, f"{month} statement is short") for month in ("October", "May"))
    desk.hears(CEDAR, first, second)
    form = desk.opens("finance-one", "Link", FINANCE)
    form.choose("chosen", f"{first} · Cedar Resellers · October statement is short")
    form.choose("relation", f"{second} has the same problem")
    desk.submits("finance-one")
    assert f"Linked: {first} (the same problem as there)" in card(desk, f"{second} · Cedar")
    assert f"Linked: {second} (the same problem as here)" in card(desk, f"{first} · Cedar")
    said = desk.types("csm-two", "/ticket", f"show {first}", None)
    assert f"{second} (the same problem as here)" in said
    said = desk.types("csm-two", "/ticket", f"unlink {first} {second}", None)
    assert "not linked any more" in said
    assert "Linked:" not in card(desk, f"{second} · Cedar")
