"""Requests signed as Slack signs them."""

from __future__ import annotations

import hashlib
import hmac

SECRET = "signing-secret-of-the-tests"
FORM = "application/x-www-form-urlencoded"


def signed(
    body: bytes, at_s: float, *, secret: str = SECRET, content_type: str = FORM
) -> dict[str, str]:
    """Return the headers Slack would send with a body at an instant (seconds since the epoch)."""
    timestamp = str(int(at_s))
    base = b"v0:" + timestamp.encode() + b":" + body
    signature = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        "content-type": content_type,
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature,
    }


RECORDS_KEY = "records-key-of-the-tests"


def signed_by_another(
    body: bytes, at_s: float, *, key: str = RECORDS_KEY, content_type: str = "application/json"
) -> dict[str, str]:
    """Return the headers another system sends with records of accounts."""
    found = signed(body, at_s, secret=key, content_type=content_type)
    names = {"x-slack-request-timestamp": "timestamp", "x-slack-signature": "signature"}
    return {f"x-bridgewatch-{names[n]}" if n in names else n: found[n] for n in found}
