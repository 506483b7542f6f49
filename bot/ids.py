"""The only maker of ids and of chance."""

from __future__ import annotations

import random
import secrets
import uuid

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # no 0/o, 1/l: ids are read aloud in incidents


def unique_id() -> str:
    """Return an id nobody else has: 32 hexadecimal characters."""
    return uuid.uuid4().hex


def short_id(length: int = 10) -> str:
    """Return a random id of `length` characters that can be read aloud (5 bits a character)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def secret_token() -> str:
    """Return an unguessable token of 256 bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def jittered(wait_s: float, share: float = 0.2) -> float:
    """Return a wait, longer by chance by up to `share` of itself.

    Never shorter: a Retry-After is a lower bound.
    """
    return wait_s * (1 + random.random() * share)  # noqa: S311 - spreads load, guards nothing
