"""What duties, roles, seats and drafts are called on screen."""

from __future__ import annotations

import re

from templates.kit import text

NAME_MAX = 80


ROLES = {
    "contact": "One contact",
    "investigator": "Investigator",
    "communicator": "Communicator",
    "scribe": "Scribe",
    "commander": "Incident commander",
}
DUTIES = {
    "csm": "CSM",
    "payments-operations": "Payments Operations",
    "engineering-lead": "engineering lead",
    "cs-manager": "CS manager",
    "compliance": "Compliance",
    "legal": "Legal",
    "finance": "Finance",
    "security": "Security",
    "commander": "incident commander",
}
SEATS = {
    "contact": "Contact for {account} (one)",
    "liaison": "Liaison for {account}",
    "at_account": "At {account}",
    "engineering-lead": "Engineering lead",
    "cs-manager": "CS manager",
    "also_here": "Also here",
    "status_page": "Status page",
    "compliance": "Compliance",
    "legal": "Legal",
    "finance": "Finance",
    "security": "Security",
    **{key: ROLES[key] for key in ("investigator", "communicator", "scribe", "commander")},
}
DRAFTS = {
    "update": "Update",
    "correction": "Correction",
    "resolution": "Resolution",
    "outreach": "Outreach",
    "status_page": "Status page",
    "disregard": "Withdrawal",
    "details": "Request for details",
    "answer": "Answer",
}
_NOT_IN_IDS = re.compile(r"[^\w.-]+", re.ASCII)


def tier_named(tier: int) -> str:
    """Return a tier as people read it; 0 is one that nobody has classified. Source: D44."""
    return f"Tier {tier}" if tier else "not classified yet"


def role_title(role: str) -> str:
    """Return a role's name at the start of a sentence."""
    return ROLES.get(role, role.replace("-", " ").replace("_", " ").capitalize())


def role_name(role: str) -> str:
    """Return a role's name inside a sentence."""
    return ROLES[role].lower() if role in ROLES else role


def duty_title(duty: str) -> str:
    """Return a duty's name inside a sentence."""
    return DUTIES.get(duty, duty.replace("-", " ").replace("_", " "))


def the_duty(duty: str) -> str:
    """Return a duty's name as a sentence's subject: a person has an article, a team has none."""
    title = duty_title(duty)
    return (
        title if title[:1].isupper() and not title.endswith(("CSM", "manager")) else f"the {title}"
    )


def seat_label(role: str, account: str) -> str:
    """Return the words above a person on the card."""
    return SEATS.get(role, role_title(role)).replace("{account}", short_name(account))


def short_name(words: str) -> str:
    """Return a name as one line of at most 80 characters, never nothing."""
    return text.cut(text.one_line(text.clean(words)), NAME_MAX) or "(no name)"


def draft_title(kind: str) -> str:
    """Return what an outward text is called."""
    return DRAFTS[kind]


def identifier(words: str | int) -> str:
    """Return words as part of an id: letters, digits, points and dashes."""
    return _NOT_IN_IDS.sub("-", str(words))[:60] or "none"


def duration(seconds: int) -> str:
    """Return ``3 min 2 s``, the form of certificates."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    words = [(hours, "h"), (minutes, "min"), (rest, "s")]
    return " ".join(f"{count} {unit}" for count, unit in words if count) or "0 s"


def stopped(words: str) -> str:
    """Return words as a whole sentence: with a full stop, unless they end by themselves."""
    shown = words.rstrip(" ,;:")
    return shown if shown.endswith((".", "?", "!", "…", '."', '?"', '!"')) else f"{shown}."


def said(words: str) -> str:
    """Return words in quotation marks as a sentence's end, which ends once."""
    end = "" if words.endswith((".", "?", "!", "…")) else "."
    return f'"{words}"{end}'


def bare(words: str) -> str:
    """Return words that can stand between back-ticks."""
    return words.replace("`", "'")


def capital(words: str) -> str:
    """Return words with a capital at their start."""
    return words[:1].upper() + words[1:]
