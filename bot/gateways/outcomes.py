"""What came of one attempt to tell the outside world, in classes, and how answers are sorted.

A sender may act only on what it knows: `Taken`, `Refused`, `RateLimited` and `NotSent` say what
happened; `Unknown` says that nobody knows, and that one has to look before sending again, and
`Withheld` that nothing was asked, because it may not be said any more.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Protocol

from protocols.words.masking import masked_and_cut

LEAST_PAUSE_S = 1.0
MOST_PAUSE_S = 300.0
UNREADABLE_PAUSE_S = 30.0


# Nothing was done, and the message is not at fault: the installation is.
_INSTALLATION_ERRORS = frozenset(
    {
        "account_inactive",
        "ekm_access_denied",
        "invalid_auth",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "team_added_to_org",
        "token_expired",
        "token_revoked",
    }
)


_PERHAPS_DONE = frozenset(
    {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
)
_LIMIT_ERRORS = frozenset({"message_limit_exceeded", "rate_limited", "ratelimited"})
# The wish is already fulfilled: asking again did no harm and no good.
_ALREADY_SO = frozenset(
    {
        "already_archived",
        "already_in_channel",
        "already_pinned",
        "already_reacted",
        "no_pin",
        "no_reaction",
        "not_archived",
        "not_pinned",
    }
)


_BROKEN = {
    "NewConnectionError": "nothing answers at its address",
    "ConnectionRefusedError": "nothing answers at its address",
    "NameResolutionError": "its name is not known",
    "gaierror": "its name is not known",
    "SSLError": "its certificate is not taken",
    "SSLCertVerificationError": "its certificate is not taken",
    "ProtocolError": "it hung up",
    "ConnectionResetError": "it hung up",
    "SMTPServerDisconnected": "it hung up",
}


def in_words(error: BaseException) -> str:
    """Return what broke a connection, for people: no name of a class."""
    return _BROKEN.get(type(error).__name__, "it broke off")


_EXPIRED_TRIGGERS = frozenset(
    {"exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id", "trigger_expired"}
)


@dataclass(frozen=True, slots=True)
class Taken:
    """The other side took it; `result` is its answer."""

    result: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Refused:
    """The other side refused it, so nothing was done.

    Attributes:
        error: its word for the reason, or our sentence.
        permanent: false when the installation is at fault (a revoked token), not this message.
        detail: its longer explanation, if any.
        answer: the whole answer, for partial refusals.
    """

    error: str
    permanent: bool = True
    detail: str = ""
    answer: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RateLimited:
    """Too many calls; nothing was done; ask again after `retry_after_s`."""

    retry_after_s: float


@dataclass(frozen=True, slots=True)
class NotSent:
    """The request never left, for instance because the connection was refused."""

    reason: str


@dataclass(frozen=True, slots=True)
class PutOff(NotSent):
    """A mail server asks for another try later, for every address that was left."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request may or may not have had its effect: the answer was lost or says nothing."""

    reason: str


Outcome = Taken | Refused | RateLimited | NotSent | Unknown


@dataclass(frozen=True, slots=True)
class Withheld:
    """What it rests on does not stand any more: it was not sent, and will not be.

    Attributes:
        why: the rules' word for what came in between.
    """

    why: str


class SlackCalls(Protocol):
    """The synchronous face of a Slack gateway."""

    def call(self, method: str, payload: Mapping[str, object], *, deadline_s: float) -> Outcome:
        """Call one Web API method within a total deadline."""
        ...


class Sending(Protocol):
    """The synchronous face of a gateway with one kind of letter: mail, pager, status page."""

    def send(self, payload: Mapping[str, object], *, key: str, deadline_s: float) -> Outcome:
        """Send one payload within a total deadline; `key` makes a resend recognisable."""
        ...


def of_slack_answer(status: int, headers: Mapping[str, str], body: object) -> Outcome:
    """Sort one HTTP answer of Slack's Web API.

    Args:
        status: HTTP status.
        headers: HTTP headers.
        body: the decoded JSON, or anything else when it was not JSON.

    Returns:
        The outcome class of the call.

    Source: Slack Web API, "Using the Slack Web API" (ok, error, 429 with Retry-After).
    """
    if status == 429:
        return RateLimited(pause_of(headers.get("Retry-After"), headers.get("Date")))
    if status >= 500 or not isinstance(body, Mapping) or not isinstance(body.get("ok"), bool):
        return Unknown(f"Slack answered {status} without a verdict")
    if body["ok"] and status == 200:
        return Taken(body)
    error = str(body.get("error") or f"http_{status}")
    return _of_slack_error(error, body)


def _of_slack_error(error: str, body: Mapping[str, object]) -> Outcome:
    if error in _LIMIT_ERRORS:
        return RateLimited(UNREADABLE_PAUSE_S)
    if error in _PERHAPS_DONE:
        return Unknown(f"Slack answered {error}")
    if error in _ALREADY_SO:
        return Taken({"ok": True, "note": error})
    if error in _INSTALLATION_ERRORS:
        return Refused(error, permanent=False, answer=body)
    return Refused(error, detail=_detail(body), answer=body)


def _detail(body: Mapping[str, object]) -> str:
    about = body.get("response_metadata")
    messages = about.get("messages") if isinstance(about, Mapping) else None
    words = [str(message) for message in messages] if isinstance(messages, list) else []
    if body.get("needed"):
        words.append(f"needed: {body['needed']}; provided: {body.get('provided')}")
    return masked_and_cut("; ".join(words), 1_000)


def is_expired_trigger(outcome: Outcome) -> bool:
    """Tell whether a modal was refused because the gesture's trigger is spent or too old.

    Both spellings that Slack has used are known: its own error names, and `invalid_arguments`
    with a message that names the trigger.
    """
    if not isinstance(outcome, Refused):
        return False
    if outcome.error in _EXPIRED_TRIGGERS:
        return True
    return outcome.error == "invalid_arguments" and "trigger_id" in outcome.detail


def pause_of(retry_after: str | None, answered_at: str | None = None) -> float:
    """Read a Retry-After header into seconds within bounds.

    Args:
        retry_after: the header: seconds, an HTTP date, or rubbish.
        answered_at: the answer's own Date header, against which an HTTP date is measured.

    Returns:
        Seconds between one and three hundred: zero and less would hammer, and an hour would let
        an escalation go silent behind one bad header. An unreadable header counts as thirty.
    """
    text = (retry_after or "").strip()
    try:
        seconds = float(text)
    except ValueError:
        seconds = _seconds_until(text, answered_at)
    if math.isnan(seconds):
        seconds = UNREADABLE_PAUSE_S
    return min(max(seconds, LEAST_PAUSE_S), MOST_PAUSE_S)


def _seconds_until(date: str, answered_at: str | None) -> float:
    try:
        return (
            parsedate_to_datetime(date) - parsedate_to_datetime(answered_at or "")
        ).total_seconds()
    except (TypeError, ValueError):
        return UNREADABLE_PAUSE_S


def back_off_s(key: str, attempts: int, *, base_s: float, most_s: float) -> float:
    """Compute the wait before the next try: doubling, bounded, spread by the row's own key.

    The spread comes from a digest, not from chance, so that a run can be repeated exactly.
    """
    wait_s = min(base_s * 2.0 ** min(max(attempts, 1) - 1, 30), most_s)
    return float(wait_s * (0.75 + 0.5 * spread(key, attempts)))


def spread(key: str, salt: int) -> float:
    """Map a key and a number to a fixed figure in [0, 1)."""
    digest = hashlib.blake2b(f"{key}:{salt}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2.0**64
