"""The subject of a mail that carries a Slack message's words. Source: D8."""

from __future__ import annotations

from bot.engine.outgoing import by_mail

WORDS = "2 messages about your tickets: BW-1001, BW-1002."


def subject(reference: str) -> object:
    return by_mail(WORDS, reference, "csm.one@vendor.example")["subject"]


def test_a_tickets_mail_has_its_reference() -> None:
    assert subject("BW-1001") == f"[BW-1001] {WORDS}"


def test_what_has_no_name_that_people_know_says_what_it_says() -> None:
    for name in ("digest/csm-one", "nudge-C0ACMESUP1-1764511320.000100"):
        assert subject(name) == WORDS
