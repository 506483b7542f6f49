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
