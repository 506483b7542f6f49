"""Logs: one line an event, and nothing secret in any of them (T15).

Proves: T04, T15.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest
from slack_sdk.signature import SignatureVerifier

from bot.logs import HIDDEN, Redaction, configure

BOT_TOKEN = "xoxb-" + "1234567890-abcdefGHIJ"
APP_TOKEN = "xapp-" + "1-A111-222-deadbeef"
SIGNATURE = "v0=" + "ab12" * 16


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = configure("text", "DEBUG", redaction=Redaction(["signing-canary"]), stream=stream)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize(
    "secret",
    [
        BOT_TOKEN,
        APP_TOKEN,
        "xoxe.xoxp-" + "1-abcdefgh",
        SIGNATURE,
        "Bearer abcdefgh12345678",
        "postgresql://bridge:hunter2@db/desk",
        "smtp://bot:p%40ss:word@mail.vendor.example:587",
        "password=hunter2",
        "signing-canary",
    ],
)
def test_a_secret_does_not_reach_the_log(log: io.StringIO, secret: str) -> None:
    logging.getLogger("bot.courier").info("sent with %s in it", secret)
    assert secret not in log.getvalue()
    assert "hunter2" not in log.getvalue()
    assert "p%40ss" not in log.getvalue()
    assert HIDDEN in log.getvalue()
    assert log.getvalue().rstrip().endswith("in it")


def test_a_secret_in_a_traceback_does_not_reach_the_log(log: io.StringIO) -> None:
    try:
        raise ValueError(f"bad token {BOT_TOKEN}")
    except ValueError:
        logging.getLogger("bot").warning("failed", exc_info=True)
    assert "ValueError: bad token [hidden]" in log.getvalue()


def test_a_secret_in_an_extra_field_does_not_reach_the_log(log: io.StringIO) -> None:
    logging.getLogger("bot").info("connected", extra={"url": f"wss://x/?ticket=abc{BOT_TOKEN}"})
    assert BOT_TOKEN not in log.getvalue()
    assert "url=" in log.getvalue()


def test_ordinary_words_stay(log: io.StringIO) -> None:
    logging.getLogger("bot").info("BW-1001 https://127.0.0.1:8400/api at 14:02:11 v0=beta")
    assert "BW-1001 https://127.0.0.1:8400/api at 14:02:11 v0=beta" in log.getvalue()


def test_text_cannot_pretend_to_be_a_second_line(log: io.StringIO) -> None:
    logging.getLogger("bot").info("typed: %s", "help\n2026-11-23T14:02:11.000Z ERROR bot forged")
    assert len(log.getvalue().splitlines()) == 1


def test_free_text_is_masked_by_what_is_given(style: Literal["text", "json"]) -> None:
    stream = io.StringIO()
    hide = Redaction(mask=lambda line: line.replace("4111111111111111", "[card]"))
    handler = configure(style, "INFO", redaction=hide, stream=stream)
    logging.getLogger("bot").info("typed %s", "4111111111111111")
    logging.getLogger().removeHandler(handler)
    assert "typed [card]" in stream.getvalue()


@pytest.fixture(params=["text", "json"])
def style(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def test_json_lines_are_objects_with_their_extra_fields() -> None:
    stream = io.StringIO()
    handler = configure("json", "INFO", stream=stream)
    logging.getLogger("bot.ticker").info("due", extra={"reference": "BW-1001"})
    logging.getLogger().removeHandler(handler)
    found = json.loads(stream.getvalue())
    assert (found["message"], found["reference"], found["level"]) == ("due", "BW-1001", "INFO")
    assert found["at"].endswith("Z")


@pytest.mark.parametrize(
    "name",
    ["slack_bolt.RequestVerification", "slack_sdk.web.client", "uvicorn.access", "httpx"],
)
def test_what_writes_whole_requests_is_not_heard(log: io.StringIO, name: str) -> None:
    logger = logging.getLogger(name)
    logger.setLevel(logging.DEBUG)  # as Bolt does with its own when an App is made
    logger.debug("the whole body")
    assert log.getvalue() == ""


def test_configuring_twice_writes_each_line_once(log: io.StringIO) -> None:
    second = io.StringIO()
    handler = configure("text", "INFO", stream=second)
    logging.getLogger("bot").info("once")
    logging.getLogger().removeHandler(handler)
    assert log.getvalue() == ""
    assert second.getvalue().count("once") == 1


def test_the_slack_verifier_of_the_sdk_is_not_what_guards_us() -> None:
    """Keep on record why bot/web/guard.py exists; when this fails, the guard can be simpler."""
    with pytest.raises(ValueError, match="invalid literal"):
        SignatureVerifier("secret").is_valid("{}", "abc", SIGNATURE)
