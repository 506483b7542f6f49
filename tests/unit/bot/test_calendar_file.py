"""A calendar file as readers of RFC 5545 take it, beside the mail's words."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.gateways.calendar_file import CalendarEntry, calendar_file
from bot.gateways.letters import letter_of

AT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
END = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
WORDS = "Acme; Birch, and the rest\\\nLine two"


def made(summary: str = "Support window", description: str = "It is yours.") -> bytes:
    entry = CalendarEntry("BW-1001@vendor.example", 2, AT, END, summary, description)
    return calendar_file(entry, AT)


def unfolded(file: bytes) -> list[str]:
    return file.decode().replace("\r\n ", "").split("\r\n")


def test_it_has_what_every_reader_asks_for() -> None:
    lines = unfolded(made())
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {"VERSION:2.0", "UID:BW-1001@vendor.example", "SEQUENCE:2"} <= set(lines)
    assert {"DTSTART:20261123T160000Z", "DTEND:20261123T180000Z"} <= set(lines)


def test_signs_that_mean_something_there_are_escaped() -> None:
    assert r"DESCRIPTION:Acme\; Birch\, and the rest\\\nLine two" in unfolded(
        made(description=WORDS)
    )


def test_long_lines_are_folded_between_signs_and_come_back_whole() -> None:
    long = "Überweisung über 100 € an Señor Ñandú " * 6
    file = made(long)
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert f"SUMMARY:{long}" in unfolded(file)


def test_a_mail_that_names_a_span_carries_the_file() -> None:
    span = {"uid": "BW-1001-support-window", "sequence": 1}
    times = {"from": AT.isoformat(), "to": END.isoformat()}
    payload = {"to": ["a@vendor.example"], "subject": "[BW-1001] Yours", "body": "From, to."}
    letter = letter_of(
        {**payload, "calendar": {**span, **times}, "date": AT},
        key="BW-1001/window/1/mail", sender="desk@vendor.example", vendor="Vendor",
    )  # fmt: skip
    [file] = list(letter.iter_attachments())
    assert file.get_filename() == "BW-1001-support-window.ics"
    assert file.get_content_type() == "text/calendar"
    assert b"UID:BW-1001-support-window@vendor.example" in file.get_payload(decode=True)
    words = letter.get_body(("plain",))
    assert words is not None
    assert words.get_content().strip() == "From, to."
