"""Whether the words of a Slack status say that somebody is out of office. Source: M23."""

from __future__ import annotations

import re

_SAYS_SO = re.compile(
    r"\b(?:out[ -]of[ -](?:the[ -])?office|ooo|out sick|sick leave|on (?:annual |parental |sick )?"
    r"leave|(?:annual|parental|maternity|paternity) leave|vacation(?:ing)?|on holidays?|pto)\b",
    re.ASCII | re.IGNORECASE,
)
_NOT_YET = re.compile(r"\b(?:back|no|not|before|after|until|till)\b.*", re.ASCII | re.IGNORECASE)


def says_out_of_office(status: str) -> bool:
    """Say whether a status text says that its owner is out of office now.

    What stands behind a word such as *after* or *back from* says nothing of now.
    """
    return _SAYS_SO.search(_NOT_YET.sub("", status)) is not None
