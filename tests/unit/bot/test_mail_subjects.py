"""The subject of a mail that carries a Slack message's words. Source: D8."""

from __future__ import annotations

from bot.engine.outgoing import by_mail

WORDS = "2 messages about your tickets: BW-1001, BW-1002."


def subject(reference: str) -> object:
    return by_mail(WORDS, reference, "csm.one@vendor.example")["subject"]


def test_a_tickets_mail_has_its_reference() -> None:
    assert subject("BW-1001") == f"[BW-1001] {WORDS}"


def test_a_mail_names_its_ticket_once() -> None:
    for words, said in (
        ("BW-1001: you are asked.", "[BW-1001] You are asked."),
        ("BW-1001, Acme: you are asked.", "[BW-1001] Acme: you are asked."),
        ("BW-1001 · Acme: nobody covers.", "[BW-1001] Acme: nobody covers."),
        ("BW-1001 is closed. Thank you.", "[BW-1001] is closed. Thank you."),
        ("LATE: BW-1001, Acme: it was due.", "[BW-1001] LATE: Acme: it was due."),
        ("BW-10012 is closed.", "[BW-1001] BW-10012 is closed."),
    ):
        assert by_mail(words, "BW-1001", "csm.one@vendor.example")["subject"] == said


def test_what_has_no_name_that_people_know_says_what_it_says() -> None:
    for name in ("digest/csm-one", "nudge-C0ACMESUP1-1764511320.000100"):
        assert subject(name) == WORDS
