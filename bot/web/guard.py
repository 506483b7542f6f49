"""What stands in front of Bolt: only a signed, fresh, well-formed request of Slack gets past.

Bolt answers a malformed signature header with 500, and parses a body before it has verified it;
here every such request ends as 401 or 400, and nothing of it is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qsl

BODY_MAX_BYTES = 1_000_000  # a view of Slack holds 250 kB, sent once with its state beside it
WINDOW_S = 300
REPLAY_MEMORY_S = 2 * WINDOW_S
REPLAY_MEMORY_MAX = 50_000
FIELDS_MAX = 100


_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)


class Turned(Exception):
    """Raised when a request is turned away.

    Attributes:
        status: The HTTP status it is answered with.
        reason: One word or two for the log and the metric; nothing of the request itself.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Passed:
    """A request that got past the guard.

    Attributes:
        body: The body as text, byte for byte what was signed.
        replay_key: The same for the same signed request, and for no other.
        payload: What the body says, read once: the object, or the fields of a command.
    """

    body: str
    replay_key: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SignedBy:
    """The headers in which whoever signs says when, and the signature."""

    timestamp: str
    signature: str


SLACK = SignedBy("x-slack-request-timestamp", "x-slack-signature")


class Guard:
    """Verifies requests of one sender with one signing secret: Slack, unless another is named."""

    def __init__(self, signing_secret: str, headers: SignedBy = SLACK) -> None:
        if not signing_secret:
            raise ValueError("A guard without a signing secret would let everybody in.")
        self._secret = signing_secret.encode()
        self._headers = headers

    def check(
        self, headers: Mapping[str, Sequence[str]], body: bytes, machine_now_s: float
    ) -> Passed:
        """Verify one request: signature over the raw body first, its form afterwards.

        Args:
            headers: Every value of every header, names in lower case.
            body: The raw body.
            machine_now_s: Seconds since the epoch on the machine's real clock.

        Returns:
            The verified body, its replay key, and what it says.

        Raises:
            Turned: 401 for whoever did not sign, 400 for what is not a payload, 413 for too much.

        Source: reliability T01, T02.
        """
        if len(body) > BODY_MAX_BYTES:
            raise Turned(413, "too large")
        timestamp = _single(headers, self._headers.timestamp)
        signature = _single(headers, self._headers.signature)
        if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            raise Turned(401, "malformed signature")
        if abs(machine_now_s - int(timestamp)) > WINDOW_S:
            raise Turned(401, "stale timestamp")
        base = b"v0:" + timestamp.encode() + b":" + body
        expected = "v0=" + hmac.new(self._secret, base, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, signature):
            raise Turned(401, "wrong signature")
        text = _text(body)
        payload = _payload_of(text, _single(headers, "content-type"))
        return Passed(text, hashlib.sha256(signature.encode()).hexdigest(), payload)


class Replays(Protocol):
    """Remembers which signed requests were taken; shared by replicas if its store is."""

    def claim(self, key: str, monotonic_s: float) -> bool:
        """Take a request, and return False when it was taken before."""

    def release(self, key: str) -> None:
        """Forget a request that could not be answered, so that its sender may try again."""


class ReplayMemory:
    """Replays in this process's memory: ten minutes, and no more than a bounded number.

    The ten minutes are monotonic: a clock that is set ahead makes it forget nothing, or what was
    signed before would be fresh again as soon as the clock is put right.

    It is the cheap first line. What a replay would change is refused a second time in the
    database, by the id of the delivery, on whichever replica it arrives.
    """

    def __init__(self) -> None:
        self._taken: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def claim(self, key: str, monotonic_s: float) -> bool:
        """Take a request, and return False when it was taken before."""
        with self._lock:
            self._forget_old(monotonic_s)
            if key in self._taken:
                return False
            self._taken[key] = monotonic_s
            return True

    def release(self, key: str) -> None:
        """Forget a request that could not be answered."""
        with self._lock:
            self._taken.pop(key, None)

    def _forget_old(self, monotonic_s: float) -> None:
        while self._taken:
            oldest = next(iter(self._taken.values()))
            if monotonic_s - oldest <= REPLAY_MEMORY_S and len(self._taken) < REPLAY_MEMORY_MAX:
                return
            self._taken.popitem(last=False)


def _single(headers: Mapping[str, Sequence[str]], name: str) -> str:
    values = headers.get(name, ())
    if len(values) != 1:
        return ""
    return values[0]


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Turned(400, "not UTF-8") from None


def _payload_of(text: str, content_type: str) -> dict[str, Any]:
    """Return what a body says; refuse what Bolt's parser would trip over.

    Raises:
        Turned: 400, when the body is not what its content type says.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        return _object(text)
    if kind == "application/x-www-form-urlencoded" and not text.startswith("{"):
        return _fields(text)
    raise Turned(400, "unknown content type")


def _fields(text: str) -> dict[str, Any]:
    try:
        fields = parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS_MAX, errors="strict")
    except ValueError:
        raise Turned(400, "malformed form") from None
    payloads = [value for name, value in fields if name == "payload"]
    if len(payloads) > 1:
        raise Turned(400, "malformed form")
    return _object(payloads[0]) if payloads else dict(fields)


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Turned(400, "malformed JSON") from None
    if not isinstance(found, dict):
        raise Turned(400, "not an object")
    return found
