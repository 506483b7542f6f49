"""Turning a mail payload into a message: headers, the Message-ID of its key, the DRILL mark."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from typing import cast

from bot.clock import MachineClock
from bot.gateways.addressees import address, listed
from bot.gateways.calendar_file import CalendarEntry, calendar_file

_DRILL_LINE = "DRILL - nobody outside this exercise received this message."


class LetterRefused(ValueError):
    """Raised when a payload cannot become a mail; says which part."""


def message_id_of(key: str, sender: str) -> str:
    """Make the Message-ID of an outbox key.

    The same key always gives the same id, so that a mail sent again after a lost answer is the
    same mail to every server and reader that folds repeats.
    """
    digest = hashlib.blake2b(key.encode(), digest_size=20).hexdigest()
    return f"<{digest}@{sender.rpartition('@')[2]}>"


def letter_of(
    payload: Mapping[str, object], *, key: str, sender: str, vendor: str, utf8: bool = False
) -> EmailMessage:
    """Build one mail.

    Args:
        payload: to, subject and body (or text); may have cc, bcc, html, reply_to, from_name,
            in_reply_to, drill, vendor, date, and a calendar: uid, sequence, from and to.
        key: the outbox key.
        sender: the address mails come from.
        vendor: the vendor's name, for `{vendor} support`.
        utf8: the server takes headers beyond ASCII; addresses that need it are left out otherwise.

    Raises:
        LetterRefused: A header cannot be written, or the mail says nothing.
    """
    try:
        return _letter(payload, key, sender, vendor, utf8=utf8)
    except (ValueError, IndexError, TypeError) as error:
        if isinstance(error, LetterRefused):
            raise
        raise LetterRefused(f"The mail has a part that cannot be sent: {error}") from error


def _letter(
    payload: Mapping[str, object], key: str, sender: str, vendor: str, *, utf8: bool
) -> EmailMessage:
    # Not every server on the way takes a text of eight bits, so none is sent.
    letter = EmailMessage(policy=(SMTPUTF8 if utf8 else SMTP).clone(cte_type="7bit"))
    name = str(payload.get("from_name") or f"{payload.get('vendor') or vendor} support")
    letter["From"] = address(sender, name)
    for field, header in (("to", "To"), ("cc", "Cc"), ("reply_to", "Reply-To")):
        written = _writable(listed(payload.get(field)), utf8=utf8)
        if written:
            letter[header] = written
    letter["Date"] = _date_of(payload)
    letter["Message-ID"] = message_id_of(key, sender)
    if payload.get("in_reply_to"):
        thread = message_id_of(str(payload["in_reply_to"]), sender)
        letter["In-Reply-To"] = thread
        letter["References"] = thread
    letter["Auto-Submitted"] = "auto-generated"
    _fill(letter, payload)
    return letter


def _writable(specs: tuple[str, ...], *, utf8: bool) -> tuple[Address, ...]:
    """Return those of some addresses that a header can hold."""
    found = []
    for each in specs:
        with contextlib.suppress(ValueError, IndexError):
            found.append(address(each))
    return tuple(each for each in found if utf8 or each.addr_spec.isascii())


def _date_of(payload: Mapping[str, object]) -> datetime:
    """Return when the mail was first sent, the same on every try."""
    date = payload.get("date")
    return date if isinstance(date, datetime) else MachineClock().now()


def _fill(letter: EmailMessage, payload: Mapping[str, object]) -> None:
    subject = str(payload.get("subject") or "")
    text = str(payload.get("body") or payload.get("text") or "")
    if not subject or not text:
        raise LetterRefused("The mail has no subject or no text.")
    if payload.get("drill"):
        letter["X-Bridgewatch-Drill"] = "yes"
        subject = subject if "DRILL" in subject else f"DRILL {subject}"
        text = text if "DRILL" in text else f"{_DRILL_LINE}\n\n{text}"
    letter["Subject"] = subject
    letter.set_content(text)
    if payload.get("html"):
        letter.add_alternative(str(payload["html"]), subtype="html")
    if isinstance(payload.get("calendar"), Mapping):
        _attach_calendar(letter, payload, text)


def _attach_calendar(letter: EmailMessage, payload: Mapping[str, object], text: str) -> None:
    span = cast("Mapping[str, str]", payload["calendar"])
    domain = str(letter["Message-ID"]).strip("<>").rpartition("@")[2]
    entry = CalendarEntry(
        f"{span['uid']}@{domain}",
        int(span["sequence"]),
        datetime.fromisoformat(span["from"]),
        datetime.fromisoformat(span["to"]),
        str(letter["Subject"]),
        text,
    )
    made = calendar_file(entry, _date_of(payload))
    name = f"{span['uid']}.ics"
    letter.add_attachment(made, maintype="text", subtype="calendar", filename=name)
