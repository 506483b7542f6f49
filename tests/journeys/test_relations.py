"""Two tickets of Cedar belong together: chosen from the card, said by both. Source: S67, S68."""

from __future__ import annotations

from protocols.account.state import Road
from protocols.relations.events import UndoMerge
from protocols.relations.state import Relations
from protocols.replies.state import Heard
from protocols.status import Status
from tests.journeys.test_triage import CEDAR, FINANCE, desk
from tests.kit.journey import SHARED, Journey

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
    form = desk.opens("finance-one", "Link or merge", FINANCE)
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


def of_acme(played: Journey, summary: str) -> str:
    """Have CSM One open a ticket from what Acme wrote in its channel."""
    return played.opened("csm-one", summary=summary, severity="Medium").reference


def heard(played: Journey, reference: str) -> list[str]:
    """Return what the account wrote, as it is heard on a ticket itself."""
    return [message.text for message in played.bot.ticket(reference).of(Heard).messages]


def test_a_merged_ticket_leads_on_until_it_is_undone_and_acme_reads_nothing_of_it(
    desk: Journey,
) -> None:
    first, second = (of_acme(desk, f"{month} export is empty") for month in ("October", "May"))
    desk.hears(SHARED, first, second)
    thread = desk.bot.ticket(first).of(Road).thread_ts
    said = desk.types("csm-one", "/ticket", f"merge {first} {second}", None)
    assert f"{first} is part of {second} now" in said
    assert desk.bot.ticket(first).reference == second
    said = desk.types("csm-one", "/ticket", f"show {first}", None)
    assert f"*{second} · Acme" in said
    assert f"{first} (part of this)" in said
    desk.person("ap-director-one").say(SHARED, "And for July?", thread=thread)
    desk.settle()
    assert heard(desk, second)[-1] == "And for July?"
    desk.bot.does("csm-one", UndoMerge(first))
    desk.settle()
    assert desk.bot.ticket(first).status is Status.OPEN
    assert not desk.bot.ticket(second).of(Relations).merged
    desk.person("ap-director-one").say(SHARED, "And for June?", thread=thread)
    desk.settle()
    assert heard(desk, first)[-1] == "And for June?"
    desk.hears(SHARED)
