"""Turning a mail payload into a message: headers, the Message-ID of its key, the DRILL mark."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

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
    payload: Mapping[str, object], *, key: str, sender: str, vendor: str
) -> tuple[EmailMessage, tuple[str, ...]]:
    """Build one mail.

    Args:
        payload: to, subject and body (or text); may have cc, bcc, html, reply_to, from_name,
            in_reply_to, drill and vendor.
        key: the outbox key.
        sender: the address mails come from.
        vendor: the vendor's name, for `{vendor} support`.

    Returns:
        The message and every address that gets it.

    Raises:
        LetterRefused: An address or header cannot be written, or nobody is addressed.
    """
    try:
        return _letter(payload, key, sender, vendor)
    except (ValueError, IndexError, TypeError) as error:
        if isinstance(error, LetterRefused):
            raise
        raise LetterRefused(f"The mail has a part that cannot be sent: {error}") from error


def _letter(
    payload: Mapping[str, object], key: str, sender: str, vendor: str
) -> tuple[EmailMessage, tuple[str, ...]]:
    letter = EmailMessage(policy=SMTP)
    name = str(payload.get("from_name") or f"{payload.get('vendor') or vendor} support")
    letter["From"] = _address(sender, name)
    to, cc, bcc = (_addresses(payload.get(field)) for field in ("to", "cc", "bcc"))
    everyone = tuple(dict.fromkeys((*to, *cc, *bcc)))
    if not everyone:
        raise LetterRefused("The mail is addressed to nobody.")
    if to:
        letter["To"] = tuple(_address(each) for each in to)
    if cc:
        letter["Cc"] = tuple(_address(each) for each in cc)
    reply_to = _addresses(payload.get("reply_to"))
    if reply_to:
        letter["Reply-To"] = tuple(_address(each) for each in reply_to)
    letter["Message-ID"] = message_id_of(key, sender)
    if payload.get("in_reply_to"):
        thread = message_id_of(str(payload["in_reply_to"]), sender)
        letter["In-Reply-To"] = thread
        letter["References"] = thread
    letter["Auto-Submitted"] = "auto-generated"
    _fill(letter, payload)
    return letter, everyone


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


def _addresses(value: object) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        return (value.strip(),)
    if isinstance(value, list | tuple):
        return tuple(str(each).strip() for each in value)
    raise LetterRefused("A mail address must be text.")


def _address(spec: str, name: str = "") -> Address:
    if "@" not in spec:
        raise LetterRefused(f"{spec!r} is not a mail address.")
    return Address(display_name=name, addr_spec=spec)
