"""How Slack signs what it sends, and the wrong ways, to prove that they are refused.

Source: slack-contract 1.1.
"""

from __future__ import annotations

import hashlib
import hmac

FORGERIES = ("wrong", "stale", "future", "missing", "garbage")


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature header of a request."""
    base = f"v0:{timestamp}:".encode() + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def headers(secret: str, now_s: float, body: bytes, forgery: str = "") -> dict[str, str]:
    """Return the signature headers, right ones or a forgery of the kind named."""
    shift_s = {"stale": -301, "future": 301}.get(forgery, 0)
    timestamp = str(int(now_s) + shift_s)
    if forgery == "missing":
        return {}
    if forgery == "garbage":
        return {"X-Slack-Request-Timestamp": "yesterday", "X-Slack-Signature": "v0=zz"}
    key = "not-" + secret if forgery == "wrong" else secret
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": sign(key, timestamp, body),
    }
