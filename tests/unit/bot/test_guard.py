"""The guard: nothing that Slack did not sign, sign now, and form well gets past (T01-T03).

Proves: T01, T02, T03.
"""

from __future__ import annotations

import random

import pytest

from bot.web.guard import BODY_MAX_BYTES, REPLAY_MEMORY_MAX, Guard, ReplayMemory, Turned
from tests.kit.signing import SECRET, signed

NOW_S = 1_795_442_400.0
BODY = b"command=%2Fticket&text=Duplicate+payments+at+Acme&user_id=U111111111&team_id=T111111111"
GUARD = Guard(SECRET)


def listed(headers: dict[str, str]) -> dict[str, list[str]]:
    return {name: [value] for name, value in headers.items()}


def status_of(headers: dict[str, list[str]], body: bytes, now_s: float = NOW_S) -> int:
    try:
        GUARD.check(headers, body, now_s)
    except Turned as turned:
        return turned.status
    return 200


def test_a_request_that_slack_signed_passes_unchanged() -> None:
    assert GUARD.check(listed(signed(BODY, NOW_S)), BODY, NOW_S).body == BODY.decode()


def test_a_json_event_passes() -> None:
    body = b'{"type":"event_callback","event_id":"Ev1"}'
    headers = signed(body, NOW_S, content_type="application/json; charset=utf-8")
    assert status_of(listed(headers), body) == 200


def test_of_a_thousand_mutated_requests_none_is_accepted() -> None:
    chance = random.Random(20261122)
    accepted = [
        (headers, body)
        for headers, body in (mutated(chance) for _ in range(1_000))
        if status_of(headers, body) == 200
    ]
    assert accepted == []


def mutated(chance: random.Random) -> tuple[dict[str, list[str]], bytes]:
    """Return a signed request with one thing changed in its body, signature or timestamp."""
    headers = listed(signed(BODY, NOW_S))
    part = chance.choice(["body", "x-slack-signature", "x-slack-request-timestamp"])
    if part == "body":
        return headers, changed(BODY, chance, range(256))
    original = headers[part][0].encode()
    headers[part] = [changed(original, chance, b"0123456789abcdef=v").decode()]
    return headers, BODY


def changed(original: bytes, chance: random.Random, alphabet: bytes | range) -> bytes:
    at = chance.randrange(len(original))
    other = chance.choice([byte for byte in alphabet if byte != original[at]])
    kinds = [
        original[:at] + bytes([other]) + original[at + 1 :],
        original[:at] + bytes([other]) + original[at:],
        original[:at] + original[at + 1 :],
        original[:at],
    ]
    return chance.choice([kind for kind in kinds if kind != original])


@pytest.mark.parametrize(
    "timestamp",
    ["abc", "", "9" * 5_000, "-1", "1e9", " 1795442400", "1795442400 ", "1_795_442_400", "١٢٣"],
)
def test_a_malformed_timestamp_is_answered_with_401(timestamp: str) -> None:
    headers = listed(signed(BODY, NOW_S)) | {"x-slack-request-timestamp": [timestamp]}
    assert status_of(headers, BODY) == 401


@pytest.mark.parametrize(
    "signature", ["", "v0=", "v0=ü" + "a" * 63, "v1=" + "a" * 64, "a" * 64, "v0=" + "A" * 64]
)
def test_a_malformed_signature_is_answered_with_401(signature: str) -> None:
    headers = listed(signed(BODY, NOW_S)) | {"x-slack-signature": [signature]}
    assert status_of(headers, BODY) == 401


def test_a_missing_header_is_answered_with_401() -> None:
    for name in ("x-slack-signature", "x-slack-request-timestamp"):
        headers = listed(signed(BODY, NOW_S))
        del headers[name]
        assert status_of(headers, BODY) == 401


def test_two_signatures_are_none() -> None:
    headers = listed(signed(BODY, NOW_S))
    headers["x-slack-signature"] *= 2
    assert status_of(headers, BODY) == 401


def test_another_secret_is_answered_with_401() -> None:
    assert status_of(listed(signed(BODY, NOW_S, secret="not ours")), BODY) == 401


@pytest.mark.parametrize(("age_s", "status"), [(300, 200), (301, 401), (-300, 200), (-301, 401)])
def test_five_minutes_either_way_is_the_window(age_s: int, status: int) -> None:
    assert status_of(listed(signed(BODY, NOW_S - age_s)), BODY) == status


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"text=\xff\xfe", "application/x-www-form-urlencoded"),
        (b"text=%ff%fe", "application/x-www-form-urlencoded"),
        (b"payload={bad", "application/x-www-form-urlencoded"),
        (b"payload=", "application/x-www-form-urlencoded"),
        (b"payload=[]", "application/x-www-form-urlencoded"),
        (b"payload={}&payload={}", "application/x-www-form-urlencoded"),
        (b'{"a":1}', "application/x-www-form-urlencoded"),
        (b"&".join(b"a=%d" % n for n in range(200)), "application/x-www-form-urlencoded"),
        (b"{bad", "application/json"),
        (b"[1]", "application/json"),
        (b"null", "application/json"),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "application/json"),
        (b"{}", "text/plain"),
        (b"{}", ""),
    ],
)
def test_a_signed_body_that_is_no_payload_is_answered_with_400(
    body: bytes, content_type: str
) -> None:
    headers = listed(signed(body, NOW_S, content_type=content_type))
    assert status_of(headers, body) == 400


def test_too_large_a_body_is_refused_before_anything_is_computed() -> None:
    assert status_of({}, b"x" * (BODY_MAX_BYTES + 1)) == 413


def test_a_refusal_says_nothing_of_the_request() -> None:
    with pytest.raises(Turned) as turned:
        GUARD.check(listed({"x-slack-signature": "canary"}), b"4111111111111111", NOW_S)
    assert str(turned.value) == "malformed signature"


def test_a_guard_without_a_secret_is_not_built() -> None:
    with pytest.raises(ValueError, match="let everybody in"):
        Guard("")


def test_one_signed_request_is_claimed_once_in_ten_minutes() -> None:
    memory = ReplayMemory()
    assert memory.claim("a", NOW_S)
    assert not memory.claim("a", NOW_S + 600)
    assert memory.claim("b", NOW_S + 600)


def test_a_request_that_could_not_be_answered_may_come_again() -> None:
    memory = ReplayMemory()
    memory.claim("a", NOW_S)
    memory.release("a")
    assert memory.claim("a", NOW_S)


def test_the_memory_outlasts_the_window_of_a_signature_from_the_future() -> None:
    headers = listed(signed(BODY, NOW_S + 300))
    memory = ReplayMemory()
    memory.claim(GUARD.check(headers, BODY, NOW_S).replay_key, NOW_S)
    again = GUARD.check(headers, BODY, NOW_S + 600)
    assert not memory.claim(again.replay_key, NOW_S + 600)


def test_the_memory_is_bounded() -> None:
    memory = ReplayMemory()
    for number in range(REPLAY_MEMORY_MAX + 10):
        memory.claim(str(number), NOW_S)
    assert len(memory._taken) == REPLAY_MEMORY_MAX
