"""Reading the fields of a URL-encoded body as fast as the standard library reads them correctly.

A submitted modal is 25 kB with thousands of escapes, which ``urllib`` takes one by one; decoding
it twice was a tenth of what a submission cost.
"""

from __future__ import annotations

import binascii
import re
from urllib.parse import unquote

_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})|[\r\n]")


def form_fields(text: str, most: int) -> list[tuple[str, str]]:
    """Return the fields in order, blank ones too.

    Args:
        text: The body.
        most: How many fields there may be.

    Raises:
        ValueError: There are more, or one is not UTF-8.
    """
    if text.count("&") >= most:
        raise ValueError("too many fields")
    parted = (field.partition("=") for field in text.split("&") if field)
    return [(_decoded(name), _decoded(value)) for name, _, value in parted]


def _decoded(text: str) -> str:
    spaced = text.replace("+", " ")
    if "%" not in spaced:
        return spaced
    raw = spaced.encode()
    if _BROKEN_ESCAPE.search(raw):
        return unquote(spaced, errors="strict")
    # Quoted-printable is the same code with another mark, and its decoder is written in C.
    return binascii.a2b_qp(raw.replace(b"=", b"=3D").replace(b"%", b"=")).decode()
